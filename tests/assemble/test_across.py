"""Pages made of all articles: the site's timeline, its sources, entries by kind, the search."""

from __future__ import annotations

import json
import re

from tests.conftest import ARTICLE, GLOSSARY, NOTES, SmallSite

SECOND = ARTICLE.replace("resigns", "is back").replace("2024-05-14", "2025-01-02")
UNNAMED = NOTES.replace("    speaker: [ada-lovelace]\n", "")
EVENT = """\
- {id: flood, name: The great flood, kind: event, date: 1342-07, summary: Water., as_of: 2024-05}
"""


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def main_of(page: str) -> str:
    return words(page[page.index("<main") : page.index("</main>")])


def test_the_timeline_has_the_cards_and_events_of_all_articles(small_site: SmallSite) -> None:
    """A card that two articles share stands once, and names both."""
    small_site.write({
        "content/articles/back.md": SECOND,
        "content/articles/back.notes.yaml": NOTES,
        "content/glossary/all.yaml": GLOSSARY + EVENT,
    })  # fmt: skip
    small_site.build()
    page = main_of(small_site.page("timeline/index.html"))
    assert page.index("the 14th century") < page.index("The great flood") < page.index("2019")
    assert page.count("The election of 2019") == 1
    shared = small_site.page("timeline/index.html")
    assert 'href="../articles/back.html#card-election-2019"' in shared
    assert "The mayor of Bonn is back" in page
    assert "The mayor of Bonn resigns" in page


def test_a_timeline_of_many_moments_has_several_pages(small_site: SmallSite) -> None:
    events = "".join(
        f"- {{id: e{n}, name: Event {n}, kind: event, date: {1200 + n}, summary: x}}\n"
        for n in range(201)
    )
    small_site.write({"content/glossary/all.yaml": GLOSSARY + events})
    small_site.build()
    first, second = (small_site.page(f"timeline/{name}.html") for name in ("index", "2"))
    assert "Event 0<" in first
    assert "Event 200<" in second
    assert "The election of 2019" in second
    assert 'href="2.html" rel="next"' in first
    assert 'href="index.html" rel="prev"' in second


def test_a_source_is_listed_with_its_claims_and_its_days(small_site: SmallSite) -> None:
    small_site.write({
        "content/articles/back.md": SECOND,
        "content/articles/back.notes.yaml": NOTES,
    })  # fmt: skip
    small_site.build()
    page = small_site.page("sources/index.html")
    assert 'href="../glossary/ada-lovelace.html#quotes"' in page
    assert "2 claims 2 articles May 14, 2024 – January 2, 2025" in main_of(page)
    assert not (small_site.output / "sources/others").exists()


def test_a_source_without_an_entry_stands_under_its_article(small_site: SmallSite) -> None:
    small_site.write({"content/articles/mayor.notes.yaml": UNNAMED})
    small_site.build()
    assert "No source with an entry is cited yet." in main_of(small_site.page("sources/index.html"))
    others = main_of(small_site.page("sources/others/index.html"))
    assert "The mayor of Bonn resigns May 14, 2024 Lovelace" in others
    assert "“I am tired,”" in others


def test_an_entry_tells_what_others_say_of_it_and_not_what_it_says_itself(
    small_site: SmallSite,
) -> None:
    claim = """\
  - id: resigned
    content: [{exact: "Ada Lovelace, the mayor of Bonn, resigned on Tuesday"}]
    speaker: [bonn]
"""
    small_site.write({"content/articles/mayor.notes.yaml": NOTES + claim})
    small_site.build()
    person, place = (
        main_of(small_site.page(f"glossary/{one}.html")) for one in ("ada-lovelace", "bonn")
    )
    assert "What others say Ada Lovelace, the mayor of Bonn, resigned on Tuesday Bonn" in person
    assert "What others say" not in place
    assert "Quoted saying Ada Lovelace, the mayor of Bonn" in place


def test_the_glossary_has_a_page_for_each_kind_where_there_are_several(
    small_site: SmallSite,
) -> None:
    small_site.build()
    page = main_of(small_site.page("glossary/kinds/person.html"))
    assert page.startswith("People All People 1 Places 1 A A Ada Lovelace")
    assert "Rhine" not in page
    small_site.write({"content/glossary/all.yaml": GLOSSARY.replace("kind: place", "kind: person")})
    small_site.build()
    assert not (small_site.output / "glossary/kinds").exists()


def test_the_search_knows_every_name_and_headline(small_site: SmallSite) -> None:
    small_site.build()
    script = small_site.page("search/index.js")
    rows = json.loads(script.removeprefix("window.explainerSearch = ").removesuffix(";\n"))
    assert rows == [
        ["../glossary/ada-lovelace.html", "Ada Lovelace", "", "Person", "en", "Lovelace"],
        ["../glossary/bonn.html", "Bonn", "", "Place", "en", ""],
        ["../articles/mayor.html", "The mayor of Bonn resigns", "", "May 14, 2024", "en"],
    ]


CORRECTED = ARTICLE.replace(
    "date: 2024-05-14",
    "date: 2024-05-14\ncorrections:\n  - {date: 2024-06-02, text: She is 53.}\n"
    "  - {date: 2024-05-20, text: 'It was <Tuesday>.'}",
)


def test_corrections_are_shown_oldest_first_and_count_as_changes(small_site: SmallSite) -> None:
    small_site.write({
        "content/articles/mayor.md": CORRECTED,
        "explainer.yaml": "title: Small\nbase_url: https://small.example/\n",
    })  # fmt: skip
    small_site.build()
    page = small_site.page("articles/mayor.html")
    assert "Corrections May 20, 2024 It was &lt;Tuesday&gt;. June 2, 2024 She is 53." in words(page)
    assert "Corrected June 2, 2024" in words(page)
    ld = json.loads(page.split('<script type="application/ld+json">')[1].split("</script>")[0])
    assert ld["dateModified"] == "2024-06-02"
    assert ld["correction"][0] == {
        "@type": "CorrectionComment", "text": "It was <Tuesday>.", "datePublished": "2024-05-20",
    }  # fmt: skip
    assert "<updated>2024-06-02T00:00:00Z</updated>" in small_site.page("atom.xml")
