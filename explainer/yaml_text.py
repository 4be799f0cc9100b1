"""A value of a YAML file replaced in place: every other byte, comments and order, stays."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

import yaml

from explainer.quoting import append_to_section, block_item, flow

_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

Pair = tuple[str, str]
"""A key and its value, written as YAML; a pair without a value says nothing."""


class YamlText:
    """One YAML text with LF line ends, and the changes to make in it.

    Changes are collected, each against the text as it was, and made together by `done`.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.root = _compose(text)
        self._edits: list[tuple[int, int, str]] = []
        self._added: list[tuple[str, list[list[Pair]]]] = []

    def records(self, key: str = "") -> list[yaml.MappingNode]:
        """The mappings in the list under a top-level key, or in the list that the file is."""
        node = field_of(self.root, key) if key else self.root
        items = node.value if isinstance(node, yaml.SequenceNode) else []
        if isinstance(node, yaml.MappingNode):
            items = [node]
        return [one for one in items if isinstance(one, yaml.MappingNode)]

    def set(self, record: yaml.MappingNode, key: str, value: str) -> None:
        """Give a record's field a value, written as YAML; a new field comes last."""
        node = field_of(record, key)
        if node is not None:
            self.replace(node, value)
        elif record.flow_style:
            end = true_end(record.value[-1][1], self.text)
            self._edits.append((end, end, f", {key}: {value}"))
        else:
            end = self._line_end(true_end(record, self.text))
            indent = " " * record.start_mark.column
            self._edits.append((end, end, f"\n{indent}{key}: {value}"))

    def set_top(self, key: str, value: str) -> None:
        """Give a top-level field a value; a new one comes last."""
        if isinstance(self.root, yaml.MappingNode):
            self.set(self.root, key, value)
        else:
            gap = "" if not self.text or self.text.endswith("\n") else "\n"
            end = len(self.text)
            self._edits.append((end, end, f"{gap}{key}: {value}\n"))

    def replace(self, node: yaml.Node, value: str) -> None:
        start = node.start_mark.index
        end = max(start, true_end(node, self.text))
        lead = " " if start == end and self.text[start - 1 : start] == ":" else ""
        self._edits.append((start, end, f"{lead}{value}"))

    def append(self, key: str, record: Sequence[Pair]) -> None:
        """Add a record to the end of the list under a top-level key."""
        node = field_of(self.root, key)
        if isinstance(node, yaml.SequenceNode) and node.flow_style and node.value:
            end = true_end(node.value[-1], self.text)
            self._edits.append((end, end, f", {flow_mapping(record)}"))
        else:
            self._added.append((key, [list(record)]))

    def done(self) -> str:
        text = self.text
        for start, end, new in sorted(self._edits, key=lambda one: one[:2], reverse=True):
            text = text[:start] + new + text[end:]
        for key, records in self._added:
            text = append_to_section(text, key, [block_item(one, "  ") for one in records])
        return text

    def _line_end(self, place: int) -> int:
        end = self.text.find("\n", place)
        return len(self.text) if end < 0 else end


@lru_cache(maxsize=16)
def _compose(text: str) -> yaml.Node | None:
    """The nodes of a text; nobody changes them."""
    return yaml.compose(text, Loader=_LOADER)


def field_of(node: yaml.Node | None, key: str) -> yaml.Node | None:
    """The value under a key of a mapping; None where there is none."""
    if isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            if name.value == key:
                return value  # type: ignore[no-any-return]
    return None


def text_of(node: yaml.Node | None, key: str) -> str:
    """The scalar under a key, empty where there is none."""
    value = field_of(node, key)
    return value.value if isinstance(value, yaml.ScalarNode) else ""


def items_of(node: yaml.Node | None) -> list[yaml.Node]:
    """A list's nodes; a single value counts as a list of one."""
    if node is None:
        return []
    return list(node.value) if isinstance(node, yaml.SequenceNode) else [node]


def true_end(node: yaml.Node, text: str) -> int:
    """Where a node's last character stands; a parser's own end takes in comments after it."""
    start, end = node.start_mark.index, node.end_mark.index
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return true_end(last[1] if isinstance(last, tuple) else last, text)
    return start + len(text[start:end].rstrip())


def flow_mapping(record: Iterable[Pair]) -> str:
    return "{" + ", ".join(f"{key}: {value}" for key, value in record if value) + "}"


def texts(words: Iterable[str]) -> str:
    return flow(list(words))
