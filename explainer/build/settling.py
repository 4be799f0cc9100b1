"""What has changed in the glossary, and what that reaches."""

from __future__ import annotations

import functools
import hashlib
import platform
import re
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from msgspec.structs import replace

from explainer import __version__
from explainer.annotate.matching import forms_of
from explainer.assemble import shows_notes
from explainer.assemble.entries import summary_links
from explainer.build.reading import Glossary
from explainer.build.workshop import Workshop, shown_statuses
from explainer.cache import Cache
from explainer.cache.entries import KeptItems, dump_entry, load_entry, unplaced
from explainer.home import PACKAGE
from explainer.model import Entry
from explainer.survey import files_below

if TYPE_CHECKING:
    from explainer.build.plan import Plan


def kept_glossary(plan: Plan, cache: Cache) -> Glossary | None:
    """The glossary as the last build read it, where it and what reads it are still the same."""
    changed = not plan.settled or plan.changes_below(plan.config.content / "glossary")
    if changed or cache.meta("program") != program():
        return None
    plan.entries_stand = True
    entries = cache.entries()
    return Glossary(entries, cache.names(entries))


def known_items(cache: Cache) -> KeptItems | None:
    """The items of the glossary's files as this program read them."""
    return cache.items() if cache.meta("program") == program() else None


@functools.cache
def program() -> str:
    """The program: its version, and its own files as it found them, for those who change it."""
    found = files_below(PACKAGE, (".py", ".po", ".toml"))
    files = sorted((one.path, one.size, one.written) for one in found)
    told = f"{__version__} {platform.python_version()} {files}"
    return hashlib.sha256(told.encode(errors="surrogateescape")).hexdigest()


def with_kept_names(shop: Workshop, cache: Cache) -> Workshop:
    """Once the entries are settled, an article needs the automaton of but a few of their names."""
    glossary = shop.glossary
    return replace(shop, glossary=replace(glossary, names=cache.names(glossary.by_id)))


def settle_entries(shop: Workshop, cache: Cache, plan: Plan) -> None:
    """Keep the glossary, and drop what uses an entry that changed or holds a name that did."""
    if plan.entries_stand:
        return
    told, now, items = cache.told_entries(), shop.glossary.by_id, shop.glossary.items
    telling = {one: dump_entry(entry, items.get(one)) for one, entry in now.items()}
    other = {one: kept for one, kept in telling.items() if told.get(one) != kept}
    gone = told.keys() - now.keys()
    before = {one: load_entry(told[one]) for one in other.keys() | gone if one in told}
    stay = {one for one in before.keys() & now if unplaced(before[one]) == unplaced(now[one])}
    changed = (other.keys() | gone) - stay
    if changed and told:
        before = {one: entry for one, entry in before.items() if one not in stay}
        after = {one: now[one] for one in changed - gone}
        _drop_articles(before, after, cache, plan)
        _drop_pages(before, after, shop, cache)
    cache.keep_entries(other, [now[one] for one in sorted(changed - gone)], gone)
    cache.commit()


def _drop_articles(
    before: Mapping[str, Entry], after: Mapping[str, Entry], cache: Cache, plan: Plan
) -> None:
    for slug, entry in list(cache.using(before.keys() | after.keys())):
        plan.forget(cache, slug, f"the entry '{entry}' changed")
    names: set[str] = set()
    for one in before.keys() | after.keys():
        was, is_now = _forms(before.get(one)), _forms(after.get(one))
        names |= {form for form, _, _ in was ^ is_now}
    for slug, name in list(cache.naming(sorted(names))):
        plan.forget(cache, slug, f"the name '{name}' means something else, or nothing")


def _forms(entry: Entry | None) -> set[tuple[str, str, bool]]:
    return {(form, name.text, name.short) for form, name in forms_of(entry)} if entry else set()


def _drop_pages(
    before: Mapping[str, Entry], after: Mapping[str, Entry], shop: Workshop, cache: Cache
) -> None:
    changed = before.keys() | after.keys()
    cache.add_due({*(f"entries/{one}" for one in changed), "single"}, "the glossary changed")
    listed = any(_listed(before.get(one)) != _listed(after.get(one)) for one in changed)
    if listed or shows_notes(shop.addresses):
        lists = ("glossary", "sources", "timeline", "search", "search-entries")
        cache.add_due(lists, "the glossary changed")
    statuses = shown_statuses(shop.config)
    shown = {one for one, entry in before.items() if entry.status in statuses}
    moved = shown ^ {one for one, entry in after.items() if entry.status in statuses}
    if moved:
        owners = (f"entries/{one.id}" for one in shop.glossary.by_id.values() if _leads(one, moved))
        cache.add_due(owners, "an entry came or went")
    cache.drop_files(f"entries/{one}" for one in shown - after.keys())


def _listed(entry: Entry | None) -> object:
    """What lists show of an entry."""
    return entry and (
        entry.name, entry.kind, entry.role, [alias.text for alias in entry.aliases],
        entry.date, entry.language, entry.original_name, entry.status,
    )  # fmt: skip


_PLAIN_LINK = re.compile(r"\]\(#([a-z0-9-]+)\)")


def _leads(entry: Entry, to: Collection[str]) -> bool:
    """Whether a summary may link to one of those entries."""
    rest = _PLAIN_LINK.sub("", entry.summary)
    if "#" in rest or "&" in rest:
        return any(one in to for one in summary_links(entry))
    return any(one in to for one in _PLAIN_LINK.findall(entry.summary))
