"""What of the last build still holds: files are compared first, then entries, then names."""

from __future__ import annotations

import hashlib
import json
import os
import platform
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib import metadata
from pathlib import Path

from explainer import __version__
from explainer.annotate import mention_annotator
from explainer.annotate.matching import forms_of
from explainer.assemble import shows_notes
from explainer.build.articles import digest_of
from explainer.build.reading import Glossary
from explainer.build.workshop import Workshop
from explainer.cache import Cache
from explainer.cache.entries import dump_entries, load_entries
from explainer.config import SiteConfig, load_config
from explainer.errors import ExplainerError
from explainer.home import PACKAGE, theme_folders
from explainer.model import Entry, Position
from explainer.read import display_path, list_articles, slug_of
from explainer.read.articles import SUFFIXES
from explainer.survey import UNKNOWN, UNSEEN, Survey, files_below, stamps_of

LIBRARIES = (
    "ahocorasick-rs", "babel", "imagesize", "jinja2", "markdown-it-py", "markupsafe",
    "mdit-py-plugins", "nh3", "pillow", "pyyaml", "rjsmin",
)  # fmt: skip
"""What has a say in the bytes of a page beside our own program."""

Found = Callable[[], Mapping[str, tuple[int, int]]]
"""Looks through the output: each file with its size and time."""


@dataclass(slots=True)
class Plan:
    """What is to be made, and why.

    ``old`` and ``new`` are the stamps of all sources, or of those that the survey was told of,
    ``changed`` those that differ. ``same_base`` is whether program, settings and theme are known
    to be those of the last build. ``settled`` is whether that came to its end, ``whole`` whether
    nothing of it holds.
    ``articles`` are paths, ``due`` the owners of other pages, ``reasons`` by owner: articles/
    and a slug, entries/ and an id, lists/ and a tag's address. ``forgotten`` are the sources of
    articles whose pages no longer hold.
    """

    config: SiteConfig
    survey: Survey = UNSEEN
    old: Mapping[str, str] = field(default_factory=dict)
    new: Mapping[str, str] = field(default_factory=dict)
    settled: bool = False
    whole: bool = False
    same_base: bool = False
    entries_moved: bool = False
    output_stands: bool = False
    articles: list[Path] = field(default_factory=list)
    due: set[str] = field(default_factory=set)
    reasons: dict[str, str] = field(default_factory=dict)
    forgotten: set[str] = field(default_factory=set)
    changed: frozenset[str] = frozenset()

    @property
    def stands(self) -> bool:
        """Whether every page that isn't due is there, and none that there is no need for."""
        return self.settled and not self.whole and not self.entries_moved

    @property
    def must_list(self) -> bool:
        """Whether articles may have come or gone."""
        moved = (one for one in self.changed if (one in self.old) != (one in self.new))
        return not self.settled or any(one.endswith(SUFFIXES) for one in moved)

    @property
    def gone(self) -> list[str]:
        return [one for one in self.changed if one not in self.new]

    def new_stamps(self) -> Mapping[str, str]:
        """The stamps that the cache doesn't have yet; all where it was cleared."""
        if self.whole:
            return self.survey.stamps()
        return {one: self.new[one] for one in self.changed if one in self.new}

    def changes_below(self, *folders: Path) -> bool:
        starts = tuple(f"{folder}{os.sep}" for folder in folders)
        return any(one.startswith(starts) for one in self.changed)

    @property
    def packages_changed(self) -> bool:
        """Whether one may have come or gone, or be another version."""
        return any(one.endswith(("site-packages", "dist-packages")) for one in self.changed)

    def is_due(self, owner: str) -> bool:
        return self.whole or owner in self.due

    @property
    def glossary_stands(self) -> bool:
        return self.settled and not self.changes_below(self.config.content / "glossary")

    def forget(self, cache: Cache, slug: str, reason: str) -> None:
        self.forgotten.add(cache.forget(slug))
        self.reasons.setdefault(f"articles/{slug}", reason)

    def settle_due(self, cache: Cache) -> None:
        """Find the pages that show what has changed."""
        if not self.whole:
            due = cache.due()
            self.due = set(due)
            self.reasons |= due

    def reasons_by_page(self, cache: Cache) -> dict[str, str]:
        """Why each page that was made anew was, by its path."""
        made: dict[str, str] = {}
        if self.whole:
            return {name: self.reasons[""] for name in cache.files() if name.endswith(".html")}
        for owner, reason in self.reasons.items():
            names = cache.files_of(owner) if owner else ()
            made |= {name: reason for name in names if name.endswith(".html")}
        return made


