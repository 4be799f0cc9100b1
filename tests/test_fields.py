"""YAML read strictly: text stays text, and what is wrong is told with its place."""

from __future__ import annotations

import pytest

from explainer.errors import ExplainerError, GlossaryError
from explainer.fields import MAX_DEPTH, Fields, Value, load_yaml, suggest


def load(text: str) -> Value | None:
    return load_yaml(text, "all.yaml", GlossaryError)


def fields_of(text: str) -> Fields:
    value = load(text)
    assert value is not None
    fields = Fields.of(value, "an entry", GlossaryError, [])
    assert fields is not None
    return fields


def problems_of(fields: Fields) -> list[str]:
    return [str(problem) for problem in fields.problems]


@pytest.mark.parametrize(
    "word",
    ["no", "NO", "on", "yes", "true", "12:30:45", "010", "0x1F", "1e3", "2023-09-12", ".inf", "=",
     "1_000", "9" * 4301],
)  # fmt: skip
def test_a_word_stays_the_text_it_is(word: str) -> None:
    fields = fields_of(f"name: {word}\n")
    assert fields.text("name") == word
    assert problems_of(fields) == []


@pytest.mark.parametrize("word", ["", "~", "null", "Null", "NULL"])
def test_nothing_reads_as_absent(word: str) -> None:
    fields = fields_of(f"name: {word}\n")
    assert fields.text("name") == ""
    assert fields.items("name") == ()


def test_a_quoted_null_is_text() -> None:
    assert fields_of('name: "null"\n').text("name") == "null"


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n", "---\n"])
def test_an_empty_document_is_none_or_nothing(text: str) -> None:
    value = load(text)
    assert value is None or value.content is None


def test_values_keep_line_and_column() -> None:
    value = load("- id: bonn\n  name: Bonn\n  aliases: [Bonna, 'Bonn on the Rhine']\n")
    assert value is not None
    assert isinstance(value.content, tuple)
    entry = value.content[0]
    assert isinstance(entry.content, dict)
    assert (entry.content["name"].position.line, entry.content["name"].position.column) == (2, 9)
    assert (entry.content["name"].key.line, entry.content["name"].key.column) == (2, 3)
    aliases = entry.content["aliases"].content
    assert isinstance(aliases, tuple)
    assert (aliases[1].position.line, aliases[1].position.column) == (3, 20)


def test_a_column_counts_code_points() -> None:
    value = load("{한국: x, b: y}")
    assert value is not None
    assert isinstance(value.content, dict)
    assert value.content["b"].position.column == 12


@pytest.mark.parametrize(
    ("text", "place", "says"),
    [
        ("name: x\n\tkind: y\n", "all.yaml:2:1", "tab"),
        ("a: b: c\n", "all.yaml:1:5", "quotation marks"),
        ("a: [1, 2\n", "all.yaml:2:1", "not YAML"),
        ('a: "open\n', "all.yaml:2:1", "not YAML"),
        ("a: 1\nb: 2\na: 3\n", "all.yaml:3:1", "first is in line 1"),
        ("a: &x 1\nb: *x\n", "all.yaml:1:4", "aliases"),
        ("a: *x\n", "all.yaml:1:4", "aliases"),
        ("a: !!python/object/apply:os.system [ls]\n", "all.yaml:1:4", "python/object"),
        ("a: !secret x\n", "all.yaml:1:4", "!secret"),
        ("a: !!int 3\n", "all.yaml:1:4", "!!int"),
        ("a: 1\n---\nb: 2\n", "all.yaml:2:1", "not YAML"),
        ("? [a, b]\n: c\n", "all.yaml:1:3", "key"),
        ("~: c\n", "all.yaml:1:1", "key"),
        ("a: b\x07c\n", "all.yaml", "U+0007"),
        ('a: "b\\x07c"\n', "all.yaml:1:4", "U+0007"),
        ('a: "\\0"\n', "all.yaml:1:4", "U+0000"),
    ],
)
def test_bad_yaml_is_refused_with_its_place(text: str, place: str, says: str) -> None:
    with pytest.raises(GlossaryError) as caught:
        load(text)
    assert str(caught.value).startswith(f"{place}: ")
    assert says in str(caught.value)


