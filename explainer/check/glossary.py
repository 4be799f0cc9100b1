"""G: the glossary, against itself and against what uses it."""

from __future__ import annotations

from collections.abc import Iterator

from explainer.build import ReadSite
from explainer.model import Diagnostic, Entry
from explainer.read import entry_links

_COMMON = frozenset(
    """April August Bill Black Brown Chase Christian Clay Cook Day Down English Field Fisher Frank
    French German Grace Grant Green Hall Hill Hope House Hunter Jack June King Lane Long Major March
    Mark May Miller Moon North Page Park Pope Price Rich Rose Short Smith South Stone Summer Sunday
    Taylor Turkey Victor Wall Ward West White Will Wood Young Chad China Georgia Jordan Mali Polish
    a an and are as at be by can do for go he her his i in is it its me may my no nor not of off on
    one or our out so than that the their them then they this to too up us was we were what when who
    will with you your state act capital court forum party president talks""".split()
)


def check_unused_entries(site: ReadSite) -> Iterator[Diagnostic]:
    """G001: an entry that no article, card, summary or sense leads to."""
    used = _used(site)
    for entry in site.entries:
        if entry.id not in used and entry.status != "rejected":
            message = f"no article uses the entry '{entry.id}'"
            yield Diagnostic("G001", message, entry.position)


def _used(site: ReadSite) -> set[str]:
    used = {mention.entry for article in site.articles for mention in article.mentions}
    for notes in site.notes.values():
        for card in notes.background:
            used.update(card.entries, entry_links(card.body))
        for one in notes.attributions:
            used.update(one.speaker, one.via)
    for entry in site.entries:
        used.update(entry_links(entry.summary), (sense.entry for sense in entry.senses))
        if any(sense.entry in used for sense in entry.senses):
            used.add(entry.id)
    return used


def check_common_words(site: ReadSite) -> Iterator[Diagnostic]:
    """G003: a name that is a common word, or too short, and so will match what isn't meant.

    A short form that waits for its full name is spared: it matches only where its bearer is.
    """
    for entry in site.entries:
        names = [(entry.name, entry.position)]
        names += [(a.text, a.position) for a in entry.aliases if not a.after_name]
        for name, position in names:
            if len(name) < 2 or name in _COMMON:
                message = (
                    f"'{name}' (a name of '{entry.id}') is also a common word; expect mentions "
                    "that aren't meant, and settle them in the notes"
                )
                yield Diagnostic("G003", message, position)


def check_summaries(site: ReadSite) -> Iterator[Diagnostic]:
    """G005 no summary, G006 no as_of, of what an editor has accepted."""
    for entry in site.entries:
        if entry.status != "reviewed":
            continue
        if not entry.summary:
            yield Diagnostic("G005", f"the entry '{entry.id}' has no summary", entry.position)
        elif not entry.as_of and _goes_stale(entry):
            message = f"the entry '{entry.id}' doesn't say as_of when it holds"
            yield Diagnostic("G006", message, entry.position, "note")


def _goes_stale(entry: Entry) -> bool:
    return entry.kind in ("person", "organization", "outlet", "place")
