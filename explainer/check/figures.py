"""T013: numbers that an article adds up, counts or compares itself, and that don't come out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from explainer.annotate.time_values import count_of
from explainer.check.story import Finding, Story
from explainer.model import Span

_WORDS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    " sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety"
).split()
_NUMBER = rf"(?:\d{{1,3}}(?:,\d{{3}})+|\d+|(?:{'|'.join(_WORDS)})(?:-(?:{'|'.join(_WORDS[:9])}))?)"
_PEOPLE = (
    r"(?:men|women|boys|girls|children|adults|civilians|soldiers|troops|officers|police officers"
    r"|policemen|passengers|crew(?: members)?|students|teachers|adults|males|females)"
)
_ALL = (
    r"(?:people|persons|victims|passengers|patients|hostages|members|students|dead|killed|injured"
    r"|wounded|migrants|survivors|prisoners|officers|suspects)"
)
_PART = rf"{_NUMBER} (?:[a-z-]+ )?{_PEOPLE}"
_TOTAL = re.compile(
    rf"\b(?P<total>{_NUMBER}) (?:[a-z-]+ )?{_ALL}"
    rf"(?P<join>: ?|,? including |,? among them,? | ?[—–(-] ?|, )"
    rf"(?:all )?(?P<parts>{_PART}(?:(?:,| and|, and) {_PART})+)(?P<after>.?)",
    re.IGNORECASE,
)
_OF = re.compile(
    rf"\b(?P<part>{_NUMBER}) (?:out )?of (?:the|its|his|her|their|all) (?P<whole>{_NUMBER})"
    r" (?!percent|per cent|%|most|largest|biggest|points|years? )[a-z]+s\b",
    re.IGNORECASE,
)
_CHANGE = re.compile(
    r"(?:rose|grew|increased|climbed|jumped|fell|dropped|declined|decreased|shrank)"
    r" from (?P<currency>[$€£]?)(?P<old>[\d,]+(?:\.\d+)?)(?! ?(?:%|percent|per cent|\.\d))"
    r"(?P<unit>(?: (?:million|billion))?)(?: [a-z]+)?(?: in \d{4})?"
    r" to (?P=currency)(?P<new>[\d,]+(?:\.\d+)?)(?! ?(?:%|percent|per cent))(?P=unit)(?![\w.])"
    r"[^.;]{0,40}?\b(?:an? |up |down |by )(?:(?:increase|rise|drop|fall|decline|jump) of )?"
    r"(?:about |nearly |almost |roughly |more than )?"
    r"(?P<share>\d+(?:\.\d+)?) ?(?:%|percent|per cent)",
)
_SPAN = re.compile(
    r"\b(?P<count>\d+|[a-z]+)-year (?:term|period|stretch|tenure|career|reign|run|sentence)"
    r"[^.;]{0,20}? (?:from|between) (?P<start>(?:1[5-9]|20)\d\d) (?:to|until|and) "
    r"(?P<end>(?:1[5-9]|20)\d\d)\b"
)
_AGO = re.compile(
    rf"\b(?P<count>{_NUMBER}) years ago,? in (?:[A-Z][a-z]+ )?(?P<year>(?:1[5-9]|20)\d\d)\b"
    rf"|\b[Ii]n (?:[A-Z][a-z]+ )?(?P<year2>(?:1[5-9]|20)\d\d), (?P<count2>{_NUMBER}) years ago\b"
)
_VOTES = re.compile(
    r"\b(?P<one>\d{1,3}(?:\.\d+)?) ?(?:%|percent|per cent)? (?:to|versus|against) "
    r"(?P<other>\d{1,3}(?:\.\d+)?) ?(?:%|percent|per cent)",
)
_RACE = re.compile(r"\b(?:voted|defeat|beat|won|wins|leads?|leading|trails?|ahead|margin)\b")


def check_figures(story: Story) -> Iterator[Finding]:
    """T013: parts that exceed or miss their whole, shares, spans of years, years ago."""
    for pattern, fault in _CHECKS:
        for found in pattern.finditer(story.text):
            wrong = fault(found, story)
            if wrong:
                yield Finding("T013", wrong, Span(*found.span()))


def number(words: str) -> float | None:
    """Give the number that digits or words say."""
    return count_of(words.replace(",", ""))


def _total(found: re.Match[str], story: Story) -> str:
    whole = number(found["total"])
    parts = [number(one) for one in re.findall(_NUMBER, found["parts"], re.IGNORECASE)]
    if whole is None or any(one is None for one in parts):
        return ""
    added = sum(one for one in parts if one is not None)
    some = "includ" in found["join"].lower() or "among" in found["join"].lower()
    # After a bare comma the list may be of others: "12 people, two men and a woman, saw it".
    closed = found["join"].strip() in (":", "—", "–", "(", "-") or found["after"] in (",", ".", "—")
    if added > whole if some else (closed and added != whole):
        return f"{found['parts']} are {added:g}, not {whole:g}"
    return ""


def _of(found: re.Match[str], story: Story) -> str:
    part, whole = number(found["part"]), number(found["whole"])
    if part is None or whole is None or part <= whole or whole < 2:
        return ""
    return f"{found['part']} can't be of {found['whole']}"


def _change(found: re.Match[str], story: Story) -> str:
    old, new = (float(found[key].replace(",", "")) for key in ("old", "new"))
    if not old:
        return ""
    said, change = float(found["share"]), abs(new - old) / old * 100
    if abs(said - change) <= max(1.5, change * 0.05):
        return ""
    return (
        f"from {found['old']} to {found['new']} is a change of {change:.0f} percent, not {said:g}"
    )


def _span_of_years(found: re.Match[str], story: Story) -> str:
    count, years = number(found["count"]), int(found["end"]) - int(found["start"])
    if count is None or count in (years, years + 1):
        return ""
    return f"{found['start']} to {found['end']} are {years} years, not {count:g}"


def _ago(found: re.Match[str], story: Story) -> str:
    count = number(found["count"] or found["count2"])
    year = int(found["year"] or found["year2"])
    if story.published is None or count is None:
        return ""
    past = story.published.year - year
    if abs(past - count) <= max(1, count * 0.05):
        return ""
    return f"{year} is {past} years before this article, not {count:g}"


def _votes(found: re.Match[str], story: Story) -> str:
    sentence = story.sentence_at(found.start()).of(story.text)
    added = float(found["one"]) + float(found["other"])
    between = re.search(r"\bfrom\b|\bbetween\b", sentence)
    if added <= 101 or between or not _RACE.search(sentence):
        return ""
    return f"{found['one']} and {found['other']} percent are {added:g} percent"


_CHECKS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], Story], str]], ...] = (
    (_TOTAL, _total),
    (_OF, _of),
    (_CHANGE, _change),
    (_SPAN, _span_of_years),
    (_AGO, _ago),
    (_VOTES, _votes),
)
