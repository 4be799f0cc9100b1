"""A change of several files, thought through in memory before any of them is touched."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from explainer.config import SETTINGS_FILE, SiteConfig, parse_config
from explainer.errors import ExplainerError, GlossaryError
from explainer.model import Edit
from explainer.parse import parse_article
from explainer.read import (
    display_path,
    parse_glossary,
    parse_notes,
    read_article,
    read_exactly,
    walk_files,
)
from explainer.rewrite import rewrite_files
from explainer.yaml_text import edited


class Change(Struct, frozen=True):
    """Files by path, before and after; ``before`` is None for one that is new."""

    files: Mapping[str, tuple[str | None, str]]


def site_texts(config: SiteConfig) -> dict[str, str]:
    """Give every file that may name an entry, as it is on disk, by its path in the site."""
    paths = [*walk_files(config.content, (".yaml", ".yml", ".md", ".markdown"))]
    settings = config.root / SETTINGS_FILE
    paths += [settings] if settings.is_file() else []
    names = {display_path(path, config.root): path for path in paths}
    return {name: read_exactly(path, name, GlossaryError) for name, path in names.items()}


def changed(texts: Mapping[str, str], edits: Iterable[Edit]) -> Change:
    """Give the change that edits make."""
    after = edited_files(texts, edits)
    return Change({p: (texts[p], text) for p, text in after.items() if text != texts[p]})


def edited_files(texts: Mapping[str, str], edits: Iterable[Edit]) -> dict[str, str]:
    """Give each file that edits are of, as they make it."""
    by_file: dict[str, list[Edit]] = {}
    for edit in edits:
        by_file.setdefault(edit.path, []).append(edit)
    return {path: edited(texts[path], those) for path, those in sorted(by_file.items())}


def describe(change: Change) -> str:
    """Show the lines that go and come, as a unified diff."""
    lines: list[str] = []
    for path, (before, after) in sorted(change.files.items()):
        old, new = (before or "").splitlines(), after.splitlines()
        source = path if before is not None else "/dev/null"
        lines += difflib.unified_diff(old, new, source, path, n=1, lineterm="")
    return "\n".join(lines)


def make_change(change: Change, config: SiteConfig) -> tuple[str, ...]:
    """Write a change, all its files or none; give their paths.

    Raises:
        ExplainerError: The files would not be what they should be any more, or one was changed
            meanwhile, or can't be written. Nothing is written then.
    """
    for path, (_, after) in sorted(change.files.items()):
        _refuse_broken(path, after, config)
    rewrite_files(
        {config.root / path: after.encode() for path, (_, after) in change.files.items()},
        {
            config.root / path: before.encode()
            for path, (before, _) in change.files.items()
            if before is not None
        },
        config.cache,
    )
    return tuple(sorted(change.files))


def _refuse_broken(path: str, after: str, config: SiteConfig) -> None:
    text = after.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    folder = config.root / path
    if path == SETTINGS_FILE:
        parse_config(text, config.root)
    elif path.endswith(".notes.yaml"):
        parse_notes(text, path)
    elif folder.is_relative_to(config.content / "glossary"):
        problems = parse_glossary(text, path)[1]
        if problems:
            raise problems[0]
    elif folder.is_relative_to(config.content / "articles") and path.endswith(("md", "markdown")):
        _refuse_rewritten(folder, text, config)


def _refuse_rewritten(path: Path, after: str, config: SiteConfig) -> None:
    """A link that stands in code is the article's own text, and that is never changed."""
    source = read_article(path, config.root)
    try:
        before = parse_article(source)
    except ExplainerError:
        return  # it can't be built as it is, and a rename makes that no worse
    if parse_article(replace(source, text=after)).digest != before.digest:
        message = "the id stands in the article's own words; change it there by hand first"
        raise GlossaryError(message, source.path)
