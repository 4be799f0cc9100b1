"""The schemas: what a reader refuses by its shape they refuse, and what it reads they let pass."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from jsonschema import Draft7Validator

from explainer.cli.commands import commands
from explainer.config import load_config, parse_config
from explainer.draft import save_draft
from explainer.errors import ExplainerError, raise_all
from explainer.model import AnnotatedDocument, Entry
from explainer.parse import parse_article
from explainer.parse.front_matter import parse_metadata
from explainer.read import parse_glossary, parse_notes, read_article
from explainer.scaffold import make_site
from explainer.shapes import SCHEMAS, schema_json
from tests.conftest import GLOSSARY, NOTES, SmallSite
from tests.making import ROOT


class Loader(yaml.SafeLoader):
    """YAML 1.2 as editors read it: no dates, no octal numbers, no yes and no."""


Loader.yaml_implicit_resolvers = {}
for tag, pattern, first in (
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("int", r"[-+]?[0-9]+", "-+0123456789"),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", "-+.0123456789"),
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
):
    Loader.add_implicit_resolver(
        f"tag:yaml.org,2002:{tag}", re.compile(f"(?:{pattern})\\Z"), list(first)
    )


def as_editor(text: str) -> Any:
    return yaml.load(text, Loader)


def validates(kind: str, text: str) -> bool:
    return not list(Draft7Validator(json.loads(schema_json(kind))).iter_errors(as_editor(text)))


def reads(kind: str, text: str) -> bool:
    try:
        if kind == "settings":
            parse_config(text, Path())
        elif kind == "article":
            parse_metadata(text, "a.md", 1)
        elif kind == "notes":
            parse_notes(text, "a.notes.yaml")
        else:
            raise_all(parse_glossary(text, "a.yaml")[1])
    except ExplainerError:
        return False
    return True


def kind_of(path: Path) -> str:
    if path.name == "explainer.yaml":
        return "settings"
    if path.name.endswith(".notes.yaml"):
        return "notes"
    return "glossary" if "glossary" in path.parts else "article"


CONTENT = [
    path
    for folder in ("content", "tests/site", "explainer/starter")
    for path in sorted((ROOT / folder).rglob("*.yaml"))
] + [ROOT / "explainer.yaml"]


@pytest.mark.parametrize("path", CONTENT, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_file_of_ours_is_valid(path: Path) -> None:
    text = path.read_text("utf-8")
    assert reads(kind_of(path), text)
    assert validates(kind_of(path), text)


@pytest.mark.parametrize("path", sorted(ROOT.glob("content/articles/*.md")))
def test_the_front_matter_of_every_article_is_valid(path: Path) -> None:
    assert validates("article", path.read_text("utf-8").split("---\n")[1])


@pytest.mark.parametrize("kind", SCHEMAS)
def test_a_schema_is_a_schema_and_an_empty_file_is_of_every_kind(kind: str) -> None:
    Draft7Validator.check_schema(json.loads(schema_json(kind)))
    assert validates(kind, "")
    assert reads(kind, "")


# ---- the same verdict on every field

SAMPLES: dict[str, str] = {
    "settings": "title: x\ncheck: {select: [T]}\ntheme: {footer: y}\n",
    "article": "title: x\nsource: {publisher: y}\n",
    "glossary": (
        "- id: bonn\n  name: Bonn\n  kind: place\n  image: {src: a.png, alt: b, credit: c, "
        "license: d}\n  original_name: {text: a, language: ko}\n  location: [1, 2]\n"
        "  sources: [{title: x}]\n  senses: {seat: {entry: bonn}}\n"
        "  aliases: [{text: b, after: name}, c]\n"
    ),
    "notes": (
        "mentions: [{at: {exact: a}, entry: b}]\n"
        "background: [{id: a, title: b, leans_on: [{exact: c}], sources: [{title: x}]}]\n"
        "attributions: [{id: a, content: [{exact: c}]}]\n"
    ),
}
VALUES = [
    None, "", "x", "no such choice", "y" * 600, {"strange": "x"}, ["x"], [{"strange": "x"}], [],
    ["x", None], "2019-04", "2022-02-24/..", "194X", "31.12.2023", 2019, 7, 3.5, True,
    "https://example.org/x", "ftp://example.org", "Bad Id", "sha256:" + "0" * 64, "ko", "T012",
    [200, 3], [1.5, 3], [1, 2, 3], ["Q 1"], "person", "reviewed", "2023-09-12T09:38",
    "a.png", "../a.png",
]  # fmt: skip


def fields(node: Any, schema: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every key that a sample's mappings may have."""
    for one in schema.get("anyOf", [schema]):
        if isinstance(node, dict) and "properties" in one:
            for key, inner in one["properties"].items():
                yield (*path, key)
                if key in node:
                    yield from fields(node[key], inner, (*path, key))
        if isinstance(node, list) and isinstance(one.get("items"), dict):
            yield from fields(node[0], one["items"], (*path, 0))


