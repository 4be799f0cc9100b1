"""Text made comparable: one form for what readers take for the same letters."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_SAME = {
    "‘": "'", "’": "'", "‚": "'", "‛": "'", "ʼ": "'", "＇": "'", "′": "'",
    "“": '"', "”": '"', "„": '"', "‟": '"', "«": '"', "»": '"', "″": '"',
    "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "−": "-",
    "\u00a0": " ", "\u2007": " ", "\u2009": " ", "\u202f": " ", "\u3000": " ",
    "\t": " ", "\n": " ", "\r": " ", "\x0b": " ", "\x0c": " ",
}  # fmt: skip
_UNSEEN = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f")
_NEEDS_WORK = re.compile("[^\x20-\x7e]|  ")


@dataclass(frozen=True, slots=True)
class Folded:
    """``text`` as it compares; its character i came from ``starts[i]:ends[i]`` of the original."""

    text: str
    starts: tuple[int, ...] | range
    ends: tuple[int, ...] | range

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Offsets into the original for the non-empty range ``start:end`` of ``text``."""
        return self.starts[start], self.ends[end - 1]


def fold(text: str) -> Folded:
    """NFC, straight quotes and hyphens, single spaces, nothing unseen; case stays.

    Soft hyphens, zero-width characters and direction marks fall away.
    """
    if not _NEEDS_WORK.search(text):
        return Folded(text, range(len(text)), range(1, len(text) + 1))
    letters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for start, cluster in _clusters(text):
        for char in unicodedata.normalize("NFC", cluster):
            plain = _SAME.get(char, char)
            if plain in _UNSEEN:
                continue
            if plain == " " and letters and letters[-1] == " ":
                ends[-1] = start + len(cluster)
                continue
            letters.append(plain)
            starts.append(start)
            ends.append(start + len(cluster))
    return Folded("".join(letters), tuple(starts), tuple(ends))


def _clusters(text: str) -> list[tuple[int, str]]:
    """Each character with the marks, or the Hangul vowels and finals, that follow it."""
    clusters: list[tuple[int, str]] = []
    for index, char in enumerate(text):
        if clusters and (unicodedata.combining(char) or "\u1160" <= char <= "\u11ff"):
            start, before = clusters[-1]
            clusters[-1] = (start, before + char)
        else:
            clusters.append((index, char))
    return clusters
