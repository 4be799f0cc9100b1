"""Change single values of a YAML file: every other byte, comments and order, stays as it is."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

import yaml

from explainer.model import Edit, Position
from explainer.quoting import append_to_section, block_item, flow, scalar

_FAST = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

Pair = tuple[str, str]
"""A key and its value, written as YAML; a pair without a value says nothing."""


# ---- what stands where


@lru_cache(maxsize=16)
def compose(text: str) -> yaml.Node | None:
    """The nodes of a text, with their exact places; None where it is empty or broken.

    They are shared: nobody changes them.
    """
    # The fast reader doesn't count a byte order mark.
    loader = yaml.BaseLoader if text.startswith("\ufeff") else _FAST
    try:
        return yaml.compose(text, Loader=loader)
    except (yaml.YAMLError, RecursionError):
        return None


def pairs_of(node: yaml.Node | None) -> Iterator[tuple[str, yaml.Node, yaml.Node]]:
    """The keys of a mapping as text, with the nodes of key and value."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if isinstance(key, yaml.ScalarNode):
                yield key.value, key, value


def field_of(node: yaml.Node | None, key: str) -> yaml.Node | None:
    """The value under a key of a mapping; None where there is none."""
    return next((value for name, _, value in pairs_of(node) if name == key), None)


def text_of(node: yaml.Node | None, key: str) -> str:
    """The scalar under a key, empty where there is none."""
    return scalar_of(field_of(node, key))


def scalar_of(node: yaml.Node | None) -> str:
    """What a scalar says; empty for anything else."""
    return str(node.value) if isinstance(node, yaml.ScalarNode) else ""


def items_of(node: yaml.Node | None) -> list[yaml.Node]:
    """A list's nodes; a single value counts as a list of one."""
    if node is None:
        return []
    return list(node.value) if isinstance(node, yaml.SequenceNode) else [node]


def is_flow(node: yaml.Node | None) -> bool:
    """Whether a list or a mapping is written in brackets."""
    return isinstance(node, yaml.CollectionNode) and bool(node.flow_style)


def node_at(node: yaml.Node | None, place: Position) -> yaml.Node | None:
    """The outermost node that starts at a line and column."""
    if node is None:
        return None
    if (node.start_mark.line + 1, node.start_mark.column + 1) == (place.line, place.column):
        return node
    for inner in _inside(node):
        found = node_at(inner, place)
        if found is not None:
            return found
    return None


def _inside(node: yaml.Node) -> Iterator[yaml.Node]:
    if isinstance(node, yaml.SequenceNode):
        yield from node.value
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from (key, value)


def true_end(node: yaml.Node, text: str) -> int:
    """Where a node's last character stands; a parser's own end takes in comments after it."""
    start, end = node.start_mark.index, node.end_mark.index
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return true_end(last[1] if isinstance(last, tuple) else last, text)
    return start + len(text[start:end].rstrip())


def written(node: yaml.Node, text: str) -> str:
    """A node as it stands in the text."""
    return text[node.start_mark.index : true_end(node, text)]


def place_at(text: str, offset: int, path: str) -> Position:
    """The line and column of an offset."""
    before = re.split(r"\r\n|\r|\n", text[:offset])
    return Position(path, len(before), len(before[-1]) + 1)


def break_of(text: str) -> str:
    """How a text ends its lines."""
    return "\r\n" if "\r\n" in text else "\n"


def line_end(text: str, place: int) -> int:
    """Where the line of an offset ends, before its break."""
    found = re.compile(r"\r\n|\r|\n|\Z").search(text, place)
    return found.start() if found else len(text)


# ---- single edits


def replaced(node: yaml.Node, text: str, value: str, path: str = "") -> Edit:
    """Put YAML in a value's place."""
    start = node.start_mark.index
    end = max(start, true_end(node, text))
    lead = " " if start == end and text[start - 1 : start] == ":" else ""
    return Edit(path, start, end, f"{lead}{value}")


def reworded(node: yaml.Node, text: str, words: str, path: str = "") -> Edit:
    """Put another text into a scalar, in the quotation marks it has."""
    style = node.style if isinstance(node, yaml.ScalarNode) else None
    if style == '"':
        return replaced(node, text, json.dumps(words, ensure_ascii=False), path)
    if style == "'":
        return replaced(node, text, "'" + words.replace("'", "''") + "'", path)
    return replaced(node, text, scalar(words), path)


def removed(sequence: yaml.Node, index: int, text: str, path: str = "") -> Edit:
    """Take one item out of a list, with its comma or its lines."""
    nodes = items_of(sequence)
    node = nodes[index]
    if not is_flow(sequence):
        start = max(text.rfind(one, 0, node.start_mark.index) for one in "\r\n") + 1
        end = line_end(text, true_end(node, text))
        return Edit(path, start, end + len(_BREAK.match(text, end)[0]), "")  # type: ignore[index]
    if index + 1 < len(nodes):
        return Edit(path, node.start_mark.index, nodes[index + 1].start_mark.index, "")
    start = true_end(nodes[index - 1], text) if index else node.start_mark.index
    return Edit(path, start, true_end(node, text), "")


