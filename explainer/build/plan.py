"""What of the last build still holds: files are compared first, then entries, then names."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from explainer import __version__
from explainer.annotate.matching import forms_of
from explainer.build.articles import Workshop, digest_of
from explainer.cache import Cache
from explainer.config import SiteConfig
from explainer.model import Entry, Position
from explainer.read import display_path, slug_of, stamps_of

UNKNOWN = "?"
"""The stamp of a file that was written just now: one written after it may have the same."""


@dataclass(slots=True)
class Plan:
    """What is to be made, and why.

    ``articles`` are paths, ``due`` the owners of other pages, ``reasons`` by owner: articles/
    and a slug, entries/ and an id, lists/ and a tag's address. ``whole`` is whether nothing of
    the last build holds.
    """

    whole: bool = False
    articles: list[Path] = field(default_factory=list)
    due: set[str] = field(default_factory=set)
    reasons: dict[str, str] = field(default_factory=dict)

    def is_due(self, owner: str) -> bool:
        return self.whole or owner in self.due

    def settle_due(self, cache: Cache) -> None:
        """Find the pages that show what has changed."""
        if not self.whole:
            due = cache.due()
            self.due = set(due)
            self.reasons |= due

    def reasons_by_page(self, cache: Cache) -> dict[str, str]:
        """Why each page that was made anew was, by its path."""
        made: dict[str, str] = {}
        for owner, name, *_ in cache.owned_files():
            reason = self.reasons.get("" if self.whole else owner)
            if reason and name.endswith(".html"):
                made[name] = reason
        return made


def scan_sources(config: SiteConfig, theme: Iterable[Path]) -> dict[str, str]:
    """A stamp for every file that a build may read, by its path."""
    folders = [config.content, Path(__file__).parent.parent]
    for folder in dict.fromkeys((config.root, *theme)):
        folders += [folder / "templates", folder / "static"]
    stamps: dict[str, str] = {}
    for folder in folders:
        stamps.update(stamps_of(folder))
    return stamps


def is_unchanged(old: Mapping[str, str], new: Mapping[str, str]) -> bool:
    return bool(old) and old == new and UNKNOWN not in old.values()


def settle_base(shop: Workshop, cache: Cache, plan: Plan, theme: str) -> None:
    """Drop all that was made under other settings, another theme or another program."""
    parts = {
        "program": program(),
        "settings": settings_of(shop.config),
        "theme": theme,
        "menu": _digest(repr(shop.view)),
    }
    changed = [name for name, value in parts.items() if cache.meta(name) != value]
    if not changed and not cache.meta("whole"):
        return
    plan.whole = True
    reason = "nothing is known of the last build"
    if cache.meta("program") and changed:
        reason = f"the {changed[0]} changed"
    plan.reasons[""] = reason
    if changed:
        cache.clear()
        for name, value in parts.items():
            cache.set_meta(name, value)
    cache.set_meta("whole", "1")
    cache.commit()
    # Articles of a build that was interrupted may still hold: `settle_articles` looks.


def settle_entries(shop: Workshop, cache: Cache, plan: Plan) -> None:
    """Drop the articles that use what changed in the glossary, or hold a name that did."""
    old = cache.entries()
    new = {one: (_digest(_without_places(e)), _names(e)) for one, e in shop.glossary.by_id.items()}
    if old == new:
        return
    changed = {one for one in old.keys() | new.keys() if old.get(one) != new.get(one)}
    for slug, entry in list(cache.using(changed)):
        _forget(cache, plan, slug, f"the entry '{entry}' changed")
    names: set[str] = set()
    for one in changed:
        before = {tuple(name) for name in json.loads(old[one][1])} if one in old else set()
        after = {tuple(name) for name in json.loads(new[one][1])} if one in new else set()
        names |= {name[0] for name in before ^ after}
    for slug, name in list(cache.naming(sorted(names))):
        _forget(cache, plan, slug, f"the name '{name}' means something else, or nothing")
    own = {f"entries/{one}" for one in changed}
    cache.add_due({*own, "glossary", "across"}, "the glossary changed")
    shown = set(shop.addresses.entry_pages)
    if {one for one in changed if one not in old or one not in new} or shown != _shown(cache):
        cache.add_due((f"entries/{one}" for one in shown), "an entry came or went")
    cache.drop_files(own - {f"entries/{one}" for one in shown})
    cache.set_meta("shown", json.dumps(sorted(shown)))
    cache.set_entries(new)
    cache.commit()


def _shown(cache: Cache) -> set[str]:
    return set(json.loads(cache.meta("shown") or "[]"))


def settle_articles(
    paths: Sequence[Path],
    config: SiteConfig,
    cache: Cache,
    plan: Plan,
    stamps: Mapping[str, str],
) -> None:
    """Drop the articles whose files changed or are gone, and list what has to be made."""
    by_source = {display_path(path, config.root): path for path in paths}
    old = cache.sources()
    kept: set[str] = set()
    for source, slug, digest, inputs in list(cache.articles()):
        path = by_source.get(source)
        if path is None:
            _forget(cache, plan, slug, "its article is gone")
        elif _stands(inputs, digest, old, stamps):
            kept.add(source)
        else:
            _forget(cache, plan, slug, "its article, its notes or a picture changed")
    for source, path in by_source.items():
        if source not in kept:
            plan.articles.append(path)
            plan.reasons.setdefault(f"articles/{slug_of(path)}", "it is new")


def settle_files(cache: Cache, plan: Plan, found: Mapping[str, tuple[int, int]]) -> None:
    """Drop what was made and doesn't lie in the output as it was put there."""
    for owner, name, size, time in cache.owned_files():
        if found.get(name) == (size, time):
            continue
        kind, _, rest = owner.partition("/")
        if kind == "articles":
            _forget(cache, plan, rest, "its page was changed in the output, or is not there")
        else:
            cache.add_due((owner,), "it was changed in the output, or is not there")
            cache.drop_key(name)


def _stands(
    inputs: Sequence[str], digest: str, old: Mapping[str, str], new: Mapping[str, str]
) -> bool:
    """Whether files hold what they did; they are only read where their stamps don't tell."""
    if all(old.get(name) == new.get(name) != UNKNOWN for name in inputs):
        return bool(old)
    return digest == digest_of(map(Path, inputs))


def _forget(cache: Cache, plan: Plan, slug: str, reason: str) -> None:
    cache.forget(slug)
    plan.reasons.setdefault(f"articles/{slug}", reason)


def _names(entry: Entry) -> str:
    forms = sorted((lowered, name.text, name.short) for lowered, name in forms_of(entry))
    return json.dumps(forms, ensure_ascii=False)


def _without_places(entry: Entry) -> str:
    """All of an entry but the lines it stands on."""
    nowhere = Position("")
    return repr(
        replace(
            entry,
            position=nowhere,
            aliases=tuple(replace(one, position=nowhere) for one in entry.aliases),
            senses=tuple(replace(one, position=nowhere) for one in entry.senses),
        )
    )


def program() -> str:
    """The program: its version, and its own files as they are, for those who change it."""
    folder = Path(__file__).parent.parent
    files = sorted(stamps_of(folder, (".py", ".po", ".toml")).items())
    return _digest(f"{__version__} {platform.python_version()} {files}")


def settings_of(config: SiteConfig) -> str:
    return _digest(repr(replace(config, root=Path(), model="")))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode(errors="surrogateescape")).hexdigest()
