"""T: the article against itself, as the list of functions that read its raw text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from explainer.check.ages import check_ages
from explainer.check.calendar import check_relative_dates, check_weekdays
from explainer.check.clocks import check_clocks
from explainer.check.figures import check_figures
from explainer.check.story import Finding, TextCheck, place_of, read_story
from explainer.check.tellings import check_tellings
from explainer.check.wording import check_headline, check_quotation_marks
from explainer.model import AnnotatedDocument, Diagnostic, Entry, Span

TEXT_CHECKS: tuple[TextCheck, ...] = (
    check_weekdays,
    check_clocks,
    check_tellings,
    check_figures,
    check_ages,
    check_relative_dates,
    check_quotation_marks,
    check_headline,
)


def check_text(article: AnnotatedDocument, entries: Iterable[Entry] = ()) -> Iterator[Diagnostic]:
    """Give what an article says against itself, but for what its editor tells the reader.

    A passage that a card of kind remark leans on has been seen: the page says what is wrong.
    """
    if article.document.meta.language.partition("-")[0] not in ("", "en"):
        return
    told = _remarked(article)
    story = read_story(article, entries)
    for check in TEXT_CHECKS:
        for found in check(story):
            if not any(found.span.overlaps(one) for one in told):
                yield _diagnostic(found, article)


def _diagnostic(found: Finding, article: AnnotatedDocument) -> Diagnostic:
    return Diagnostic(found.code, found.message, place_of(article.document, found.span.start))


def _remarked(article: AnnotatedDocument) -> tuple[Span, ...]:
    return tuple(
        span
        for card in article.cards
        if card.kind == "remark" and card.status != "rejected"
        for span in card.leans_on
    )
