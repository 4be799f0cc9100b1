"""Articles made by program, the ten kinds of edit that befall them, and what became of each word.

An edited text knows of every character which one of the old text it was, so that the truth of
an anchor doesn't depend on anything that finds anchors.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

from explainer.annotate.noted import noted_anchors
from explainer.model import Anchor, Document, Notes, SourceFile, Span
from explainer.parse import parse_article
from explainer.quoting import Quoter, scalar, selector_yaml
from explainer.read import parse_notes

Letter = tuple[str, int]
"""A character, and where it stood in the old text; -1 for a new one."""

_SENTENCE = re.compile(r"[^\n]+?(?:[.!?…][”’\"»]?(?=\s|$)|(?=\n|$))[ ]*")
_QUOTES = ({"“": '"', "”": '"', '"': '"'}, {"“": "«", "”": "»"}, {"“": "‘", "”": "’"})


@dataclass(frozen=True, slots=True)
class Edited:
    letters: tuple[Letter, ...]

    @property
    def text(self) -> str:
        return "".join(letter for letter, _ in self.letters)

    def truth(self, span: Span, old: str) -> tuple[int, int] | None:
        """Where the words of a span of the old text stand whole, white space aside."""
        wanted = [n for n in range(span.start, span.end) if not old[n].isspace()]
        place_of = {origin: n for n, (_, origin) in enumerate(self.letters) if origin >= 0}
        places = [place_of.get(n, -1) for n in wanted]
        if -1 in places:
            return None
        between = range(places[0], places[-1] + 1)
        if places == [n for n in between if not self.letters[n][0].isspace()]:
            return places[0], places[-1] + 1
        return None


def as_letters(text: str) -> list[Letter]:
    return [(letter, n) for n, letter in enumerate(text)]


def new_letters(text: str) -> list[Letter]:
    return [(letter, -1) for letter in text]


def _sentences(text: str, least: int = 1) -> list[Span]:
    found = [Span(*one.span()) for one in _SENTENCE.finditer(text) if one[0].strip()]
    return [one for one in found if len(one.of(text).split()) >= least]


def _words(text: str, within: Span | None = None) -> list[Span]:
    start, end = (within.start, within.end) if within else (0, len(text))
    return [Span(*one.span()) for one in re.compile(r"\w[\w’-]*").finditer(text, start, end)]


# ---- the kinds


def typo(text: str, random: Random) -> list[Letter]:
    letters = as_letters(text)
    word = random.choice([one for one in _words(text) if len(one) > 2])
    place = random.randrange(word.start, word.end - 1)
    if random.random() < 0.5:
        del letters[place]
    else:
        letters[place : place + 1] = [letters[place], (letters[place][0], -1)]
    return letters


def word_swap(text: str, random: Random) -> list[Letter]:
    words = _words(text, random.choice(_sentences(text, 4)))
    first = random.choice(words)
    others = [word for word in words if word.of(text) != first.of(text)]
    first, second = sorted((first, random.choice(others or [first])))
    if first == second:
        return as_letters(text)
    one = as_letters(text)
    return [
        *one[: first.start], *one[second.start : second.end], *one[first.end : second.start],
        *one[first.start : first.end], *one[second.end :],
    ]  # fmt: skip


def sentence_moved(text: str, random: Random) -> list[Letter]:
    sentences = _sentences(text, 3)
    moved, goal = random.sample(sentences, 2)
    letters = as_letters(text)
    taken = letters[moved.start : moved.end]
    if taken[-1][0] != " ":
        taken.append((" ", -1))
    place = goal.start if goal.start < moved.start else goal.start - len(moved)
    del letters[moved.start : moved.end]
    return [*letters[:place], *taken, *letters[place:]]


def paragraph_split(text: str, random: Random) -> list[Letter]:
    inner = [one for one in _sentences(text) if one.start and text[one.start - 1] == " "]
    letters = as_letters(text)
    if inner:
        letters.insert(random.choice(inner).start, ("\n", -1))
    return letters


def paragraphs_merged(text: str, random: Random) -> list[Letter]:
    breaks = [one.start() for one in re.finditer("\n", text)]
    letters = as_letters(text)
    letters[random.choice(breaks[1:] or breaks)] = (" ", -1)
    return letters


def passage_deleted(text: str, random: Random) -> list[Letter]:
    """A paragraph, or a sentence of one."""
    lines = [Span(*one.span()) for one in re.finditer(r"[^\n]+\n?", text)][1:]
    gone = random.choice(lines if random.random() < 0.5 else _sentences(text)[1:])
    letters = as_letters(text)
    del letters[gone.start : gone.end]
    return letters


def look_alike_before(text: str, random: Random) -> list[Letter]:
    """A sentence with another word in it, before the one it is like: right there, or earlier."""
    sentences = _sentences(text, 4)
    like = random.choice(sentences)
    changed = random.choice(_words(text, like))
    other = random.choice(["yesterday", "Tolvan", "never", "fourteen", "the harbor"])
    copy = text[like.start : changed.start] + other + text[changed.end : like.end].rstrip() + " "
    place = like.start
    if random.random() < 0.3:
        place = random.choice([one for one in sentences if one.start <= like.start]).start
    letters = as_letters(text)
    return [*letters[:place], *new_letters(copy), *letters[place:]]


def quotation_marks_changed(text: str, random: Random) -> list[Letter]:
    marks = random.choice(_QUOTES)
    return [(marks.get(letter, letter), n) for letter, n in as_letters(text)]


def reflowed(text: str, random: Random) -> list[Letter]:
    """The same words in lines of another width, with blank lines between paragraphs."""
    width = random.randrange(50, 90)
    letters: list[Letter] = []
    place = 0
    for paragraph in text.split("\n"):
        for line in textwrap.wrap(paragraph, width, break_long_words=False, break_on_hyphens=False):
            for letter in line:
                place = text.index(letter, place) if not letter.isspace() else place
                letters.append((letter, -1 if letter.isspace() else place))
                place += not letter.isspace()
            letters.append(("\n", -1))
        letters.append(("\n", -1))
    return letters


def name_replaced(text: str, random: Random) -> list[Letter]:
    names = sorted(set(re.findall(r"(?<=[a-z,] )[A-Z]\w+", text))) or ["Nobody"]
    name, other = random.choice(names), random.choice(["Tolvan", "Ms. Ardley", "Quist"])
    letters: list[Letter] = []
    end = 0
    for one in re.finditer(rf"\b{name}\b", text):
        letters += as_letters(text)[end : one.start()]
        letters += new_letters(other)
        end = one.end()
    return [*letters, *as_letters(text)[end:]]


KINDS: dict[str, Callable[[str, Random], list[Letter]]] = {
    "a typo": typo,
    "two words swapped": word_swap,
    "a sentence moved": sentence_moved,
    "a paragraph split": paragraph_split,
    "paragraphs merged": paragraphs_merged,
    "a passage deleted": passage_deleted,
    "a look-alike before": look_alike_before,
    "quotation marks": quotation_marks_changed,
    "all reflowed": reflowed,
    "a name replaced": name_replaced,
}


# ---- what became of the anchors


@dataclass(slots=True)
class Tally:
    """`stood` counts the anchors whose words still stand; right and refused are of those."""

    stood: int = 0
    right: int = 0
    refused: int = 0
    gone: int = 0
    wrong: int = 0


def parse_plain(text: str) -> Document:
    return parse_article(SourceFile("story.txt", "story", text, "text"))


def judge(
    old: Document, notes: Notes, edited: Edited, *, with_base: bool = True
) -> tuple[Tally, list[tuple[Anchor, Anchor]]]:
    """Hold the anchors in the edited article against the truth; the wrong ones as (was, is)."""
    tally, wrong = Tally(), []
    before = [one.anchor for one in noted_anchors(old, notes)]
    document = parse_plain(edited.text)
    after = [one.anchor for one in noted_anchors(document, notes, old if with_base else None)]
    for was, now in zip(before, after, strict=True):
        if was.span is None or not was.holds:
            continue
        truth = edited.truth(was.span, old.text)
        placed = (now.span.start, now.span.end) if now.holds and now.span else None
        tally.stood += truth is not None
        tally.gone += truth is None
        tally.right += truth is not None and placed == truth
        tally.refused += truth is not None and placed is None
        if placed is not None and placed != truth:
            tally.wrong += 1
            wrong.append((was, now))
    return tally, wrong


# ---- articles by program: many look-alikes, few names

_PEOPLE = ("Ada Renn", "Renn", "Jonas Vale", "Vale", "Mira Holt", "Holt")
_PLACES = ("Port Ansel", "the city council", "Ansel", "the old harbor", "the ferry company")
_SAID = ("said", "told reporters", "announced", "insisted", "wrote", "denied")
_WHEN = ("on Monday", "in 2019", "last week", "in June", "after the vote", "at noon")
_ACTS = (
    "will close the northern pier", "has paid for the repairs", "lost two ships in the storm",
    "wants a new contract with the union", "never signed the agreement",
    "sold the land to a private owner", "raised the fares by a tenth",
)  # fmt: skip


def make_article(random: Random, paragraphs: int = 12) -> str:
    lines = ["Port Ansel Waits for the Ferry"]
    for _ in range(paragraphs):
        lines.append(" ".join(_make_sentence(random) for _ in range(random.randrange(1, 5))))
    return "\n".join(lines) + "\n"


def _make_sentence(random: Random) -> str:
    person, place = random.choice(_PEOPLE), random.choice(_PLACES)
    said, when, act = random.choice(_SAID), random.choice(_WHEN), random.choice(_ACTS)
    shape = random.randrange(4)
    if shape == 0:
        return f"“{place[0].upper()}{place[1:]} {act},” {person} {said} {when}."
    if shape == 1:
        return f"{person} {said} that {place} {act} {when}."
    if shape == 2:
        return f"According to {person}, {place} {act}, and nobody in {random.choice(_PLACES)} knew."
    return f"{place[0].upper()}{place[1:]} {act} {when}."


def make_notes(document: Document, random: Random) -> Notes:
    """Mentions, claims and cards on stretches of the text, quoted as a draft quotes them."""
    quoter, text = Quoter(document.text), document.text
    yaml = [f"text: sha256:{document.digest}", "mentions:"]
    names = [Span(*one.span()) for one in re.finditer("|".join(_PEOPLE + _PLACES), text)]
    for span in sorted(random.sample(names, min(12, len(names)))):
        yaml.append(f"  - {{at: {selector_yaml(quoter.quote(span))}, entry: x}}")
    yaml.append("background:")
    for number, span in enumerate(_stretches(text, random, 6)):
        selector = selector_yaml(quoter.quote(span))
        yaml.append(f"  - {{id: card-{number}, title: A, leans_on: [{selector}]}}")
    yaml.append("attributions:")
    for number, sentence in enumerate(_sentences(text, 6)[1:]):
        said = re.search("|".join(_SAID), sentence.of(text))
        who = re.search("|".join(_PEOPLE), sentence.of(text))
        if said and who:
            content = selector_yaml(quoter.quote(_some_words(text, sentence, random)))
            yaml.append(
                f"  - {{id: claim-{number}, content: [{content}], "
                f"source: {{exact: {scalar(who[0])}}}, cue: {{exact: {scalar(said[0])}}}}}"
            )
    return parse_notes("\n".join(yaml) + "\n", "story.notes.yaml")


def _stretches(text: str, random: Random, count: int) -> list[Span]:
    sentences: Sequence[Span] = _sentences(text, 4)[1:]
    chosen = random.sample(sentences, min(count, len(sentences)))
    return [_some_words(text, one, random) for one in sorted(chosen)]


def _some_words(text: str, sentence: Span, random: Random) -> Span:
    words = _words(text, sentence)
    first = random.randrange(len(words) - 1)
    return Span(words[first].start, words[random.randrange(first, len(words))].end)
