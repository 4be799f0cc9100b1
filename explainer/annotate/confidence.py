"""How sure a suggestion is, by the rule that made it and what speaks for and against it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from importlib import resources

from msgspec import Struct

from explainer.annotate.cues import Cues
from explainer.annotate.grammar import Grammar
from explainer.annotate.said import Said

Rates = Mapping[str, float]

_FIRST = frozenset({"i", "we", "you", "one", "my", "our", "your"})
_MAYBE = frozenset({"would", "could", "should", "might", "can", "may", "must"})
_UNNAMED = frozenset({"unnamed", "seeming"})
# Rules whose cue is no matter of the verb's meaning.
_PLAIN = frozenset({"tag", "according", "credit", "colon", "tail"})


class Confidence(Struct, frozen=True):
    """The table, as `confidence.toml` has it."""

    attributions: Rates
    doubts: Rates
    supports: Rates
    mentions: Rates
    cards: Rates
    dates: Rates

    def of_attribution(self, rule: str, reasons: Iterable[str]) -> float:
        """Give the rule's confidence, lowered by each doubt and raised by each support."""
        sure = self.attributions[rule]
        told = list(reasons)
        for reason in told:
            sure *= self.doubts.get(reason, 1)
        for reason in told:
            sure = 1 - (1 - sure) * self.supports.get(reason, 1)
        return round(sure, 2)

    def of_mention(self, by: str) -> float:
        """Give the confidence of a mention; 1 where a person marked it."""
        if by.startswith(("sense: ", "senses: ")):
            return self.mentions["sense"]
        return self.mentions.get(by, 1.0)

    def of_date(self, evidence: str) -> float:
        return self.dates.get(evidence.removeprefix("times: "), 1.0)

    def of_card(self, evidence: str) -> float:
        return self.cards.get(evidence.removeprefix("background: "), 1.0)


def load_confidence() -> Confidence:
    """Read the table that ships with the program."""
    text = resources.files("explainer.annotate").joinpath("confidence.toml").read_text("utf-8")
    return Confidence(**tomllib.loads(text))


def reasons_for(grammar: Grammar, cues: Cues, said: Said) -> list[str]:
    """Say what makes a claim doubtful, then what makes it surer."""
    claim, verb = said.claim, grammar.words[said.claim.verb]
    quoted = any(mark in span.of(grammar.text) for span in said.content for mark in '“"')
    source = {grammar.words[i].text.lower() for i in claim.source}
    _, end = grammar.sentences[grammar.sentence_of[claim.verb]]
    helpers = {grammar.lemma(i) for i in grammar.all_children(claim.verb, "aux")}
    length = sum(len(span.of(grammar.text).split()) for span in said.content)
    by_meaning = claim.rule not in _PLAIN
    lemma = grammar.lemma(claim.verb)
    told = (
        ("nobody is named", not source and claim.rule not in _UNNAMED),
        ("the writer or the reader speaks", bool(source) and source <= _FIRST),
        ("it stands in a question", grammar.words[end - 1].text == "?" and claim.rule != "tag"),
        ("it is told to somebody, as a command", verb.tag == "VB" and not helpers),
        ("it brings a word or two", length <= 2 and not quoted and claim.rule != "tag"),
        ("it only might be said", bool(helpers & _MAYBE)),
        ("it is only meant to be said", verb.tag == "VB" and "to" in helpers),
        ("the cue often means something else", by_meaning and lemma in cues.doubtful),
        ("it holds a quotation", quoted and claim.rule != "tag"),
        ("the cue means nothing else", by_meaning and lemma in cues.sure),
    )
    return [reason for reason, holds in told if holds]
