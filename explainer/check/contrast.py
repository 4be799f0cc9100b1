"""W005: whether a theme's colors can be read, light and dark, from tokens.css."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from explainer.build import ReadSite
from explainer.check.codes import doubt
from explainer.model import Diagnostic, Position
from explainer.theme import Templates, find_theme

TOKENS = "css/tokens.css"
_TOKEN = re.compile(r"--([\w-]+)\s*:\s*([^;{}]+);")
_PAIR = re.compile(
    r"light-dark\(\s*(#[0-9a-fA-F]{3,8}|rgb[^)]*\))\s*,\s*(#[0-9a-fA-F]{3,8}|rgb[^)]*\))\s*\)"
)
_VAR = re.compile(r"var\(--([\w-]+)\)")

Color = tuple[float, float, float]

READ_ON: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("ink", ("paper", "raised", "whisper", "wash", "lit")),
    ("ink-soft", ("paper", "raised", "whisper")),
    ("stepped-back", ("paper",)),
    *(
        (name, ("paper", "raised"))
        for name in (
            "accent", "person", "place", "organization", "outlet", "event", "term", "work",
        )
    ),
)  # fmt: skip
"""Which colors words are set in, and what they stand on."""

LEAST = 4.5
"""WCAG 2.2, 1.4.3, for text of ordinary size."""


def check_contrast(site: ReadSite) -> Iterator[Diagnostic]:
    """W005: a pair of colors under 4.5 to 1. What isn't written as hex or rgb isn't judged."""
    theme = Templates(find_theme(site.config.root))
    if TOKENS not in theme.static_files():
        return
    style = theme.read_static(TOKENS).decode("utf-8", "replace")
    lines = {found[1]: style.count("\n", 0, found.start()) + 1 for found in _TOKEN.finditer(style)}
    tokens = {found[1]: found[2] for found in _TOKEN.finditer(style)}
    for front, grounds in READ_ON:
        for ground in grounds:
            for index, look in enumerate(("light", "dark")):
                one, two = (_color(name, tokens, index) for name in (front, ground))
                if one is None or two is None or contrast(one, two) >= LEAST:
                    continue
                message = (
                    f"--{front} on --{ground} is {contrast(one, two):.1f} to 1 when {look}; "
                    f"{LEAST:g} is the least"
                )
                place = Position(f"static/{TOKENS}", lines.get(front, 0))
                yield doubt("W005", message, place)


def _color(name: str, tokens: Mapping[str, str], index: int, depth: int = 0) -> Color | None:
    value = tokens.get(name, "").strip()
    alias = _VAR.fullmatch(value)
    if alias and depth < 8:
        return _color(alias[1], tokens, index, depth + 1)
    pair = _PAIR.fullmatch(value)
    return read_color(pair[index + 1] if pair else value)


def read_color(text: str) -> Color | None:
    """Give red, green and blue from 0 to 1 of an opaque hex or rgb color; None of any other."""
    hexed = re.fullmatch(r"#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})", text)
    if hexed:
        digits = hexed[1] if len(hexed[1]) == 6 else "".join(c * 2 for c in hexed[1])
        red, green, blue = (int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4))
        return red, green, blue
    numbers = re.fullmatch(r"rgb\(\s*(\d+)[ ,]+(\d+)[ ,]+(\d+)\s*\)", text)
    if numbers:
        red, green, blue = (int(one) / 255 for one in numbers.groups())
        return red, green, blue
    return None


def contrast(one: Color, other: Color) -> float:
    """Give the contrast of two colors as WCAG defines it, from 1 to 21."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(color: Color) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in color]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
