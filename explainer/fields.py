"""YAML read strictly: every value keeps its line and column, and a scalar stays the text it is."""

from __future__ import annotations

import re
import zoneinfo
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Protocol, TypeVar, cast

import yaml
from msgspec import Struct, field

from explainer.edtf import parse_edtf
from explainer.errors import ExplainerError
from explainer.model import NOWHERE, Edtf, Position
from explainer.shapes import LANGUAGE

T = TypeVar("T")
ErrorType = type[ExplainerError]

MAX_DEPTH = 24
"""Levels of nesting; our deepest file has six."""

_TAG_OF = {
    yaml.ScalarNode: "tag:yaml.org,2002:str",
    yaml.SequenceNode: "tag:yaml.org,2002:seq",
    yaml.MappingNode: "tag:yaml.org,2002:map",
}
_PLAIN_TAGS = frozenset(_TAG_OF.values())
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")
_REFERENCE = re.compile(r"[&*](?<!\w.)\S")
"""An anchor, an alias, or text that looks like one."""
_NULLS = {"", "~", "null", "Null", "NULL"}
_FASTEST = cast("type[yaml.BaseLoader]", getattr(yaml, "CBaseLoader", yaml.BaseLoader))


class _Loader(_FASTEST):  # type: ignore[misc, valid-type]
    """Takes each scalar for text; nothing depends on its path."""

    def resolve(self, kind: type[yaml.Node], value: object, implicit: object) -> str:
        return _TAG_OF[kind]

    def descend_resolver(self, parent: object, index: object) -> None:
        pass

    def ascend_resolver(self) -> None:
        pass


class _Mark(Protocol):
    """Where the parser saw something, counted from 0."""

    line: int
    column: int


class _Source(Struct, frozen=True):
    """What is being read; ``odd`` is whether control characters may stand in it."""

    path: str
    error: ErrorType
    first_line: int
    odd: bool

    def place(self, mark: _Mark) -> Position:
        return Position(self.path, mark.line + self.first_line, mark.column + 1)

    def fault(self, message: str, mark: _Mark) -> ExplainerError:
        place = self.place(mark)
        return self.error(message, place.path, place.line, place.column)


class Value(Struct, frozen=True):
    """A scalar (str, or None where nothing or ``null`` stands), a list, or a mapping.

    Few are ever asked where they stand, so that is worked out when they are.
    """

    content: str | tuple[Value, ...] | dict[str, Value] | None
    mark: _Mark
    source: _Source
    key_mark: _Mark | None = None

    @property
    def position(self) -> Position:
        return self.source.place(self.mark)

    @property
    def key(self) -> Position:
        return self.source.place(self.key_mark) if self.key_mark else NOWHERE


def load_yaml(text: str, path: str, error: ErrorType, first_line: int = 1) -> Value | None:
    """Read one YAML document; None where it is empty.

    Refused, with the place: duplicate keys, anchors and aliases, tags, keys that aren't
    text, more than `MAX_DEPTH` levels. ``no``, ``12:30:45`` and ``010`` stay text.

    Args:
        text: LF line ends.
        path: Named in positions and errors.
        error: The class to raise.
        first_line: The line of the file at which ``text`` starts.
    """
    _refuse_references(text, path, error, first_line)
    try:
        node = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as fault:
        raise _yaml_error(fault, text, path, error, first_line) from fault
    except yaml.YAMLError as fault:
        raise error(_unreadable(text, fault), path) from fault
    except RecursionError as fault:
        raise error("nested too deep to be read", path) from fault
    odd = "\\" in text or not (text.isascii() or _CONTROL.search(text) is None)
    value = _convert(node, _Source(path, error, first_line, odd), 0) if node else None
    return value if value and value.content is not None else None


def _refuse_references(text: str, path: str, error: ErrorType, first_line: int) -> None:
    """Anchors let a kilobyte unfold to gigabytes, and no file of ours needs them."""
    if not ("&" in text or "*" in text) or not _REFERENCE.search(text):
        return
    try:
        for event in yaml.parse(text, Loader=_Loader):
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                mark = event.start_mark
                line, column = (mark.line, mark.column) if mark else (0, 0)
                raise error(
                    "YAML anchors and aliases (&name, *name) are not allowed; "
                    "write the value out, or quote it if it is text",
                    path,
                    line + first_line,
                    column + 1,
                )
    except yaml.YAMLError:
        return  # compose meets the same fault and tells it


