"""The preview in a real browser: suggestions, problems over the page, and ways to the files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from explainer.serve import PreviewServer
from tests.making import write_files
from tests.review.conftest import GLOSSARY, NOTES, STORY

from .conftest import Reader, Served


@pytest.fixture
def site(tmp_path: Path) -> Path:
    files = {
        "explainer.yaml": 'title: A site\neditor: "vscode://file/{path}:{line}:{column}"\n',
        "content/articles/ferry.md": STORY,
        "content/articles/ferry.notes.yaml": NOTES,
        "content/glossary/all.yaml": GLOSSARY,
    }
    return write_files(tmp_path / "a site", files)


@pytest.fixture
def preview(browser: Browser, site: Path) -> Iterator[Reader]:
    with PreviewServer(site, port=0, say=lambda line: None) as server:
        reader = Reader(browser, Served(site, server.url))
        yield reader
        reader.close()


def test_what_is_only_suggested_is_shown_and_marked(preview: Reader) -> None:
    page = preview.open(f"{preview.site.url}/articles/ferry.html")
    claim = page.locator("#sources [data-status=suggested]").first
    expect(claim).to_contain_text("Ada Renn")


def test_a_problem_over_the_page_leads_to_its_place(preview: Reader, site: Path) -> None:
    page = preview.open(f"{preview.site.url}/articles/ferry.html")
    expect(page.locator("h1")).to_have_text("The ferry waits")
    (site / "content/glossary/all.yaml").write_text("- id: Bad\n", encoding="utf-8")
    link = page.locator("explainer-problems a").first
    expect(link).to_have_text("content/glossary/all.yaml:1:3")
    place = f"{site.as_posix()}/content/glossary/all.yaml:1:3".replace(" ", "%20")
    expect(link).to_have_attribute("href", f"vscode://file/{place}")
    (site / "content/glossary/all.yaml").write_text(GLOSSARY, encoding="utf-8")
    expect(page.locator("explainer-problems")).to_have_count(0)


def test_a_pop_up_leads_to_the_file_of_its_entry(preview: Reader, site: Path) -> None:
    page = preview.open(f"{preview.site.url}/articles/ferry.html")
    page.locator("a[data-entry=port-ansel]").click()
    link = page.locator("#popup [data-place] a")
    expect(link).to_have_text("content/glossary/all.yaml:6")
    place = f"{site.as_posix()}/content/glossary/all.yaml:6:3".replace(" ", "%20")
    expect(link).to_have_attribute("href", f"vscode://file/{place}")
