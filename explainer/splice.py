"""Change single values of a YAML file: every other byte, comments and all, stays as it is."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator

import yaml

from explainer.model import Edit, Position
from explainer.quoting import scalar

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")


def compose(text: str) -> yaml.Node | None:
    """Give the nodes of a YAML text with their exact places; None where it is empty or broken."""
    try:
        return yaml.compose(text, Loader=yaml.BaseLoader)
    except (yaml.YAMLError, RecursionError):
        return None


def pairs(node: yaml.Node | None) -> Iterator[tuple[str, yaml.Node, yaml.Node]]:
    """Give the keys of a mapping as text, with the nodes of key and value."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if isinstance(key, yaml.ScalarNode):
                yield key.value, key, value


def child(node: yaml.Node | None, key: str) -> yaml.Node | None:
    return next((value for name, _, value in pairs(node) if name == key), None)


def items(node: yaml.Node | None) -> list[yaml.Node]:
    """Give a list's items; a single value counts as a list of one."""
    if isinstance(node, yaml.SequenceNode):
        return list(node.value)
    return [node] if node is not None else []


def node_at(node: yaml.Node | None, place: Position) -> yaml.Node | None:
    """Give the outermost node that starts at a line and column."""
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


def replace(node: yaml.Node, path: str, text: str) -> Edit:
    """Put YAML in place of a value that stands on its own lines, such as a scalar or a flow."""
    return Edit(_place(node.start_mark, path), _place(node.end_mark, path), text)


def replace_text(node: yaml.Node, path: str, text: str) -> Edit:
    """Put another text into a scalar, in the quotation marks it has."""
    style = node.style if isinstance(node, yaml.ScalarNode) else None
    if style == '"':
        return replace(node, path, json.dumps(text, ensure_ascii=False))
    if style == "'":
        return replace(node, path, "'" + text.replace("'", "''") + "'")
    return replace(node, path, scalar(text))


def remove_item(sequence: yaml.Node, index: int, path: str, text: str) -> Edit:
    """Take one item out of a list, with its comma or its line."""
    nodes = items(sequence)
    if getattr(sequence, "flow_style", False):
        if index + 1 < len(nodes):
            start, end = nodes[index].start_mark, nodes[index + 1].start_mark
        elif index:
            start, end = nodes[index - 1].end_mark, nodes[index].end_mark
        else:
            start, end = nodes[index].start_mark, nodes[index].end_mark
        return Edit(_place(start, path), _place(end, path), "")
    lines = _LINE.findall(text)
    first = nodes[index].start_mark.line
    last = _last_line(nodes[index], lines)
    return Edit(Position(path, first + 1, 1), Position(path, last + 2, 1), "")


def _last_line(node: yaml.Node, lines: list[str]) -> int:
    """Give the last line of a block value: its end mark stands where the next one starts."""
    line = node.end_mark.line if node.end_mark.column else node.end_mark.line - 1
    if node.end_mark.column and not lines[line][: node.end_mark.column].strip(" -"):
        line -= 1
    while line > node.start_mark.line and re.match(r"\s*(?:#|\Z)", lines[line]):
        line -= 1
    return int(line)


def _place(mark: yaml.Mark, path: str) -> Position:
    return Position(path, mark.line + 1, mark.column + 1)


def place_at(text: str, offset: int, path: str) -> Position:
    """Give the line and column of an offset."""
    before = re.split(r"\r\n|\r|\n", text[:offset])
    return Position(path, len(before), len(before[-1]) + 1)


def end_of_item(node: yaml.Node, path: str, text: str) -> Position:
    """Give the place after a block value's last line: the next line's start, or the text's end."""
    lines = _LINE.findall(text)
    last = _last_line(node, lines)
    if lines[last].endswith(("\n", "\r")):
        return Position(path, last + 2, 1)
    return Position(path, last + 1, len(lines[last]) + 1)


def spliced(text: str, edits: Iterable[Edit]) -> str:
    """Give the text with all edits made; of edits that overlap, the first alone."""
    starts = [0]
    for line in _LINE.findall(text):
        starts.append(starts[-1] + len(line))
    made: list[str] = []
    done = 0
    for edit in sorted(set(edits), key=lambda one: (one.start, one.end, one.text)):
        start, end = (_offset(place, starts, len(text)) for place in (edit.start, edit.end))
        if start < done:
            continue
        made += [text[done:start], edit.text]
        done = end
    return "".join([*made, text[done:]])


def _offset(place: Position, starts: list[int], length: int) -> int:
    return starts[place.line - 1] + place.column - 1 if place.line <= len(starts) else length
