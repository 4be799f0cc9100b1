"""Feeds, sitemap and JSON-LD: they parse, and agree with the pages."""

from __future__ import annotations

import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from explainer.assemble.structured import entry_json_ld
from explainer.build import build_site
from explainer.config import load_config
from explainer.edtf import parse_edtf
from explainer.model import Alias, Entry
from tests.conftest import ARTICLE, GLOSSARY, NOTES
from tests.making import read_files, write_files

BASE = "https://example.org/news/"
ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def built(root: Path, settings: str, title: str = "The mayor of Bonn resigns") -> dict[str, bytes]:
    article = ARTICLE.replace("The mayor of Bonn resigns", json.dumps(title))
    files = {
        "explainer.yaml": f"title: A site\n{settings}",
        "content/articles/mayor.md": article,
        "content/articles/mayor.notes.yaml": NOTES,
        "content/glossary/all.yaml": GLOSSARY,
    }
    write_files(root, files)
    return read_files(build_site(load_config(root), root / "out").output)


@pytest.fixture
def files(tmp_path: Path) -> dict[str, bytes]:
    return built(tmp_path, f"base_url: {BASE}\n")


def test_without_an_address_there_is_no_feed_and_no_sitemap(tmp_path: Path) -> None:
    names = set(built(tmp_path, ""))
    assert not names & {"atom.xml", "feed.json", "sitemap.xml", "robots.txt"}


def test_both_feeds_list_the_article_at_its_address(files: dict[str, bytes]) -> None:
    feed = ElementTree.fromstring(files["atom.xml"])
    entry = feed.find(f"{ATOM}entry")
    assert entry is not None
    address = f"{BASE}articles/mayor.html"
    assert entry.findtext(f"{ATOM}id") == address
    assert entry.findtext(f"{ATOM}title") == "The mayor of Bonn resigns"
    assert entry.findtext(f"{ATOM}published") == "2024-05-14T00:00:00Z"
    assert feed.findtext(f"{ATOM}updated") == "2024-05-14T00:00:00Z"
    item = json.loads(files["feed.json"])["items"][0]
    assert (item["id"], item["url"]) == (address, address)


def test_the_sitemap_names_every_page_but_the_missing_one(files: dict[str, bytes]) -> None:
    root = ElementTree.fromstring(files["sitemap.xml"])
    listed = {one.text for one in root.iter(f"{SITEMAP}loc")}
    pages = {name for name in files if name.endswith(".html")} - {"404.html"}
    assert listed == {BASE + (name if name != "index.html" else "") for name in pages}
    assert f"Sitemap: {BASE}sitemap.xml".encode() in files["robots.txt"]


def json_ld_of(html: bytes) -> dict[str, object]:
    found = re.search(rb'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    assert found
    data = json.loads(found[1])
    assert isinstance(data, dict)
    return data


def test_json_ld_says_what_the_page_says(files: dict[str, bytes]) -> None:
    data = json_ld_of(files["articles/mayor.html"])
    assert data["@type"] == "NewsArticle"
    assert data["headline"] == "The mayor of Bonn resigns"
    assert data["datePublished"] == "2024-05-14"
    assert isinstance(data["mentions"], list)
    assert {one["name"] for one in data["mentions"]} == {"Ada Lovelace", "Bonn"}
    assert isinstance(data["hasPart"], list)
    assert [one["text"] for one in data["hasPart"]] == ["“I am tired,”"]


def test_what_json_ld_names_has_its_note_on_the_page(files: dict[str, bytes]) -> None:
    html = files["articles/mayor.html"]
    data = json_ld_of(html)
    claims, mentions = data["hasPart"], data["mentions"]
    assert isinstance(claims, list)
    assert isinstance(mentions, list)
    named = [author for claim in claims for author in claim["author"] if "@id" in author]
    ids = {one["@id"] for one in (*mentions, *claims, *named)}
    assert ids == {"#entry-ada-lovelace", "#entry-bonn", "#source-tired"}
    assert all(f'id="{one[1:]}"'.encode() in html for one in ids)


def test_an_entry_s_page_says_what_it_is_about(files: dict[str, bytes]) -> None:
    data = json_ld_of(files["glossary/ada-lovelace.html"])
    assert data["@type"] == "Person"
    assert data["name"] == "Ada Lovelace"
    assert data["@id"] == f"{BASE}glossary/ada-lovelace.html#entry-ada-lovelace"
    assert data["url"] == f"{BASE}glossary/ada-lovelace.html"


@pytest.mark.parametrize(
    ("written", "said"),
    [("1815-12-10", "1815-12-10"), ("1815", "1815"), ("1815~", None), ("1815-21", None)],
)
def test_only_a_date_that_is_certain_is_said(written: str, said: str | None) -> None:
    entry = Entry("ada", "Ada", "person", born=parse_edtf(written))
    data = json.loads(entry_json_ld(entry, "Site", "", "en"))
    assert data.get("birthDate") == said


def test_a_term_is_part_of_the_glossary() -> None:
    entry = Entry("tide", "Tide", "term", aliases=(Alias("Tides"), Alias("it", after_name=True)))
    data = json.loads(entry_json_ld(entry, "Site", "", "en"))
    assert data["inDefinedTermSet"]["name"] == "Site"
    assert data["alternateName"] == ["Tides"]


def test_nothing_in_json_ld_can_end_its_element(tmp_path: Path) -> None:
    title = "</script><script>alert(1)</script>"
    html = built(tmp_path, "", title)["articles/mayor.html"]
    assert json_ld_of(html)["headline"] == title
    assert b"<script>alert" not in html