def with_value(node: Any, path: tuple[Any, ...], value: Any) -> Any:
    changed = json.loads(json.dumps(node))
    inner = changed
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    return changed


PLACES = [
    pytest.param(kind, path, id=".".join(map(str, (kind, *path))))
    for kind, text in SAMPLES.items()
    for path in fields(as_editor(text), json.loads(schema_json(kind)))
]


@pytest.mark.parametrize(("kind", "path"), PLACES)
def test_reader_and_schema_give_the_same_verdict(kind: str, path: tuple[Any, ...]) -> None:
    sample = as_editor(SAMPLES[kind])
    for value in VALUES:
        # Which zones there are, a schema can't say.
        if path[-1] == "time_zone" and isinstance(value, str | float | int) and value:
            continue
        text = json.dumps(with_value(sample, path, value))
        assert validates(kind, text) is reads(kind, text), (path, value)


@pytest.mark.parametrize(("kind", "path"), PLACES)
def test_a_key_that_is_missing_or_unknown(kind: str, path: tuple[Any, ...]) -> None:
    sample = as_editor(SAMPLES[kind])
    inner = sample
    for step in path[:-1]:
        inner = inner[step]
    inner.pop(path[-1], None)
    assert validates(kind, json.dumps(sample)) is reads(kind, json.dumps(sample))
    inner["strange"] = "x"
    assert not validates(kind, json.dumps(sample))
    assert not reads(kind, json.dumps(sample))


def test_what_yaml_takes_for_a_number_is_the_text_it_is() -> None:
    glossary = GLOSSARY.replace("name: Bonn", "name: 1984").replace("as_of: 2024-05", "as_of: 2024")
    assert reads("glossary", glossary)
    assert validates("glossary", glossary)
    assert validates("notes", NOTES)


def named_schema(path: Path) -> Path:
    first = path.read_text("utf-8").split("\n")[0]
    assert first.startswith("# yaml-language-server: $schema=")
    return (path.parent / first.partition("=")[2]).resolve()


def test_files_that_we_write_name_a_schema_that_is_there(tmp_path: Path) -> None:
    root = tmp_path / "new"
    make_site(root)
    paths = sorted(one for one in root.rglob("*.yaml"))
    assert len(paths) == 4
    for path in paths:
        assert named_schema(path).read_text("utf-8") == schema_json(kind_of(path))


def test_a_draft_names_its_schemas_and_leaves_what_was_there(small_site: SmallSite) -> None:
    text = "A headline\nThe town is old.\n"
    nested = "content/articles/2024/two.txt"
    small_site.write({nested: text})
    path = small_site.root / nested
    document = parse_article(read_article(path, small_site.root))
    entry = Entry("town", "Town", "place")
    drafted = AnnotatedDocument(document, proposed=(entry,))
    save_draft(path, drafted, load_config(small_site.root))
    for name in ("content/articles/2024/two.notes.yaml", "content/glossary/suggested.yaml"):
        made = small_site.root / name
        assert named_schema(made).read_text("utf-8") == schema_json(kind_of(made))
    mine = "# Mine.\n"
    small_site.write({"content/glossary/suggested.yaml": mine})
    save_draft(path, drafted, load_config(small_site.root))
    suggested = (small_site.root / "content/glossary/suggested.yaml").read_text()
    assert suggested.startswith(mine)
    assert "yaml-language-server" not in suggested


@pytest.mark.parametrize("kind", SCHEMAS)
def test_the_command_prints_a_schema(kind: str) -> None:
    result = CliRunner().invoke(commands, ["schema", kind])
    assert result.output == schema_json(kind)
