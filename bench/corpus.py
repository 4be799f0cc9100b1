"""A made-up site of any size: the same articles and entries for the same numbers, whoever asks."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from itertools import product
from pathlib import Path

from msgspec import Struct

GIVEN = "Ada Bela Cato Dora Emil Fay Gus Hana Ivo Jana Kurt Lena Milo Nora Otto Pia".split()
HEADS = "Arn Boh Cor Dahl Egg Ferr Gal Hor Isk Jarl Ker Lun Mot Nag Orl Pell Quin Ros Ster".split()
MIDDLES = "a abe and e eno er i ig ilo o oma or u und".split()
TAILS = "berg by dorf el en ett haus ic ik in itz ley ma mann nik o off ova sen son stad tt".split()
PLACE_TAILS = "burg dale fjord holm ia mouth port vik".split()
SUBJECTS = "Border Climate Energy Health Justice Labor Refugee Trade Transport Water".split()
BODIES = "Agency Board Commission Council Court Fund Institute Union".split()
TAGS = "aid budget climate courts elections energy health housing ports schools trade water".split()
SAID = "argued confirmed denied said warned".split()
OPENINGS = (
    "{} met {} on Monday to speak about the works at the harbor.",
    "The dispute between {} and {} has lasted since the spring.",
    "Nobody at {} answered questions about what {} had promised.",
    "According to {}, the payments to {} were stopped in March.",
    "{} left the talks early, and *nothing* was signed.",
)
FILLERS = (
    "Nobody could say how long the work would take, or who was to pay for it.",
    "The figures are from the spring and have not been revised since then.",
    "A vote is expected before the end of the month, and few expect surprises.",
    "Shops along the quay stayed closed for most of the day.",
    "Two earlier plans had failed over the wording of a single sentence.",
    "Pictures taken from the air show a new road along the northern shore.",
)

Mark = Callable[[str, "Entry"], str]
"""What is written where an entry is named."""


class Entry(Struct, frozen=True):
    """``short`` stands for the entry only once its full name was seen."""

    id: str
    name: str
    kind: str
    summary: str
    short: str

    @property
    def names(self) -> tuple[str, ...]:
        return self.name, self.short


class Claim(Struct, frozen=True):
    content: str
    speaker: str


class Article(Struct, frozen=True):
    slug: str
    title: str
    date: str
    tags: tuple[str, ...]
    paragraphs: tuple[str, ...]
    claims: tuple[Claim, ...]
    card: str

    @property
    def front(self) -> Mapping[str, str]:
        """The front matter, its values written as YAML."""
        return {"title": json.dumps(self.title), "date": self.date, "tags": json.dumps(self.tags)}

    @property
    def markdown(self) -> str:
        lines = "".join(f"{name}: {value}\n" for name, value in self.front.items())
        return f"---\n{lines}---\n\n{self.body}"

    @property
    def body(self) -> str:
        return "\n\n".join(self.paragraphs) + "\n"


class Corpus(Struct, frozen=True, dict=True):
    """`articles` articles of about 600 words with 25 mentions of `entries` entries.

    Few entries are named often and most seldom, as in a newsroom's archive.
    """

    articles: int
    entries: int

    @cached_property
    def glossary(self) -> tuple[Entry, ...]:
        words = [f"{a}{b}{c}" for b, c, a in product(MIDDLES, TAILS, HEADS)]
        spots = [f"{a}{b}{c}" for b, c, a in product(MIDDLES, PLACE_TAILS, HEADS)]
        return tuple(_entry(number, words, spots) for number in range(self.entries))

    def all(self, mark: Mark = lambda words, entry: words) -> Iterator[Article]:
        return (self.article(number, mark) for number in range(self.articles))

    def article(self, number: int, mark: Mark = lambda words, entry: words) -> Article:
        """One article; what is drawn by lot doesn't depend on `mark`."""
        rng = random.Random(f"{self.entries} {number}")
        cast = [self._draw(rng) for _ in range(min(12, self.entries))]
        seen: set[str] = set()

        def name() -> str:
            entry = rng.choice(cast)
            words = entry.short if entry.id in seen and rng.random() < 0.4 else entry.name
            seen.add(entry.id)
            return mark(words, entry)

        paragraphs: list[str] = []
        claims: list[Claim] = []
        for place in range(13):
            if place in (5, 9):
                paragraphs.append(f"## Part {place} of the story")
            opening = rng.choice(OPENINGS)
            words = [opening.format(*(name() for _ in range(opening.count("{}"))))]
            if place < 10:
                claims.append(Claim(_claim(rng, place), rng.choice(cast).id))
                words.append(_telling(rng, claims[-1].content, name(), quoted=place % 3 == 2))
            paragraphs.append(" ".join((*words, *rng.choices(FILLERS, k=2))))
        title = f"{cast[0].name} waits for {cast[-1].name}, report {number}"
        date = f"{2015 + number % 10}-{number * 7 % 12 + 1:02}-{number * 13 % 28 + 1:02}"
        tags = tuple(sorted(rng.sample(TAGS, 3)))
        slug = f"report-{number:06}"
        return Article(
            slug, title, date, tags, tuple(paragraphs), tuple(claims[:5]), claims[5].content
        )

    def _draw(self, rng: random.Random) -> Entry:
        return self.glossary[int(self.entries * rng.random() ** 3)]


