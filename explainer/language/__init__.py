"""What the program says on a page, in the reader's language: words, counts, dates and lists."""

from explainer.language.catalogs import LANGUAGES, direction_of, message
from explainer.language.speaking import Language, language_of

__all__ = ["LANGUAGES", "Language", "direction_of", "language_of", "message"]
