"""The shapes of English time expressions: words, and one pattern for each way to combine them."""

from __future__ import annotations

import re

from explainer.annotate.holidays import HOLIDAYS

MONTHS = (
    "january", "february", "march", "april", "may", "june", "july",
    "august", "september", "october", "november", "december",
)  # fmt: skip
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SEASONS = {"spring": "SP", "summer": "SU", "fall": "FA", "autumn": "FA", "winter": "WI"}
PARTS = {
    "morning": "MO", "afternoon": "AF", "evening": "EV", "night": "NI", "noon": "MI",
    "midday": "MI", "tonight": "NI",
}  # fmt: skip
UNITS = {
    "second": "S", "minute": "M", "hour": "H", "day": "D", "night": "D", "weekend": "WE",
    "week": "W", "fortnight": "W", "month": "M", "quarter": "Q", "year": "Y", "decade": "DE",
    "century": "CE", "centurie": "CE",
}  # fmt: skip
CLOCK_UNITS = frozenset({"second", "minute", "hour"})
_SMALL = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
    fifteen sixteen seventeen eighteen nineteen""".split()
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
NUMBERS = {
    **{word: number for number, word in enumerate(_SMALL)},
    **{word: (number + 2) * 10 for number, word in enumerate(_TENS)},
    "a": 1, "an": 1, "a couple of": 2, "couple of": 2, "a dozen": 12, "a hundred": 100,
    "half a": 0.5, "half an": 0.5, "dozen": 12, "hundred": 100,
}  # fmt: skip
ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4,
    "sixteenth": 16, "seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20,
    "twenty-first": 21,
}  # fmt: skip
ADVERBS = {
    "now": "PRESENT_REF", "right now": "PRESENT_REF", "currently": "PRESENT_REF",
    "at present": "PRESENT_REF", "nowadays": "PRESENT_REF", "these days": "PRESENT_REF",
    "at the moment": "PRESENT_REF",
    "recently": "PAST_REF", "lately": "PAST_REF", "the past": "PAST_REF", "the time": "PAST_REF",
    "soon": "FUTURE_REF", "the future": "FUTURE_REF", "the near future": "FUTURE_REF",
    "the coming weeks": "FUTURE_REF", "the coming months": "FUTURE_REF",
}  # fmt: skip
SETS = {
    "hourly": "PT1H", "daily": "P1D", "nightly": "P1D", "weekly": "P1W", "monthly": "P1M",
    "annually": "P1Y", "yearly": "P1Y",
}  # fmt: skip


def _any(words: object) -> str:
    return "|".join(sorted(map(str, words), key=len, reverse=True))  # type: ignore[call-overload]


_MONTH = (
    r"(?P<month>January|February|March|April|May|June|July|August|September|October|November"
    r"|December|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
)
_WEEKDAY = rf"(?P<weekday>{_any(day.title() for day in WEEKDAYS)})"
_YEAR = r"(?P<year>(?:1[5-9]|20)\d\d)(?![\d,.]*\d|s\b|-year| years?[- ]old)"
_TENS_ONE = rf"(?:{_any(_TENS)})(?:[- ](?:{_any(_SMALL[1:10])}))?"
_COUNT = (
    rf"\d{{1,3}}(?:\.\d+)?|\d{{1,3}},\d{{3}}|{_TENS_ONE}|{_any(_SMALL[1:])}|(?:a )?couple of"
    r"|half an?|an?(?: dozen| hundred)?|dozens of|hundreds of|thousands of|several|a few|few|many"
)
# Of a range the second number counts; "two and a half" and "2 1/2" have a half more.
_NUMBER = (
    rf"(?P<number>{_COUNT}|\[(?:{_any(_SMALL[1:])})\])"
    rf"(?P<half_more> and a half| 1/2|½)?(?P<range>(?:(?: to | or )|[-–—])(?:{_COUNT}))?"
)
_MORE = r"(?: (?:more|additional|consecutive|straight|full|whole|long|trading|working|further))?"
_UNIT = r"(?P<unit>second|minute|hour|day|night|weekend|week|fortnight|month|quarter|year|decade)"
_UNITS = rf"{_UNIT[:-1]}|century|centurie)s?"


def _after_its_preposition(adverb: str) -> str:
    """The past and the future are times behind "in", the time behind "at"."""
    small = "at" if adverb == "the time" else "in"
    return rf"(?<=\b{small} ){adverb}" if adverb.startswith("the ") else adverb


_ADVERB = "|".join(map(_after_its_preposition, sorted(ADVERBS, key=len, reverse=True)))
_HALF_AFTER = r"(?P<half_after> and a half)?"
_PART = r"(?P<part>morning|afternoon|evening|night)"
_SEASON = rf"(?P<season>{_any(SEASONS)})"
_HEDGE = r"(?:(?:about|almost|nearly|more than|less than|over|around|roughly|at least|just|some) )?"
_EDGE = r"(?:(?P<edge>early|late|mid)[- ])?"
_WHICH = r"(?P<which>last|past|previous|next|coming|following|this|current|same|that)"
_AFTER = "|".join(rf"(?<=\b{word} )" for word in ("for", "in", "over", "within", "after", "than"))
_NOT_A_STRETCH = rf"(?! (?:\w+ ){{0,2}}{_UNITS.replace('?P<unit>', '?:')}\b)"
_BEFORE_A_YEAR = ("in", "of", "since", "by", "and", "or", "to", "from", "until")
_FISCAL = "(?:fiscal[- ])?"
_ZONE_NAME = (
    r"(?P<zone>GMT|UTC|[ECMP][SD]?T|BST|CES?T|EES?T|MSK|IST|PKT|SGT|HKT|JST|KST|A[EC][SD]T|AWST"
    r"|NZ[SD]T|SAST|local time)\b"
)
_ZONE = rf"(?:\s*{_ZONE_NAME})?"
_ON = (
    rf"(?:,? (?:on )?(?:{_WEEKDAY}(?:,? {_MONTH} (?P<day>[0-3]?\d)(?!\d|:))?"
    rf"|{_MONTH.replace('<month>', '<month2>')} (?P<day2>[0-3]?\d)(?!\d|:)"
    r"|(?P<deictic>today|yesterday|tomorrow)))?"
)
_HALF = r"(?P<half>[ap])\.?m\b\.?"

# In order: where two begin at one place and are of one length, the earlier wins.
PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(rf"(?<![\w$€£.,/-]){shape}(?!\w)", re.IGNORECASE))
    for name, shape in (
        ("iso", r"(?P<year>\d{4})-(?P<number>\d\d)-(?P<day>\d\d)"),
        ("date", rf"(?:{_WEEKDAY},? )?(?:the )?(?P<day>[0-3]?\d)(?:st|nd|rd|th)?(?: of)? {_MONTH}"
                 rf"(?:,? {_YEAR})?"),
        ("date", rf"(?P<day>[0-3]?\d)-{_MONTH}-{_YEAR}"),
        ("date", rf"(?:{_WEEKDAY},? )?{_MONTH} (?P<day>[0-3]?\d)(?:st|nd|rd|th)?(?!\d|:\d|[- ]year)"
                 rf"(?:,? {_YEAR})?"),
        ("month", rf"{_EDGE}{_MONTH}(?:,? (?:of )?(?:{_YEAR}|(?P<which>this|last|next) year))"),
        ("month", rf"(?:(?:{_EDGE}|{_WHICH} )){_MONTH}"),
        ("weekday", rf"(?:(?P<edge>early|earlier|late|later) )?(?:{_WHICH} )?{_WEEKDAY}"
                    rf"(?:,? (?:(?P<edge2>early|late) )?{_PART})?"),
        ("weekdays", r"(?P<weekday>Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days"),
        ("deictic", r"(?:(?P<edge>early|earlier|late|later) )?"
                    rf"(?P<day>today|yesterday|tomorrow|tonight)(?: {_PART})?"),
        ("which", rf"(?:(?P<edge>early|earlier|late|later) )?(?:the )?{_WHICH} "
                  rf"(?:{_PART}|{_UNIT}|{_SEASON})"),
        ("which", r"(?P<which>this) (?P<unit>year|week|month)s"),
        ("ago", rf"{_HEDGE}(?:{_NUMBER}{_MORE}[- ])?{_UNITS}(?: or (?:so|more))? "
                r"(?P<which>ago|earlier|later|from now|before(?= *[.,;:”\"])|previously)"),
        ("quarter", rf"(?:(?P<which>this|last|next) year['’]s |(?:the )?(?:{_YEAR} )?){_FISCAL}"
                    r"(?P<ordinal>first|second|third|fourth)[- ]quarter"),
        ("quarter", rf"(?:the )?{_FISCAL}"
                    rf"(?P<ordinal>first|second|third|fourth|1st|2nd|3rd|4th)[- ]quarter"
                    rf"(?: of (?:{_YEAR}|(?P<which>this|last|next) year))?"),
        ("span", r"(?:the |over )?(?:(?P<which>last|past|previous|next|coming|following|first"
                 rf"|recent) )(?:{_NUMBER}{_MORE}[- ])?{_UNITS}(?: or so)?"),
        ("duration", rf"(?:the )?{_HEDGE}{_NUMBER}{_MORE}[- ]{_UNITS}{_HALF_AFTER}"
                     r"(?!-old| old|-earlier|-ago)"),
        ("bare", rf"(?:{_AFTER})(?:the )?{_UNITS[:-1]}"
                 r"|(?:(?P<many>decade|year|month|week|day|hour)s|(?P<ages>centurie)s)"
                 r"(?= of\b| ago\b| later\b| earlier\b)"
                 r"(?: (?P<which>ago|later|earlier))?"),
        ("long", r"(?P<unit>day|week|month|year|decade|hour|century|centurie)s?-long"),
        ("decade", rf"(?<!\bhis )(?<!\bher )(?<!\btheir )(?<!\bmy )(?<!\byour )(?:the )?{_EDGE}"
                   rf"(?:(?P<century>1[5-9]|20)|['’])?(?P<decade>\d0)['’]?s"),
        ("century", rf"(?:the )?{_EDGE}(?:(?P<number>\d+)(?:st|nd|rd|th)"
                    rf"|(?P<ordinal>{_any(ORDINALS)}))[- ]century"),
        ("compared", r"(?:the )?(?:comparable )?(?:year-earlier|year-ago)(?: (?:(?P<ordinal>first"
                     r"|second|third|fourth)[- ])?(?P<unit>quarter|period|month|year))?"),
        ("latest", rf"(?:the )?(?:latest|most recent) {_FISCAL}"
                   r"(?P<unit>quarter|period|month|week|year)"),
        ("latest", r"(?<=\b(?:in|of) )the (?P<unit>quarter)(?! of)"
                   r"|(?<=\bfor )the (?P<unit2>quarter)(?! of)"
                   r"|(?<=\bduring )the (?P<unit3>quarter)(?! of)"),
        ("year end", r"(?:the )?(?:year[- ]end|year['’]s end)"),
        ("era", r"(?:(?P<before>AD|A\.D\.) ?)(?P<number>\d{1,4})"
                r"|(?P<number2>\d{1,4}) (?P<after>AD|BC|BCE|CE|A\.D\.|B\.C\.)"),
        ("edge", rf"(?:the )?(?P<edge>beginning|start|end|middle|first half|second half) of "
                 rf"(?:{_MONTH}|(?:the |{_WHICH} )?(?:{_UNIT}(?!s)|{_YEAR}))"),
        ("season", rf"{_EDGE}(?:the )?{_SEASON}(?: of)? {_YEAR}"),
        ("winter", r"(?:the )?(?P<season>winter|summer|autumn)"),
        ("year", rf"(?:fiscal )?{_EDGE}{_YEAR}"),
        ("year", r"(?<=\b(?:in|by) )(?P<year>1[0-4]\d\d)(?![\d,.]*\d| [a-z]+s\b)"),
        ("spelled year", rf"(?:the year )?(?:(?P<century>nineteen|eighteen|twenty) "
                         rf"(?P<rest>{_TENS_ONE}|{_any(_SMALL[10:])})|(?P<thousand>two thousand))"
                         r"(?! \w+s\b)"),
        ("short year", "|".join(rf"(?<=\b{word} )['’](?P<rest{n}>\d\d)(?!\d|['’]?s\b)"
                              for n, word in enumerate(_BEFORE_A_YEAR))),
        ("whole year", r"the (?:fiscal|full|entire|whole|financial) year(?! of)"
                       r"|(?<=\bfor )the year(?! of| \d)"),
        ("clock", rf"(?P<hour>\d{{1,2}})(?:[:.](?P<minute>\d\d))? ?{_HALF}{_ZONE}{_ON}"),
        ("clock", rf"(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)(?!:\d){_ZONE}{_ON}"),
        ("clock", rf"(?P<hour>[01]\d|2[0-3])(?P<minute>[0-5]\d) (?:{_ZONE_NAME}|hours){_ON}"),
        ("noon", rf"(?P<noon>noon|midnight){_ON}"),
        ("every", rf"(?:every|each) (?:{_NUMBER} )?(?:{_UNIT}s?|{_WEEKDAY}|{_PART}|{_MONTH})"),
        ("per", rf"(?:once|twice|(?:{_COUNT}) times) (?:an?|per|each|every) {_UNIT}"),
        ("set", rf"(?P<set>{_any(SETS)})"),
        ("adverb", rf"(?<!every )(?<!as )(?P<adverb>{_ADVERB})(?! after| as\b| that\b)"
                   rf"{_NOT_A_STRETCH}"),
        ("later", r"(?P<edge>later|earlier) in the (?P<unit>day|week|month|year|season)"),
        ("holiday", rf"(?:(?P<which>last|next|this) )?(?P<holiday>{_any(HOLIDAYS)})(?: {_YEAR})?"),
        ("weekend", r"the weekend"),
    )
)  # fmt: skip
