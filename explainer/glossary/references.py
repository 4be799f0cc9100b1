"""Where an entry is named by its id, in every kind of file, and how to name another there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import yaml

from explainer.model import Edit, Position
from explainer.splice import child, compose, items, pairs, place_at, remove_item, replace_text

_LISTS = {"background": ("entries",), "attributions": ("speaker", "via")}


@dataclass(frozen=True, slots=True)
class Place:
    """One place that names an entry: ``what`` says how, and ``edit`` names another there."""

    what: str
    edit: Edit

    @property
    def position(self) -> Position:
        return self.edit.start


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
    if isinstance(root, yaml.SequenceNode):
        for item in root.value:
            for _, _, sense in pairs(child(item, "senses")):
                yield from _scalar(child(sense, "entry"), "a sense", path, entry, instead)
    for mention in items(child(root, "mentions")):
        yield from _scalar(child(mention, "entry"), "a mention", path, entry, instead)
    for section, keys in _LISTS.items():
        for record in items(child(root, section)):
            for key in keys:
                yield from _listed(child(record, key), key, path, text, entry, instead)


def _scalar(
    node: yaml.Node | None, what: str, path: str, entry: str, instead: str
) -> Iterator[Place]:
    if isinstance(node, yaml.ScalarNode) and node.value.strip() == entry:
        yield Place(what, replace_text(node, path, instead))


def _listed(
    node: yaml.Node | None, key: str, path: str, text: str, entry: str, instead: str
) -> Iterator[Place]:
    nodes = items(node)
    names = [one.value.strip() if isinstance(one, yaml.ScalarNode) else "" for one in nodes]
    for index, name in enumerate(names):
        if name != entry:
            continue
        if isinstance(node, yaml.SequenceNode) and instead != entry and instead in names:
            yield Place(key, remove_item(node, index, path, text))
        else:
            yield Place(key, replace_text(nodes[index], path, instead))


def _links(path: str, text: str, entry: str, instead: str) -> Iterator[Place]:
    """Links of Markdown, in summaries, cards, articles and pages alike."""
    for found in re.finditer(rf"\]\(#({re.escape(entry)})(?=[)\s])", text):
        start, end = (place_at(text, offset, path) for offset in found.span(1))
        yield Place("a link", Edit(start, end, instead))


def definition(
    entry: str, texts: Mapping[str, str]
) -> tuple[str, yaml.SequenceNode, int, yaml.Node] | None:
    """Give the glossary file that defines an entry, its list, the index there, and the entry."""
    for path, text in sorted(texts.items()):
        root = compose(text) if f"{entry}" in text and path.endswith((".yaml", ".yml")) else None
        if not isinstance(root, yaml.SequenceNode):
            continue
        for index, item in enumerate(root.value):
            node = child(item, "id")
            if isinstance(node, yaml.ScalarNode) and node.value.strip() == entry:
                return path, root, index, item
    return None
