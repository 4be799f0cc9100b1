"""T011: one moment on two clocks, held against what lies between them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from functools import cache
from itertools import product
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from explainer.check.story import Finding, Story
from explainer.model import Span
from explainer.read import find_places

# Minutes ahead of GMT. Writers say EST in summer too, so the pairs are one; BST, IST and CST
# name several zones.
_ZONES: dict[str, tuple[int, ...]] = {
    "GMT": (0,), "UTC": (0,), "Z": (0,), "BST": (60, 360), "IST": (330, 60, 120), "WET": (0, 60),
    "WEST": (0, 60), "CET": (60, 120), "CEST": (60, 120), "EET": (120, 180), "EEST": (120, 180),
    "MSK": (180,), "EST": (-300, -240), "EDT": (-300, -240), "ET": (-300, -240),
    "CST": (-360, -300, 480), "CDT": (-360, -300), "CT": (-360, -300), "MST": (-420, -360),
    "MDT": (-420, -360), "MT": (-420, -360), "PST": (-480, -420), "PDT": (-480, -420),
    "PT": (-480, -420), "AKST": (-540, -480), "AKDT": (-540, -480), "HST": (-600,), "JST": (540,),
    "KST": (540,), "HKT": (480,), "SGT": (480,), "PKT": (300,), "WIB": (420,), "SAST": (120,),
    "CAT": (120,), "EAT": (180,), "WAT": (60,), "AEST": (600, 660), "AEDT": (600, 660),
    "ACST": (570, 630), "AWST": (480,), "NZST": (720, 780), "NZDT": (720, 780),
    "Eastern": (-300, -240), "Central": (-360, -300), "Mountain": (-420, -360),
    "Pacific": (-480, -420),
}  # fmt: skip
_TURN_TOGETHER = frozenset(
    "EST EDT ET CDT CT MST MDT MT PST PDT PT Eastern Central Mountain Pacific".split()
)
_ODD_MINUTES = (0, 15, 30, 45)
_ABBREVIATED = "|".join(sorted(_ZONES, key=len, reverse=True))


def _clock(n: int) -> str:
    """Give the pattern of a clock time, its parts named with the number."""
    half = r"\s?(?P<{}>[ap])\.?\s?m\b\.?"
    return (
        rf"(?P<clock{n}>(?P<hour{n}>\d{{1,2}})[:.](?P<minute{n}>\d\d)(?!\d)"
        rf"(?:{half.format(f'half{n}')})?"
        rf"|(?P<full{n}>\d{{1,2}}){half.format(f'part{n}')}"
        rf"|(?P<military{n}>[012]\d[0-5]\d)(?= ?[A-Z])|(?P<word{n}>noon|midnight))"
    )


_NAMED = r"\s(?:local time|(?:in )?[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?(?: time)?)"
_PAIR = re.compile(
    rf"(?<![\w:.]){_clock(1)}(?P<where>\s?(?P<zone1>{_ABBREVIATED})\b(?: [Tt]ime)?|{_NAMED})?"
    rf"(?:,? on \w+)?\s*(?:[(\[/–—]|, or|or)\s*{_clock(2)}"
    rf"\s?(?P<zone2>{_ABBREVIATED})\b"
)
_DAY = 24 * 60
_RECENT = [date(year, month, 1) for year in range(2025, 1999, -1) for month in (7, 1)]


def check_clocks(story: Story) -> Iterator[Finding]:
    """T011: two clock times for one moment that no time zone named beside them brings together."""
    for found in _PAIR.finditer(story.text):
        first, other = _minutes(found, 1), _minutes(found, 2)
        wrong = _disagreement(found, first, other, story) if first and other else ""
        if wrong:
            yield Finding("T011", wrong, Span(*found.span()))


def _minutes(found: re.Match[str], n: int) -> tuple[int, ...]:
    """Give the minutes after midnight that a clock may mean; none where there is no such time."""
    parts = {key.rstrip("12"): value for key, value in found.groupdict().items()
             if key.endswith(str(n))}  # fmt: skip
    if parts["word"]:
        return (12 * 60,) if parts["word"] == "noon" else (0,)
    if parts["military"]:
        return (int(parts["military"][:2]) * 60 + int(parts["military"][2:]),)
    hours, minutes = int(parts["hour"] or parts["full"]), int(parts["minute"] or 0)
    half = parts["half"] or parts["part"]
    if hours > 24 or minutes > 59 or (half and not 1 <= hours <= 12):
        return ()
    if half:
        return ((hours % 12 + (12 if half == "p" else 0)) * 60 + minutes,)
    # Without a half of the day, 6:30 may be evening as well.
    return tuple(
        hour * 60 + minutes for hour in ((hours, hours + 12) if 1 <= hours < 12 else (hours,))
    )


def _disagreement(
    found: re.Match[str], first: tuple[int, ...], other: tuple[int, ...], story: Story
) -> str:
    apart = {(one - two) % _DAY for one in first for two in other}
    zones = _ZONES[found["zone2"]]
    clock, again = found["clock1"].strip(), f"{found['clock2'].strip()} {found['zone2']}"
    places = _places(found, story)
    if not places:
        odd = all(one % 60 not in _ODD_MINUTES for one in apart)
        return f"{clock} and {again} can't be one moment; no zones are so far apart" if odd else ""
    fitting = {
        (here - there) % _DAY
        for name, offsets in places.items()
        for here, there in _together(name, offsets, found["zone2"])
    }
    if fitting & apart:
        return ""
    where, offsets = next(iter(places.items()))
    right = (first[0] - offsets[0] + zones[0]) % _DAY
    swapped = any((two - one) % _DAY in fitting for one in first for two in other)
    message = (
        f"{clock} in {where} is {right // 60:02}:{right % 60:02} {found['zone2']}, not {again}"
    )
    return f"{message}; the two fit once they are exchanged" if swapped else message


def _together(name: str, offsets: tuple[int, ...], zone: str) -> Iterable[tuple[int, int]]:
    """Give the pairs of offsets that can hold at once: North America turns its clocks together."""
    if name in _TURN_TOGETHER and zone in _TURN_TOGETHER:
        return zip(offsets, _ZONES[zone], strict=True)
    return product(offsets, _ZONES[zone])


def _places(found: re.Match[str], story: Story) -> dict[str, tuple[int, ...]]:
    """Give the offsets of the zone said, else of places named as near to it as there are any."""
    zone = found["zone1"]
    if zone:
        return {zone: _ZONES[zone]}
    sentence = story.sentence_at(found.start())
    paragraph = story.paragraph_at(found.start())
    opening = story.document.meta.dateline or story.paragraphs[0].of(story.text)[:60]
    where = (found["where"] or "").removesuffix(" time")
    for words in (where, sentence.of(story.text), paragraph.of(story.text), opening):
        places = dict(_offsets_in(words, story))
        if places:
            return places
    return {}


def _offsets_in(words: str, story: Story) -> Iterator[tuple[str, tuple[int, ...]]]:
    known = story.zones or {}
    for name in _capitalized(words):
        zones = [known[name]] if name in known else [p.time_zone for p in find_places(name)]
        offsets = dict.fromkeys(
            one for zone in zones if zone for one in offsets_of(zone, story.published)
        )
        if offsets:
            yield name, tuple(offsets)


def _capitalized(words: str) -> Iterable[str]:
    """Give every run of one to three capitalized words, the longest first at each place."""
    found = list(re.finditer(r"\b[^\W\d_a-z][\w’'-]*", words))
    for index, first in enumerate(found):
        for last in reversed(found[index : index + 3]):
            yield re.sub(r"[’']s\Z", "", words[first.start() : last.end()])


@cache
def offsets_of(zone: str, day: date | None) -> tuple[int, ...]:
    """Give the minutes ahead of GMT on a day; of 2000 to 2025, latest first, if it is unknown."""
    try:
        clock = ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ()
    days = [day] if day else _RECENT
    found = [datetime.combine(one, time(12), clock).utcoffset() for one in days]
    return tuple(dict.fromkeys(int(one.total_seconds() // 60) for one in found if one is not None))
