"""The glossary: each entry checked by itself, and all against each other."""

from __future__ import annotations

from pathlib import Path

import pytest

from explainer.errors import ExplainerError
from explainer.model import Entry
from explainer.read import parse_glossary, read_glossary
from explainer.shapes import MAX_SUMMARY
from tests.making import write_files

BONN = "- id: bonn\n  name: Bonn\n  kind: place\n"


def read_one(more: str) -> Entry:
    """The entry of Bonn with `more` lines in it, which must be right."""
    entries, problems = parse_glossary(BONN + more, "all.yaml")
    assert problems == []
    return entries[0]


def problems_of(text: str) -> list[str]:
    try:
        _, problems = parse_glossary(text, "all.yaml")
    except ExplainerError as fault:
        problems = list(fault)
    return [str(problem) for problem in problems]


def read_all(root: Path, **files: str) -> tuple[Entry, ...]:
    write_files(root, {f"{name}.yaml": text for name, text in files.items()})
    return read_glossary(root, root)


def conflicts_of(root: Path, **files: str) -> list[str]:
    with pytest.raises(ExplainerError) as caught:
        read_all(root, **files)
    return [str(problem) for problem in caught.value]


def test_a_whole_entry_is_read() -> None:
    entry = read_one(
        "  aliases: [Bonna, {text: the city, after: name}]\n"
        "  role: City on the Rhine\n"
        "  summary: See [Köln](#koeln).\n"
        "  as_of: 2024-05\n"
        "  location: [50.73, -7.1]\n"
        "  original_name: {text: Bonn am Rhein, language: de}\n"
        "  same_as: [https://example.org/bonn]\n"
        "  sources: [{title: A map, publisher: The city, url: https://example.org/m, date: 2020}]\n"
        "  status: suggested\n"
    )
    assert [(alias.text, alias.after_name) for alias in entry.aliases] == [
        ("Bonna", False),
        ("the city", True),
    ]
    assert entry.location == (50.73, -7.1)
    assert entry.sources[0].publisher == "The city"
    assert entry.status == "suggested"
    assert entry.position.line == 1


@pytest.mark.parametrize("name", ["NO", "no", "on", "12:30:45", "010", "1e3", "true", "007"])
def test_a_name_is_text_whatever_yaml_makes_of_it(name: str) -> None:
    entries, problems = parse_glossary(f"- id: x\n  name: {name}\n  kind: term\n", "all.yaml")
    assert (problems, entries[0].name) == ([], name)


@pytest.mark.parametrize("text", ["", "# later\n", "---\n", "[]\n", "\ufeff"])
def test_a_file_with_nothing_in_it_has_no_entries(text: str) -> None:
    entries, problems = parse_glossary(text.strip("\ufeff"), "all.yaml")
    assert (entries, problems) == ([], [])


@pytest.mark.parametrize(
    ("text", "place", "says"),
    [
        ("bonn: x\n", "1:1", "'- id:'"),
        ("just words\n", "1:1", "'- id:'"),
        ("- just words\n", "1:3", "mapping"),
        ("-\n", "1:2", "mapping"),
        ("- name: Bonn\n  kind: place\n", "1:3", "needs a 'id'"),
        ("- id: bonn\n  kind: place\n", "1:3", "needs a 'name'"),
        ("- id: bonn\n  name: Bonn\n", "1:3", "needs a 'kind'"),
        ("- id: ../../x\n  name: B\n  kind: place\n", "1:7", "hyphens"),
        ("- id: Bonn\n  name: B\n  kind: place\n", "1:7", "lower-case"),
        (f"- id: {'x' * 300}\n  name: B\n  kind: place\n", "1:7", "at most 80"),
        (f"{BONN}  kynd: place\n", "4:3", "did you mean 'kind'?"),
        (f"{BONN}  name: Again\n", "4:3", "first is in line 2"),
        (f"{BONN}\taliases: x\n", "4:1", "tab"),
        (f"{BONN}  born: 31.2.2023\n", "4:9", "not a date"),
        (f"{BONN}  born: 2023-02-30\n", "4:9", "no day 30"),
        (f"{BONN}  as_of: last year\n", "4:10", "not a date"),
        (f"{BONN}  location: [91, 0]\n", "4:14", "-90 to 90"),
        (f"{BONN}  location: [1, 2, 3]\n", "4:13", "latitude"),
        (f"{BONN}  location: [{'9' * 4301}, 0]\n", "4:14", "-90 to 90"),
        (f"{BONN}  time_zone: GMT+25\n", "4:14", "no time zone 'GMT+25'"),
        (f"{BONN}  status: done\n", "4:11", "suggested, reviewed"),
        (f"{BONN}  aliases: [{{text: x, after: noon}}]\n", "4:30", "'after' can't be 'noon'"),
        (f"{BONN}  aliases: [[x]]\n", "4:13", "mapping"),
        (f"{BONN}  roles: [{{from: 2012}}]\n", "4:11", "needs a 'role'"),
        (f"{BONN}  roles: [{{role: x, from: 2012, until: 2011}}]\n", "4:40", "before it begins"),
        (f"{BONN}  roles: [{{role: x, form: 2012}}]\n", "4:21", "did you mean 'from'"),
        (f"{BONN}  image: {{src: a.svg, alt: x, credit: x, license: x}}\n", "4:16", ".png"),
        (f"{BONN}  image: {{src: ../a.png, alt: x, credit: x, license: x}}\n", "4:16", ".png"),
        (f"{BONN}  image: {{src: /etc/a.png, alt: x, credit: x, license: x}}\n", "4:16", ".png"),
        (f"{BONN}  image: {{src: a.png, credit: x, license: x}}\n", "4:10", "needs a 'alt'"),
        (f"{BONN}  summary: {'x' * (MAX_SUMMARY + 1)}\n", "4:12", str(MAX_SUMMARY)),
        (f"{BONN}  sources: [{{url: https://example.org}}]\n", "4:13", "needs a 'title'"),
        (f"{BONN}  role: !!python/name:os.system x\n", "4:9", "not allowed"),
        (f"{BONN}  role: &a x\n  owner: *a\n", "4:9", "anchors and aliases"),
    ],
)
def test_a_mistake_is_told_with_line_and_column(text: str, place: str, says: str) -> None:
    problems = problems_of(text)
    assert problems[0].startswith(f"all.yaml:{place}: "), problems
    assert says in problems[0]


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://example.org/a b", "https://example.org/a%20b"),
        ("https://example.org/ж", "https://example.org/%D0%B6"),
        ("https://münchen.example/", "https://xn--mnchen-3ya.example/"),
        ("https://example.org/%20", "https://example.org/%20"),
        ('https://example.org/"><script>', "https://example.org/%22%3E%3Cscript%3E"),
    ],
)
def test_an_address_is_encoded_where_it_has_to_be(url: str, address: str) -> None:
    assert read_one(f"  same_as: ['{url}']\n").same_as == (address,)


