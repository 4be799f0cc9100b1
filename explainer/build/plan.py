"""What of the last build still holds: files are compared first, then entries, then names."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from explainer.build.articles import digest_of
from explainer.build.settling import program, settle_entries
from explainer.build.workshop import Workshop
from explainer.cache import Cache
from explainer.config import SiteConfig, load_config
from explainer.errors import ExplainerError
from explainer.home import theme_folders
from explainer.read import Snapshot, display_path, list_articles, slug_of
from explainer.read.articles import SUFFIXES
from explainer.survey import UNKNOWN, UNSEEN, SourceStat, Survey, stamps_of

LIBRARIES = (
    "ahocorasick-rs", "babel", "imagesize", "jinja2", "markdown-it-py", "markupsafe",
    "mdit-py-plugins", "msgspec", "nh3", "pillow", "pyyaml", "rjsmin",
)  # fmt: skip
"""What has a say in the bytes of a page beside our own program."""

Found = Callable[[], Mapping[str, tuple[int, int]]]
"""Looks through the output: each file with its size and time."""


class Plan(Struct):
    """What is to be made, and why.

    ``old`` and ``new`` are the stamps of the sources among which are all that were written,
    ``changed`` those that differ. ``same_base`` is whether program, settings and theme are known
    to be those of the last build. ``settled`` is whether that came to its end, ``whole`` whether
    nothing of it holds; ``entries_stand`` is whether it kept the entries as they are.
    ``articles`` are paths, ``due`` the owners of other pages, ``reasons`` by owner: articles/
    and a slug, entries/ and an id, lists/ and a tag's address. ``forgotten`` are the sources of
    articles whose pages no longer hold.
    """

    config: SiteConfig
    survey: Survey = UNSEEN
    old: Mapping[str, int] = field(default_factory=dict)
    new: Mapping[str, int] = field(default_factory=dict)
    settled: bool = False
    whole: bool = False
    same_base: bool = False
    entries_stand: bool = False
    output_stands: bool = False
    articles: list[Path] = field(default_factory=list)
    due: set[str] = field(default_factory=set)
    reasons: dict[str, str] = field(default_factory=dict)
    forgotten: set[str] = field(default_factory=set)
    changed: frozenset[str] = frozenset()

    @property
    def stands(self) -> bool:
        """Whether every page that isn't due is there, and none that there is no need for."""
        return self.settled and not self.whole

    @property
    def must_list(self) -> bool:
        """Whether articles may have come or gone."""
        moved = (one for one in self.changed if (one in self.old) != (one in self.new))
        return not self.settled or any(one.endswith(SUFFIXES) for one in moved)

    @property
    def gone(self) -> list[str]:
        return [one for one in self.changed if one not in self.new]

    def new_stamps(self) -> Mapping[str, int]:
        """The stamps that the cache doesn't have yet; all where it was cleared."""
        if self.whole:
            return stamps_of(self.survey.files, self.survey.moment)
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
    old, new = _stamps(cache, survey)
    written = (one for one, stamp in new.items() if stamp == UNKNOWN or old.get(one) != stamp)
    changed = frozenset((*written, *(old.keys() - new.keys())))
    return Plan(config, survey, old, new, cache.is_settled, changed=changed)


def _stamps(cache: Cache, survey: Survey) -> tuple[dict[str, int], dict[str, int]]:
    """The old and the new stamps of some sources, among which are all that were written."""
    if survey.told:
        return cache.sources_of(survey.told.names), stamps_of(survey.told.found, survey.moment)
    known, places, written = cache.groups(), [], list[SourceStat]()
    for place, group in enumerate(survey.groups):
        if known.get(place) != group.number:
            places.append(place)
            written += group.files
    return cache.sources_in(places), stamps_of(written, survey.moment)


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
    settle_entries(shop, cache, plan)
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
    if "program" in changed:
        cache.forget_entries()
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
    from importlib import metadata

    return " ".join(f"{one} {metadata.version(one)}" for one in LIBRARIES)


def _settle_articles(cache: Cache, plan: Plan, paths: Sequence[Path] | None) -> None:
    """Drop the articles whose files changed or are gone, and list what has to be made."""
    asked = plan.changed if plan.old else plan.new.keys()
    for slug, digest, inputs in list(cache.made_of(asked)):
        if digest != digest_of(map(Path, inputs), Snapshot()):
            plan.forget(cache, slug, "its article, its notes or a picture changed")
    root = plan.config.root
    if paths is None and not plan.whole:
        plan.articles = sorted(root / source for source in plan.forgotten if source)
        return
    if paths is None:  # the program or the like changed, and no article came or went
        paths = list_articles(root / "content/articles", root)
    by_source = {display_path(path, root): path for path in paths}
    known, dropped = cache.articles(), cache.dropped()
    for source, slug in known.items():
        if source not in by_source:
            cache.remove_article(slug)
    for source, path in by_source.items():
        if source not in known or known[source] in dropped:
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