def _entry(number: int, words: list[str], spots: list[str]) -> Entry:
    """The entry of that number; names repeat only beyond what `words` and `spots` give."""
    turn, round_ = number // 3 % len(words), number // 3 // len(words)
    later = f" {'IVX'[round_ % 3] * (round_ // 3 + 1)}" if round_ else ""
    word = words[turn]
    spot = f"{spots[turn % len(spots)]}{'' if turn < len(spots) else f' {word}'}{later}"
    kind = ("person", "organization", "place")[number % 3]
    name, short = {
        "person": (f"{GIVEN[turn % len(GIVEN)]} {word}{later}", f"{word}{later}"),
        "organization": (
            f"{spot} {SUBJECTS[turn % len(SUBJECTS)]} {BODIES[turn % len(BODIES)]}",
            f"{BODIES[turn % len(BODIES)]} of {spot}",
        ),
        "place": (f"Old {spot}" if number % 2 else f"Upper {spot}", f"city of {spot}"),
    }[kind]
    summary = f"{name} has been in the news since the works at the harbor began. See part {number}."
    return Entry(f"e{number}", name, kind, summary, short)


def _claim(rng: random.Random, place: int) -> str:
    return f"the {rng.randint(2, 900)} plans of part {place} would be put before the public"


def _telling(rng: random.Random, claim: str, name: str, *, quoted: bool) -> str:
    if quoted:
        return f"“We never hid that {claim},” {name} {rng.choice(SAID)}."
    return f"{name} {rng.choice(SAID)} that {claim}."


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def make_site(folder: Path, corpus: Corpus) -> None:
    """The corpus as a site of ours: its glossary, and notes beside each article."""
    write(folder / "explainer.yaml", "title: Bench\nbase_url: https://example.org/\npublish: all\n")
    write(folder / "content/glossary/all.yaml", "".join(map(_entry_yaml, corpus.glossary)))
    for article in corpus.all():
        path = folder / f"content/articles/{article.slug}.md"
        write(path, article.markdown)
        write(path.with_suffix(".notes.yaml"), _notes_yaml(article))


def _entry_yaml(entry: Entry) -> str:
    return (
        f"- id: {entry.id}\n  name: {json.dumps(entry.name)}\n  kind: {entry.kind}\n"
        f"  aliases: [{{text: {json.dumps(entry.short)}, after: name}}]\n"
        f"  summary: {json.dumps(entry.summary)}\n"
    )


def _notes_yaml(article: Article) -> str:
    claims = "".join(
        f"  - id: a{number}\n    content: [{{exact: {json.dumps(claim.content)}}}]\n"
        f"    speaker: [{claim.speaker}]\n    mode: indirect\n    standing: official\n"
        "    status: reviewed\n"
        for number, claim in enumerate(article.claims)
    )
    return (
        "background:\n  - id: card\n    title: Before the works\n    date: 2014-06\n"
        "    body: What came before, in two sentences. It helps to know it.\n"
        f"    leans_on: [{{exact: {json.dumps(article.card)}}}]\n    status: reviewed\n"
        f"attributions:\n{claims}"
    )