def _yaml_error(
    fault: yaml.MarkedYAMLError, text: str, path: str, error: ErrorType, first_line: int
) -> ExplainerError:
    mark = fault.problem_mark or fault.context_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    rows = text.split("\n")
    row = rows[line] if line < len(rows) else ""
    if "\t" in row[: len(row) - len(row.lstrip())]:
        message = "a tab indents this line; YAML wants spaces"
        column = row.index("\t")
    elif fault.problem and "mapping values are not allowed" in fault.problem:
        message = "a colon inside a value; put the value in quotation marks"
    else:
        message = f"not YAML: {fault.problem or fault.context or 'it breaks off here'}"
    return error(message, path, line + first_line, column + 1)


def _unreadable(text: str, fault: yaml.YAMLError) -> str:
    found = _CONTROL.search(text)
    if found:
        line = text.count("\n", 0, found.start()) + 1
        return f"line {line} holds a control character (U+{ord(found[0]):04X}); remove it"
    return f"not YAML: {str(fault).splitlines()[0]}"


def _convert(node: yaml.Node, source: _Source, depth: int, key_mark: _Mark | None = None) -> Value:
    mark: _Mark = node.start_mark
    if depth > MAX_DEPTH:
        raise source.fault("nested too deep", mark)
    if node.tag not in _PLAIN_TAGS:
        tag = node.tag.replace("tag:yaml.org,2002:", "!!")
        raise source.fault(f"the tag {tag} is not allowed", mark)
    if isinstance(node, yaml.ScalarNode):
        return Value(_scalar(node, source), mark, source, key_mark)
    if isinstance(node, yaml.SequenceNode):
        items = tuple([_convert(item, source, depth + 1) for item in node.value])
        return Value(items, mark, source, key_mark)
    assert isinstance(node, yaml.MappingNode)
    return Value(_mapping(node, source, depth), mark, source, key_mark)


def _scalar(node: yaml.ScalarNode, source: _Source) -> str | None:
    text: str = node.value
    control = _CONTROL.search(text) if source.odd else None
    if control:
        message = f"a control character (U+{ord(control[0]):04X}) stands in this text"
        raise source.fault(message, node.start_mark)
    return None if text in _NULLS and node.style in (None, "") else text


def _mapping(node: yaml.MappingNode, source: _Source, depth: int) -> dict[str, Value]:
    content: dict[str, Value] = {}
    for key_node, value_node in node.value:
        key = _convert(key_node, source, depth + 1)
        name = key.content
        if not isinstance(name, str):
            raise source.fault("a key must be a word", key.mark)
        if name in content:
            first = content[name].key.line
            message = f"'{name}' is here a second time; the first is in line {first}"
            raise source.fault(message, key.mark)
        content[name] = _convert(value_node, source, depth + 1, key.mark)
    return content


def suggest(word: str, known: Iterable[str]) -> str:
    """A did-you-mean clause for an error, empty where nothing is near."""
    import difflib

    near = difflib.get_close_matches(word, sorted(known), n=1, cutoff=0.6)
    return f"; did you mean '{near[0]}'?" if near else ""


