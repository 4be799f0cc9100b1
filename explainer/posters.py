"""The picture that others show where they link to a page: 1200 by 630 pixels, a PNG.

Drawn with the theme's own fonts, so that the bytes are the same on any machine. What those
fonts lack a letter of is left out; where that is the headline there is no picture.
"""

from __future__ import annotations

import contextlib
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from math import ceil
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

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
_TEXT_CUT = 0
"""The weight and optical size of fonts that have but one, for headlines that mix both."""

# A pixel is one of sixteen: the paper, nine steps to the ink, six to the accent.
_INK, _ACCENT = 9, 6
_SOFT, _FAINT = 6, 2


class Colors(Struct, frozen=True):
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


class PosterText(Struct, frozen=True):
    """What a picture says: ``deck`` below the title, ``site`` and ``notes`` at the foot."""

    title: str
    kicker: str = ""
    deck: str = ""
    site: str = ""
    notes: str = ""


class Face:
    """Fonts at one size, a letter's the first that has it; each letter is drawn once."""

    def __init__(self, fonts: Sequence[ImageFont.FreeTypeFont]) -> None:
        self._fonts = fonts
        self.size = round(fonts[0].size)
        self._lacking = [_shape(font, "\uffff") for font in fonts]
        self._of: dict[str, int] = {}
        self._widths: dict[str, float] = {}
        self._glyphs: dict[str, tuple[Image.Image, float, float] | None] = {}

    def font_of(self, letter: str) -> int:
        """Which font draws a letter, and not the box that stands for what it lacks; else -1."""
        if letter not in self._of:
            having = (
                number
                for number, font in enumerate(self._fonts)
                if letter in " \u00a0" or _shape(font, letter) != self._lacking[number]
            )
            self._of[letter] = next(having, -1)
        return self._of[letter]

    def width(self, text: str) -> float:
        """How wide a line is: the fonts have no kerning that would depend on neighbors."""
        return sum(map(self._width, text))

    def _width(self, letter: str) -> float:
        if letter not in self._widths:
            self._widths[letter] = self._font(letter).getlength(letter)
        return self._widths[letter]

    def _font(self, letter: str) -> ImageFont.FreeTypeFont:
        return self._fonts[self.font_of(letter)]

    def _glyph(self, letter: str) -> tuple[Image.Image, float, float] | None:
        """The letter as a mask, and where that begins from the pen; None for a space."""
        if letter not in self._glyphs:
            from PIL import Image, ImageDraw

            font = self._font(letter)
            left, top, right, bottom = font.getbbox(letter, anchor="ls")
            self._glyphs[letter] = None
            if right > left and bottom > top:
                mask = Image.new("L", (ceil(right - left), ceil(bottom - top)))
                pen = ImageDraw.Draw(mask)
                pen.text((-left, -top), letter, 255, font, anchor="ls")
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
        fonts: The files of the serif and the sans, as `serif` and `sans`; the first that has a
            letter draws it.
    """

    def __init__(self, fonts: Mapping[str, Sequence[bytes]], colors: Colors | None = None) -> None:
        self.fonts = fonts
        self._palette = _palette(colors or Colors())
        self._faces: dict[tuple[str, int, int], Face] = {}

    def draw(self, text: PosterText) -> bytes | None:
        """The picture as PNG; None where the fonts lack a letter of its headline."""
        from PIL import Image

        if not self._shown(text.title, "serif"):
            return None
        text = replace(
            text,
            kicker=self._shown(text.kicker, "sans"),
            deck=self._shown(text.deck, "serif"),
            site=self._shown(text.site, "serif"),
            notes=self._shown(text.notes, "sans"),
        )
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
        mixed = any(map(self._face("serif", 24, 400).font_of, title))
        weight = _TEXT_CUT if mixed else 600
        for size in _SIZES:
            face = self._face("serif", size, weight)
            lines = _lines(title, face, width)
            if max(map(face.width, lines), default=0) > width:
                continue
            if len(lines) <= _MOST_LINES and size * _LEADING * len(lines) <= room:
                return face, _balanced(title, face, width, len(lines))
        face = self._face("serif", _SIZES[-1], weight)
        return face, _cut(
            title, face, width, min(int(room / (face.size * _LEADING)), _MOST_LINES + 2)
        )

    def _face(self, name: str, size: int, weight: int) -> Face:
        key = (name, size, weight)
        if key not in self._faces:
            self._faces[key] = Face([_font(file, size, weight) for file in self.fonts[name]])
        return self._faces[key]

    def _shown(self, text: str, name: str) -> str:
        """The text where the fonts have all its letters, else nothing: never a box for one."""
        face = self._face(name, 24, 400)
        return text if all(face.font_of(letter) >= 0 for letter in text) else ""


def _font(file: bytes, size: int, weight: int) -> ImageFont.FreeTypeFont:
    from PIL import ImageFont

    font = ImageFont.truetype(io.BytesIO(file), size, layout_engine=ImageFont.Layout.BASIC)
    axes: list[float] = [400, 14] if weight == _TEXT_CUT else [weight, min(size, 60)]
    with contextlib.suppress(OSError):  # a font of one weight
        font.set_variation_by_axes(axes[: len(font.get_variation_axes())])
    return font


def _shape(font: ImageFont.FreeTypeFont, letter: str) -> bytes:
    return bytes(font.getmask(letter))


def _palette(colors: Colors) -> list[int]:
    """The paper, then each ink in equal steps from the paper's color to its own."""
    inks = ((colors.ink, _INK), (colors.accent, _ACCENT))
    palette = list(colors.paper)
    for color, steps in inks:
        for step in range(1, steps + 1):
            both = zip(colors.paper, color, strict=True)
            palette += [round(start + (end - start) * step / steps) for start, end in both]
    return palette


def _lines(text: str, face: Face, width: float) -> list[str]:
    lines: list[str] = []
    space, taken = face.width(" "), 0.0
    for word in _words(text, face, width):
        wide = face.width(word)
        if lines and taken + space + wide <= width:
            lines[-1] = f"{lines[-1]} {word}"
            taken += space + wide
        else:
            lines.append(word)
            taken = wide
    return lines


def _words(text: str, face: Face, width: float) -> Iterator[str]:
    """Words, of which the smallest size breaks what no line could hold."""
    for word in text.split():
        start = 0
        for end in range(1, len(word)):
            if face.size <= _SIZES[-1] and face.width(word[start : end + 1]) > width:
                yield word[start:end]
                start = end
        yield word[start:]


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
