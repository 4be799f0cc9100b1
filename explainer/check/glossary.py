"""G: the glossary, against itself and against what uses it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from explainer.build import ReadSite
from explainer.check.codes import doubt
from explainer.check.fixes import without_alias
from explainer.edtf import parse_edtf
from explainer.model import Diagnostic, Entry
from explainer.read import entry_links

COMMON = frozenset(
    """April August Bill Black Brown Chase Christian Clay Cook Day Down English Field Fisher Frank
    French German Grace Grant Green Hall Hill Hope House Hunter Jack June King Lane Long Major March
    Mark May Miller Moon North Page Park Pope Price Rich Rose Short Smith South Stone Summer Sunday
    Taylor Turkey Victor Wall Ward West White Will Wood Young Chad China Georgia Jordan Mali Polish
    a an and are as at be by can do for go he her his i in is it its me may my no nor not of off on
    one or our out so than that the their them then they this to too up us was we were what when who
    will with you your state act capital court forum party president talks""".split()
)
STALE_DAYS = 730
"""Two years: most offices change hands, or are held by another government, within a few."""


def check_unused_entries(site: ReadSite) -> Iterator[Diagnostic]:
    """G001: an entry that no article, card, summary or sense leads to."""
    used = _used(site)
    for entry in site.entries:
        if entry.id not in used and entry.status != "rejected":
            yield doubt("G001", f"no article uses the entry '{entry.id}'", entry.position)


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


def check_names(site: ReadSite) -> Iterator[Diagnostic]:
    """G003 a name that is a common word or too short; G010 one that an entry has twice.

    A short form that waits for its full name is spared the first: it matches only where its
    bearer is.
    """
    for entry in site.entries:
        seen = {entry.name}
        names = [(entry.name, entry.position)]
        names += [(a.text, a.position) for a in entry.aliases if not a.after_name]
        for name, position in names:
            if len(name) < 2 or name in COMMON:
                message = (
                    f"'{name}' (a name of '{entry.id}') is also a common word; expect mentions "
                    "that aren't meant, and settle them in the notes"
                )
                yield doubt("G003", message, position)
        for index, alias in enumerate(entry.aliases):
            if alias.text in seen:
                message = f"'{entry.id}' has the name '{alias.text}' twice"
                fix = without_alias(site.config.root, entry, index)
                yield doubt("G010", message, alias.position, fix)
            seen.add(alias.text)


def check_summaries(site: ReadSite) -> Iterator[Diagnostic]:
    """G005 no summary, G006 no as_of, of what an editor has accepted."""
    for entry in site.entries:
        if entry.status != "reviewed":
            continue
        if not entry.summary:
            yield doubt("G005", f"the entry '{entry.id}' has no summary", entry.position)
        elif not entry.as_of and goes_stale(entry):
            message = f"the entry '{entry.id}' doesn't say as_of when it holds"
            yield doubt("G006", message, entry.position)


def goes_stale(entry: Entry) -> bool:
    """Say whether what it tells can change: events, terms and works stay as they are."""
    return entry.kind in ("person", "organization", "outlet", "place") and entry.died is None


def check_age(site: ReadSite) -> Iterator[Diagnostic]:
    """G008: an entry that was looked over long before the latest article that uses it."""
    for entry, published, days in stale_entries(site):
        message = (
            f"the entry '{entry.id}' holds as of {entry.as_of}, {days // 365} years before the "
            f"article of {published} that uses it"
        )
        yield doubt("G008", message, entry.position)


def stale_entries(site: ReadSite, most: int = STALE_DAYS) -> Iterator[tuple[Entry, str, int]]:
    """Give each entry older than its latest article by more than `most` days, and by how many."""
    latest: dict[str, str] = {}
    for article in site.articles:
        published = article.document.meta.date[:10]
        for mention in article.mentions:
            latest[mention.entry] = max(latest.get(mention.entry, ""), published)
    for entry in site.entries:
        published = latest.get(entry.id, "")
        if not (entry.as_of and published and goes_stale(entry)) or entry.status == "rejected":
            continue
        seen = parse_edtf(entry.as_of).latest
        days = (date.fromisoformat(published) - date(*seen)).days if seen and seen[0] > 0 else 0
        if days > most:
            yield entry, published, days


def check_circles(site: ReadSite) -> Iterator[Diagnostic]:
    """G009: a summary that links to its own entry, and senses that lead in a circle."""
    senses = {entry.id: tuple(sense.entry for sense in entry.senses) for entry in site.entries}
    for entry in site.entries:
        if entry.id in entry_links(entry.summary):
            message = f"the summary of '{entry.id}' links to itself"
            yield doubt("G009", message, entry.position)
        if entry.id in _reached(entry.id, senses):
            yield doubt("G009", f"the senses of '{entry.id}' lead back to it", entry.position)


def _reached(start: str, senses: dict[str, tuple[str, ...]]) -> set[str]:
    reached: set[str] = set()
    ahead = list(senses.get(start, ()))
    while ahead:
        one = ahead.pop()
        if one not in reached:
            reached.add(one)
            ahead += senses.get(one, ())
    return reached
