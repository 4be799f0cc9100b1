"""What a site of many pages and entries is given instead of one endless page or file."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

from explainer.assemble import Addresses, glossary_pages
from explainer.assemble.feeds import MOST_ADDRESSES, machine_files
from explainer.assemble.glossary import MOST_NOTES
from explainer.cache import Cache
from explainer.config import SiteConfig
from explainer.model import Entry

CONFIG = SiteConfig(Path(), base_url="https://example.org/")


def addresses_in(xml: str) -> list[str]:
    return [one.text or "" for one in ElementTree.fromstring(xml).iter() if one.tag.endswith("loc")]


def test_a_sitemap_that_would_be_too_long_is_an_index_of_several() -> None:
    paths = [f"articles/{number:06}.html" for number in range(MOST_ADDRESSES + 2)]
    cache = Cache(None)
    files = machine_files(cache, paths, CONFIG)
    cache.close()
    parts = addresses_in(files["sitemap.xml"])
    assert parts == [f"https://example.org/sitemaps/{number}.xml" for number in (1, 2)]
    listed = [addresses_in(files[one.removeprefix(CONFIG.base_url)]) for one in parts]
    assert [len(one) for one in listed] == [MOST_ADDRESSES, 2]
    assert [*listed[0], *listed[1]] == [f"https://example.org/{path}" for path in paths]


def test_the_whole_notes_of_many_entries_stand_on_no_page_together() -> None:
    entries = [
        Entry(f"e{number}", f"Name {number}", "term", summary="A note.")
        for number in range(MOST_NOTES + 1)
    ]
    addresses = Addresses(frozenset(one.id for one in entries))
    (few,) = glossary_pages(entries[:-1], addresses, CONFIG)
    (many,) = glossary_pages(entries, addresses, CONFIG)
    assert not few.brief
    assert "A note." in few.groups[0].entries[0].summary
    assert many.brief
    assert many.groups[0].entries[0].summary == ""
    assert len(many.groups[0].entries) == MOST_NOTES + 1