def begin_plan(config: SiteConfig, cache: Cache, survey: Survey) -> Plan:
    """Find which sources are others than in the last build."""
    told = survey.told
    old = cache.sources_of(told.names) if told else cache.sources()
    new = stamps_of(survey.looked_at, survey.moment)
    written = (one for one, stamp in new.items() if stamp == UNKNOWN or old.get(one) != stamp)
    changed = frozenset((*written, *(old.keys() - new.keys())))
    return Plan(config, survey, old, new, cache.is_settled, changed=changed)


def kept_glossary(plan: Plan, cache: Cache) -> Glossary | None:
    """The glossary as the last build read it, where it and what reads it are still the same."""
    if not plan.glossary_stands or cache.meta("glossary reader") != program():
        return None
    entries = load_entries(cache.meta("glossary"))
    return Glossary({one.id: one for one in entries}, mention_annotator(entries))


def keep_glossary(plan: Plan, shop: Workshop, cache: Cache) -> None:
    """Keep a glossary that was read and has no fault, for `kept_glossary`."""
    reader = program()
    if not plan.glossary_stands or cache.meta("glossary reader") != reader:
        cache.set_meta("glossary", dump_entries(shop.glossary.by_id.values()))
        cache.set_meta("glossary reader", reader)


def settle_all(
    plan: Plan, shop: Workshop, cache: Cache, articles: Sequence[Path] | None, found: Found
) -> None:
    """Drop all that doesn't hold, and list what has to be made.

    Args:
        articles: All of the site, where some may have come or gone.
    """
    # Asked before anything is dropped, which changes the number.
    plan.output_stands = plan.survey.told is not None or plan.survey.output == cache.number
    _settle_base(shop, cache, plan)
    _settle_entries(shop, cache, plan)
    if plan.changes_below(plan.config.content / "pages") or not plan.settled:
        cache.add_due(("single",), "a page of text changed")
    if not plan.settled:
        cache.add_due(("static", "machines"), "the last build did not come to its end")
    if not plan.output_stands:
        _settle_files(cache, plan, found())
    _settle_articles(cache, plan, articles)
    cache.commit()


