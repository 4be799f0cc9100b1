"""The picture that others show where they link to a page: 1200 by 630 pixels, a PNG.

Drawn with the theme's own fonts, so that the bytes are the same on any machine. Where those
fonts lack a letter of what it says there is no picture.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image, ImageFont

WIDTH, HEIGHT = 1200, 630
_EDGE = 72
_SIZES = (128, 112, 100, 92, 84, 76, 68, 60, 54, 48)
"""Of the headline, in pixels; the first with which it fits is taken."""
_MOST_LINES = 4
_LEADING = 1.08
_ROOM = 372
"""Pixels from the top of the headline to the rule at the foot."""
_DECK, _DECK_STEP, _DECK_LINES = 34, 46, 3

# A pixel is one of sixteen: the paper, nine steps to the ink, six to the accent.
_INK, _ACCENT = 9, 6
_SOFT, _FAINT = 6, 2


@dataclass(frozen=True, slots=True)
class Colors:
    """As red, green and blue: the paper, and the two inks."""

    paper: tuple[int, int, int] = (253, 252, 249)
    ink: tuple[int, int, int] = (26, 24, 21)
    accent: tuple[int, int, int] = (156, 42, 31)


def colors_of(tokens: str) -> Colors:
    """The theme's own light colors, by the stylesheet of its tokens; ours where it has none."""
    found = {
        name: (int(value[0:2], 16), int(value[2:4], 16), int(value[4:6], 16))
        for name, value in re.findall(
            r"--(paper|ink|accent):\s*(?:light-dark\()?#([0-9a-fA-F]{6})\b", tokens
        )
    }
    return Colors(**found)


@dataclass(frozen=True, slots=True)
class PosterText:
    """What a picture says: ``deck`` below the title, ``site`` and ``notes`` at the foot."""

    title: str
    kicker: str = ""
    deck: str = ""
    site: str = ""
    notes: str = ""


class Face:
    """A font at one size; each letter is drawn once."""

    def __init__(self, font: ImageFont.FreeTypeFont) -> None:
        self._font = font
        self.size = round(font.size)
        self._widths: dict[str, float] = {}
        self._glyphs: dict[str, tuple[Image.Image, float, float] | None] = {}

    def shape(self, letter: str) -> bytes:
        return bytes(self._font.getmask(letter))

    def width(self, text: str) -> float:
        """How wide a line is: the fonts have no kerning that would depend on neighbors."""
        return sum(map(self._width, text))

    def _width(self, letter: str) -> float:
        if letter not in self._widths:
            self._widths[letter] = self._font.getlength(letter)
        return self._widths[letter]

    def _glyph(self, letter: str) -> tuple[Image.Image, float, float] | None:
        """The letter as a mask, and where that begins from the pen; None for a space."""
        if letter not in self._glyphs:
            from PIL import Image, ImageDraw

            left, top, right, bottom = self._font.getbbox(letter, anchor="ls")
            self._glyphs[letter] = None
            if right > left and bottom > top:
                mask = Image.new("L", (ceil(right - left), ceil(bottom - top)))
                pen = ImageDraw.Draw(mask)
                pen.text((-left, -top), letter, 255, self._font, anchor="ls")
                self._glyphs[letter] = (mask, left, top)
        return self._glyphs[letter]

    def write(self, image: Image.Image, text: str, x: float, y: float, ink: int) -> None:
        """Set a line whose left end and baseline are at a place."""
        for letter in text:
            glyph = self._glyph(letter)
            if glyph:
                mask, left, top = glyph
                image.paste(ink, (round(x + left), round(y + top)), mask)
            x += self._width(letter)


