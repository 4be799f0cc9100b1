"""Whether a known name is only part of a longer one that the glossary doesn't know.

"Kim Yong-chol" is not Kim, "Seoul National University" is not Seoul, "J. Putin" is not Putin;
"President Putin", "On Monday Kim" and "Moscow Tuesday" are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

_NEXT = re.compile(r" ((?:\w|['.&-](?=\w))+\.?)")
_BEFORE = re.compile(r"((?:\w|['.&-](?=\w))+\.?) $")
_HYPHEN_TAIL = re.compile(r"-([a-z]+)")
_HYPHEN_WORD = re.compile(
    r"\w*(?:ed|ing|led|run|made|born|era|like|style|held|bound|owned|friendly)"
)

_TIMES = frozenset(
    """Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May
    June July August September October November December Jan. Feb. Mar. Apr. Jun. Jul. Aug.
    Sept. Sep. Oct. Nov. Dec. Mon. Tues. Wed. Thurs. Fri. Sat. Sun. Christmas Easter""".split()
)
_TITLES = frozenset(
    """Admiral Adm Ambassador Attorney Ayatollah Baron Baroness Bishop Brigadier Capt Captain
    Cardinal CEO Chair Chairman Chairwoman Chancellor Chief Col Colonel Commander
    Commissioner Comrade Congressman Congresswoman Count Countess Crown Dame Defence Defense
    Deputy Detective Director Dr Duchess Duke Emir Emperor Empress Envoy Ex-President
    Finance First Foreign Former Gen General Gov Governor Home Imam Interior Interim Judge
    Justice King Lady Leader Lieutenant Lord Lt Maj Major Marshal Master Mayor Minister Miss
    Mr Mrs Ms Mullah Mx Officer Patriarch Pope Premier President President-elect Press Prime
    Prince Princess Prof Professor Queen Rabbi Rep Representative Rev Reverend Saint
    Secretary Sen Senator Sergeant Sgt Sheikh Sir Spokesman Spokesperson Spokeswoman Sultan
    Supreme Then-President Treasury Vice""".split()
)
_OPENERS = frozenset(
    """A About Above According Across After Again Against Ago All Along Also Although Amid Among An
    And Another Any Are Around As Asked At Because Before Behind Below Beneath Beside
    Besides Between Beyond Both But By Can Could Despite Did Do Does Down During Each Either
    Enter Even Ever Every Except Few For From Given Had Has Have He Her Here Hers His How
    However I If In Inside Instead Into Is It Its Just Last Later Least Less Like Many Maybe
    Meanwhile Might More Most Much Must Near Neither Next No Nor Not Now Of Off On Once One
    Only Or Other Others Our Out Outside Over Past Per Perhaps Says Said Seen Shall She
    Should Since So Some Still Such Than That The Their Them Then There These They This
    Those Though Through Thus Till To Today Together Tomorrow Too Toward Towards Two Under
    Unlike Until Unless Up Upon Via Was We Were What When Whenever Where Whereas Whether
    Which While Who Whom Whose Why Will With Within Without Would Yesterday Yet You Your
    Three Four Five Six Seven Eight Nine Ten Dozens Hundreds Thousands Millions Several""".split()
)


def part_of_longer_name(text: str, start: int, end: int, covered: Sequence[int]) -> bool:
    """Whether capitalised words beside ``start:end`` make it part of an unknown name.

    Args:
        text: Paragraphs, folded, each a line.
        start: Of the known name.
        end: Of the known name.
        covered: For each character of `text`, whether some known name covers it; beside a
            known name there is no unknown one.
    """
    surface = text[start:end]
    if not any(map(str.isupper, surface)):
        return False
    beside = (
        _goes_on(text, end, covered)
        or (" " not in surface and _began_before(text, start, covered))
        or (start >= 2 and text[start - 1] == "'" and text[start - 2].isupper())
    )
    return beside and not _paragraph(text, start).isupper()


def _paragraph(text: str, place: int) -> str:
    end = text.find("\n", place)
    return text[text.rfind("\n", 0, place) + 1 : end if end >= 0 else len(text)]


def _goes_on(text: str, end: int, covered: Sequence[int]) -> bool:
    tail = _HYPHEN_TAIL.match(text, end)
    if tail and not _HYPHEN_WORD.fullmatch(tail[1]):
        return True
    found = _NEXT.match(text, end)
    if not found or not found[1][0].isupper() or covered[found.start(1)]:
        return False
    word = found[1].rstrip(".")
    if found[1] in _TIMES or word in _TIMES or word in _TITLES or word == "I":
        return False
    return not _in_title_case(_paragraph(text, end))


def _began_before(text: str, start: int, covered: Sequence[int]) -> bool:
    if not text.endswith(" ", 0, start):
        return False
    found = _BEFORE.search(text, max(text.rfind(" ", 0, start - 1), start - 40, 0), start)
    if not found or not found[1][0].isupper() or covered[found.start(1)]:
        return False
    word = found[1].rstrip(".")
    if word.endswith("'s") or word in _TITLES or word in _TIMES or word in _OPENERS:
        return False
    if found[1].endswith(".") and len(word) > 1:
        return False  # the end of a sentence
    if re.search(r"[a-z](?:ing|ed|ly|ian|ean|ish|ese)$", word) or (
        word.isupper() and len(word) > 1
    ):
        return False
    return not _in_title_case(_paragraph(text, start))


@lru_cache(maxsize=1)  # one paragraph is asked about for each of its names
def _in_title_case(text: str) -> bool:
    """Whether a whole paragraph is written like a headline, where capitals tell nothing."""
    if text.rstrip().endswith("."):
        return False
    words = re.findall(r"[^\W\d_]{4,}", text)
    return len(words) > 4 and sum(word[0].isupper() for word in words) >= 0.8 * len(words)
