"""What is found by holding a site's files against each other, and its pages against themselves."""

from __future__ import annotations

import re

import pytest

from explainer.check import CHECKS, check_site
from explainer.check.contrast import contrast, read_color
from explainer.config import load_config
from explainer.model import Diagnostic
from tests.conftest import ARTICLE, GLOSSARY, NOTES, SmallSite
from tests.making import ROOT

MAYOR = "content/articles/mayor.md"
OF_MAYOR = "content/articles/mayor.notes.yaml"
ALL = "content/glossary/all.yaml"


def check(site: SmallSite, files: dict[str, str]) -> list[Diagnostic]:
    site.write(files)
    return list(check_site(load_config(site.root)))


def codes(site: SmallSite, files: dict[str, str]) -> list[str]:
    return [one.code for one in check(site, files)]


def claim(source: str, more: str = "", cue: str = "said") -> dict[str, str]:
    """A site with one more claim, whose source is in the article's words."""
    text = f"{ARTICLE}\nThe river rose by two meters overnight, {source} {cue}.\n"
    note = (
        "  - id: river\n"
        '    content: [{exact: "The river rose by two meters overnight"}]\n'
        f'    source: {{exact: "{source}"}}\n'
        f'    cue: {{exact: "{cue}", prefix: "{source} "}}\n{more}'
    )
    return {MAYOR: text, OF_MAYOR: NOTES + note}


def test_what_names_no_entry_has_its_own_code(small_site: SmallSite) -> None:
    found = check(small_site, {OF_MAYOR: NOTES.replace("[ada-lovelace]", "[ada-lovelac]")})
    assert [(one.code, one.severity) for one in found] == [("G002", "error")]
    assert "did you mean 'ada-lovelace'" in found[0].message


def test_a_summary_that_is_too_long_has_its_own_code(small_site: SmallSite) -> None:
    assert codes(small_site, {ALL: GLOSSARY.replace("City on", "City " * 120)}) == ["G007"]


def test_a_card_without_a_passage_has_its_own_code(small_site: SmallSite) -> None:
    notes = NOTES.replace("    leans_on: [{exact: resigned on Tuesday}]\n", "")
    assert codes(small_site, {OF_MAYOR: notes}) == ["B005"]


@pytest.mark.parametrize(("as_of", "told"), [("2021", True), ("2022-04", True), ("2022-06", False)])
def test_an_entry_older_than_its_articles_is_told(
    as_of: str, told: bool, small_site: SmallSite
) -> None:
    glossary = GLOSSARY.replace("as_of: 2024-05\n- id: bonn", f"as_of: {as_of}\n- id: bonn")
    assert codes(small_site, {ALL: glossary}) == ["G008"] * told


def test_who_has_died_does_not_go_stale(small_site: SmallSite) -> None:
    glossary = GLOSSARY.replace(
        "as_of: 2024-05\n- id: bonn", "as_of: 1999\n  died: 1852\n- id: bonn"
    )
    assert codes(small_site, {ALL: glossary}) == []


def test_a_summary_that_links_to_its_own_entry_is_told(small_site: SmallSite) -> None:
    assert codes(small_site, {ALL: GLOSSARY.replace("[Bonn](#bonn)", "[me](#ada-lovelace)")}) == [
        "G009"
    ]


def test_senses_that_lead_in_a_circle_are_told(small_site: SmallSite) -> None:
    council = (
        "  senses: {government: {entry: council}}\n"
        "- id: council\n  name: Bonn council\n  kind: organization\n  summary: It meets.\n"
        "  as_of: 2024\n  senses: {seat: {entry: bonn}}\n"
    )
    assert codes(small_site, {ALL: GLOSSARY + council}) == ["G009", "G009"]


def test_notes_that_overlap_are_told(small_site: SmallSite) -> None:
    notes = NOTES + (
        "mentions:\n"
        '  - {at: {exact: mayor of Bonn, suffix: ", resigned"}, entry: null}\n'
        '  - {at: {exact: Bonn, suffix: ", resigned"}, entry: bonn}\n'
    )
    (found,) = check(small_site, {OF_MAYOR: notes})
    assert (found.code, found.position.line) == ("A004", notes.count("\n"))


