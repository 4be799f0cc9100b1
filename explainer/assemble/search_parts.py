"""What the search looks through where that is too much for one script: words, and rows by number.

For each word of the rows there is a list of the rows that have it, so that a browser reads the
words that hold what it is asked for, their lists, and the few rows that it shows.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

Row = Sequence[str]
"""The way to a page, its title, what is said of it, its label and language, and other names."""

ROWS_A_FILE = 100
LISTS_A_FILE = 24_000
"""Characters of lists from which on the next word begins another file."""

IN_NAME, AFTER_SPACE, FIRST, WHOLE = 1, 2, 4, 8
"""Where in a row's names a word stands; a word of what is said of it has none of these."""

_PLACES = "ABCDEFGHIJKLMNOP"
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_SAME = str.maketrans({"ى": "ي", "ة": "ه", "‘": "'", "’": "'", "ʼ": "'"})
_SPACE = re.compile("[\t-\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]+")


def part_files(name: str, rows: Iterable[Row]) -> Iterator[tuple[str, str]]:
    """The scripts of one part, each with its path from the search page."""
    lists: dict[str, bytearray] = {}
    last: dict[str, int] = {}
    held: list[Row] = []
    for number, row in enumerate(rows):
        for word, places in _words_of(row).items():
            step = _base36(number - last.get(word, 0))
            last[word] = number
            lists.setdefault(word, bytearray()).extend(f"{step}{_PLACES[places]}".encode())
        held.append(row)
        if len(held) == ROWS_A_FILE:
            yield _script(f"{name}/rows-{number // ROWS_A_FILE}", held)
            held = []
    if held:
        yield _script(f"{name}/rows-{number // ROWS_A_FILE}", held)
    yield from _word_files(name, lists)


def _word_files(name: str, lists: dict[str, bytearray]) -> Iterator[tuple[str, str]]:
    """Lists by the first letters of their words, and all the words, file by file."""
    words: list[list[str]] = []
    some: list[str] = []
    size = 0
    for word in sorted(lists):
        if not words or size >= LISTS_A_FILE:
            if some:
                yield _script(f"{name}/words-{len(words) - 1}", some)
            some, size = [], 0
            words.append([])
        words[-1].append(word)
        some.append(lists[word].decode())
        size += len(some[-1])
    if some:
        yield _script(f"{name}/words-{len(words) - 1}", some)
    yield _script(f"{name}/words", [" ".join(one) for one in words])


def _words_of(row: Row) -> dict[str, int]:
    """Each word of a row as it compares, and where in its names it stands."""
    _, title, about, _, _, names = (*row, "")[:6]
    found = dict.fromkeys(_split(fold(about)), 0)
    for name in (title, *names.split("\n")):
        folded = fold(name)
        words = _split(folded)
        for index, word in enumerate(words):
            places = IN_NAME
            if index == 0:
                places |= FIRST | (WHOLE if word == folded else 0)
            elif f" {word}" in folded:
                places |= AFTER_SPACE
            found[word] = found.get(word, 0) | places
    return found


def fold(text: str) -> str:
    """As search.js compares: without case, accents, vowel signs and stretching."""
    plain = unicodedata.normalize("NFKD", text)
    if not plain.isascii():
        plain = "".join(c for c in plain if c != "\u0640" and unicodedata.category(c)[0] != "M")
    return plain.lower().translate(_SAME)


def _split(folded: str) -> list[str]:
    return [word for word in _SPACE.split(folded) if word]


def _base36(number: int) -> str:
    digits = ""
    while number:
        number, rest = divmod(number, 36)
        digits = _DIGITS[rest] + digits
    return digits


def _script(path: str, value: object) -> tuple[str, str]:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    text = text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return f"search/{path}.js", f"explainerPart({json.dumps(path)},{text});\n"
