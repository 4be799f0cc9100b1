"""The article against itself: what is told, and what is rightly let be."""

from __future__ import annotations

import pytest

from explainer.check.story import read_story, split_sentences
from explainer.check.text import TEXT_CHECKS, check_text
from explainer.model import AnnotatedDocument, Diagnostic, Span
from tests.making import ROOT, make_entry, mark, parse_markdown_article, parse_plain_article

DATED = "date: 2023-09-12"


def told(text: str, sidecar: str = DATED) -> list[Diagnostic]:
    article = AnnotatedDocument(parse_plain_article(f"A headline\n{text}\n", sidecar))
    return list(check_text(article))


def codes(text: str, sidecar: str = DATED) -> list[str]:
    return [one.code for one in told(text, sidecar)]


def test_the_report_as_it_arrived_contradicts_itself_in_these_places() -> None:
    (path,) = (ROOT / "seeds").glob("*.txt")
    article = AnnotatedDocument(parse_plain_article(path.read_text("utf-8")))
    found = sorted((one.position.line, one.code) for one in check_text(article))
    assert found == [(2, "T015"), (2, "T017"), (7, "T011"), (7, "T012"), (7, "T012")]


@pytest.mark.parametrize(
    "text",
    [
        "It opened on Monday, September 12, 2023, at noon.",
        "It opened on Mon., Sept. 12, 2023.",
        "It opened on Monday 12 September 2023.",
        "It opened on September 12, 2023, a Monday.",
        "It opened on 12 September 2023 (Monday).",
        "It opened on Monday, September 12.",
        "It opened on Monday, Feb. 29, 2024.",
    ],
)
def test_a_date_on_another_weekday_is_told(text: str) -> None:
    assert codes(text) == ["T010"]


@pytest.mark.parametrize(
    "text",
    [
        "It opened on Tuesday, September 12, 2023.",
        "It opened on Tuesday, September 12.",
        "It opens on Monday, January 1.",
        "In 1941, on Sunday, December 7, the harbor was bombed.",
        "It opened on Monday, February 30, 2023.",
        "On Monday 12 people came.",
        "On Monday, May 2,000 people came.",
    ],
)
def test_a_date_that_fits_some_year_it_may_mean_is_let_be(text: str) -> None:
    assert codes(text) == []


def test_a_date_without_a_year_in_an_article_without_one_is_let_be() -> None:
    assert codes("It opened on Monday, September 12.", "") == ["T015"]


@pytest.mark.parametrize(
    "text",
    [
        "The train left Pyongyang at 9:38 a.m. (18:38 GMT).",
        "It began in Berlin at 8 p.m. (1700 GMT).",
        "It began at 8 p.m. EDT (0300 GMT).",
        "It began at 3pm in Moscow (noon BST).",
        "It began at 9 p.m. ET/7 p.m. PT.",
        "It began at noon in Tokyo (4 a.m. GMT).",
        "It began somewhere at 9:38 a.m. (18:45 GMT), 1:07 hours late.",
    ],
)
def test_two_clocks_that_no_zone_brings_together_are_told(text: str) -> None:
    assert codes(text) == ["T011"]


@pytest.mark.parametrize(
    "text",
    [
        "The train left Pyongyang at 9:38 a.m. (00:38 GMT).",
        "It began in Berlin at 8 p.m. (1800 GMT).",
        "It began at 10:30 p.m. in New Delhi (1700 GMT).",
        "It began at 8 p.m. EST (0000 GMT).",
        "It began at 9 p.m. ET/6 p.m. PT.",
        "It began at 6:30 (1630 GMT) in Berlin.",
        "It began at 9:38 a.m. (18:38 GMT), nobody says where.",
        "It is 25:70 (18:38 GMT) on no clock.",
    ],
)
def test_two_clocks_of_one_moment_are_let_be(text: str) -> None:
    assert codes(text) == []


def test_clocks_that_fit_once_exchanged_are_said_to() -> None:
    (found,) = told("The train left Pyongyang at 9:38 a.m. (18:38 GMT).")
    assert "00:38 GMT, not 18:38 GMT" in found.message
    assert "exchanged" in found.message


FERRY = "Captain Ann Lee’s ferry Anna left Nordhavn harbor on Sunday evening with forty guests."


