"""Lists of articles: their order, their pages, their tags."""

from __future__ import annotations

from collections.abc import Mapping
from html.parser import HTMLParser
from pathlib import Path

import pytest

from explainer.assemble.lists import PER_PAGE
from explainer.build import build_site
from explainer.config import load_config
from tests.making import read_files, write_files


def article(title: str, date: str, tags: str = "") -> str:
    return f"---\ntitle: {title}\ndate: {date}\ntags: [{tags}]\n---\nText.\n"


def built(root: Path, articles: Mapping[str, str], settings: str = "") -> dict[str, bytes]:
    files = {f"content/articles/{name}.md": text for name, text in articles.items()}
    write_files(root, {"explainer.yaml": f"title: A site\n{settings}", **files})
    return read_files(build_site(load_config(root), root / "out").output)


class Links(HTMLParser):
    """The article links of a page, in order."""

    def __init__(self, html: bytes) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        href = dict(attrs).get("href") or ""
        if tag == "a" and "articles/" in href:
            self.found.append(href)


def test_the_newest_article_comes_first_and_the_undated_last(tmp_path: Path) -> None:
    articles = {
        "a": article("A", "2020-01-01"),
        "b": article("B", "2024-01-01"),
        "c": "---\ntitle: C\n---\nText.\n",
    }
    html = built(tmp_path, articles)["index.html"]
    assert Links(html).found == ["articles/b.html", "articles/a.html", "articles/c.html"]


def test_articles_of_one_day_are_in_the_order_of_their_hours_wherever_they_were(
    tmp_path: Path,
) -> None:
    articles = {
        "seoul": article("Seoul", "2024-01-02T08:00+09:00"),
        "lima": article("Lima", "2024-01-01T20:00-05:00"),
        "here": article("Here", "2024-01-01T23:30"),
    }
    html = built(tmp_path, articles, "time_zone: Europe/Copenhagen\n")["index.html"]
    assert [one[9:-5] for one in Links(html).found] == ["lima", "seoul", "here"]


def test_a_long_list_goes_on_over_pages_and_none_is_lost(tmp_path: Path) -> None:
    count = PER_PAGE + 1
    articles = {f"n{n:03}": article(f"N{n}", "2024-01-01") for n in range(count)}
    files = built(tmp_path, articles)
    first, second = Links(files["index.html"]).found, Links(files["page/2.html"]).found
    assert len(first) == PER_PAGE
    assert second == [f"../articles/n{count - 1:03}.html"]
    assert "page/3.html" not in files


def test_each_tag_has_a_page_of_its_articles(tmp_path: Path) -> None:
    articles = {
        "a": article("A", "2024-01-01", "war, arms trade"),
        "b": article("B", "2024-01-02", "Arms Trade"),
    }
    files = built(tmp_path, articles)
    both = ["../../articles/b.html", "../../articles/a.html"]
    assert Links(files["tags/arms-trade/index.html"]).found == both
    assert Links(files["tags/war/index.html"]).found == ["../../articles/a.html"]


@pytest.mark.parametrize("tag", ["한국", "../up", "con"])
def test_a_tag_of_any_letters_makes_a_safe_address(tmp_path: Path, tag: str) -> None:
    files = built(tmp_path, {"a": article("A", "2024-01-01", f'"{tag}"')})
    pages = [name for name in files if name.startswith("tags/")]
    assert len(pages) == 1
    assert all(char.isascii() and (char.isalnum() or char in "-/.") for char in pages[0])
    assert ".." not in pages[0]