def test_claims_that_cross_are_told(small_site: SmallSite) -> None:
    crossing = (
        '  - id: crossing\n    content: [{exact: "tired,” Lovelace"}]\n'
        "    speaker: [ada-lovelace]\n    mode: mixed\n"
    )
    assert codes(small_site, {OF_MAYOR: NOTES + crossing}) == ["A004"]


@pytest.mark.parametrize(
    ("source", "more", "wanted"),
    [
        ("Maria Weber", "    standing: witness\n", ["S004"]),
        ("the baker Maria Weber", "    standing: witness\n", ["S004"]),
        ("He", "    standing: witness\n", []),
        ("Bonn officials", "    standing: official\n", []),
        ("a teacher at Bonn University", "    standing: expert\n", []),
        ("officials", "    standing: anonymous\n", ["S005", "S007"]),
        ("officials", "    standing: anonymous\n    mode: direct\n", ["S005"]),
        (
            "officials, who asked not to be named because they fear reprisals,",
            "    standing: anonymous\n",
            ["S007"],
        ),
    ],
)
def test_how_a_speaker_is_named_is_told(
    source: str, more: str, wanted: list[str], small_site: SmallSite
) -> None:
    assert codes(small_site, claim(source, more)) == wanted


def test_an_unnamed_source_that_a_remark_tells_of_is_settled(small_site: SmallSite) -> None:
    files = claim("officials", "    standing: anonymous\n")
    remark = (
        "background:\n  - id: who\n    title: Who?\n    kind: remark\n    body: Nobody says.\n"
        "    leans_on: [{exact: The river rose}]\n"
    )
    files[OF_MAYOR] = files[OF_MAYOR].replace("background:\n", remark)
    assert codes(small_site, files) == []


def test_the_site_of_this_repository_has_no_doubt_left_but_what_comes_later() -> None:
    found = check_site(load_config(ROOT))
    assert [(one.code, one.severity) for one in found] == [("B002", "note")]


@pytest.mark.parametrize(("disputes", "wanted"), [("", ["S008"]), ("[tired]", [])])
def test_a_denial_names_what_it_denies(
    disputes: str, wanted: list[str], small_site: SmallSite
) -> None:
    more = "    speaker: [ada-lovelace]\n" + f"    disputes: {disputes}\n" * bool(disputes)
    assert codes(small_site, claim("Lovelace", more, "denied")) == wanted


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ("She “has resigned on Tuesday” then.", ["S006"]),
        ("She “resigned on Tuesday” then.", []),
        ("She “resigned  on\n      Tuesday,” then.", []),
        ("He wrote of “a wholly different and earlier matter”.", []),
    ],
)
def test_a_quotation_that_differs_from_the_article_is_told(
    body: str, wanted: list[str], small_site: SmallSite
) -> None:
    notes = NOTES.replace("body: She won it.", f"body: >-\n      {body}")
    assert codes(small_site, {OF_MAYOR: notes}) == wanted


def test_the_article_is_held_against_itself_in_its_line(small_site: SmallSite) -> None:
    text = f"{ARTICLE}\nIt was Monday, May 14, 2024.\n"
    (found,) = check(small_site, {MAYOR: text})
    assert (found.code, found.position.line) == ("T010", text.count("\n"))


def test_a_dead_link_in_a_page_is_told(small_site: SmallSite) -> None:
    page = "---\ntitle: About\n---\n[one](no.html) [two](index.html#no) [three](../up.html)\n"
    found = check(small_site, {"content/pages/about.md": page})
    assert [one.code for one in found] == ["W007", "W007", "W008"]
    assert {one.position.path for one in found} == {"site/about.html"}


def test_links_that_lead_somewhere_are_let_be(small_site: SmallSite) -> None:
    page = "---\ntitle: About\n---\n[a](index.html) [b](glossary/) [c](https://example.org/x)\n"
    assert codes(small_site, {"content/pages/about.md": page}) == []


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("</main>", '<p id="x"></p><p id="x"></p></main>', "W006"),
        ("</main>", '<img src="https://example.org/x.png" alt=""></main>', "W008"),
        ("</main>", '<img src="{{ page.root }}favicon.svg"></main>', "W003"),
        ("</main>", '<script src="static/js/gone.js"></script></main>', "W007"),
    ],
)
def test_what_a_changed_template_breaks_is_told(
    old: str, new: str, code: str, small_site: SmallSite
) -> None:
    base = (ROOT / "templates/base.html").read_text("utf-8")
    assert old in base
    found = check(small_site, {"templates/base.html": base.replace(old, new)})
    assert code in [one.code for one in found]


