"""Notes files: what may stand in them, and what is said where something else does."""

from __future__ import annotations

from pathlib import Path

import pytest

from explainer.errors import ExplainerError
from explainer.read import notes_path, parse_notes, read_notes, undefined_in_notes
from tests.making import make_entry, write_files


def problems_of(text: str) -> list[str]:
    with pytest.raises(ExplainerError) as caught:
        parse_notes(text, "a.notes.yaml")
    return [str(problem) for problem in caught.value]


def test_whole_notes_are_read() -> None:
    notes = parse_notes(
        "text: sha256:" + "0" * 64 + "\n"
        "mentions:\n  - {at: {exact: Kim, prefix: 'and '}, entry: null, status: suggested}\n"
        "background:\n  - id: c\n    title: T\n    date: 2022-02-24/..\n    leans_on: some words\n"
        "attributions:\n  - id: a\n    content: [{exact: x}]\n    source: the minister\n"
        "    mode: direct\n    standing: expert\n    via: afp\n    disputes: [a]\n",
        "a.notes.yaml",
    )
    assert notes.mentions[0].entry is None
    assert (notes.mentions[0].at.exact, notes.mentions[0].at.prefix) == ("Kim", "and ")
    assert notes.background[0].leans_on[0].exact == "some words"
    assert notes.background[0].date is not None
    assert notes.background[0].date.latest is None
    assert notes.attributions[0].via == ("afp",)


@pytest.mark.parametrize("text", ["", "# later\n", "---\n", "mentions:\nbackground: []\n"])
def test_notes_may_say_nothing(text: str) -> None:
    notes = parse_notes(text, "a.notes.yaml")
    assert (notes.mentions, notes.background, notes.attributions) == ((), (), ())


@pytest.mark.parametrize(
    ("text", "place", "says"),
    [
        ("- x\n", "1:1", "mapping"),
        ("mentoins: []\n", "1:1", "did you mean 'mentions'?"),
        ("text: abc\n", "1:7", "sha256"),
        ("mentions: [{entry: x}]\n", "1:12", "needs 'at'"),
        ("mentions: [{at: {exact: x}}]\n", "1:12", "null for none"),
        ("mentions: [{at: {exact: ' '}, entry: x}]\n", "1:17", "needs 'exact'"),
        ("mentions: [{at: {exat: x}, entry: x}]\n", "1:18", "did you mean 'exact'?"),
        ("mentions: [x]\n", "1:12", "mapping"),
        ("background: [{id: a, leans_on: x}]\n", "1:14", "needs a 'title'"),
        ("background: [{id: a, title: x}]\n", "1:14", "needs 'leans_on'"),
        ("background: [{id: A B, title: x, leans_on: y}]\n", "1:19", "hyphens"),
        ("background: [{id: a, title: x, leans_on: y, date: soon}]\n", "1:51", "not a date"),
        ("background: [{id: a, title: x, leans_on: y, kind: joke}]\n", "1:51", "history, remark"),
        ("attributions: [{id: a}]\n", "1:16", "needs 'content'"),
        ("attributions: [{id: a, content: x, mode: loud}]\n", "1:42", "direct, indirect"),
        ("attributions: [{id: a, content: x, standing: exprt}]\n", "1:46", "mean 'expert'?"),
        ("attributions: [{id: a, content: x, speaker: {b: c}}]\n", "1:45", "text only"),
        ("attributions:\n- {id: a, content: x}\n- {id: a, content: y}\n", "3:3", "in line 2"),
    ],
)
def test_a_mistake_is_told_with_line_and_column(text: str, place: str, says: str) -> None:
    problems = problems_of(text)
    assert any(one.startswith(f"a.notes.yaml:{place}: ") and says in one for one in problems), (
        problems
    )


def test_notes_lie_beside_their_article(tmp_path: Path) -> None:
    assert notes_path(Path("x/a.b.txt")) == Path("x/a.b.notes.yaml")
    assert read_notes(tmp_path / "a.md", tmp_path) is None
    write_files(tmp_path, {"a.notes.yaml": "mentions: []\n"})
    notes = read_notes(tmp_path / "a.md", tmp_path)
    assert notes is not None
    assert notes.path == "a.notes.yaml"


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("mentions: [{at: {exact: x}, entry: bon}]\n", ["bon"]),
        ("mentions: [{at: {exact: x}, entry: bon, status: rejected}]\n", []),
        ("background: [{id: a, title: x, leans_on: y, entries: [bon, bonn]}]\n", ["bon"]),
        ("background: [{id: a, title: x, leans_on: y, body: '[B](#bon)'}]\n", ["bon"]),
        ("attributions: [{id: a, content: x, speaker: [bon], via: [afp]}]\n", ["bon", "afp"]),
        ("attributions: [{id: a, content: x, disputes: [b]}]\n", ["b"]),
    ],
)
def test_what_notes_name_must_be_there(text: str, missing: list[str]) -> None:
    problems = undefined_in_notes(parse_notes(text, "a"), {"bonn": make_entry("Bonn")})
    assert len(problems) == len(missing)
    assert all(f"'{name}'" in str(one) for name, one in zip(missing, problems, strict=True))
