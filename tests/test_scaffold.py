"""A new site: whole, without a complaint, and never over something else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from explainer.build import build_site
from explainer.check import check_site
from explainer.config import load_config
from explainer.errors import OutputError
from explainer.scaffold import looks, make_site
from tests.making import ROOT, read_files, write_files


def test_a_new_site_builds_and_has_nothing_to_complain_about(tmp_path: Path) -> None:
    root = tmp_path / "my site"
    make_site(root)
    built = build_site(load_config(root), root / "site", strict=True)
    assert built.diagnostics == ()
    assert check_site(load_config(root)) == ()
    assert len([name for name in built.written.changed if name.startswith("articles/")]) == 2


def test_what_a_build_makes_is_ignored_by_git(tmp_path: Path) -> None:
    make_site(tmp_path / "x")
    assert "/site/" in (tmp_path / "x" / ".gitignore").read_text(encoding="utf-8").split()


def test_an_empty_folder_may_be_there_already(tmp_path: Path) -> None:
    made = make_site(tmp_path)
    assert sorted(made) == sorted(path for path in tmp_path.rglob("*") if path.is_file())


@pytest.mark.parametrize("name", ["x/mine.txt", "x"])
def test_nothing_is_written_over(name: str, tmp_path: Path) -> None:
    write_files(tmp_path, {name: "mine"})
    with pytest.raises(OutputError, match="new folder"):
        make_site(tmp_path / "x")
    assert read_files(tmp_path) == {name: b"mine"}


def test_a_place_that_can_not_be_is_told(tmp_path: Path) -> None:
    write_files(tmp_path, {"file": "x"})
    with pytest.raises(OutputError, match="can't be written"):
        make_site(tmp_path / "file" / "site")


@pytest.mark.parametrize("look", looks())
def test_a_look_is_tokens_and_one_partial_and_a_site_made_with_it_builds(
    look: str, tmp_path: Path
) -> None:
    root, plain = tmp_path / "look", tmp_path / "plain"
    made = {path.relative_to(root).as_posix() for path in make_site(root, look)}
    own = made - {path.relative_to(plain).as_posix() for path in make_site(plain)}
    assert "static/css/look.css" in own
    assert [one.rpartition("/")[0] for one in own - {"static/css/look.css"}] == [
        "templates/partials"
    ]
    files = (ROOT / "static/css/tokens.css", root / "static/css/look.css")
    for ours, theirs in zip(
        *(file.read_text("utf-8").split("@media") for file in files), strict=True
    ):
        shipped, changed = (
            dict(re.findall(r"^ +(--[\w-]+): (.*?);", style, re.M)) for style in (ours, theirs)
        )
        assert changed.keys() <= shipped.keys()
        assert not changed.items() & shipped.items(), "a look says only what it changes"
    build_site(load_config(root), root / "site", strict=True)
