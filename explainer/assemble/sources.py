"""Who says so: attributions as notes, and the sources of a story with all that each says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from explainer.assemble.words import MODE_WORDS, STANDING_WORDS, shorten
from explainer.folding import fold
from explainer.language import Language, message
from explainer.model import Attribution, Document, Entry, Link, SourceView, SpeakerView

QUOTE_LENGTH = 280
UNNAMED = message("no source named")


class Sources(Struct, frozen=True):
    """The attributions of one article, numbered in the order of the text from 1."""

    document: Document
    attributions: tuple[Attribution, ...]
    entries: Mapping[str, Entry]
    href_of: Callable[[str], str]
    language: Language

    def number(self, attribution: str) -> int:
        """The number of an attribution; 0 where it isn't shown."""
        for index, one in enumerate(self.attributions, start=1):
            if one.id == attribution:
                return index
        return 0


def speaker_names(attribution: Attribution, sources: Sources) -> tuple[str, ...]:
    """Who says it: entries' names, else the article's own words for the source."""
    if attribution.speaker:
        return tuple(sources.entries[speaker].name for speaker in attribution.speaker)
    words = attribution.antecedent or attribution.source
    label = " ".join(" ".join(span.of(sources.document.text) for span in words).split())
    return (label or sources.language.say(UNNAMED),)


def source_views(sources: Sources) -> tuple[SourceView, ...]:
    disputed_by: dict[str, list[Attribution]] = {}
    for one in sources.attributions:
        for target in one.disputes:
            disputed_by.setdefault(target, []).append(one)
    return tuple(
        _source_view(one, number, sources, disputed_by.get(one.id, []))
        for number, one in enumerate(sources.attributions, start=1)
    )


def _source_view(
    attribution: Attribution, number: int, sources: Sources, disputed_by: list[Attribution]
) -> SourceView:
    chain = _chain(attribution, sources)
    by_id = {one.id: one for one in sources.attributions} if attribution.disputes else {}
    return SourceView(
        id=attribution.id,
        anchor=f"source-{attribution.id}",
        number=number,
        speakers=_speaker_links(attribution, sources),
        via=_entry_links(attribution.via, sources),
        said_as=_said_as(attribution, sources, chain),
        chain=chain,
        mode=attribution.mode,
        mode_words=sources.language.say(MODE_WORDS[attribution.mode]),
        standing=attribution.standing,
        standing_words=sources.language.say(STANDING_WORDS[attribution.standing]),
        quote=shorten(quoted_text(attribution, sources.document), QUOTE_LENGTH),
        back=f"#claim-{attribution.id}",
        disputes=_note_links([by_id[one] for one in attribution.disputes if one in by_id], sources),
        disputed_by=_note_links(disputed_by, sources),
        suggested=attribution.status == "suggested",
    )


def quoted_text(attribution: Attribution, document: Document) -> str:
    """The claim's words; an ellipsis stands where its pieces are apart."""
    return " … ".join(span.of(document.text) for span in attribution.content)


def _speaker_links(attribution: Attribution, sources: Sources) -> tuple[Link, ...]:
    if attribution.speaker:
        return _entry_links(attribution.speaker, sources)
    return tuple(Link(name, "") for name in speaker_names(attribution, sources))


def _entry_links(ids: Sequence[str], sources: Sources) -> tuple[Link, ...]:
    return tuple(Link(sources.entries[one].name, sources.href_of(one)) for one in ids)


def _note_links(attributions: Sequence[Attribution], sources: Sources) -> tuple[Link, ...]:
    return tuple(
        Link(
            sources.language.say(
                "{number}, {names}",
                number=sources.number(one.id),
                names=sources.language.list(speaker_names(one, sources)),
            ),
            f"#source-{one.id}",
        )
        for one in attributions
    )


def said_as(attribution: Attribution, sources: Sources) -> str:
    """Speaker, standing and the chain of outlets in words: "Andrei Lankov, expert, told AFP"."""
    return _said_as(attribution, sources, _chain(attribution, sources))


def _said_as(attribution: Attribution, sources: Sources, chain: str) -> str:
    say = sources.language.say
    parts = [sources.language.list(speaker_names(attribution, sources))]
    if attribution.speaker or attribution.standing != "anonymous":
        parts.append(say(STANDING_WORDS[attribution.standing]))
    return say(", ").join(filter(None, [*parts, chain]))


def _chain(attribution: Attribution, sources: Sources) -> str:
    """By which way it came: "told AFP", "as reported by AFP, from KCNA"; empty if straight."""
    if not attribution.via:
        return ""
    say = sources.language.say
    *nearer, first = [_short_name(sources.entries[one]) for one in attribution.via]
    cue = " ".join(span.of(sources.document.text) for span in attribution.cue)
    if fold(cue).text.split()[-1:] == ["told"]:
        chain = say("told {outlet}", outlet=first)
        for outlet in reversed(nearer):
            chain = say("{chain}, as reported by {outlet}", chain=chain, outlet=outlet)
        return chain
    for outlet in reversed(nearer):
        first = say("{outlet}, from {other}", outlet=outlet, other=first)
    return say("as reported by {outlet}", outlet=first)


def _short_name(outlet: Entry) -> str:
    """Its initials where they are a name of it: AFP."""
    initials = (one.text for one in outlet.aliases if one.text.isupper() and len(one.text) <= 5)
    return next(initials, outlet.name)


def speaker_views(sources: Sources) -> tuple[SpeakerView, ...]:
    """Every source of the story, the most cited first, then in the order of the text."""
    cited: dict[tuple[str, str], list[Attribution]] = {}
    for one in sources.attributions:
        for speaker in one.speaker:
            cited.setdefault((speaker, ""), []).append(one)
        if not one.speaker:
            cited.setdefault(("", speaker_names(one, sources)[0]), []).append(one)
    views = [_speaker_view(key, claims, sources) for key, claims in cited.items()]
    most = max((view.words for view in views), default=0) or 1
    views = [replace(view, share=-(-100 * view.words // most)) for view in views]
    return tuple(sorted(views, key=lambda view: -view.count))


def _speaker_view(key: tuple[str, str], claims: list[Attribution], sources: Sources) -> SpeakerView:
    speaker, label = key
    entry = sources.entries.get(speaker)
    standing = Counter(one.standing for one in claims).most_common(1)[0][0]
    return SpeakerView(
        name=entry.name if entry else label,
        href=sources.href_of(speaker) if entry else "",
        description=entry.role if entry else "",
        standing=standing,
        standing_words=sources.language.say(STANDING_WORDS[standing]),
        named=entry is not None,
        count=len(claims),
        words=sum(
            len(span.of(sources.document.text).split()) for one in claims for span in one.content
        ),
        share=0,
        claims=tuple(Link(str(sources.number(one.id)), f"#source-{one.id}") for one in claims),
    )
