"""The cue lexicon, as `cues.toml` has it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from importlib import resources
from typing import Any

from msgspec import Struct

Lemmas = frozenset[str]
GROUPS = tuple(
    """clause addressed manner going_on intent judge want show deeds unnamed
    seem light""".split()
)


class Cues(Struct, frozen=True):
    """Lemmas by the shape of the content they bring; see the file for what each group is."""

    clause: Lemmas
    addressed: Lemmas
    manner: Lemmas
    going_on: Lemmas
    intent: Lemmas
    judge: Lemmas
    want: Lemmas
    show: Lemmas
    prepositions: Mapping[str, Lemmas]
    nouns: Lemmas
    noun_prepositions: Lemmas
    adjectives: Lemmas
    disputing: Lemmas
    deeds: Lemmas
    unnamed: Lemmas
    seem: Lemmas
    light: Lemmas
    sure: Lemmas
    doubtful: Lemmas
    standing: Mapping[str, Lemmas]

    def knows(self, lemma: str) -> bool:
        """True for a word that some group has."""
        groups = (self.clause, self.manner, self.going_on, self.intent, self.judge, self.want,
                  self.show, self.nouns, self.adjectives, self.unnamed,
                  *self.prepositions.values())  # fmt: skip
        return any(lemma in group for group in groups)

    def says(self, lemma: str) -> bool:
        """True for a verb that is a word of its subject's, whatever shape the word takes."""
        return lemma in self.clause or lemma in self.intent or lemma in self.judge


def load_cues() -> Cues:
    """Read the lexicon that ships with the program."""
    text = resources.files("explainer.annotate").joinpath("cues.toml").read_text("utf-8")
    table: dict[str, Any] = tomllib.loads(text)
    return Cues(
        **{name: _lemmas(table[name]) for name in GROUPS},
        prepositions={k: _lemmas(v) for k, v in table["with_preposition"].items()},
        nouns=_lemmas(table["nouns"]["clause"]),
        noun_prepositions=_lemmas(table["nouns"]["prepositions"]),
        adjectives=_lemmas(table["adjectives"]["clause"]),
        sure=_lemmas(table["weight"]["sure"]),
        doubtful=_lemmas(table["weight"]["doubtful"]),
        disputing=_lemmas(table["disputing"]["lemmas"]),
        standing={k: _lemmas(v) for k, v in table["standing"].items()},
    )


def _lemmas(text: str) -> Lemmas:
    return frozenset(text.split())
