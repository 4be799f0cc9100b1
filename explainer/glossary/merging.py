"""Make two entries one: the second takes the first's names and what else it lacks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import yaml
from msgspec import Struct

from explainer.config import SiteConfig
from explainer.errors import GlossaryError
from explainer.glossary.changes import Change, changed, site_texts
from explainer.glossary.references import definition, references_to
from explainer.glossary.renaming import require_entry
from explainer.model import Edit, Entry
from explainer.quoting import flow, scalar
from explainer.yaml_text import (
    as_flow,
    below,
    field_of,
    is_flow,
    items_of,
    lengthened,
    pairs_of,
    removed,
    replaced,
    scalar_of,
    text_of,
    with_fields,
    written,
)

_NOT_TAKEN = ("id", "name", "aliases", "status")
"""Names are joined; and what one is worth is its own."""


class _Defined(Struct, frozen=True):
    """Where an entry is written."""

    path: str
    sequence: yaml.SequenceNode
    index: int
    node: yaml.Node
    text: str


def merge_entries(old: str, into: str, entries: tuple[Entry, ...], config: SiteConfig) -> Change:
    """Give the change that makes `old` a part of `into`.

    `into` keeps all it says. It gains the names of `old` as aliases and every key that it
    lacks; what both say is kept below it as a comment. Whatever named `old` names `into`.

    Raises:
        GlossaryError: There is no such entry, or they are one.
    """
    known = {entry.id for entry in entries}
    require_entry(old, known)
    require_entry(into, known)
    texts = site_texts(config)
    return changed(texts, merging_edits(old, into, texts))


def merging_edits(
    old: str, into: str, texts: Mapping[str, str], *, names_only: bool = False
) -> list[Edit]:
    """Give the edits of `merge_entries` in the texts of a site's files.

    With ``names_only`` nothing but names passes from `old` to `into`.
    """
    if old == into:
        raise GlossaryError(f"'{old}' can't be merged with itself")
    gone, kept = _defined(old, texts), _defined(into, texts)
    edits = [removed(gone.sequence, gone.index, gone.text, gone.path)]
    edits += _names_taken(gone, kept)
    if not names_only:
        edits += _fields_taken(old, gone, kept)
    edits += [
        place.edit
        for place in references_to(old, texts, into)
        if place.edit.path != gone.path
        or not gone.node.start_mark.index <= place.edit.start < gone.node.end_mark.index
    ]
    return edits


def _defined(entry: str, texts: Mapping[str, str]) -> _Defined:
    found = definition(entry, texts)
    if found is None:
        raise GlossaryError(f"the file that defines '{entry}' can't be edited")
    return _Defined(*found, texts[found[0]])


# ---- names


def _names_taken(gone: _Defined, kept: _Defined) -> Iterator[Edit]:
    """The names that the entry that stays lacks, as its aliases."""
    aliases = field_of(kept.node, "aliases")
    known = {text_of(kept.node, "name").strip(), *map(_alias, items_of(aliases))}
    names: list[str] = []
    for one in (field_of(gone.node, "name"), *items_of(field_of(gone.node, "aliases"))):
        if one is None or _alias(one) in known:
            continue
        known.add(_alias(one))
        name = scalar(_alias(one))
        short = text_of(one, "after") == "name"
        names.append(f"{{text: {name}, after: name}}" if short else name)
    if not names:
        return
    if aliases is None:
        yield with_fields(kept.node, [f"aliases: {flow(names)}"], kept.text, kept.path)
    elif scalar_of(aliases) == "" and isinstance(aliases, yaml.ScalarNode):
        yield replaced(aliases, kept.text, flow(names), kept.path)
    else:
        yield lengthened(aliases, names, kept.text, kept.path)


def _alias(node: yaml.Node) -> str:
    return (scalar_of(node) or text_of(node, "text")).strip()


# ---- all else


def _fields_taken(old: str, gone: _Defined, kept: _Defined) -> Iterator[Edit]:
    own = {key: value for key, _, value in pairs_of(kept.node)}
    fields: list[str] = []
    comments: list[str] = []
    for key, value, lines in _written(gone):
        while len(lines) > 1 and lines[-1].startswith("#"):
            comments.insert(0, lines.pop().lstrip("# "))
        if key in _NOT_TAKEN:
            continue
        if key not in own:
            flat = f"{key}: {as_flow(value, gone.text)}" if is_flow(kept.node) else ""
            fields.append(flat or "\n".join(lines))
        elif _plain("\n".join(lines)) != _plain(f"{key}: {written(own[key], kept.text)}"):
            comments += lines
    if fields:
        yield with_fields(kept.node, fields, kept.text, kept.path)
    if comments:
        said = [f"'{old}', which was merged into this, had:", *comments]
        indent = " " * kept.node.start_mark.column
        yield below(kept.node, [f"{indent}# {one}" for one in said], kept.text, kept.path)


def _written(one: _Defined) -> Iterator[tuple[str, yaml.Node, list[str]]]:
    """Each key with its lines as they are written, at column 0; a flow's on one line."""
    found = list(pairs_of(one.node))
    if is_flow(one.node):
        for key, _, value in found:
            yield key, value, [f"{key}: {_plain(written(value, one.text))}"]
        return
    starts = [key.start_mark.index for _, key, _ in found]
    ends = [*starts[1:], found[-1][2].end_mark.index]
    column = one.node.start_mark.column
    for (key, _, value), start, end in zip(found, starts, ends, strict=True):
        first, *rest = re.split(r"\r\n|\r|\n", one.text[start:end].rstrip())
        whole = [first, *(line[column:] for line in rest)]
        yield key, value, [line for line in whole if line.strip()]


def _plain(text: str) -> str:
    return " ".join(text.split())
