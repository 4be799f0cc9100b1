"""The messages of the interface, as the code and the templates have them, and the catalogs.

``python -m tests.messages`` brings every catalog up to date: new messages are added without a
translation, and what nothing says any more is taken out.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

from explainer.language import LANGUAGES
from tests.making import ROOT

CATALOGS = ROOT / "explainer" / "language" / "catalogs"
HEADER = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Language: {}\\n"
"Plural-Forms: nplurals={}; plural={};\\n"

"""
PLURALS = {
    "ar": (
        6,
        "(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3"
        " : n%100>=11 && n%100<=99 ? 4 : 5)",
    ),
    "es": (2, "(n != 1)"),
    "fr": (2, "(n > 1)"),
    "ko": (1, "0"),
}
"""How many forms a language has, in CLDR’s order, and which one a number takes."""
KEYWORDS: dict[str, object] = {"say": None, "_say": None, "message": None, "counted": (1, 2)}


def sources() -> Iterator[tuple[str, Path]]:
    """Every file that says something to a reader, with the name of its extractor."""
    for folder in ("assemble", "language"):
        for path in sorted((ROOT / "explainer" / folder).rglob("*.py")):
            yield "python", path
    for shown in (ROOT / "templates", ROOT / "explainer" / "looks"):
        for path in sorted(shown.rglob("*.html")):
            yield "jinja2", path


def messages() -> Catalog:
    """All messages, each with the files that say it."""
    catalog = Catalog()
    for method, path in sources():
        with path.open("rb") as file:
            found = extract(
                "jinja2.ext:babel_extract" if method == "jinja2" else method,
                file,
                keywords=KEYWORDS,  # type: ignore[arg-type]
                options={"trimmed": "true", "encoding": "utf-8"},
            )
            for _, said, comments, context in found:
                name = path.relative_to(ROOT).as_posix()
                catalog.add(said, None, [(name, 0)], auto_comments=comments, context=context)
    return catalog


def read_catalog(language: str) -> Catalog:
    path = CATALOGS / f"{language}.po"
    text = path.read_bytes() if path.exists() else HEADER.format(language, *PLURALS[language])
    return read_po(io.BytesIO(text if isinstance(text, bytes) else text.encode()), locale=language)


def write_catalog(language: str, catalog: Catalog) -> None:
    """Sorted, and with no header but what says how to read it: no dates, no names."""
    written = io.BytesIO()
    write_po(written, catalog, sort_output=True, no_location=True, omit_header=True, width=0)
    header = HEADER.format(language, *PLURALS[language]).encode()
    (CATALOGS / f"{language}.po").write_bytes(header + written.getvalue())


def update_catalogs() -> None:
    template = messages()
    for language in LANGUAGES:
        if language != "en":
            catalog = read_catalog(language)
            catalog.update(template, no_fuzzy_matching=True)
            catalog.obsolete.clear()
            write_catalog(language, catalog)


if __name__ == "__main__":
    update_catalogs()
