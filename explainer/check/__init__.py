"""What is doubtful or wrong in a site: a list of functions, each from site to diagnostics."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from explainer.build import ReadSite, plain_pages, read_site
from explainer.check.anchors import check_anchors, check_text_digest
from explainer.check.background import check_background
from explainer.check.glossary import check_common_words, check_summaries, check_unused_entries
from explainer.check.sources import check_attributions, check_quotations
from explainer.config import SiteConfig
from explainer.errors import ExplainerError
from explainer.model import Diagnostic, Position

Check = Callable[[ReadSite], Iterable[Diagnostic]]

CHECKS: tuple[Check, ...] = (
    check_unused_entries,
    check_common_words,
    check_summaries,
    check_anchors,
    check_text_digest,
    check_quotations,
    check_attributions,
    check_background,
)


def check_site(config: SiteConfig) -> tuple[Diagnostic, ...]:
    """All that is found, by file and line. What can't be read at all is an error of its own."""
    try:
        site = read_site(config)
        plain_pages(config)
    except ExplainerError as fault:
        return tuple(_as_diagnostic(problem) for problem in fault)
    found = list(site.text_diagnostics)
    for check in CHECKS:
        found += check(site)
    return tuple(sorted(found, key=lambda one: (one.position, one.code, one.message)))


def _as_diagnostic(problem: ExplainerError) -> Diagnostic:
    place = Position(problem.path, problem.line, problem.column)
    return Diagnostic(problem.code, problem.message, place, "error")