def test_a_bomb_of_aliases_is_refused_before_it_unfolds() -> None:
    rows = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    rows += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    with pytest.raises(GlossaryError, match="aliases"):
        load("\n".join(rows))


@pytest.mark.parametrize("depth", [MAX_DEPTH + 2, 2_000, 100_000])
@pytest.mark.parametrize("brackets", ["[]", "{}"])
def test_deep_nesting_is_refused(depth: int, brackets: str) -> None:
    opening = brackets[0] if brackets == "[]" else "{a: "
    with pytest.raises(GlossaryError, match="nest"):
        load(opening * depth + brackets[1] * depth)


def test_an_asterisk_or_ampersand_in_text_is_no_alias() -> None:
    assert fields_of('name: "*x"\nrole: AT&T * R&D\n').text("role") == "AT&T * R&D"


def test_a_place_counts_from_the_line_at_which_the_text_starts() -> None:
    with pytest.raises(GlossaryError, match=r"story\.md:3:1"):
        load_yaml("a: 1\na: 2\n", "story.md", GlossaryError, first_line=2)


def test_an_unknown_key_gets_a_suggestion() -> None:
    fields = fields_of("nmae: Bonn\n")
    fields.refuse_unknown(("id", "name"))
    assert problems_of(fields) == ["all.yaml:1:1: an entry has no 'nmae'; did you mean 'name'?"]


def test_an_unknown_key_like_none_lists_what_there_is() -> None:
    fields = fields_of("xyzzy: Bonn\n")
    fields.refuse_unknown(("id", "name"))
    assert problems_of(fields) == ["all.yaml:1:1: an entry has no 'xyzzy'; known are id, name"]


@pytest.mark.parametrize(("text", "kind"), [("[a]", "a list"), ("{a: b}", "a mapping")])
def test_text_must_be_text(text: str, kind: str) -> None:
    fields = fields_of(f"name: {text}\n")
    assert fields.text("name") == ""
    assert problems_of(fields) == [f"all.yaml:1:7: 'name' must be text, not {kind}"]


@pytest.mark.parametrize("text", ["role: x", "name:", "name: ''", "name: '  '"])
def test_a_required_text_must_be_there(text: str) -> None:
    fields = fields_of(f"{text}\n")
    assert fields.text("name", required=True) == ""
    assert "needs a 'name'" in problems_of(fields)[0]


def test_a_choice_names_the_nearest() -> None:
    fields = fields_of("kind: persn\n")
    assert fields.choice("kind", ("person", "place"), "place") == "place"
    assert problems_of(fields) == ["all.yaml:1:7: 'kind' can't be 'persn'; did you mean 'person'?"]


@pytest.mark.parametrize(
    "text", ["x", "nan", "inf", "1e3", "91", "-91", "9" * 4301, "", "[1]", "0x10", "1,5"]
)
def test_a_number_must_be_one_and_in_range(text: str) -> None:
    fields = fields_of(f"a: {text}\n")
    assert fields.number(fields.mapping["a"], -90, 90) is None
    assert "from -90 to 90" in problems_of(fields)[0]


def test_a_bad_date_is_told_in_its_place() -> None:
    fields = fields_of("born: 2023-02-30\n")
    assert fields.edtf("born") is None
    assert problems_of(fields)[0].startswith("all.yaml:1:7: 'born' is not a date")


def test_one_text_counts_as_a_list_of_one() -> None:
    assert fields_of("tags: war\n").texts("tags") == ("war",)
    assert fields_of("tags: [war, peace]\n").texts("tags") == ("war", "peace")


def test_a_list_of_texts_holds_nothing_else() -> None:
    fields = fields_of("tags: [war, [peace], '']\n")
    assert fields.texts("tags") == ("war",)
    assert len(fields.problems) == 2


def test_what_must_be_a_mapping_says_so() -> None:
    problems: list[ExplainerError] = []
    value = load("- x\n")
    assert value is not None
    assert Fields.of(value, "an entry", GlossaryError, problems) is None
    assert str(problems[0]) == "all.yaml:1:1: an entry must be a mapping (key: value), not a list"


def test_nothing_near_means_no_suggestion() -> None:
    assert suggest("xyzzy", ["bonn", "seoul"]) == ""
