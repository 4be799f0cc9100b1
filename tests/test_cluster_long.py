"""A cluster of processes makes what one machine makes, and an object store holds it."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.clustering import Machine, a_site, machines, published, until
from tests.conftest import run_explainer
from tests.making import ROOT, read_files, write_files

pytest.importorskip("distributed", reason="needs Dask: pip install 'explainer-site[cluster]'")
pytest.importorskip("s3fs", reason="needs s3fs: pip install 'explainer-site[s3]'")
pytest.importorskip("moto", reason="needs moto, an S3 server: pip install 'moto[s3]' flask")

KEYS = {
    "AWS_ACCESS_KEY_ID": "test",
    "AWS_SECRET_ACCESS_KEY": "test",
    "AWS_DEFAULT_REGION": "us-east-1",
}


@pytest.fixture(scope="module")
def store() -> Iterator[dict[str, str]]:
    """An S3 server, as the environment in which it is found."""
    with s3_server(KEYS) as address:
        yield {**KEYS, "AWS_ENDPOINT_URL": address}


@contextmanager
def s3_server(environment: dict[str, str]) -> Iterator[str]:
    server = Machine(
        "-c", "from moto.server import main; main(['-H', '127.0.0.1', '-p', '0'])",
        says=r"Running on (http://\S+)", environment=environment,
    )  # fmt: skip
    yield server.said
    server.end()


@pytest.fixture(scope="module")
def cluster(store: dict[str, str]) -> Iterator[str]:
    with machines(store, workers=2) as (address, _):
        yield address


def test_a_cluster_makes_what_one_machine_makes_and_again_only_what_changed(
    tmp_path: Path, cluster: str
) -> None:
    root = a_site(tmp_path / "root")
    alone = ("build", "-q", "-o", tmp_path / "alone")
    shared = ("build", "--cluster", cluster, "-o", tmp_path / "shared")
    assert run_explainer(*alone, cwd=root).returncode == 0
    run = run_explainer(*shared, cwd=root)
    assert (run.returncode, run.stderr) == (0, "")
    assert read_files(tmp_path / "shared") == read_files(tmp_path / "alone")

    assert ": 0 files written" in run_explainer(*shared, cwd=root).stdout

    path = root / "content/articles/n7.md"
    path.write_text(path.read_text(encoding="utf-8") + "\nTown 9 Hall too.\n", encoding="utf-8")
    (root / "content/articles/n8.md").unlink()
    write_files(root, {"templates/partials/foot.html": " "})
    for command in (alone, shared):
        assert run_explainer(*command, cwd=root).returncode == 0
    assert read_files(tmp_path / "shared") == read_files(tmp_path / "alone")


def test_a_site_in_a_store_is_built_into_a_store(
    tmp_path: Path, cluster: str, store: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in store.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    import s3fs

    s3 = s3fs.S3FileSystem(skip_instance_cache=True, use_listings_cache=False)
    s3.mkdir("news")
    root = a_site(tmp_path / "root")
    s3.put(str(root), "news/source", recursive=True)
    command = (
        "build", "--cluster", cluster, "--site", "s3://news/source", "-o", "s3://news/public",
    )  # fmt: skip

    def held() -> dict[str, bytes]:
        names = [name for name in s3.find("news/public") if "/.explainer" not in name]
        return {name.removeprefix("news/public/"): s3.cat_file(name) for name in names}

    def same_as_here() -> bool:
        assert run_explainer("build", "-q", "-o", tmp_path / "here", cwd=root).returncode == 0
        return held() == published(tmp_path / "here")

    run = run_explainer(*command, cwd=tmp_path)
    assert (run.returncode, run.stderr) == (0, "")
    assert "s3://news/public: " in run.stdout
    assert same_as_here()
    assert s3.info("news/public/index.html")["ContentType"] == "text/html; charset=utf-8"
    assert s3.find("news/public/.explainer-stage") == []
    assert ": 0 files written" in run_explainer(*command, cwd=tmp_path).stdout

    write_files(root, {"content/articles/n7.md": "---\ntitle: New\n---\nTown 9 Hall.\n"})
    (root / "content/articles/n7.notes.yaml").unlink()
    (root / "content/articles/n8.md").unlink()
    s3.put_file(str(root / "content/articles/n7.md"), "news/source/content/articles/n7.md")
    s3.rm([f"news/source/content/articles/{name}" for name in ("n7.notes.yaml", "n8.md")])
    run = run_explainer(*command, cwd=tmp_path)
    assert (run.returncode, run.stderr) == (0, "")
    assert same_as_here()
    assert "articles/n8.html" not in held()


def test_a_bucket_with_other_things_in_it_is_left_alone(
    tmp_path: Path, cluster: str, store: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in store.items():
        monkeypatch.setenv(name, value)
    import s3fs

    s3 = s3fs.S3FileSystem(skip_instance_cache=True, use_listings_cache=False)
    s3.mkdir("others")
    s3.pipe_file("others/site/letter.txt", b"mine")
    root = a_site(tmp_path / "root")
    run = run_explainer("build", "--cluster", cluster, "-o", "s3://others/site", cwd=root)
    assert run.returncode == 1
    assert "holds files that aren't ours (letter.txt)" in run.stderr
    run = run_explainer("build", "--cluster", cluster, "-o", "s3://absent/site", cwd=root)
    assert run.returncode == 1
    assert "there is no such bucket" in run.stderr


def test_a_store_that_lets_nobody_in_is_told(
    tmp_path: Path, cluster: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asks = {**KEYS, "INITIAL_NO_AUTH_ACTION_COUNT": "0"}
    with s3_server(asks) as address:
        for name, value in {**KEYS, "AWS_ENDPOINT_URL": address}.items():
            monkeypatch.setenv(name, value)
        root = a_site(tmp_path / "root")
        run = run_explainer("build", "--cluster", cluster, "-o", "s3://news/site", cwd=root)
    assert run.returncode == 1
    assert "s3://news/site: W001 access is denied" in run.stderr
    assert "Traceback" not in run.stderr


def test_a_worker_that_is_killed_in_the_middle_costs_nothing_but_time(
    tmp_path: Path, store: dict[str, str]
) -> None:
    root = a_site(tmp_path / "root")
    assert run_explainer("build", "-q", "-o", tmp_path / "alone", cwd=root).returncode == 0
    with machines(store, workers=2) as (address, started):
        stage = tmp_path / "shared/.explainer-stage"
        build = subprocess.Popen(
            [sys.executable, "-m", "explainer", "build", "--cluster", address,
             "-o", str(tmp_path / "shared")],
            cwd=root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        until(lambda: any(stage.glob("*.sqlite")), build)
        started[1].kill()
        _, errors = build.communicate(timeout=120)
    assert (build.returncode, errors) == (0, "")
    assert read_files(tmp_path / "shared") == read_files(tmp_path / "alone")


def test_a_build_that_is_killed_while_it_publishes_is_finished_by_the_next(
    tmp_path: Path, cluster: str, store: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in store.items():
        monkeypatch.setenv(name, value)
    import s3fs

    s3 = s3fs.S3FileSystem(skip_instance_cache=True, use_listings_cache=False)
    s3.mkdir("paper")
    root = a_site(tmp_path / "root")
    command = ("build", "-q", "--cluster", cluster, "-o", "s3://paper/site")
    build = subprocess.Popen([sys.executable, "-m", "explainer", *command], cwd=root)
    until(lambda: s3.exists("paper/site/.explainer-manifest.json"), build)
    build.kill()
    assert build.wait() != 0

    assert run_explainer(*command, cwd=root).returncode == 0
    assert run_explainer("build", "-q", "-o", tmp_path / "here", cwd=root).returncode == 0
    names = [name for name in s3.find("paper/site") if "/.explainer" not in name]
    held = {name.removeprefix("paper/site/"): s3.cat_file(name) for name in names}
    assert held == published(tmp_path / "here")


def test_a_mistake_in_an_article_is_told_and_the_last_good_site_stays(
    tmp_path: Path, cluster: str
) -> None:
    root = a_site(tmp_path / "root")
    command = ("build", "--cluster", cluster, "-o", tmp_path / "shared")
    assert run_explainer(*command, cwd=root).returncode == 0
    before = read_files(tmp_path / "shared")
    write_files(root, {
        "content/articles/n5.md": "---\ntitle: [\n---\n",
        "templates/partials/foot.html": "  ",
        "explainer.yaml": "title: Another\n",
    })  # fmt: skip
    run = run_explainer(*command, cwd=root)
    assert run.returncode == 1
    assert run.stderr.startswith("content/articles/n5.md:")
    assert read_files(tmp_path / "shared") == before


def test_workers_with_another_program_are_refused(tmp_path: Path, store: dict[str, str]) -> None:
    shutil.copytree(ROOT / "explainer", tmp_path / "other/explainer")
    write_files(tmp_path, {"other/explainer/__init__.py": '__version__ = "0.0.1"\n'})
    root = a_site(tmp_path / "root")
    with machines({"PYTHONPATH": str(tmp_path / "other")}, workers=1) as (address, _):
        run = run_explainer("build", "--cluster", address, cwd=root)
    assert run.returncode == 1
    assert "has other versions" in run.stderr
    assert "explainer 0.0.1" in run.stderr


def test_a_worker_that_does_not_see_the_folder_says_so(tmp_path: Path, cluster: str) -> None:
    code = """
