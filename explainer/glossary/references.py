"""Where an entry is named by its id, in every kind of file, and how to name another there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import yaml
from msgspec import Struct

from explainer.model import Edit, Position
from explainer.yaml_text import (
    compose,
    field_of,
    items_of,
    pairs_of,
    place_at,
    removed,
    reworded,
    scalar_of,
    text_of,
)

_LISTS = {"background": ("entries",), "attributions": ("speaker", "via")}


class Place(Struct, frozen=True):
    """One place that names an entry: ``what`` says how, and ``edit`` names another there."""

    what: str
    edit: Edit
    position: Position


def references_to(entry: str, texts: Mapping[str, str], instead: str = "") -> list[Place]:
    """Give every place that names an entry, its own definition aside, in the order of files.

    Args:
        entry: The id.
        texts: Files by path; the kind of each is told by its name and folder.
        instead: The id to name there; where a list has that one already, the item goes.
    """
    found: list[Place] = []
    for path, text in sorted(texts.items()):
        if path.endswith((".yaml", ".yml")) and entry in text:
            found += _in_yaml(path, text, entry, instead or entry)
        found += _links(path, text, entry, instead or entry)
    return sorted(found, key=lambda one: one.position)


def _in_yaml(path: str, text: str, entry: str, instead: str) -> Iterator[Place]:
    root = compose(text)
    named: list[tuple[str, yaml.Node | None]] = []
    for item in root.value if isinstance(root, yaml.SequenceNode) else ():
        senses = pairs_of(field_of(item, "senses"))
        named += [("a sense", field_of(sense, "entry")) for _, _, sense in senses]
    for mention in items_of(field_of(root, "mentions")):
        named.append(("a mention", field_of(mention, "entry")))
    for what, node in named:
        if node is not None and scalar_of(node).strip() == entry:
            yield _place(what, reworded(node, text, instead, path), text)
    for section, keys in _LISTS.items():
        for record in items_of(field_of(root, section)):
            for key in keys:
                yield from _listed(field_of(record, key), key, path, text, entry, instead)


def _listed(
    node: yaml.Node | None, key: str, path: str, text: str, entry: str, instead: str
) -> Iterator[Place]:
    nodes = items_of(node)
    names = [scalar_of(one).strip() for one in nodes]
    for index, name in enumerate(names):
        if name != entry:
            continue
        if isinstance(node, yaml.SequenceNode) and instead != entry and instead in names:
            yield _place(key, removed(node, index, text, path), text)
        else:
            yield _place(key, reworded(nodes[index], text, instead, path), text)


def _links(path: str, text: str, entry: str, instead: str) -> Iterator[Place]:
    """Links of Markdown, in summaries, cards, articles and pages alike."""
    for found in re.finditer(rf"\]\(#({re.escape(entry)})(?=[)\s])", text):
        yield _place("a link", Edit(path, *found.span(1), instead), text)


def _place(what: str, edit: Edit, text: str) -> Place:
    return Place(what, edit, place_at(text, edit.start, edit.path))


def definition(
    entry: str, texts: Mapping[str, str]
) -> tuple[str, yaml.SequenceNode, int, yaml.Node] | None:
    """Give the glossary file that defines an entry, its list, the index there, and the entry."""
    for path, text in sorted(texts.items()):
        root = compose(text) if entry in text and path.endswith((".yaml", ".yml")) else None
        if not isinstance(root, yaml.SequenceNode):
            continue
        for index, item in enumerate(root.value):
            if text_of(item, "id").strip() == entry:
                return path, root, index, item
    return None
