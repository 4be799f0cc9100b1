"""Tell a place that acts, as its government or its team does, from a place one is in."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from importlib import resources

from msgspec import Struct
from msgspec.structs import replace

from explainer.annotate.gazetteer import Gazetteer, load_gazetteer
from explainer.annotate.governments import move_to_governments, with_seats
from explainer.annotate.grammar import VERBAL, Grammar, read_grammar
from explainer.annotate.names import slug_of
from explainer.model import AnnotatedDocument, Entry, Mention

GAMES_NEEDED = 12


class SenseWords(Struct, frozen=True):
    """The lists of `senses.toml`."""

    still_verbs: frozenset[str]
    governing_verbs: frozenset[str]
    still_nouns: frozenset[str]
    acted_on_verbs: frozenset[str]
    giving_verbs: frozenset[str]
    receiving_verbs: frozenset[str]
    holdings: frozenset[str]
    actor_nouns: frozenset[str]
    still_prepositions: frozenset[str]
    games: frozenset[str]


class Reader(Struct, frozen=True):
    """What one article's places are read with; ``capital`` names speak of governments sooner."""

    grammar: Grammar
    words: SenseWords
    is_game: bool


def sense_annotator(entries: tuple[Entry, ...]) -> Callable[[AnnotatedDocument], AnnotatedDocument]:
    """Give the annotator that changes ``mentions`` of places that act to organizations.

    Where the entry has a sense for it, the mention moves to that sense's entry; a capital
    without one gets it, and its government's entry is proposed. Nothing that an editor settled
    is touched.
    """
    words, gazetteer = load_sense_words(), load_gazetteer()
    countries = frozenset(
        slug_of(one.referent) for one in gazetteer.names.values() if one.role == "country"
    )
    senses = {entry.id: entry.senses[0].entry for entry in entries if entry.senses}
    id_by_name = {entry.name: entry.id for entry in entries}

    def annotate_senses(annotated: AnnotatedDocument) -> AnnotatedDocument:
        if annotated.analysis is None:
            return annotated
        grammar = read_grammar(annotated.analysis, annotated.document.text)
        reader = Reader(grammar, words, is_about_games(grammar, words))
        mentions = tuple(
            read_sense(one, reader, senses, gazetteer, countries) for one in annotated.mentions
        )
        return with_governments(replace(annotated, mentions=mentions), gazetteer, id_by_name)

    return annotate_senses


def with_governments(
    annotated: AnnotatedDocument, gazetteer: Gazetteer, id_by_name: Mapping[str, str]
) -> AnnotatedDocument:
    """Move capitals that act to their governments, saying which sense was passed over."""
    text = annotated.document.text
    acting = [
        (mention, known.referent)
        for mention in annotated.mentions
        if mention.by.startswith(MEANT) and not mention.by.endswith(TEAM)
        and (known := gazetteer.names.get(mention.span.of(text))) and known.role == "capital"
    ]  # fmt: skip
    moved, seats, governments = move_to_governments(acting, id_by_name)
    mentions = [
        replace(moved[one], by=f"{MOVED}{one.by.removeprefix(MEANT)}; not {one.entry}, the place")
        if one in moved
        else one
        for one in annotated.mentions
    ]
    taken = {one.id for one in annotated.proposed}
    return replace(
        annotated,
        mentions=tuple(mentions),
        proposed=(
            *with_seats(annotated.proposed, seats),
            *(one for one in governments if one.id not in taken),
        ),
    )


def load_sense_words() -> SenseWords:
    source = resources.files("explainer.annotate").joinpath("senses.toml").read_text("utf-8")
    return SenseWords(**{k: frozenset(v.split()) for k, v in tomllib.loads(source).items()})


def is_about_games(grammar: Grammar, words: SenseWords) -> bool:
    return sum(word.lemma in words.games for word in grammar.words) >= max(
        GAMES_NEEDED, len(grammar.words) // 40
    )


def read_sense(
    mention: Mention,
    reader: Reader,
    senses: dict[str, str],
    gazetteer: Gazetteer,
    countries: frozenset[str],
) -> Mention:
    if mention.kind != "place" or mention.by in ("notes", "text"):
        return mention
    name = mention.span.of(reader.grammar.text)
    known = gazetteer.names.get(name.removeprefix("the ").removeprefix("The "))
    country = (known is not None and known.role in ("country", "capital")) or (
        mention.entry in countries
    )
    if mention.entry not in senses and not country:
        return mention
    reason = why_it_acts(reader, mention, capital=known is not None and known.role == "capital")
    if not reason:
        return mention
    entry = mention.entry if reason == TEAM else senses.get(mention.entry, mention.entry)
    by = (MEANT if entry == mention.entry else MOVED) + reason
    return replace(mention, entry=entry, kind="organization", status="suggested", by=by)


MOVED = "senses: "
"""How ``Mention.by`` begins where the sense has an entry of its own."""
MEANT = "sense: "
"""How it begins where only the kind is another."""
TEAM = "a team in an article about a game"


