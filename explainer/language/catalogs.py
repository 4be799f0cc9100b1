"""The message catalogs: English is in the code, the other languages in .po files beside it."""

from __future__ import annotations

import gettext
import io
from functools import cache

LANGUAGES = ("ar", "en", "es", "fr", "ko")
"""The languages of the interface; a page in another one has it in English."""

_RIGHT_TO_LEFT = frozenset("ar arc ckb dv fa he ks ps sd ug ur yi".split())
_RIGHT_TO_LEFT_SCRIPTS = frozenset("adlm arab hebr nkoo rohg syrc thaa".split())


def message(text: str) -> str:
    """The text itself: a table of messages marks with this what the catalogs hold."""
    return text


def interface_of(tag: str) -> str:
    """The language of the catalogs that a page in the language `tag` has."""
    primary = tag.lower().split("-")[0]
    return primary if primary in LANGUAGES else "en"


def direction_of(tag: str) -> str:
    """ "rtl" or "ltr", by the script that the tag names, else by that of its language."""
    primary, *rest = tag.lower().split("-")
    scripts = [part for part in rest if len(part) == 4 and part.isalpha()]
    if scripts:
        return "rtl" if scripts[0] in _RIGHT_TO_LEFT_SCRIPTS else "ltr"
    return "rtl" if primary in _RIGHT_TO_LEFT else "ltr"


@cache
def read_catalog(language: str) -> gettext.NullTranslations:
    """The catalog of one of `LANGUAGES`."""
    if language == "en":
        return gettext.NullTranslations()
    from importlib import resources

    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    text = resources.files("explainer.language").joinpath(f"catalogs/{language}.po").read_bytes()
    compiled = io.BytesIO()
    write_mo(compiled, read_po(io.BytesIO(text), locale=language))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
