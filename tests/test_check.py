"""What `explainer check` finds, each with its code and its line."""

from __future__ import annotations

import pytest

from explainer.build import read_site
from explainer.check import check_site
from explainer.config import load_config
from explainer.errors import ExplainerError
from explainer.model import Diagnostic
from tests.conftest import ARTICLE, GLOSSARY, NOTES, SmallSite


def check(site: SmallSite, **files: str) -> list[Diagnostic]:
    names = {
        "article": "content/articles/mayor.md",
        "notes": "content/articles/mayor.notes.yaml",
        "glossary": "content/glossary/all.yaml",
    }
    site.write({names[name]: text for name, text in files.items()})
    return list(check_site(load_config(site.root)))


def codes(found: list[Diagnostic]) -> list[str]:
    return [one.code for one in found]


def test_a_sound_site_has_nothing_to_say(small_site: SmallSite) -> None:
    assert check(small_site) == []


MORE = "- id: koeln\n  name: Köln\n  kind: place\n  summary: A city.\n  as_of: 2024\n"


@pytest.mark.parametrize(
    ("more", "code", "severity"),
    [
        (MORE, "G001", "warning"),
        (MORE.replace("Köln", "May"), "G003", "warning"),
        (MORE.replace("Köln", "Ö"), "G003", "warning"),
        (MORE.replace("  summary: A city.\n", ""), "G005", "warning"),
        (MORE.replace("  as_of: 2024\n", ""), "G006", "note"),
    ],
)
def test_a_doubtful_entry_is_told_in_its_line(
    more: str, code: str, severity: str, small_site: SmallSite
) -> None:
    found = check(small_site, glossary=GLOSSARY + more)
    place = GLOSSARY.count("\n") + 1
    told = [(one.severity, one.position.line) for one in found if one.code == code]
    assert told == [(severity, place)]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("exact: resigned on Tuesday", "exact: resigned by Tuesday", "A002"),
        ("exact: resigned on Tuesday", "exact: nothing like it at all", "A001"),
        ("    date: 2019-05-26\n", "", "B001"),
        ("2019-05-26", "2025", "B002"),
        ("    sources: [{title: An invented record}]\n", "", "B003"),
        ("    body: She won it.\n", "", "B004"),
        (
            "    speaker: [ada-lovelace]\n    mode: direct",
            "    via: [bonn]\n    mode: direct",
            "S003",
        ),
        ("attributions:", "text: sha256:" + "0" * 64 + "\nattributions:", "A003"),
    ],
)
def test_a_doubtful_note_is_told(old: str, new: str, code: str, small_site: SmallSite) -> None:
    assert old in NOTES
    assert code in codes(check(small_site, notes=NOTES.replace(old, new)))


def edit_article(site: SmallSite, old: str, new: str) -> list[Diagnostic]:
    """Change the article of notes that know it as it was."""
    (article,) = read_site(load_config(site.root)).articles
    known = f"text: sha256:{article.document.digest}\n{NOTES}"
    site.write({"content/articles/mayor.notes.base": ARTICLE})
    return check(site, notes=known, article=ARTICLE.replace(old, new))


def test_notes_follow_an_article_that_changed_around_them(small_site: SmallSite) -> None:
    found = edit_article(small_site, "Ada Lovelace, the mayor", "Ada Lovelace, mayor")
    assert codes(found) == ["A003"]
    small_site.build()
    assert 'data-card="election-2019"' in small_site.page("articles/mayor.html")


def test_notes_of_a_passage_that_is_gone_stop_check_and_a_strict_build(
    small_site: SmallSite,
) -> None:
    there, elsewhere = "resigned on Tuesday.", "stayed. He says he resigned on Tuesday, in 2011."
    found = edit_article(small_site, there, elsewhere)
    assert [(one.code, one.severity) for one in found if one.severity == "error"] == [
        ("A002", "error")
    ]
    small_site.build()
    assert 'data-card="election-2019"' not in small_site.page("articles/mayor.html")
    with pytest.raises(ExplainerError, match="not published"):
        small_site.build(strict=True)


def test_a_base_that_is_not_the_text_of_the_notes_is_not_used(small_site: SmallSite) -> None:
    edit_article(small_site, "Tuesday", "Tuesday last")
    small_site.write({"content/articles/mayor.notes.base": "---\ntitle: X\n---\nAnother.\n"})
    assert "A003" in codes(check(small_site))


def test_a_claim_of_nobody_is_told(small_site: SmallSite) -> None:
    notes = NOTES.replace('    source: {exact: Lovelace, suffix: " said"}\n', "")
    notes = notes.replace("    speaker: [ada-lovelace]\n", "")
    assert codes(check(small_site, notes=notes)) == ["S002"]


@pytest.mark.parametrize(
    "quotation",
    ["“It was long ago, friends,”", '"It was long ago, friends,"', "«C’était il y a longtemps»"],
)
def test_a_quotation_with_no_speaker_is_told_in_its_line(
    quotation: str, small_site: SmallSite
) -> None:
    (found,) = check(small_site, article=f"{ARTICLE}\nThen: {quotation} someone said.\n")
    assert (found.code, found.position.line) == ("S001", ARTICLE.count("\n") + 2)


@pytest.mark.parametrize("quotation", ["“gentle”", "“The Tin Drum”"])
def test_a_title_or_a_term_in_quotation_marks_is_no_claim(
    quotation: str, small_site: SmallSite
) -> None:
    assert check(small_site, article=f"{ARTICLE}\nIt was {quotation} then.\n") == []


def test_what_was_rejected_is_not_checked(small_site: SmallSite) -> None:
    notes = NOTES.replace("exact: resigned on Tuesday", "exact: gone") + "    status: rejected\n"
    notes = notes.replace("    date: 2019-05-26\n", "    status: rejected\n")
    found = check(small_site, notes=notes)
    assert "A001" not in codes(found)
    assert "B001" not in codes(found)


def test_what_can_not_be_read_is_an_error_and_hides_nothing_else(small_site: SmallSite) -> None:
    small_site.write({"content/pages/about.md": "No title.\n"})
    found = check(small_site, glossary=f"{GLOSSARY}  x: y\n", notes=f"{NOTES}\nx: y\n")
    assert {one.severity for one in found} == {"error"}
    assert {one.position.path for one in found} == {
        "content/glossary/all.yaml", "content/articles/mayor.notes.yaml",
    }  # fmt: skip


def test_problems_come_by_file_and_line(small_site: SmallSite) -> None:
    found = check(small_site, glossary=GLOSSARY + MORE, article=f"{ARTICLE}\n\x07\n")
    assert found == sorted(found, key=lambda one: one.position)
    assert len(found) == 2