import sys
from pathlib import Path
from typing import Any
from explainer.build.partitions import Job, Partition, make_partition
from explainer.cluster import open_cluster
from explainer.config import SiteConfig
from explainer.errors import WorkerError
with open_cluster(sys.argv[1]) as cluster:
    try:
        job = Job("token", SiteConfig(Path("/nowhere")), "/nowhere", "/nowhere/site", "")
        list(cluster.share(make_partition, job, [Partition(())]))
    except WorkerError as fault:
        print(fault)
"""
    run = subprocess.run(
        [sys.executable, "-c", code, cluster], capture_output=True, text=True, check=True
    )
    assert re.match(r"the worker tcp://127\.0\.0\.1:\d+ doesn't see /nowhere: ", run.stdout)


@pytest.mark.nlp
def test_a_cluster_drafts_what_one_machine_drafts(tmp_path: Path, cluster: str) -> None:
    texts = {
        f"content/articles/d{n}.txt": f"Story {n}\n\n“We go,” said Ada Brandt on May {n + 1}.\n"
        for n in range(20)
    }
    roots = [write_files(tmp_path / one, {"explainer.yaml": "", **texts}) for one in "ab"]
    for root, how in zip(roots, (["--processes", "1"], ["--cluster", cluster]), strict=True):
        run = run_explainer("draft", *sorted(texts), *how, cwd=root)
        assert (run.returncode, run.stderr) == (0, "")
    assert published(roots[0]) == published(roots[1])
