"""Where a passage of one text stands in a later one: followed by its sentence, never by guess.

A sentence that stands word for word in both texts leads; one that changed is known by what is
left of it, by its neighbors, and by being nobody else's. Where two places are equally good,
there is none.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import cached_property, lru_cache

from msgspec import Struct

from explainer.folding import fold
from explainer.model import Span

ALIKE = 0.55
"""The share of words that a sentence keeps from which it counts as the same, changed."""

CLEARLY = 0.1
"""By so much the best of several must be better than the next."""

HINT = 0.4
"""The share from which a changed sentence is worth showing."""

BARELY = 0.05
"""A difference that tells nothing."""

BEYOND = 3
"""Words beside the quoted ones that must have stayed; the quoted ones stand elsewhere as well."""

AROUND = 3
"""Neighboring sentences, on each side, that are asked about."""

_END = re.compile(r"[.!?…]['\")\]]*\s+(?=['\"(\[]*[^\Wa-z_])|[。！？]['\"」』）]*")
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[\w-]+")
_SHORTEST = 4


class Occurrence(Struct, frozen=True):
    """Words of a text, and the sentences that they stand in, numbered from `first` to `last`.

    ``cover`` is the text of those sentences, ``offset`` where in it the words begin.
    """

    start: int
    end: int
    first: int
    last: int
    cover: str
    offset: int

    def same_words_in_same_sentence(self, other: Occurrence) -> bool:
        return self.cover == other.cover and self.offset == other.offset


class Sentences:
    """A text in sentences, folded, any quotation mark like any other.

    White space doesn't end one, so paragraphs may be split and joined.
    """

    def __init__(self, text: str) -> None:
        self._folded = fold(text)
        self.text = self._folded.text.replace('"', "'")
        self.starts = [0]
        for end in _END.finditer(self.text):
            if len(_WORD.findall(self.text, self.starts[-1], end.end())) >= _SHORTEST:
                self.starts.append(end.end())

    @cached_property
    def sentences(self) -> list[str]:
        ends = [*self.starts[1:], len(self.text)]
        return [self.text[a:b].strip() for a, b in zip(self.starts, ends, strict=True)]

    @cached_property
    def counts(self) -> Counter[str]:
        return Counter(self.sentences)

    @cached_property
    def index(self) -> dict[str, int]:
        """Where each sentence stands that stands once."""
        return {one: n for n, one in enumerate(self.sentences) if self.counts[one] == 1}

    def at(self, start: int, end: int) -> Occurrence:
        first = bisect_right(self.starts, start) - 1
        last = bisect_right(self.starts, end - 1) - 1
        stop = self.starts[last + 1] if last + 1 < len(self.starts) else len(self.text)
        begin = self.starts[first]
        return Occurrence(start, end, first, last, self.text[begin:stop].strip(), start - begin)

    def find(self, words: str) -> list[Occurrence]:
        """Every place where the words stand as whole words."""
        found, place = [], self.text.find(words)
        while place >= 0:
            end = place + len(words)
            if not (joined(self.text, place) or joined(self.text, end)):
                found.append(self.at(place, end))
            place = self.text.find(words, place + 1)
        return found

    def folded_range(self, span: Span) -> tuple[int, int]:
        places, start_of = range(len(self.text)), self._folded.starts.__getitem__
        return (
            bisect_left(places, span.start, key=start_of),
            bisect_left(places, span.end, key=start_of),
        )

    def original(self, one: Occurrence) -> Span:
        return Span(*self._folded.original(one.start, one.end))


def joined(text: str, index: int) -> bool:
    """Whether a word of letters that are written together runs through `index`."""
    beside = text[max(0, index - 1) : index + 1]
    return len(beside) == 2 and beside.isascii() and beside.isalnum()


class Followed(Struct, frozen=True):
    """``span`` is None where nothing is certain; ``nearest`` is then what is worth showing.

    ``kept`` is whether it stands in its old sentence, between the same neighbors as far as
    those are left.
    """

    span: Span | None
    reason: str = ""
    nearest: Span | None = None
    kept: bool = False


@lru_cache(maxsize=4)
def follower(old: str, new: str) -> Follower:
    """The follower from one text to the other; the annotators of one article share it."""
    return Follower(old, new)


class Follower:
    """Follows spans of an old text into a new one."""

    def __init__(self, old: str, new: str) -> None:
        self._old, self._new = Sentences(old), Sentences(new)

    def follow(self, span: Span) -> Followed:
        """Find the passage that `span` of the old text has become."""
        start, end = self._old.folded_range(span)
        here = self._old.at(start, end)
        words = self._old.text[start:end]
        others = [one for one in self._old.find(words) if one.start != start]
        places = self._new.find(words)
        same = [one for one in places if one.same_words_in_same_sentence(here)]
        if same:
            return self._among_equals(here, same, others)
        fresh = [
            one
            for one in places
            if not any(one.same_words_in_same_sentence(other) for other in others)
        ]
        if fresh:
            return self._among_changed(here, fresh, others)
        elsewhere = f"; the same words stand {_times(len(places))} elsewhere" if places else ""
        changed = self._changed_sentence(here)
        if changed:
            reason = f"has changed{elsewhere}; its sentence is now '{_short(changed.cover)}'"
            return Followed(None, reason, self._new.original(changed))
        return Followed(None, f"is no longer where it stood{elsewhere}")

    def _changed_sentence(self, here: Occurrence) -> Occurrence | None:
        """The new sentence between its old neighbors that is most like it, to be looked at."""
        before = self._nearest_kept(here.first, -1)
        after = self._nearest_kept(here.last, 1)
        scored = [
            (_ratio(here.cover, sentence, HINT), -number)
            for number, sentence in enumerate(self._new.sentences)
            if before < number < after and sentence not in self._old.counts
        ]
        score, negative = max(scored, default=(0.0, 0))
        if not score:
            return None
        start = self._new.starts[-negative]
        start += len(self._new.text[start:]) - len(self._new.text[start:].lstrip())
        return self._new.at(start, start + len(self._new.sentences[-negative]))

    # ---- the sentence stands as it was

    def _among_equals(
        self, here: Occurrence, same: Sequence[Occurrence], others: Sequence[Occurrence]
    ) -> Followed:
        twins = [one for one in others if one.same_words_in_same_sentence(here)]
        if len(same) == 1 and not twins:
            return Followed(self._new.original(same[0]), kept=self._in_order(here, same[0]))
        scored = sorted(((self._company(here, one), -one.start, one) for one in same), reverse=True)
        score, _, best = scored[0]
        rivals = [other for other, _, _ in scored[1:]]
        rivals += [self._company(twin, best) for twin in twins]
        if score and all(score > rival for rival in rivals):
            return Followed(self._new.original(best), kept=self._in_order(here, best))
        reason = f"its sentence now stands {_times(len(same))}, and each place is as good"
        return Followed(None, reason, self._new.original(best))

    def _company(self, old: Occurrence, new: Occurrence) -> int:
        """How many neighbors in a row, before and after, are the same sentences."""
        before = zip(
            self._beside(self._old, old.first, -1), self._beside(self._new, new.first, -1),
            strict=False,
        )  # fmt: skip
        after = zip(
            self._beside(self._old, old.last, 1), self._beside(self._new, new.last, 1),
            strict=False,
        )  # fmt: skip
        return _run(before) + _run(after)

    @staticmethod
    def _beside(text: Sentences, number: int, step: int) -> Iterator[str]:
        """The neighbors of a sentence outward; the text's own end is one as well."""
        for _ in range(AROUND):
            number += step
            if not 0 <= number < len(text.sentences):
                yield ""
                return
            yield text.sentences[number]

    # ---- the sentence changed

    def _among_changed(
        self, here: Occurrence, fresh: Sequence[Occurrence], others: Sequence[Occurrence]
    ) -> Followed:
        by_cover: dict[tuple[int, int], list[Occurrence]] = {}
        for one in fresh:
            by_cover.setdefault((one.first, one.last), []).append(one)
        scored = sorted(
            ((alike(here, group[0]), -group[0].start, group) for group in by_cover.values()),
            reverse=True,
        )
        score, _, group = scored[0]
        nearest = self._new.original(group[0])
        rivals = [other for other, _, _ in scored[1:]]
        rivals += [alike(one, group[0]) for one in others if one.first != here.first]
        if score < ALIKE:
            return Followed(None, "its sentence is gone; the same words stand in another", nearest)
        if any(score - rival < CLEARLY for rival in rivals) or self._is_copy(here, group[0]):
            return Followed(None, "several sentences could be the one it stood in", nearest)
        if not self._in_order(here, group[0]):
            return Followed(None, "its sentence has changed and moved", nearest)
        place = self._within(here, group)
        if place is None:
            return Followed(None, "its sentence has changed just there", nearest)
        return Followed(self._new.original(place))

    def _is_copy(self, here: Occurrence, there: Occurrence) -> bool:
        """Whether what it was stands elsewhere: a part as it was, or one as much like it."""
        parts = self._old.sentences[here.first : here.last + 1]
        likeness = _ratio(here.cover, there.cover) - BARELY
        return any(
            sentence in parts
            or (sentence not in self._old.counts and _ratio(here.cover, sentence) > likeness)
            for number, sentence in enumerate(self._new.sentences)
            if not there.first <= number <= there.last
        )

    def _within(self, here: Occurrence, group: Sequence[Occurrence]) -> Occurrence | None:
        """Which of several in one sentence: the one that the unchanged words around it hold."""
        words = self._old.text[here.start : here.end]
        if len(group) == 1 and here.cover.count(words) == 1:
            return group[0]
        old, new = list(_WORD.finditer(here.cover)), list(_WORD.finditer(group[0].cover))
        match = SequenceMatcher(None, [w[0] for w in old], [w[0] for w in new], autojunk=False)
        end = here.offset + len(words)
        inside = [n for n, word in enumerate(old) if here.offset <= word.start() < end]
        for block in match.get_matching_blocks():
            held = range(block.a, block.a + block.size)
            if inside and inside[0] in held and inside[-1] in held and block.size > len(inside):
                start = new[inside[0] - block.a + block.b].start()
                lead = old[inside[0]].start() - here.offset
                return next((one for one in group if one.offset == start - lead), None)
        return None

    def _in_order(self, here: Occurrence, there: Occurrence) -> bool:
        """Whether the nearest sentences that stayed as they were still stand around it."""
        before = self._nearest_kept(here.first, -1)
        after = self._nearest_kept(here.last, 1)
        if before < there.first and there.last < after:
            return True
        return before == there.first - 1 or after == there.last + 1

    def _nearest_kept(self, number: int, step: int) -> int:
        number += step
        while 0 <= number < len(self._old.sentences):
            sentence = self._old.sentences[number]
            if sentence in self._old.index and sentence in self._new.index:
                return self._new.index[sentence]
            number += step
        return -1 if step < 0 else len(self._new.sentences)


