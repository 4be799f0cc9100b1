"""Quote a passage so that it is found again, and write values as YAML that a person can edit."""

from __future__ import annotations

import json
import re

from explainer.folding import fold
from explainer.model import Selector, Span

_PLAIN = re.compile(r"[A-Za-z][\w-]*(?: [\w-]+)*")
_RESERVED = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n"})


class Quoter:
    """Makes selectors for one text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._folded = fold(text).text

    def quote(self, span: Span) -> Selector:
        """Give a span's words with the least around them that makes them stand once.

        Context grows word by word, before and after in turn, and ends at word borders.
        """
        exact = span.of(self._text)
        start, end = span.start, span.end
        before = True
        while self._count(self._text[start:end]) > 1 and (start > 0 or end < len(self._text)):
            if self._goes_before(before, start, end):
                start = self._word_before(start)
            else:
                end = self._word_after(end)
            before = not before
        prefix, suffix = self._text[start : span.start], self._text[span.end : end]
        # Drop the side that turned out not to be needed.
        if suffix and self._count(prefix + exact) == 1:
            suffix = ""
        if prefix and self._count(exact + suffix) == 1:
            prefix = ""
        return Selector(exact, prefix, suffix)

    def words(self, span: Span) -> str:
        """Give a span's words on one line."""
        return " ".join(span.of(self._text).split())

    def _goes_before(self, turn: bool, start: int, end: int) -> bool:
        """Say on which side to go on: within the line as long as it lasts."""
        ends_line = self._text[end : end + 1] in ("", "\n")
        opens_line = start == 0 or self._text[start - 1] == "\n"
        if opens_line != ends_line:
            return ends_line
        return start > 0 and (turn or end >= len(self._text))

    def _count(self, words: str) -> int:
        folded = fold(words.strip()).text
        count, place = 0, self._folded.find(folded)
        while place >= 0 and count < 2:
            count, place = count + 1, self._folded.find(folded, place + 1)
        return count

    def _word_before(self, start: int) -> int:
        found = re.search(r"\S+\s*\Z", self._text[max(0, start - 80) : start])
        return start - len(found.group()) if found else 0

    def _word_after(self, end: int) -> int:
        found = re.match(r"\s*\S+", self._text[end : end + 80])
        return end + len(found.group()) if found else len(self._text)


# ---- YAML


def scalar(text: str) -> str:
    """Write a text as one YAML scalar: plain where nothing can go wrong, else in quotes."""
    if _PLAIN.fullmatch(text) and text.lower() not in _RESERVED:
        return text
    return json.dumps(text, ensure_ascii=False)


def selector_yaml(selector: Selector) -> str:
    """Write a selector as a flow mapping, without the parts it doesn't need."""
    parts = [f"exact: {scalar(selector.exact)}"]
    if selector.prefix:
        parts.append(f"prefix: {scalar(selector.prefix)}")
    if selector.suffix:
        parts.append(f"suffix: {scalar(selector.suffix)}")
    return "{" + ", ".join(parts) + "}"


def flow(items: list[str]) -> str:
    return "[" + ", ".join(items) + "]"


def block_item(fields: list[tuple[str, str]], indent: str) -> str:
    """Write one item of a block list, a field a line; fields without a value are left out."""
    lines = [f"{key}: {value}" for key, value in fields if value]
    return f"{indent}- " + f"\n{indent}  ".join(lines) + "\n"


def append_to_section(text: str, key: str, items: list[str]) -> str:
    """Add items to the end of a top-level list, all else left byte for byte.

    Raises:
        ValueError: The list is written on one line, so that nothing can be added below.
    """
    if not items:
        return text
    if text and not text.endswith("\n"):
        text += "\n"
    added = "".join(items)
    lines = text.splitlines(keepends=True)
    first = next((n for n, line in enumerate(lines) if re.match(rf"{key}\s*:", line)), None)
    if first is None:
        gap = "\n" if text.strip() else ""
        return f"{text}{gap}{key}:\n{added}"
    head = re.sub(r"\s+#.*", "", lines[first].split(":", 1)[1]).strip()
    if head in ("[]", "null", "~"):
        lines[first] = re.sub(r":.*", ":", lines[first], count=1)
    elif head:
        raise ValueError(f"'{key}' is written on one line")
    end = next(
        (n for n in range(first + 1, len(lines)) if re.match(r"[^\s#-]", lines[n])), len(lines)
    )
    # Comments and empty lines right before the next key are that key's.
    while end > first + 1 and re.match(r"#|\s*$", lines[end - 1]):
        end -= 1
    return (
        "".join(lines[:end]) + _indented_like(lines[first + 1 : end], added) + "".join(lines[end:])
    )


def _indented_like(section: list[str], added: str) -> str:
    """Move items to the column at which a list's own items stand."""
    own = next((re.match(r"( *)- ", line) for line in section if re.match(r" *- ", line)), None)
    if own is None or own.group(1) == "  ":
        return added
    return "".join(own.group(1) + line[2:] for line in added.splitlines(keepends=True))
