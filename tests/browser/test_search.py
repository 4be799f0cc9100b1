"""The search: from file:// as over http, in every script, and its place where none runs."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from explainer.assemble.search import MOST_ROWS
from tests.making import write_files

from .conftest import REPOSITORY, SUB_PATH, Reader, Served, build, serve

SEARCH = "search/index.html"


@pytest.fixture
def searcher(browser: Browser, tongues: Served) -> Iterator[Reader]:
    one = Reader(browser, tongues)
    yield one
    one.close()
    assert one.complaints == []


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Served, Path]]:
    """A site of too many entries for one script, and a copy that has them all in one."""
    folder = tmp_path_factory.mktemp("many")
    write_files(folder / "source", {
        "explainer.yaml": "title: Many\n",
        "content/glossary/all.yaml": "".join(entry_lines()),
        "content/articles/one.md": "---\ntitle: Harbor 7 burns\nsummary: At night.\n---\nWords.\n",
    })  # fmt: skip
    site, whole = folder / "site", folder / "whole"
    build(folder / "source", site)
    shutil.copytree(site, whole)
    rows = rows_below(site / "search/entries")
    data = (whole / "search/index.js").read_text(encoding="utf-8")
    here, _, _ = data.removeprefix("window.explainerSearch = ").partition(";\n")
    every = json.dumps([*rows, *json.loads(here)])
    (whole / "search/index.js").write_text(f"window.explainerSearch = {every}", encoding="utf-8")
    server = serve(site, "default-src 'self'")
    yield Served(site, f"http://127.0.0.1:{server.server_port}{SUB_PATH}"), whole
    server.shutdown()
    server.server_close()


def rows_below(folder: Path) -> list[object]:
    rows = []
    for number in range(len(list(folder.glob("rows-*.js")))):
        text = (folder / f"rows-{number}.js").read_text(encoding="utf-8")
        rows += json.loads(text[text.index(",") + 1 : text.rindex(")")])
    return rows


def entry_lines() -> Iterator[str]:
    kinds = ("Harbor", "Old Harbor", "Fort St. Élan", "O’Neill’s Point", "Σίσυφος Bay", "مرسى")
    for number in range(MOST_ROWS + 40):
        name = f"{kinds[number % len(kinds)]} {number}"
        alias = f"harbor-{number}, {number} harbor" if number % 50 == 0 else ""
        role = f"Port of call {number % 9}, north of Vell" if number % 3 else ""
        more = f"kind: place, aliases: [{alias}], role: '{role}'"
        yield f"- {{id: e{number}, name: {name}, {more}}}\n"
    yield "- {id: vell, name: Vell, kind: place}\n- {id: seo, name: 서은별, kind: person}\n"


def told(page: Page, query: str) -> tuple[str, list[str], list[str]]:
    """What the status says, and the titles and addresses of the results, once all is found."""
    page.get_by_role("searchbox").fill(query)
    expect(page.locator("#search-results:not([aria-busy])")).to_be_attached()
    links = page.locator("#search-results a")
    ways = links.evaluate_all("all => all.map((one) => one.getAttribute('href'))")
    return page.locator("#search-status").inner_text(), links.all_inner_texts(), ways


@pytest.mark.parametrize("scheme", ["http", "file"])
def test_in_parts_everything_is_found_that_is_found_in_one_script(
    browser: Browser, many: tuple[Served, Path], scheme: str
) -> None:
    site, whole = many
    in_parts, at_once = Reader(browser, site), Reader(browser, site)
    url = site.url if scheme == "http" else f"{site.folder.as_uri()}/"
    page, other = in_parts.open(url + SEARCH), at_once.open(f"{whole.as_uri()}/{SEARCH}")
    for query in ("vell", "harbor 7", "HARBOR", "bor 1", "elan", "oneil", "o'neill", "σισυφοσ 4",
                  "sisyphos", "مرسي 5", "은별", "north 12", "a", "call vell", "burns night", "1 0",
                  "harbor-50", "nothing of the kind", "st.", "7"):  # fmt: skip
        assert told(page, query) == told(other, query), query
    assert told(page, "은별")[1] == ["서은별"]
    assert told(page, "burns")[1] == ["Harbor 7 burns"]
    assert told(page, "") == ("", [], [])
    in_parts.close()
    at_once.close()
    assert in_parts.complaints == at_once.complaints == []


def test_in_parts_a_name_is_found_with_few_of_them(
    browser: Browser, many: tuple[Served, Path]
) -> None:
    reader = Reader(browser, many[0])
    page = reader.open(many[0].url + SEARCH)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    assert told(page, "서은")[1] == ["서은별"]
    assert len(asked) == 3
    reader.close()
    assert reader.complaints == []


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
