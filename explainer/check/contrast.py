"""W005: whether a theme's colors can be read, light and dark, from its tokens."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from explainer.build import ReadSite
from explainer.check.codes import doubt
from explainer.model import Diagnostic, Position
from explainer.theme import Templates, find_theme

TOKENS = ("css/tokens.css", "css/look.css")
"""What the last says of a token holds."""
_TOKEN = re.compile(r"--([\w-]+)\s*:\s*([^;{}]+);")
_VAR = re.compile(r"var\(--([\w-]+)\)")

_DEEPEST = 8
"""So many tokens may lead from one to the next."""

Color = tuple[float, float, float, float]

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
    """W005: a pair of colors under 4.5 to 1; a note where a color can't be computed."""
    theme = Templates(find_theme(site.config.root))
    tokens: dict[str, str] = {}
    places: dict[str, Position] = {}
    for file in filter(theme.static_files().__contains__, TOKENS):
        style = theme.read_static(file).decode("utf-8", "replace")
        for found in _TOKEN.finditer(style):
            line = style.count("\n", 0, found.start()) + 1
            tokens[found[1]], places[found[1]] = found[2], Position(f"static/{file}", line)
    unknown: set[str] = set()
    for front, grounds in READ_ON:
        for ground in grounds:
            for index, look in enumerate(("light", "dark")):
                one, two = (read_color(name, tokens, index) for name in (front, ground))
                missing = {name for name, color in ((front, one), (ground, two)) if color is None}
                unknown |= {name for name in missing if name in tokens}
                ratio = contrast(one, two) if one and two else LEAST
                if ratio < LEAST:
                    message = (
                        f"--{front} on --{ground} is {ratio:.1f} to 1 when {look}; "
                        f"{LEAST:g} is the least"
                    )
                    yield doubt("W005", message, places[front])
    for name in sorted(unknown):
        message = f"--{name} isn't judged: '{tokens[name].strip()}' can't be computed here"
        yield replace(doubt("W005", message, places[name]), severity="note")


def read_color(name: str, tokens: Mapping[str, str], index: int = 0) -> Color | None:
    """Give a token's red, green, blue and opacity, each from 0 to 1, as sRGB shows them.

    Args:
        name: The token's, without the hyphens.
        tokens: All there are, as CSS.
        index: 0 for the light look, 1 for the dark.

    Returns:
        None where it isn't a color that can be known without a browser.
    """

    def value_of(found: re.Match[str]) -> str:
        return tokens.get(found[1], found[0])

    value = tokens.get(name, "").strip()
    for _ in range(_DEEPEST):
        value = _VAR.sub(value_of, value)
    return _computed(value, index)


def _computed(value: str, index: int) -> Color | None:
    """A color function's result; ``light-dark()`` and ``color-mix()`` may hold others."""
    name, _, inside = value.strip().partition("(")
    parts = _arguments(inside.strip().removesuffix(")"))
    if name == "light-dark" and len(parts) == 2:
        return _computed(parts[index], index)
    if name == "color-mix" and len(parts) == 3:
        return _mixed(parts, index)
    from coloraide import Color as Css

    try:
        color = Css(value.strip()).convert("srgb").fit()
    except ValueError:
        return None
    red, green, blue = color.coords(nans=False)
    return red, green, blue, color.alpha(nans=False)


def _mixed(parts: list[str], index: int) -> Color | None:
    from coloraide import Color as Css

    space = parts[0].removeprefix("in ").strip()
    shares = [re.search(r"\s([\d.]+)%$", one) for one in parts[1:]]
    sides = [_computed(re.sub(r"\s[\d.]+%$", "", one), index) for one in parts[1:]]
    if None in sides:
        return None
    first, second = (float(one[1]) if one else None for one in shares)
    if first is None:
        first = 50.0 if second is None else 100 - second
    if second is None:
        second = 100 - first
    if not first + second:
        return None
    one, other = (Css("srgb", side[:3], side[3]) for side in sides if side)
    try:
        mixed = one.mix(other, second / (first + second), space=space).convert("srgb").fit()
    except ValueError:
        return None
    red, green, blue = mixed.coords(nans=False)
    return red, green, blue, mixed.alpha(nans=False) * min(1.0, (first + second) / 100)


def _arguments(text: str) -> list[str]:
    """What commas part, but for those inside of brackets."""
    parts, depth = [""], 0
    for char in text:
        depth += (char == "(") - (char == ")")
        if char == "," and not depth:
            parts.append("")
        else:
            parts[-1] += char
    return [one.strip() for one in parts]


def contrast(one: Color, other: Color) -> float:
    """Give the contrast of a color on another as WCAG defines it, from 1 to 21."""
    ground = other[:3]
    front = [c * one[3] + g * (1 - one[3]) for c, g in zip(one[:3], ground, strict=True)]
    high, low = sorted((_luminance(front), _luminance(ground)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(color: Sequence[float]) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in color]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
