"""The picture that stands for an article where others link to it: 1200 by 630 pixels, a PNG.

Drawn with the theme's own fonts, so that the bytes are the same on any machine. A headline with
letters that those fonts lack has no picture.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT = 1200, 630
_EDGE = 72
_SIZES = (128, 112, 100, 92, 84, 76, 68, 60, 54, 48)
"""Of the headline, in pixels; the first with which it fits is taken."""
_MOST_LINES = 4
_LEADING = 1.08
_SHADES = 96
"""Of each ink, from the paper's color to its own: a pixel is an index into them."""

_INK = _SHADES - 1
_SOFT = _SHADES * 2 // 3


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
    """What an article's picture says; ``notes`` stands below, at the end."""

    title: str
    kicker: str
    site: str
    notes: str


class Painter:
    """Draws the pictures of a site; the fonts are opened once.

    Args:
        fonts: The bytes of the serif and the sans, as `serif` and `sans`.
    """

    def __init__(self, fonts: Mapping[str, bytes], colors: Colors | None = None) -> None:
        self.fonts = fonts
        self._colors = colors or Colors()
        self._opened: dict[tuple[str, int, int], ImageFont.FreeTypeFont] = {}

    def draw(self, text: PosterText) -> bytes | None:
        """The picture as PNG; None where a font lacks a letter of it."""
        from PIL import Image, ImageDraw

        if not all(self._can_say(said, face) for said, face in _said(text)):
            return None
        image = Image.new("L", (WIDTH, HEIGHT), 0)
        draw = ImageDraw.Draw(image)
        self._frame(draw, text)
        self._headline(draw, text.title)
        accent = Image.new("L", (WIDTH - 2 * _EDGE, 48), 0)
        kicker = self._font("sans", 26, 600)
        ImageDraw.Draw(accent).text((0, 36), text.kicker, _SHADES - 1, kicker, anchor="ls")
        image.paste(accent.point(_in_accent), (_EDGE, 82))
        return self._png(image)

    def _frame(self, draw: ImageDraw.ImageDraw, text: PosterText) -> None:
        draw.rectangle((_EDGE, 60, WIDTH - _EDGE, 65), _INK)
        draw.rectangle((_EDGE, 70, WIDTH - _EDGE, 71), _INK)
        draw.rectangle((_EDGE, HEIGHT - 108, WIDTH - _EDGE, HEIGHT - 107), _INK // 6)
        name, notes = self._font("serif", 34, 700), self._font("sans", 24, 400)
        draw.text((_EDGE, HEIGHT - 56), text.site, _INK, name, anchor="ls")
        room = WIDTH - 3 * _EDGE - name.getlength(text.site)
        if notes.getlength(text.notes) <= room:
            draw.text((WIDTH - _EDGE, HEIGHT - 58), text.notes, _SOFT, notes, anchor="rs")

    def _headline(self, draw: ImageDraw.ImageDraw, title: str) -> None:
        font, lines = self._fitted(title)
        step = round(font.size * _LEADING)
        baseline = 146 + round(font.size * 0.86)
        for line in lines:
            draw.text((_EDGE - 3, baseline), line, _INK, font, anchor="ls")
            baseline += step

    def _fitted(self, title: str) -> tuple[ImageFont.FreeTypeFont, list[str]]:
        """The largest size at which the headline fits, and its lines, about equally long."""
        width = WIDTH - 2 * _EDGE
        for size in _SIZES:
            font = self._font("serif", size, 600)
            lines = _lines(title, font, width)
            if len(lines) <= _MOST_LINES and size * _LEADING * len(lines) <= 372:
                return font, _balanced(title, font, width, len(lines))
        font = self._font("serif", _SIZES[-1], 600)
        lines = _lines(title, font, width)[: _MOST_LINES + 2]
        return font, [*lines[:-1], f"{lines[-1].rstrip(' ,;:')} …"]

    def _font(self, face: str, size: int, weight: int) -> ImageFont.FreeTypeFont:
        from PIL import ImageFont

        key = (face, size, weight)
        if key not in self._opened:
            font = ImageFont.truetype(
                io.BytesIO(self.fonts[face]), size, layout_engine=ImageFont.Layout.BASIC
            )
            axes: list[float] = [weight, min(size, 60)]
            font.set_variation_by_axes(axes[: len(font.get_variation_axes())])
            self._opened[key] = font
        return self._opened[key]

    def _png(self, image: Image.Image) -> bytes:
        colors = self._colors
        image.putpalette(_shades(colors.paper, colors.ink) + _shades(colors.paper, colors.accent))
        file = io.BytesIO()
        image.save(file, "PNG", compress_level=6)
        return file.getvalue()

    def _can_say(self, text: str, face: str) -> bool:
        font = self._font(face, 24, 400)
        lacking = bytes(font.getmask("\uffff"))
        return all(bytes(font.getmask(one)) != lacking for one in set(text) - {" ", "\u00a0"})


def _shades(paper: tuple[int, ...], ink: tuple[int, ...]) -> list[int]:
    """From the one color to the other, in equal steps."""
    return [
        round(start + (end - start) * step / (_SHADES - 1))
        for step in range(_SHADES)
        for start, end in zip(paper, ink, strict=True)
    ]


def _said(text: PosterText) -> Sequence[tuple[str, str]]:
    return (text.title, "serif"), (text.site, "serif"), (text.kicker, "sans"), (text.notes, "sans")


def _lines(text: str, font: ImageFont.FreeTypeFont, width: float) -> list[str]:
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and font.getlength(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _balanced(text: str, font: ImageFont.FreeTypeFont, width: int, count: int) -> list[str]:
    """The narrowest lines of that number."""
    low, high = width // count, width
    while high - low > 8:
        middle = (low + high) // 2
        if len(_lines(text, font, middle)) <= count and _widest(text, font) <= middle:
            high = middle
        else:
            low = middle
    return _lines(text, font, high)


def _widest(text: str, font: ImageFont.FreeTypeFont) -> float:
    return max((font.getlength(word) for word in text.split()), default=0)


def _in_accent(value: int) -> int:
    return value + _SHADES if value else 0
