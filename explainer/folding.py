"""Text made comparable: one form for what readers take for the same letters."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache

from msgspec import Struct

_SAME = {
    "‘": "'", "’": "'", "‚": "'", "‛": "'", "ʼ": "'", "＇": "'", "′": "'",
    "“": '"', "”": '"', "„": '"', "‟": '"', "«": '"', "»": '"', "″": '"',
    "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "−": "-",
    "\u00a0": " ", "\u2007": " ", "\u2009": " ", "\u202f": " ", "\u3000": " ",
    "\t": " ", "\n": " ", "\r": " ", "\x0b": " ", "\x0c": " ",
}  # fmt: skip
_UNSEEN = "\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f"
_DOUBLED = re.compile("  +")
_DROPPED = re.compile(f"(?<= )[ {_UNSEEN}]+|[{_UNSEEN}]+")


class Offsets(Struct, frozen=True):
    """Where each character of a folded text came from, kept as the places where that jumps.

    From ``borders[i]`` on, the original is ``shifts[i]`` further.
    """

    borders: tuple[int, ...]
    shifts: tuple[int, ...]

    def __getitem__(self, index: int) -> int:
        return index + self.shifts[bisect_right(self.borders, index) - 1]


class Folded(Struct, frozen=True):
    """``text`` as it compares; its character i came from ``starts[i]`` of the original on.

    ``ends`` is None where each character came from exactly one.
    """

    text: str
    starts: Offsets | tuple[int, ...] | range
    ends: tuple[int, ...] | None = None

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Offsets into the original for the non-empty range ``start:end`` of ``text``."""
        last = self.starts[end - 1] + 1 if self.ends is None else self.ends[end - 1]
        return self.starts[start], last


@lru_cache(maxsize=64)  # an article asks for each paragraph several times
def fold(text: str) -> Folded:
    """NFC, straight quotes and hyphens, single spaces, nothing unseen; case stays.

    Soft hyphens, zero-width characters and direction marks fall away.
    """
    if not text.isascii() and not unicodedata.is_normalized("NFC", text):
        return _fold_clusters(text)
    plain = _same_letters(text)
    dropped = _dropped(plain)
    if not dropped:
        return Folded(plain, range(len(plain)))
    borders, shifts, kept = [0], [0], []
    end = 0
    for first, last in dropped:
        kept.append(plain[end:first])
        end = last
        shifts.append(shifts[-1] + last - first)
        borders.append(end - shifts[-1])
    kept.append(plain[end:])
    return Folded("".join(kept), Offsets(tuple(borders), tuple(shifts)))


def _same_letters(text: str) -> str:
    """One letter for each of those taken for the same; looked for one by one, as most are rare."""
    if text.isascii() and text.isprintable():
        return text
    for letter, plain in _SAME.items():
        text = text.replace(letter, plain)
    return text


def _dropped(plain: str) -> Sequence[tuple[int, int]]:
    """Where spaces after a space stand, and what is unseen."""
    if not plain.isascii() and any(letter in plain for letter in _UNSEEN):
        return [one.span() for one in _DROPPED.finditer(plain)]
    if "  " not in plain:
        return ()
    return [(one.start() + 1, one.end()) for one in _DOUBLED.finditer(plain)]


def _fold_clusters(text: str) -> Folded:
    """`fold` for text that isn't composed: slower, letter by letter."""
    letters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for start, cluster in _clusters(text):
        for char in unicodedata.normalize("NFC", cluster):
            plain = _SAME.get(char, char)
            if plain in _UNSEEN or (plain == " " and letters and letters[-1] == " "):
                continue
            letters.append(plain)
            starts.append(start)
            ends.append(start + len(cluster))
    return Folded("".join(letters), tuple(starts), tuple(ends))


def _clusters(text: str) -> Iterator[tuple[int, str]]:
    """Each character with the marks, or the Hangul vowels and finals, that follow it."""
    start = 0
    for index, char in enumerate(text):
        if unicodedata.combining(char) or "\u1160" <= char <= "\u11ff":
            continue
        if index > start:
            yield start, text[start:index]
        start = index
    if text:
        yield start, text[start:]
