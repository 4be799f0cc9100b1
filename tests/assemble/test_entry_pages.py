"""Pages of an entry that many articles mention: all of it, the newest first, so much a page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from explainer.assemble.glossary import PER_PAGE
from explainer.build import build_site
from explainer.config import load_config
from tests.making import read_files, write_files

COUNT = PER_PAGE + 3
GLOSSARY = "- {id: vell, name: Vell, kind: place, summary: A town.}\n"
NOTES = "attributions:\n  - {id: a, content: [{exact: Vell is quiet}], speaker: [vell]}\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A place in one article more than a page holds, which it is quoted in as well."""
    files = {
        "explainer.yaml": "base_url: https://example.org/\n",
        "content/glossary/g.yaml": GLOSSARY,
    }
    for number in range(COUNT):
        front = f"---\ntitle: Number {number:02}\ndate: 2024-01-01T00:{number:02}\n---\n"
        files[f"content/articles/n{number:02}.md"] = f"{front}Vell is quiet, it says.\n"
        files[f"content/articles/n{number:02}.notes.yaml"] = NOTES
    return write_files(tmp_path / "root", files)


def mentions(page: bytes) -> list[str]:
    return re.findall(r"articles/(n\d+)\.html#mention-vell", page.decode())


def test_no_mention_and_no_claim_is_lost_and_the_newest_come_first(root: Path) -> None:
    files = read_files(build_site(load_config(root), root / "site").output)
    first, second = files["glossary/vell.html"], files["glossary/vell/2.html"]
    assert "glossary/vell/3.html" not in files
    expected = [f"n{number:02}" for number in reversed(range(COUNT))]
    assert mentions(first) + mentions(second) == expected
    claims = re.findall(r"articles/(n\d+)\.html#claim-a", (first + second).decode())
    assert claims == expected


def test_the_pages_lead_to_each_other_and_each_has_its_own_address(root: Path) -> None:
    files = read_files(build_site(load_config(root), root / "site").output)
    first, second = (
        files[name].decode() for name in ("glossary/vell.html", "glossary/vell/2.html")
    )
    assert 'href="vell/2.html" rel="next"' in first
    assert 'href="../vell.html" rel="prev"' in second
    assert 'href="https://example.org/glossary/vell/2.html"' in second
    assert "Vell, page 2" in second


def test_an_edit_makes_only_the_pages_that_show_it(root: Path) -> None:
    build_site(load_config(root), root / "site")
    path = root / "content/articles/n00.md"
    path.write_text(path.read_text().replace("Number 00", "The first"))
    changed = build_site(load_config(root), root / "site").written.changed
    assert "glossary/vell/2.html" in changed
    assert "glossary/vell.html" not in changed


def test_pages_that_are_no_longer_needed_go(root: Path) -> None:
    build_site(load_config(root), root / "site")
    for number in range(5):
        (root / f"content/articles/n{number:02}.md").unlink()
    removed = build_site(load_config(root), root / "site").written.removed
    assert "glossary/vell/2.html" in removed
