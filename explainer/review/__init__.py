"""An editor's decisions on suggestions, made in files: the core that page and terminal share."""

from explainer.review.case import Case, make_case
from explainer.review.deciding import decide
from explainer.review.decision import Decision, Undecidable
from explainer.review.desk import Changed, Desk, find_articles
from explainer.review.queue import Item, queue_of

__all__ = [
    "Case",
    "Changed",
    "Decision",
    "Desk",
    "Item",
    "Undecidable",
    "decide",
    "find_articles",
    "make_case",
    "queue_of",
]