def _settle_base(shop: Workshop, cache: Cache, plan: Plan) -> None:
    """Drop all that was made under other settings, another theme or another program."""
    if plan.same_base and not cache.meta("whole"):
        return
    folders = [
        folder / name for folder in theme_folders(plan.config.root) for name in _THEME_FOLDERS
    ]
    same_theme = plan.settled and not plan.changes_below(*folders)
    parts = {
        "program": program(),
        "libraries": _libraries(plan, cache),
        "settings": settings_of(shop.config),
        "theme": cache.meta("theme") if same_theme else shop.templates.digest(),
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
    # Articles of a build that was interrupted may still hold: `_settle_articles` looks.


_THEME_FOLDERS = ("templates", "static")


def _libraries(plan: Plan, cache: Cache) -> str:
    """The versions of the libraries; looked up where a package may have come or gone."""
    if plan.settled and not plan.packages_changed:
        return cache.meta("libraries")
    return " ".join(f"{one} {metadata.version(one)}" for one in LIBRARIES)


def _settle_entries(shop: Workshop, cache: Cache, plan: Plan) -> None:
    """Drop the articles that use what changed in the glossary, or hold a name that did."""
    if plan.glossary_stands and not plan.whole:
        return
    old = cache.entries()
    new = {one: _told_of(entry) for one, entry in shop.glossary.by_id.items()}
    if old == new:
        return
    changed = {one for one in old.keys() | new.keys() if old.get(one) != new.get(one)}
    for slug, entry in list(cache.using(changed)):
        plan.forget(cache, slug, f"the entry '{entry}' changed")
    names: set[str] = set()
    for one in changed:
        before = {tuple(name) for name in json.loads(old[one][2])} if one in old else set()
        after = {tuple(name) for name in json.loads(new[one][2])} if one in new else set()
        names |= {name[0] for name in before ^ after}
    for slug, name in list(cache.naming(sorted(names))):
        plan.forget(cache, slug, f"the name '{name}' means something else, or nothing")
    own = {f"entries/{one}" for one in changed}
    cache.add_due({*own, "single"}, "the glossary changed")
    if shows_notes(shop.addresses) or any(_listed(old, o) != _listed(new, o) for o in changed):
        cache.add_due(("glossary", "sources", "timeline", "search"), "the glossary changed")
    shown = set(shop.addresses.entry_pages)
    if {one for one in changed if one not in old or one not in new} or shown != _shown(cache):
        cache.add_due((f"entries/{one}" for one in shown), "an entry came or went")
        plan.entries_moved = True
    cache.drop_files(own - {f"entries/{one}" for one in shown})
    cache.set_meta("shown", json.dumps(sorted(shown)))
    cache.set_entries(new)
    cache.commit()


def _shown(cache: Cache) -> set[str]:
    return set(json.loads(cache.meta("shown") or "[]"))


def _settle_articles(cache: Cache, plan: Plan, paths: Sequence[Path] | None) -> None:
    """Drop the articles whose files changed or are gone, and list what has to be made."""
    asked = plan.changed if plan.old else plan.new.keys()
    for slug, digest, inputs in list(cache.made_of(asked)):
        if digest != digest_of(map(Path, inputs)):
            plan.forget(cache, slug, "its article, its notes or a picture changed")
    root = plan.config.root
    if paths is None and not plan.whole:
        plan.articles = sorted(root / source for source in plan.forgotten if source)
        return
    if paths is None:  # the program or the like changed, and no article came or went
        paths = list_articles(root / "content/articles", root)
    by_source = {display_path(path, root): path for path in paths}
    known = cache.articles()
    for source, slug in known.items():
        if source not in by_source:
            plan.forget(cache, slug, "its article is gone")
    for source, path in by_source.items():
        if source not in known:
            plan.articles.append(path)
            plan.reasons.setdefault(f"articles/{slug_of(path)}", "it is new")


def _settle_files(cache: Cache, plan: Plan, found: Mapping[str, tuple[int, int]]) -> None:
    """Drop what was made and doesn't lie in the output as it was put there."""
    for owner, name, size, time in cache.owned_files():
        if found.get(name) == (size, time):
            continue
        kind, _, rest = owner.partition("/")
        if kind == "articles":
            plan.forget(cache, rest, "its page was changed in the output, or is not there")
        else:
            cache.add_due((owner,), "it was changed in the output, or is not there")
            cache.drop_key(name)


def _told_of(entry: Entry) -> tuple[str, str, str]:
    """Digests of the whole entry and of what lists show of it, and its names."""
    names = [alias.text for alias in entry.aliases]
    listed = (
        entry.name, entry.kind, entry.role, names, entry.date, entry.language,
        entry.original_name, entry.status,
    )  # fmt: skip
    return _digest(_without_places(entry)), _digest(repr(listed)), _names(entry)


def _listed(rows: Mapping[str, tuple[str, str, str]], entry: str) -> str:
    return rows[entry][1] if entry in rows else ""


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
    found = files_below(PACKAGE, (".py", ".po", ".toml"))
    files = sorted((one.path, one.size, one.written) for one in found)
    return _digest(f"{__version__} {platform.python_version()} {files}")


def settings_of(config: SiteConfig) -> str:
    return _digest(repr(replace(config, root=Path(), model="")))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode(errors="surrogateescape")).hexdigest()


def is_as_filed(config: SiteConfig) -> bool:
    """Whether these are the settings that stand in the site's file."""
    try:
        return config == load_config(config.root)
    except ExplainerError:
        return False