_BREAK = re.compile(r"\r\n|\r|\n|")


def lengthened(sequence: yaml.Node, values: Sequence[str], text: str, path: str = "") -> Edit:
    """Put more items at a list's end; a single value becomes a list."""
    nodes = items_of(sequence)
    if isinstance(sequence, yaml.SequenceNode) and not is_flow(sequence) and nodes:
        indent = " " * sequence.start_mark.column
        return below(nodes[-1], [f"{indent}- {one}" for one in values], text, path)
    said = [one for one in (written(node, text) for node in nodes) if one]
    return replaced(sequence, text, flow([*said, *values]), path)


def below(node: yaml.Node, lines: Sequence[str], text: str, path: str = "") -> Edit:
    """Put lines below a value's last one."""
    end = line_end(text, true_end(node, text))
    return Edit(path, end, end, "".join(break_of(text) + one for one in lines))


def edited(text: str, edits: Iterable[Edit]) -> str:
    """The text with all edits made; of edits that overlap, the first alone."""
    made: list[str] = []
    done = 0
    for edit in sorted(dict.fromkeys(edits), key=lambda one: (one.start, one.end)):
        if edit.start < done:
            continue
        made += [text[done : edit.start], edit.text]
        done = edit.end
    return "".join([*made, text[done:]])


# ---- several, of one file


class YamlText:
    """One YAML text, and the changes to make in it.

    Changes are collected, each against the text as it was, and made together by `done`.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.root = compose(text)
        self._edits: list[Edit] = []
        self._added: list[tuple[str, list[list[Pair]]]] = []

    def records(self, key: str = "") -> list[yaml.MappingNode]:
        """The mappings in the list under a top-level key, or in the list that the file is."""
        node = field_of(self.root, key) if key else self.root
        return [one for one in items_of(node) if isinstance(one, yaml.MappingNode)]

    def set(self, record: yaml.MappingNode, key: str, value: str) -> None:
        """Give a record's field a value, written as YAML; a new field comes last."""
        node = field_of(record, key)
        if node is not None:
            self.replace(node, value)
        elif record.flow_style:
            self._edits.append(_in_flow(record, [f"{key}: {value}"], self.text))
        else:
            indent = " " * record.start_mark.column
            self._edits.append(below(record, [f"{indent}{key}: {value}"], self.text))

    def set_top(self, key: str, value: str) -> None:
        """Give a top-level field a value; a new one comes last."""
        if isinstance(self.root, yaml.MappingNode):
            self.set(self.root, key, value)
        else:
            gap = "" if not self.text or self.text.endswith("\n") else "\n"
            end = len(self.text)
            self._edits.append(Edit("", end, end, f"{gap}{key}: {value}\n"))

    def replace(self, node: yaml.Node, value: str) -> None:
        self._edits.append(replaced(node, self.text, value))

    def append(self, key: str, record: Sequence[Pair]) -> None:
        """Add a record to the end of the list under a top-level key."""
        node = field_of(self.root, key)
        if isinstance(node, yaml.SequenceNode) and node.flow_style and node.value:
            self._edits.append(_in_flow(node, [flow_mapping(record)], self.text))
        else:
            self._added.append((key, [list(record)]))

    def done(self) -> str:
        text = edited(self.text, self._edits)
        for key, records in self._added:
            text = append_to_section(text, key, [block_item(one, "  ") for one in records])
        return text


def _in_flow(node: yaml.CollectionNode, values: Sequence[str], text: str, path: str = "") -> Edit:
    """Put more at the end of a list or a mapping in brackets that holds something."""
    last = node.value[-1]
    end = true_end(last[1] if isinstance(last, tuple) else last, text)
    return Edit(path, end, end, "".join(f", {one}" for one in values))


def with_fields(record: yaml.Node, fields: Sequence[str], text: str, path: str = "") -> Edit:
    """Put fields, each ``key: value`` and in lines where it is long, at a mapping's end."""
    if isinstance(record, yaml.MappingNode) and record.flow_style:
        return _in_flow(record, fields, text, path)
    indent = " " * record.start_mark.column
    lines = [line for one in fields for line in one.split("\n")]
    return below(record, [f"{indent}{one}" if one else one for one in lines], text, path)


def flow_mapping(record: Iterable[Pair]) -> str:
    return "{" + ", ".join(f"{key}: {value}" for key, value in record if value) + "}"


def as_flow(node: yaml.Node, text: str) -> str:
    """A value as it can stand inside brackets, whatever way it is written in now."""
    if isinstance(node, yaml.MappingNode):
        pairs = ((key, as_flow(value, text)) for key, _, value in pairs_of(node))
        return "{" + ", ".join(f"{scalar(key)}: {value}" for key, value in pairs) + "}"
    if isinstance(node, yaml.SequenceNode):
        return flow([as_flow(one, text) for one in node.value])
    said = written(node, text)
    kept = re.fullmatch(r"\"[^\r\n]*\"|'[^\r\n]*'|[^\s,\[\]{}#:\"'|>][^\r\n,\[\]{}]*", said)
    return said if kept else scalar(node.value)
