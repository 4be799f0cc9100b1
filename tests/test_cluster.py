"""What a cluster's user is told before there is one."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.clustering import a_site
from tests.conftest import run_explainer


@pytest.mark.skipif(
    find_spec("distributed") is None, reason="needs Dask: pip install 'explainer-site[cluster]'"
)
def test_nobody_at_the_address_is_told_in_a_sentence(tmp_path: Path) -> None:
    root = a_site(tmp_path / "root")
    for address, words in (
        ("tcp://127.0.0.1:1", "no Dask scheduler answers at tcp://127.0.0.1:1"),
        ("nonsense://x", "is no scheduler's address"),
        ("tls://127.0.0.1:1", "distributed.comm.tls"),
    ):
        run = run_explainer("build", "--cluster", address, cwd=root)
        assert run.returncode == 1
        assert words in run.stderr
        assert "Traceback" not in run.stderr


def test_without_the_extra_the_way_to_it_is_told(tmp_path: Path) -> None:
    code = "import sys; sys.modules['distributed'] = None; from explainer.cli import main; main()"
    run = subprocess.run(
        [sys.executable, "-c", code, "build", "--cluster", "local"],
        cwd=a_site(tmp_path), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 1
    assert "pip install 'explainer-site[cluster]'" in run.stderr


def test_a_store_needs_a_cluster(tmp_path: Path) -> None:
    run = run_explainer("build", "-o", "s3://news/public", cwd=a_site(tmp_path))
    assert run.returncode == 2
    assert "needs --cluster" in run.stderr