def test_a_style_that_loads_from_elsewhere_is_told(small_site: SmallSite) -> None:
    style = "p { color: red }\na { background: url(https://example.org/x.png) }\n"
    (found,) = check(small_site, {"static/css/own.css": style})
    assert (found.code, found.position.line) == ("W008", 2)


def test_colors_that_can_not_be_read_are_told_in_their_line(small_site: SmallSite) -> None:
    tokens = (ROOT / "static/css/tokens.css").read_text("utf-8")
    pale = tokens.replace("--ink-soft: light-dark(#5c564c,", "--ink-soft: light-dark(#a9a59c,")
    assert pale != tokens
    found = check(small_site, {"static/css/tokens.css": pale})
    line = 1 + pale[: pale.index("--ink-soft")].count("\n")
    assert {(one.code, one.position.line) for one in found} == {("W005", line)}
    assert all("light" in one.message for one in found)


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000", "#ffffff", 21.0),
        ("#777777", "#fff", 4.48),
        ("rgb(255 0 0)", "white", 4.0),
        ("hsl(0 100% 50%)", "color(srgb 1 1 1)", 4.0),
        ("oklch(62.796% 0.25768 29.234)", "#FFF", 4.0),
        ("rgb(0 0 0 / 50%)", "#fff", 3.95),
        ("color-mix(in srgb, black, white)", "#fff", 3.95),
        ("color-mix(in srgb, var(--ground) 50%, #000)", "light-dark(white, black)", 3.95),
    ],
)
def test_contrast_is_as_wcag_computes_it(one: str, other: str, ratio: float) -> None:
    tokens = {"front": one, "ground": other}
    first, second = read_color("front", tokens), read_color("ground", tokens)
    assert first is not None
    assert second is not None
    assert contrast(first, second) == pytest.approx(ratio, abs=0.03)


@pytest.mark.parametrize(
    "value", ["", "currentColor", "var(--front)", "calc(1)", "color-mix(in srgb, x, red)", "url(x)"]
)
def test_a_color_that_only_a_browser_knows_is_none(value: str) -> None:
    assert read_color("front", {"front": value}) is None


def test_a_color_that_can_not_be_computed_is_a_note(small_site: SmallSite) -> None:
    style = (ROOT / "static/css/tokens.css").read_text("utf-8")
    own = re.sub(r"(--ink-soft:)[^;]+;", r"\1 AccentColor;", style)
    assert own != style
    small_site.write({"static/css/tokens.css": own})
    (found,) = (one for one in check_site(load_config(small_site.root)) if one.code == "W005")
    assert (found.severity, found.position.path) == ("note", "static/css/tokens.css")
    assert "AccentColor" in found.message


def test_a_template_that_breaks_hides_nothing_else(small_site: SmallSite) -> None:
    found = codes(
        small_site,
        {"templates/index.html": "{{ nothing }}", MAYOR: f"{ARTICLE}\nOn Monday, May 14, 2024.\n"},
    )
    assert found == ["T010", "W000"]


def test_settings_choose_what_is_told(small_site: SmallSite) -> None:
    more = "- {id: koeln, name: Köln, kind: place}\n"
    assert codes(small_site, {ALL: GLOSSARY + more}) == ["G001", "G005"]
    small_site.write({"explainer.yaml": "title: x\ncheck: {ignore: [G005]}\n"})
    assert codes(small_site, {}) == ["G001"]
    small_site.write({"explainer.yaml": "title: x\ncheck: {select: [G005]}\n"})
    assert codes(small_site, {}) == ["G005"]


def test_no_check_changes_what_it_looks_at(small_site: SmallSite) -> None:
    from explainer.build import read_site

    site = read_site(load_config(small_site.root))
    forward = [one for check in CHECKS for one in check(site)]
    backward = [one for check in reversed(CHECKS) for one in check(site)]
    assert sorted(map(str, forward)) == sorted(map(str, backward))