class Fields(Struct):
    """One mapping being read: each call takes a key, and notes what is wrong with it.

    Nothing is raised; ``problems`` grows, and a bad value reads as absent.
    """

    mapping: dict[str, Value]
    position: Position
    what: str
    error: ErrorType
    problems: list[ExplainerError] = field(default_factory=list)

    @classmethod
    def of(
        cls, value: Value, what: str, error: ErrorType, problems: list[ExplainerError]
    ) -> Fields | None:
        """Read `value` as a mapping; None, with a problem noted, where it is none."""
        if isinstance(value.content, dict):
            return cls(value.content, value.position, what, error, problems)
        place = value.position
        message = f"{what} must be a mapping (key: value), not {_kind_of(value)}"
        problems.append(error(message, place.path, place.line, place.column))
        return None

    def refuse_unknown(self, known: Collection[str]) -> None:
        for key, value in self.mapping.items():
            if key not in known:
                hint = suggest(key, known) or f"; known are {', '.join(known)}"
                self.problem(f"{self.what} has no '{key}'{hint}", value.key)

    def problem(self, message: str, position: Position | None = None, code: str = "") -> None:
        """Note what is wrong; `code` where it has one of its own, not its file's."""
        place = position or self.position
        fault = self.error(message, place.path, place.line, place.column)
        fault.code = code or fault.code
        self.problems.append(fault)

    def has(self, key: str) -> bool:
        return key in self.mapping

    def place(self, key: str) -> Position:
        """Where the value of `key` stands; the mapping's own place where it is absent."""
        return self.mapping[key].position if key in self.mapping else self.position

    def text(self, key: str, *, required: bool = False) -> str:
        value = self.mapping.get(key)
        if value is None or value.content is None:
            if required:
                self.problem(f"{self.what} needs a '{key}'", value.position if value else None)
            return ""
        if not isinstance(value.content, str):
            self.problem(f"'{key}' must be text, not {_kind_of(value)}", value.position)
            return ""
        text = value.content.strip()
        if required and not text:
            self.problem(f"{self.what} needs a '{key}'; it is empty", value.position)
        return text

    def choice(self, key: str, choices: tuple[T, ...], default: T) -> T:
        """One of `choices`, which are strings."""
        word = self.text(key)
        if not word:
            return default
        for one in choices:
            if one == word:
                return one
        names = [str(one) for one in choices]
        hint = suggest(word, names) or f"; it is one of {', '.join(names)}"
        self.problem(f"'{key}' can't be '{word}'{hint}", self.place(key))
        return default

    def required_choice(self, key: str, choices: tuple[T, ...], default: T) -> T:
        if not self.text(key, required=True):
            return default
        return self.choice(key, choices, default)

    def language(self, key: str, *, required: bool = False) -> str:
        """A language's tag, as BCP 47 has it; empty where absent."""
        tag = self.text(key, required=required)
        if tag and not re.fullmatch(LANGUAGE, tag):
            self.problem(f"'{key}' must be a tag such as en, ko or pt-BR", self.place(key))
            return ""
        return tag

    def edtf(self, key: str) -> Edtf | None:
        text = self.text(key)
        if not text:
            return None
        try:
            return parse_edtf(text)
        except ValueError as fault:
            self.problem(f"'{key}' is not a date: {fault}", self.place(key))
            return None

    def time_zone(self, key: str) -> str:
        """A name of the IANA time zone database, such as Asia/Seoul."""
        name = self.text(key)
        if not name:
            return ""
        try:
            zoneinfo.ZoneInfo(name)
        except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):  # or a folder of zones
            hint = suggest(name, zoneinfo.available_timezones()) or "; use one such as Asia/Seoul"
            self.problem(f"there is no time zone '{name}'{hint}", self.place(key))
            return ""
        return name

    def number(self, value: Value, low: float, high: float) -> float | None:
        text = value.content
        if isinstance(text, str) and re.fullmatch(r"[+-]?\d{1,10}(\.\d{1,15})?", text.strip()):
            number = float(text)
            if low <= number <= high:
                return number
        self.problem(f"a number from {low:g} to {high:g} must stand here", value.position)
        return None

    def items(self, key: str) -> tuple[Value, ...]:
        """A list's values; a single value counts as a list of one."""
        value = self.mapping.get(key)
        if value is None or value.content is None:
            return ()
        if isinstance(value.content, tuple):
            return value.content
        return (value,)

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, or one text."""
        return tuple([text for text, _ in self.placed_texts(key)]) if key in self.mapping else ()

    def placed_texts(self, key: str) -> Iterator[tuple[str, Position]]:
        for item in self.items(key):
            if isinstance(item.content, str) and item.content.strip():
                yield item.content.strip(), item.position
            else:
                self.problem(f"'{key}' holds text only, not {_kind_of(item)}", item.position)

    def records(
        self, key: str, read: Callable[[Fields], T | None], what: str, known: Collection[str]
    ) -> tuple[T, ...]:
        """A list of mappings, each read by `read`; those that read as None are left out."""
        found = []
        for item in self.items(key):
            fields = Fields.of(item, what, self.error, self.problems)
            if fields is None:
                continue
            fields.refuse_unknown(known)
            one = read(fields)
            if one is not None:
                found.append(one)
        return tuple(found)


def _kind_of(value: Value) -> str:
    if value.content is None:
        return "nothing"
    if isinstance(value.content, str):
        return "text"
    return "a list" if isinstance(value.content, tuple) else "a mapping"