def why_it_acts(reader: Reader, mention: Mention, *, capital: bool) -> str:
    """Say, in words, what makes an actor of a place; empty where it is only a place."""
    grammar, words = reader.grammar, reader.words
    inside = grammar.inside(mention.span)
    place = grammar.head_of(inside)
    if place is None:
        return ""
    place = first_of_series(grammar, place)
    word = grammar.words[place]
    head, lemma = word.head, grammar.lemma(word.head)
    if word.dep in ("compound", "amod", "nmod"):
        return ""
    reason = ""
    if word.dep in ("nsubj", "nsubjpass"):
        reason = _as_subject(reader, place, head, capital=capital)
    elif word.dep in ("dobj", "dative"):
        reason = f"object of “{lemma}”" if lemma in words.acted_on_verbs else ""
    elif word.dep == "poss":
        # Fighting wars and making policy is what governments do; coasts are a country's.
        noun = grammar.words[head]
        reason = f"possessor of “{noun.text}”" if grammar.lemma(head) in words.actor_nouns else ""
    elif (verb := _verb_after(reader, place)) is not None:
        reason = _as_subject(reader, place, verb, capital=capital)
    elif word.dep == "pobj":
        reason = _behind_preposition(reader, head, capital=capital)
    if not reason and reader.is_game and not _is_somewhere(reader, place):
        return TEAM
    return reason


def first_of_series(grammar: Grammar, index: int) -> int:
    """Give the first of "Moscow and Pyongyang", which has the series' place in the sentence."""
    while grammar.words[index].dep in ("conj", "appos") and grammar.words[index].head != index:
        head = grammar.words[index].head
        if grammar.words[head].pos not in ("PROPN", "NOUN"):
            break
        index = head
    return index


def _is_somewhere(reader: Reader, place: int) -> bool:
    word = reader.grammar.words[place]
    lemma = reader.grammar.lemma(word.head)
    return word.dep in ("pobj", "npadvmod") and (
        lemma in reader.words.still_prepositions or lemma in ("from", "of", "to")
    )


def _as_subject(reader: Reader, place: int, verb: int, *, capital: bool) -> str:
    grammar, words = reader.grammar, reader.words
    lemma, word = grammar.lemma(verb), grammar.words[verb]
    said = f"subject of “{word.text}”"
    if word.pos not in VERBAL:
        return ""
    if grammar.words[place].dep == "nsubjpass":
        suffers = lemma == "hit" and not _is_done_by_an_actor(reader, verb)
        return said if lemma in words.acted_on_verbs and not suffers else ""
    if lemma == "be":
        return _is_something(reader, verb, capital=capital)
    if lemma == "have":
        thing = grammar.child(verb, "dobj")
        more = grammar.child(verb, "conj")
        if thing is None and more is not None and grammar.words[more].pos == "VERB":
            return f"subject of “{grammar.words[more].text}”"
        aims = thing is not None and grammar.lemma(thing) in words.actor_nouns | words.holdings
        return said if aims or capital else ""
    still = words.still_verbs - (words.governing_verbs if capital else frozenset())
    return "" if lemma in still else said


def _is_done_by_an_actor(reader: Reader, verb: int) -> bool:
    """Sanctions hit a government, rain a city."""
    grammar = reader.grammar
    by = grammar.child(verb, "agent")
    doer = grammar.child(by, "pobj") if by is not None else None
    return doer is not None and grammar.lemma(doer) in reader.words.actor_nouns


def _verb_after(reader: Reader, place: int) -> int | None:
    """Give the verb of "after Moscow, Iran and Turkey said", where the model sees no clause."""
    grammar = reader.grammar
    word = grammar.words[place]
    if word.dep != "pobj" or grammar.lemma(word.head) not in ("after", "before", "since", "until"):
        return None
    series = grammar.subtree(place, lambda c: grammar.words[c].dep in ("conj", "cc", "punct"))
    following = series[-1] + 1
    told = following < len(grammar.words) and grammar.words[following].tag in ("VBD", "VBZ", "VBP")
    return following if told else None


def _is_something(reader: Reader, verb: int, *, capital: bool) -> str:
    grammar, words = reader.grammar, reader.words
    what = grammar.child(verb, "attr", "acomp")
    if what is None:
        return ""
    lemma = grammar.lemma(what)
    if lemma in words.still_nouns or grammar.words[what].pos == "PROPN":
        return ""
    acts = lemma in words.actor_nouns or lemma.endswith(("er", "or", "ist", "ant"))
    return f"is called “{grammar.words[what].text}”" if acts or capital else ""


def _behind_preposition(reader: Reader, preposition: int, *, capital: bool) -> str:
    grammar, words = reader.grammar, reader.words
    small = grammar.lemma(preposition)
    if small in words.still_prepositions:
        return ""
    governor = grammar.words[preposition].head
    lemma, word = grammar.lemma(governor), grammar.words[governor]
    said = f"“{word.text} {small}” it"
    if grammar.words[preposition].dep == "agent":
        return said
    if small == "to":
        gives = lemma in words.giving_verbs
        return said if gives or (word.pos == "NOUN" and lemma in words.actor_nouns) else ""
    if small == "from":
        takes = lemma in words.receiving_verbs or (
            word.pos == "NOUN" and lemma in words.actor_nouns
        )
        return said if takes else ""
    if small in ("of", "with", "between", "on", "against", "for"):
        party = word.pos == "NOUN" and lemma in words.actor_nouns
        # The war against a country, its invasion and defence happen where it lies.
        if lemma in ("war", "invasion", "attack", "operation", "defense", "defence", "strike"):
            return said if capital and small != "of" else ""
        meets = small == "with" and word.pos == "VERB"
        return said if party or meets else ""
    return ""
