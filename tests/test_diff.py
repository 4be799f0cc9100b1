"""What `explainer diff` says of an edit, in words and as data."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.diff import compare, correction, diff_json, diff_text, word_diff
from explainer.read import parse_notes
from tests.conftest import ARTICLE, SmallSite, run_explainer
from tests.making import parse_markdown_article

OLD = "Ada left Bonn on Monday.\n\nNobody saw her go. She took the early train.\n"
NOTES_OF_OLD = """\
mentions: [{at: {exact: Bonn}, entry: bonn}]
background: [{id: train, title: The train, leans_on: [{exact: the early train}]}]
attributions: [{id: unseen, content: [{exact: Nobody saw her go}]}]
"""


def differ(new: str, old: str = OLD) -> list[str]:
    notes = parse_notes(NOTES_OF_OLD, "")
    return list(diff_text(compare(parse_markdown_article(old), parse_markdown_article(new), notes)))


def test_words_that_changed_are_shown_in_their_paragraph() -> None:
    said = differ(OLD.replace("Monday", "Tuesday"))
    assert said[0] == "1: Ada left Bonn on [-Monday-]{+Tuesday+}."
    assert said[1] == "annotations: 2 exact, 1 moved, 0 fuzzy, 0 orphan"


def test_an_annotation_that_lost_its_words_is_shown_as_it_was_and_is() -> None:
    said = differ(OLD.replace("Nobody saw her go. ", ""))
    assert "annotations: 2 exact, 0 moved, 0 fuzzy, 1 orphan" in said
    place = said.index("orphan  attribution unseen (content)")
    assert said[place + 1] == "        was: [Nobody saw her go]. She took the early train."
    assert said[place + 2].startswith("        is:  nothing certain; ")


def test_the_same_article_has_nothing_to_show() -> None:
    assert differ(OLD) == ["annotations: 3 exact, 0 moved, 0 fuzzy, 0 orphan"]


def test_as_data_every_offset_is_of_its_own_text() -> None:
    old, new = parse_markdown_article(OLD), parse_markdown_article(OLD.replace("saw", "has seen"))
    found = json.loads(json.dumps(diff_json(compare(old, new, parse_notes(NOTES_OF_OLD, "")))))
    assert [(one["kind"], one["text"]) for one in found["changes"]] == [
        ("removed", "saw"), ("added", "has seen"),
    ]  # fmt: skip
    removed, added = found["changes"]
    assert old.text[removed["old"] :].startswith("saw")
    assert new.text[added["new"] :].startswith("has seen")
    states = {one["id"]: one["state"] for one in found["annotations"]}
    assert states == {"bonn": "exact", "train": "exact", "unseen": "fuzzy"}
    train = next(one for one in found["annotations"] if one["id"] == "train")
    assert new.text[train["is"]["start"] : train["is"]["end"]] == "the early train"


def test_a_correction_leaves_the_words_to_the_editor() -> None:
    old, new = parse_markdown_article(OLD), parse_markdown_article(OLD.replace("Monday", "Friday"))
    lines = list(correction(compare(old, new, parse_notes("", "")), "2024-05-14"))
    assert lines == [
        "corrections:",
        "  # Ada left Bonn on [-Monday-]{+Friday+}.",
        "  - date: 2024-05-14",
        '    text: ""',
    ]


words = st.lists(st.sampled_from(["a", "b", " ", "\n", "é.", "“c”"]), max_size=14).map("".join)


@given(words, words)
def test_the_pieces_are_both_texts(old: str, new: str) -> None:
    pieces = list(word_diff(old, new))
    assert "".join(one.text for one in pieces if one.kind != "added") == old
    assert "".join(one.text for one in pieces if one.kind != "removed") == new
    for one in pieces:
        assert old[one.old :].startswith(one.text) or one.kind == "added"
        assert new[one.new :].startswith(one.text) or one.kind == "removed"


# ---- the command


def run(site: SmallSite, *arguments: str) -> subprocess.CompletedProcess[str]:
    return run_explainer("diff", *arguments, cwd=site.root)


def test_two_files_are_compared_with_the_notes_beside_them(small_site: SmallSite) -> None:
    story = "content/articles/mayor.md"
    small_site.write({story: ARTICLE.replace("resigned", "stepped down"), "before.md": ARTICLE})
    said = run(small_site, "before.md", story)
    assert said.returncode == 1
    assert "[-resigned-]{+stepped down+}" in said.stdout
    assert "card election-2019" in said.stdout


def test_one_file_is_compared_with_what_its_notes_know(small_site: SmallSite) -> None:
    story = Path("content/articles/mayor.md")
    small_site.write({"content/articles/mayor.notes.base": ARTICLE})
    small_site.write({str(story): ARTICLE.replace("tired", "very tired")})
    said = run(small_site, str(story), "--json")
    assert said.returncode == 1
    assert json.loads(said.stdout)["counts"] == {"exact": 1, "moved": 2, "fuzzy": 1, "orphan": 0}


@pytest.mark.parametrize("arguments", [["gone.md"], ["a.md", "gone.md"], ["content/x.bin"]])
def test_a_file_that_is_not_there_is_told_in_a_line(
    arguments: list[str], small_site: SmallSite
) -> None:
    said = run(small_site, *arguments)
    assert said.returncode == 1
    assert len(said.stderr.splitlines()) == 1
