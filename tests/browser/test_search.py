"""The search: from file:// as over http, in every script, and its place where none runs."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from .conftest import REPOSITORY, SUB_PATH, Reader, Served, build, serve

SEARCH = "search/index.html"


@pytest.fixture
def searcher(browser: Browser, tongues: Served) -> Iterator[Reader]:
    one = Reader(browser, tongues)
    yield one
    one.close()
    assert one.complaints == []


def found(page: Page, query: str) -> list[str]:
    page.get_by_role("searchbox").fill(query)
    return page.locator("#search-results a").all_inner_texts()


@pytest.mark.parametrize("scheme", ["http", "file"])
def test_names_are_found_as_people_type_them(searcher: Reader, scheme: str) -> None:
    url = searcher.site.url if scheme == "http" else f"{searcher.site.folder.as_uri()}/"
    page = searcher.open(url + SEARCH)
    assert found(page, "ADA quill")[0] == "Ada Quill"
    assert found(page, "port clair")[0] == "Port-Clair"
    assert found(page, "irene") == []
    assert found(page, "eteint") == ["Le phare de la Pointe Grise s’éteint après 140 ans"]
    assert found(page, "قنديل")[0] == "سلمى قنديل"
    assert found(page, "مَرسى النُور")[0] == "مرسى النور"
    assert found(page, "مرسي")[0] == "مرسى النور"
    assert found(page, "은별") == ["서은별"]
    assert found(page, "등대")[0].startswith("회색곶 등대")


def test_a_result_leads_to_its_page_and_the_status_says_how_many(searcher: Reader) -> None:
    page = searcher.open(f"{searcher.site.url}{SEARCH}?q=ada+quill")
    expect(page.locator("#search-status")).to_have_text("Found: 1")
    page.get_by_role("searchbox").press("Enter")
    page.keyboard.press("Enter")
    page.wait_for_url("**/glossary/person-en.html")
    page.go_back()
    assert found(page, "<b>nothing</b>") == []
    expect(page.locator("#search-status")).to_have_text("Nothing found for “<b>nothing</b>”")


def test_without_script_the_page_says_where_else_to_look(searcher: Reader) -> None:
    page = searcher.browser.new_context(java_script_enabled=False).new_page()
    page.goto(searcher.site.url + SEARCH)
    assert page.locator("form").is_hidden()
    assert page.locator("#search-without a").count() == 2


def test_whole_texts_are_looked_through_where_pagefind_is(browser: Browser, tmp_path: Path) -> None:
    """As the README says: switched on in the settings, and run over the finished site."""
    pytest.importorskip("pagefind", reason="an extra of its own")
    source = tmp_path / "site"
    shutil.copytree(REPOSITORY / "tests" / "languages", source)
    with (source / "explainer.yaml").open("a", encoding="utf-8") as settings:
        settings.write("theme: {pagefind: true}\n")
    build(source, source / "site")
    command = [sys.executable, "-m", "pagefind", "--site", str(source / "site")]
    subprocess.run(command, check=True, capture_output=True)
    server = serve(source / "site", "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'")
    url = f"http://127.0.0.1:{server.server_port}{SUB_PATH}"
    reader = Reader(browser, Served(source / "site", url))
    page = reader.open(url + SEARCH)
    assert found(page, "keeper leaves") == []
    page.locator("#search-texts a").first.wait_for()
    ways = page.locator("#search-texts a").evaluate_all("all => all.map((one) => one.pathname)")
    assert f"{SUB_PATH}articles/lighthouse-en.html" in ways
    reader.close()
    server.shutdown()
    server.server_close()
    assert reader.complaints == []
