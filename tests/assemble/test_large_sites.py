"""What a site of many pages and entries is given instead of one endless page or file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree

from explainer.assemble import Addresses, glossary_pages
from explainer.assemble.a_to_z import MOST_NAMES, MOST_NOTES, NAMES_A_PAGE
from explainer.assemble.feeds import MOST_ADDRESSES, machine_files
from explainer.cache import Cache
from explainer.config import SiteConfig
from explainer.model import Entry, GlossaryPage

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
    (few,), (many,) = a_to_z(entries[:-1]), a_to_z(entries)
    assert "A note." in few.groups[0].entries[0].summary
    assert many.groups[0].entries == ()
    assert len(many.groups[0].names) == MOST_NOTES + 1


def a_to_z(entries: Sequence[Entry]) -> list[GlossaryPage]:
    addresses = Addresses(frozenset(one.id for one in entries))
    cache = Cache(None)
    made = [page for _, _, page in glossary_pages(entries, cache, addresses, CONFIG) if page]
    cache.close()
    return made


def test_very_many_names_have_pages_by_letter_and_all_are_on_one() -> None:
    names = [f"{letter}{number:04}" for letter in ("a", "É", "e", "é") for number in range(450)]
    names += ["한국", "서울", "9 to 5", "~tilde", *(f"Z{n}" for n in range(MOST_NAMES - 1800))]
    entries = [Entry(f"e{number}", name, "term") for number, name in enumerate(names)]
    first, *pages = a_to_z(entries)
    parts = [
        (one.letter, part.href, part.first, part.count)
        for one in first.groups
        for part in one.parts
    ]
    assert parts[:4] == [
        ("#", "letters/other.html", "9 to 5", 2),
        ("A", "letters/a.html", "a0000", 450),
        ("E", "letters/e.html", "é0000", NAMES_A_PAGE),
        ("E", "letters/e-2.html", "é0333", 350),
    ]
    assert [f"glossary/{href}" for _, href, _, _ in parts] == [one.path for one in pages]
    assert len({one.path for one in pages}) == len(pages) == len(first.letters) + 1
    listed = [line.name for page in pages for group in page.groups for line in group.names]
    assert sorted(listed) == sorted(names)
    walked = [first.groups[0].parts[0].href.rpartition("/")[2]]
    while (page := pages[len(walked) - 1]).next:
        walked.append(page.next)
    assert [f"glossary/letters/{name}" for name in walked] == [one.path for one in pages]
    assert pages[1].previous == "other.html"
    assert pages[0].groups[0].names[0].href == "../e1802.html"