def alike(old: Occurrence, new: Occurrence) -> float:
    """The share of words that two covers have in common, in order; one may be part of the other.

    0 where too little of it is beside the words that are looked for.
    """
    ours, theirs = _WORD.findall(old.cover), _WORD.findall(new.cover)
    match = SequenceMatcher(None, ours, theirs, autojunk=False)
    common = sum(block.size for block in match.get_matching_blocks())
    quoted = len(_WORD.findall(old.cover[old.offset : old.offset + old.end - old.start]))
    shorter, longer = sorted((len(ours), len(theirs)))
    if not shorter or common - quoted < min(BEYOND, shorter - quoted):
        return 0.0
    return max(2 * common / (shorter + longer), common / shorter if common >= 2 * BEYOND else 0.0)


def _ratio(old: str, new: str, least: float = ALIKE) -> float:
    """The share of words in common, in order; 0 where it is below `least`."""
    match = SequenceMatcher(None, _WORD.findall(old), _WORD.findall(new), autojunk=False)
    ratio = match.ratio() if match.quick_ratio() >= least else 0.0
    return ratio if ratio >= least else 0.0


def _run(pairs: Iterator[tuple[str, str]]) -> int:
    count = 0
    for ours, theirs in pairs:
        if ours != theirs:
            break
        count += 1
    return count


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 120 else f"{line[:117]}…"


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"