@pytest.mark.parametrize(
    "later",
    [
        "Lee’s ferry departed the harbor on Sunday morning, said a guest.",
        "“Captain Lee’s ferry left the harbor on Sunday at 9 a.m.,” said a guest.",
        "The ferry Anna had left Nordhavn harbor late on Sunday afternoon.",
    ],
)
def test_two_tellings_of_one_event_that_disagree_are_told(later: str) -> None:
    later = later.replace("on Sunday at 9 a.m.", "on Sunday morning")
    (found,) = told(f"{FERRY}\nIt was cold.\nOn the quay stood Lee. {later}")
    assert (found.code, found.position.line) == ("T012", 4)


@pytest.mark.parametrize(
    "later",
    [
        "Lee’s ferry departed the harbor on Sunday night, said a guest.",
        "Lee’s ferry departed the harbor on Monday morning, said a guest.",
        "Lee’s ferry arrived in the harbor on Sunday morning, said a guest.",
        "Bob Ray’s boat departed the town on Sunday morning, said a guest.",
        "Lee’s mother departed on Sunday morning.",
    ],
)
def test_other_events_and_times_that_fit_are_let_be(later: str) -> None:
    assert codes(f"{FERRY}\nIt was cold.\n{later}") == []


@pytest.mark.parametrize(
    "text",
    [
        "The blast killed 12 people: five men and six women.",
        "The blast killed 12 people — five men, four women and four children.",
        "Twelve people, including nine men and five women, were hurt.",
        "Fourteen of the 12 votes were cast.",
        "Nine out of the eight ships sank.",
        "Sales rose from 40 to 60, an increase of 20 percent.",
        "Prices fell from $200 million to $150 million, down 40 percent.",
        "He served a four-year term from 2003 to 2010.",
        "It was founded 75 years ago in 1958.",
        "In 1958, 75 years ago, it was founded.",
        "She won the race by 56 percent to 48 percent.",
    ],
)
def test_numbers_that_do_not_add_up_are_told(text: str) -> None:
    assert codes(text) == ["T013"]


@pytest.mark.parametrize(
    "text",
    [
        "The blast killed 12 people: five men and seven women.",
        "The blast killed 12 people, including five men and six women.",
        "Twelve people, two men and a woman, saw it.",
        "Twelve people, two men and three women among others, saw it.",
        "Eight of the 12 votes were cast.",
        "One of the two ships sank, and two of its 14 boats.",
        "Sales rose from 40 to 60, an increase of 50 percent.",
        "Sales rose from 40 percent to 60 percent, an increase of 20 percent.",
        "He served a seven-year term from 2003 to 2010.",
        "It was founded 75 years ago in 1948.",
        "She won the race by 52 percent to 48 percent.",
        "Her share rose from 56 percent to 68 percent after she won.",
    ],
)
def test_numbers_that_add_up_or_may_are_let_be(text: str) -> None:
    assert codes(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Ann Lee, 43, spoke first.\nThen the 45-year-old baker Ann Lee wept.",
        "Ann Lee, 43, spoke first.\nThe baker, Ann Lee, aged 45, wept.",
        "Ann Lee, 43, born in 1990, spoke first.",
        "She was born in 1920 and died in London in 2001, at the age of 87.",
    ],
)
def test_ages_that_do_not_fit_are_told(text: str) -> None:
    assert codes(text) == ["T014"]


@pytest.mark.parametrize(
    "text",
    [
        "Ann Lee, 43, spoke first.\nThen the 45-year-old baker Bob Lee wept.",
        "Ann Lee, 43, spoke first, and Lee, 45, was silent.",
        "Ann Lee, 32, born in 1990, spoke first.",
        "Ann Lee, 33, born in 1990, spoke first.",
        "She was born in 1920 and died in London in 2001, at the age of 80.",
    ],
)
def test_ages_that_fit_or_are_of_others_are_let_be(text: str) -> None:
    assert codes(text) == []