class Painter:
    """Draws the pictures of a site; the fonts are opened once.

    Args:
        fonts: The bytes of the serif and the sans, as `serif` and `sans`.
    """

    def __init__(self, fonts: Mapping[str, bytes], colors: Colors | None = None) -> None:
        self.fonts = fonts
        self._palette = _palette(colors or Colors())
        self._faces: dict[tuple[str, int, int], Face] = {}
        self._known: dict[tuple[str, str], bool] = {}
        self._lacking: dict[str, bytes] = {}

    def draw(self, text: PosterText) -> bytes | None:
        """The picture as PNG; None where a font lacks a letter of it."""
        from PIL import Image

        if not all(self._has(letter, face) for said, face in _said(text) for letter in said):
            return None
        image = Image.new("P", (WIDTH, HEIGHT), 0)
        self._frame(image, text)
        self._words(image, text)
        kicker = Image.new("L", (WIDTH - 2 * _EDGE, 48), 0)
        self._face("sans", 26, 600).write(kicker, text.kicker, 0, 36, _ACCENT)
        shifted = kicker.point([0, *(_INK + one for one in range(1, 256))])
        image.paste(shifted, (_EDGE, 82))
        image.putpalette(self._palette)
        file = io.BytesIO()
        image.save(file, "PNG", bits=4, compress_level=1)
        return file.getvalue()

    def _frame(self, image: Image.Image, text: PosterText) -> None:
        for top, bottom, ink in (
            (60, 66, _INK), (70, 72, _INK), (HEIGHT - 108, HEIGHT - 106, _FAINT),
        ):  # fmt: skip
            image.paste(ink, (_EDGE, top, WIDTH - _EDGE + 1, bottom))
        name, notes = self._face("serif", 34, 700), self._face("sans", 24, 400)
        name.write(image, text.site, _EDGE, HEIGHT - 56, _INK)
        wide = notes.width(text.notes)
        if wide <= WIDTH - 3 * _EDGE - name.width(text.site):
            notes.write(image, text.notes, WIDTH - _EDGE - wide, HEIGHT - 58, _SOFT)

    def _words(self, image: Image.Image, text: PosterText) -> None:
        """The headline, and below it the deck."""
        deck_face = self._face("serif", _DECK, 400)
        deck = _cut(text.deck, deck_face, WIDTH - 2 * _EDGE, _DECK_LINES)
        face, lines = self._fitted(text.title, _ROOM - _DECK_STEP * len(deck))
        baseline = 146 + round(face.size * 0.86)
        for line in lines:
            face.write(image, line, _EDGE - 3, baseline, _INK)
            baseline += round(face.size * _LEADING)
        baseline += _DECK_STEP + 6 - round(face.size * (_LEADING - 0.24))
        for line in deck:
            deck_face.write(image, line, _EDGE, baseline, _SOFT)
            baseline += _DECK_STEP

    def _fitted(self, title: str, room: float) -> tuple[Face, list[str]]:
        """The largest size at which the headline fits, and its lines, about equally long."""
        width = WIDTH - 2 * _EDGE
        for size in _SIZES:
            face = self._face("serif", size, 600)
            lines = _lines(title, face, width)
            if len(lines) <= _MOST_LINES and size * _LEADING * len(lines) <= room:
                return face, _balanced(title, face, width, len(lines))
        face = self._face("serif", _SIZES[-1], 600)
        return face, _cut(
            title, face, width, min(int(room / (face.size * _LEADING)), _MOST_LINES + 2)
        )

    def _face(self, name: str, size: int, weight: int) -> Face:
        from PIL import ImageFont

        key = (name, size, weight)
        if key not in self._faces:
            font = ImageFont.truetype(
                io.BytesIO(self.fonts[name]), size, layout_engine=ImageFont.Layout.BASIC
            )
            axes: list[float] = [weight, min(size, 60)]
            font.set_variation_by_axes(axes[: len(font.get_variation_axes())])
            self._faces[key] = Face(font)
        return self._faces[key]

    def _has(self, letter: str, name: str) -> bool:
        """Whether the font draws a letter, and not the box that stands for what it lacks."""
        key = (letter, name)
        if key not in self._known:
            face = self._face(name, 24, 400)
            lacking = self._lacking.setdefault(name, face.shape("\uffff"))
            self._known[key] = letter in " \u00a0" or face.shape(letter) != lacking
        return self._known[key]


def _palette(colors: Colors) -> list[int]:
    """The paper, then each ink in equal steps from the paper's color to its own."""
    inks = ((colors.ink, _INK), (colors.accent, _ACCENT))
    palette = list(colors.paper)
    for color, steps in inks:
        for step in range(1, steps + 1):
            both = zip(colors.paper, color, strict=True)
            palette += [round(start + (end - start) * step / steps) for start, end in both]
    return palette


def _said(text: PosterText) -> Sequence[tuple[str, str]]:
    serif, sans = (text.title, text.deck, text.site), (text.kicker, text.notes)
    return [*((one, "serif") for one in serif), *((one, "sans") for one in sans)]


def _lines(text: str, face: Face, width: float) -> list[str]:
    lines: list[str] = []
    space, taken = face.width(" "), 0.0
    for word in text.split():
        wide = face.width(word)
        if lines and taken + space + wide <= width:
            lines[-1] = f"{lines[-1]} {word}"
            taken += space + wide
        else:
            lines.append(word)
            taken = wide
    return lines


def _cut(text: str, face: Face, width: float, most: int) -> list[str]:
    """At most so many lines; dots stand for the rest."""
    lines = _lines(text, face, width)
    if len(lines) <= most:
        return lines
    return [*lines[: most - 1], f"{lines[most - 1].rstrip(' ,;:')} …"]


def _balanced(text: str, face: Face, width: int, count: int) -> list[str]:
    """The narrowest lines of that number."""
    widest = max((face.width(word) for word in text.split()), default=0)
    low, high = width // count, width
    while high - low > 8:
        middle = (low + high) // 2
        if widest <= middle and len(_lines(text, face, middle)) <= count:
            high = middle
        else:
            low = middle
    return _lines(text, face, high)