@pytest.mark.parametrize(
    "url",
    ["//evil.example/", "file:///etc/passwd", "javascript:alert(1)", "data:text/html,x", "https://",
     "https:/one", r"https:\\evil", "example.org", "https://a b/", "https://a..b.é/",
     "https://[::1", "https://exa mple.org"],
)  # fmt: skip
def test_what_is_no_web_address_is_refused(url: str) -> None:
    problems = problems_of(f"{BONN}  same_as: ['{url}']\n")
    assert problems[0].startswith("all.yaml:4:13: ")


def test_every_mistake_of_every_file_is_told_in_order(tmp_path: Path) -> None:
    told = conflicts_of(tmp_path, b=f"{BONN}  x: y\n  born: soon\n", a="- id: B\n", c="\t")
    assert [one.split(":")[0] for one in told] == ["a.yaml"] * 3 + ["b.yaml"] * 2 + ["c.yaml"]


def test_an_id_in_two_files_names_both_places(tmp_path: Path) -> None:
    (told,) = conflicts_of(tmp_path, a=BONN, b=f"\n{BONN}")
    assert told.startswith("b.yaml:2:3: ")
    assert "a.yaml:1" in told


@pytest.mark.parametrize("claim", ["  aliases: [Bonn]\n", "  aliases: [X, {text: Bonn}]\n"])
def test_a_name_of_two_entries_names_both_places(claim: str, tmp_path: Path) -> None:
    (told,) = conflicts_of(tmp_path, a=BONN, b=f"- id: x\n  name: Y\n  kind: place\n{claim}")
    assert told.startswith("b.yaml:4:")
    assert "a.yaml:1" in told


def test_a_short_form_may_be_shared(tmp_path: Path) -> None:
    two = "- id: {0}\n  name: Kim {0}\n  kind: person\n  aliases: [{{text: Kim, after: name}}]\n"
    entries = read_all(tmp_path, all=two.format("a") + two.format("b"))
    assert [entry.id for entry in entries] == ["a", "b"]


def test_a_sense_must_lead_to_an_entry(tmp_path: Path) -> None:
    told = conflicts_of(tmp_path, all=f"{BONN}  senses: {{government: {{entry: bon}}}}\n")
    assert told == ["all.yaml:4:32: no entry called 'bon'; did you mean 'bonn'?"]


def test_entries_that_lead_to_each_other_are_no_loop(tmp_path: Path) -> None:
    both = (
        "- id: a\n  name: A1\n  kind: place\n  summary: See [b](#b).\n"
        "  senses: {one: {entry: b}}\n"
        "- id: b\n  name: B1\n  kind: place\n  summary: See [a](#a) and [b](#b).\n"
        "  senses: {one: {entry: a}}\n"
    )
    assert len(read_all(tmp_path, all=both)) == 2


def test_a_glossary_may_be_larger_than_an_article(tmp_path: Path) -> None:
    notice = f"# {'x' * 98}\n" * 110_000
    write_files(tmp_path, {"all.yaml": f"{notice}- {{id: bonn, name: Bonn, kind: place}}\n"})
    assert [one.id for one in read_glossary(tmp_path, tmp_path)] == ["bonn"]


def test_a_broken_file_hides_no_mistake_of_another(tmp_path: Path) -> None:
    write_files(tmp_path, {"a.yaml": b"\xff", "b.yaml": "- id: B\n  name: B\n  kind: place\n"})
    with pytest.raises(ExplainerError) as caught:
        read_glossary(tmp_path, tmp_path)
    assert [problem.path for problem in caught.value] == ["a.yaml", "b.yaml"]
