"""What is doubtful or wrong in a site: a list of functions, each from site to diagnostics."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from explainer.build import ReadSite, plain_pages, read_site
from explainer.check.anchors import check_anchors, check_overlaps, check_text_digest
from explainer.check.background import check_background
from explainer.check.codes import is_selected, unknown_codes
from explainer.check.contrast import check_contrast
from explainer.check.fixes import fixed_files
from explainer.check.glossary import (
    check_age,
    check_circles,
    check_names,
    check_summaries,
    check_unused_entries,
)
from explainer.check.output import check_output
from explainer.check.quotes import check_quoted
from explainer.check.sources import check_attributions, check_quotations, check_speakers
from explainer.check.text import check_text
from explainer.config import SETTINGS_FILE, SiteConfig
from explainer.errors import ConfigError, ExplainerError
from explainer.model import AnnotatedDocument, Diagnostic, Position
from explainer.parse import parse_article
from explainer.read import read_article
from explainer.rewrite import rewrite_files

Check = Callable[[ReadSite], Iterable[Diagnostic]]


def check_texts(site: ReadSite) -> Iterator[Diagnostic]:
    """T: each article against itself."""
    for article in site.articles:
        yield from check_text(article, site.entries)


CHECKS: tuple[Check, ...] = (
    check_unused_entries,
    check_names,
    check_summaries,
    check_age,
    check_circles,
    check_anchors,
    check_text_digest,
    check_overlaps,
    check_quotations,
    check_attributions,
    check_speakers,
    check_quoted,
    check_background,
    check_texts,
    check_output,
    check_contrast,
)


def check_site(
    config: SiteConfig, select: Sequence[str] = (), ignore: Sequence[str] = ()
) -> tuple[Diagnostic, ...]:
    """All that is found, by file and line. What can't be read at all is an error of its own.

    Args:
        config: The site; what its settings select and ignore holds where nothing else is said.
        select: Codes or their starts: nothing else is told.
        ignore: Codes or their starts that aren't told, beside those of the settings.

    Raises:
        ConfigError: The settings name a code there is none of.
    """
    strange = unknown_codes((*config.select, *config.ignore))
    if strange:
        raise ConfigError(f"check knows no code that starts with '{strange[0]}'", SETTINGS_FILE)
    try:
        site = read_site(config)
        plain_pages(config)
    except ExplainerError as fault:
        return tuple(_as_diagnostic(problem) for problem in fault)
    found = list(site.text_diagnostics)
    try:
        for check in CHECKS:
            found += check(site)
    except ExplainerError as fault:  # a theme that can't be used shows when pages are rendered
        found += [_as_diagnostic(problem) for problem in fault]
    return _chosen(found, select or config.select, (*config.ignore, *ignore))


def check_files(
    paths: Sequence[Path],
    root: Path,
    time_zone: str = "UTC",
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
) -> tuple[Diagnostic, ...]:
    """What is found in articles that belong to no site, from their text alone."""
    found: list[Diagnostic] = []
    for path in paths:
        try:
            document = parse_article(read_article(path, root), time_zone)
        except ExplainerError as fault:
            found += [_as_diagnostic(problem) for problem in fault]
            continue
        found += document.diagnostics
        found += check_text(AnnotatedDocument(document))
    return _chosen(found, select, ignore)


def check_draft(
    drafted: AnnotatedDocument, select: Sequence[str] = (), ignore: Sequence[str] = ()
) -> tuple[Diagnostic, ...]:
    """What is doubtful in an article that was just drafted: its text, and names of two people."""
    found = [*drafted.document.diagnostics, *drafted.diagnostics, *check_text(drafted)]
    return _chosen(found, select, ignore)


def fix_site(config: SiteConfig, found: Iterable[Diagnostic]) -> tuple[str, ...]:
    """Make the safe changes that the diagnostics carry; give the files that changed."""
    changed = fixed_files(config.root, found)
    after = {config.root / path: new.encode() for path, (_, new) in changed.items()}
    before = {config.root / path: old.encode() for path, (old, _) in changed.items()}
    rewrite_files(after, before, config.cache)
    return tuple(sorted(changed))


def _chosen(
    found: Iterable[Diagnostic], select: Sequence[str], ignore: Sequence[str]
) -> tuple[Diagnostic, ...]:
    told = {one for one in found if is_selected(one.code, select, ignore)}
    return tuple(sorted(told, key=lambda one: (one.position, one.code, one.message)))


def _as_diagnostic(problem: ExplainerError) -> Diagnostic:
    place = Position(problem.path, problem.line, problem.column)
    return Diagnostic(problem.code, problem.message, place, "error")
