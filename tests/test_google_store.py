"""A site in Google's store, held by an emulator of it on loopback."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.clustering import Machine, a_site, machines, published
from tests.conftest import run_explainer
from tests.making import read_files, write_files

pytest.importorskip("distributed", reason="needs Dask: pip install 'explainer-site[cluster]'")
if find_spec("gcsfs") is None:  # which isn't imported here: it reads its environment then
    pytest.skip("needs gcsfs: pip install 'explainer-site[gs]'", allow_module_level=True)
pytest.importorskip("gcp_storage_emulator", reason="needs it: pip install gcp-storage-emulator")

SERVER = """
import signal
from gcp_storage_emulator.server import create_server
server = create_server("127.0.0.1", 0, in_memory=True, default_bucket="news")
server.start()
print("Serving on port", server._api._httpd.server_address[1], flush=True)
signal.pause()
"""


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, str]]:
    """The server, as the environment in which it is found."""
    server = Machine("-c", SERVER, says=r"Serving on port (\d+)", environment={})
    environment = {
        "STORAGE_EMULATOR_HOST": f"http://127.0.0.1:{server.said}",
        "FSSPEC_GS_TOKEN": "anon",
        # It asks by gRPC which kind of bucket this is, and the emulator knows none.
        "GCSFS_EXPERIMENTAL_ZB_HNS_SUPPORT": "false",
    }
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    yield environment
    server.end()


def test_a_site_in_googles_store_is_built_into_it_and_again_only_what_changed(
    tmp_path: Path, store: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    import gcsfs

    gs = gcsfs.GCSFileSystem(token="anon", skip_instance_cache=True, use_listings_cache=False)
    root = a_site(tmp_path / "root")
    gs.pipe({f"news/source/{name}": content for name, content in read_files(root).items()})

    def held() -> dict[str, bytes]:
        names = [name for name in gs.find("news/public") if "/.explainer" not in name]
        return {name.removeprefix("news/public/"): gs.cat_file(name) for name in names}

    def made_here() -> dict[str, bytes]:
        assert run_explainer("build", "-q", "-o", tmp_path / "here", cwd=root).returncode == 0
        return published(tmp_path / "here")

    with machines(store, workers=2) as (address, _):
        command = (
            "build", "--cluster", address, "--site", "gs://news/source", "-o", "gs://news/public",
        )  # fmt: skip
        run = run_explainer(*command, cwd=tmp_path)
        assert (run.returncode, run.stderr) == (0, "")
        assert held() == made_here()
        assert gs.info("news/public/index.html")["contentType"].startswith("text/html")
        assert gs.find("news/public/.explainer-stage") == []
        assert ": 0 files written" in run_explainer(*command, cwd=tmp_path).stdout

        write_files(root, {"content/articles/n9.md": "---\ntitle: New\n---\nTown 9 Hall.\n"})
        (root / "content/articles/n8.md").unlink()
        gs.put_file(str(root / "content/articles/n9.md"), "news/source/content/articles/n9.md")
        gs.rm(["news/source/content/articles/n8.md"])
        run = run_explainer(*command, cwd=tmp_path)
        assert (run.returncode, run.stderr) == (0, "")
        assert held() == made_here()

        run = run_explainer("build", "--cluster", address, "-o", "gs://absent/site", cwd=root)
    assert run.returncode == 1
    assert "there is no such bucket" in run.stderr