@pytest.mark.parametrize(("age", "wrong"), [(37, True), (38, False), (39, True)])
def test_an_age_is_held_against_the_glossary(age: int, wrong: bool) -> None:
    from msgspec.structs import replace

    from explainer.edtf import parse_edtf

    entry = replace(make_entry("Ann Lee"), born=parse_edtf("1985-03-01"))
    document = parse_plain_article(f"A headline\nAnn Lee, {age}, spoke first.\n", DATED)
    found = list(check_text(mark(document, [entry]), [entry]))
    assert [one.code for one in found] == ["T014"] * wrong


def test_relative_dates_want_a_date_and_are_told_once() -> None:
    (found,) = told("It opened on Sunday.\nIt closed last week.", "")
    assert found.code == "T015"
    assert "1 more" in found.message
    assert codes("It opened on Sunday.") == []
    assert codes("Friday, July 21, 2023\nIt opened on Sunday.", "") == []


@pytest.mark.parametrize(
    "text",
    [
        "“They see that, he said.",
        "They see that,” he said.",
        'She said: "It was long ago. Nobody answered.',
        "It is “good. “Yes,” he said.",
    ],
)
def test_a_quotation_mark_alone_is_told(text: str) -> None:
    assert "T016" in codes(text)


@pytest.mark.parametrize(
    "text",
    [
        "“They see that,” he said.",
        "“It was long ago.\n“It was cold,” he said.",
        "“It was long ago.\nIt was cold,” he said.",
        'He said: "It was long ago.\n"It was cold," he said.',
        'The board is 12" wide and he is 6\'2" tall.',
        "“The ‘new’ one is “good” enough,” he said.",
        'He called it ”new” and "old”.',
        '<i class="x">They</i> came.',
    ],
)
def test_quotation_marks_that_pair_are_let_be(text: str) -> None:
    assert codes(text) == []


def headline(text: str, body: str) -> list[str]:
    article = AnnotatedDocument(parse_plain_article(f"{text}\n{body}\n", DATED))
    return [one.code for one in check_text(article)]


def test_a_headline_that_runs_ahead_is_told() -> None:
    assert headline("Lee Meets Ray in Bonn", "Lee and Ray will meet in Bonn on Friday.") == ["T017"]
    assert headline("Lee Meets Ray", "Lee flew in ahead of a meeting with Ray.") == ["T017"]


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("Lee Meets Ray in Bonn", "Lee met Ray in Bonn. They will meet Ray again."),
        ("Lee Meets Ray in Bonn", "Ann and Bob will meet in Bonn on Friday."),
        ("Lee to Meet Ray", "Lee will meet Ray."),
        ("Lee Meets Ray next week", "Lee will meet Ray."),
    ],
)
def test_a_headline_that_keeps_to_its_article_is_let_be(title: str, body: str) -> None:
    assert headline(title, body) == []


def test_what_a_remark_tells_the_reader_is_settled() -> None:
    document = parse_markdown_article("It opened on Monday, September 12, 2023.\n")
    notes = """\
background:
  - id: which-day
    title: Which day?
    kind: {kind}
    body: It was a Tuesday.
    leans_on: [{{exact: "Monday, September 12, 2023"}}]
"""
    assert not [*check_text(mark(document, [], notes.format(kind="remark")))]
    assert [*check_text(mark(document, [], notes.format(kind="history")))]


def test_other_languages_are_let_be() -> None:
    assert codes("Ouvert Monday, September 12, 2023.", f"{DATED}\nlanguage: fr") == []


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("It was. It is.", 2),
        ("Mr. Lee came at 9 a.m. on Sept. 12. He left.", 2),
        ("J. R. Lee came. “Yes.” No?", 3),
        ("The U.S. Army came.", 1),
        ("He came at 9 a.m. The rest came later.", 2),
    ],
)
def test_sentences_end_where_their_punctuation_says(text: str, count: int) -> None:
    assert len(list(split_sentences(text, Span(0, len(text))))) == count


def test_each_check_only_reads() -> None:
    """The same story gives the same findings, in whichever order the checks run."""
    (path,) = (ROOT / "seeds").glob("*.txt")
    story = read_story(AnnotatedDocument(parse_plain_article(path.read_text("utf-8"))))
    once = [finding for check in TEXT_CHECKS for finding in check(story)]
    again = [finding for check in reversed(TEXT_CHECKS) for finding in check(story)]
    assert sorted(map(str, once)) == sorted(map(str, again))
