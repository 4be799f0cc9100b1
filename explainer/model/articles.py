"""An article, as it lies on disk and as it is parsed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec import Struct, field

from explainer.model.places import NOWHERE

if TYPE_CHECKING:
    from markdown_it.token import Token

    from explainer.model.glossary import Status
    from explainer.model.places import Diagnostic, Position, Span


class SourceFile(Struct, frozen=True):
    """One article as it lies on disk; ``text`` has LF line ends and no byte-order mark.

    ``sidecar`` is the text of the .yaml beside a plain-text article.
    """

    path: str
    slug: str
    text: str
    format: Literal["markdown", "text"] = "markdown"
    sidecar_path: str = ""
    sidecar: str = ""


class Provenance(Struct, frozen=True):
    """Where an article comes from: ``file`` is its raw form in seeds/, ``note`` says the rest."""

    publisher: str = ""
    url: str = ""
    license: str = ""
    file: str = ""
    note: str = ""


class Correction(Struct, frozen=True):
    """What was wrong in an article and was put right on `date`, an ISO 8601 day."""

    date: str
    text: str


class Metadata(Struct, frozen=True):
    """An article's front matter; dates are ISO 8601 as written, with a zone where one is known."""

    title: str
    date: str = ""
    updated: str = ""
    authors: tuple[str, ...] = ()
    summary: str = ""
    language: str = ""
    tags: tuple[str, ...] = ()
    dateline: str = ""
    source: Provenance = field(default_factory=Provenance)
    corrections: tuple[Correction, ...] = ()


class Run(Struct, frozen=True):
    """Text that a mark can wrap: ``span`` is the content of ``tokens[token].children[child]``.

    Claims and passages may wrap any; a mention only what is ``linkable``, which text in a
    link, in code or in a heading is not.
    """

    span: Span
    token: int
    child: int
    linkable: bool = True


class Override(Struct, frozen=True):
    """One occurrence settled by hand, in the text or in the notes; ``entry`` None forbids any."""

    span: Span
    entry: str | None
    position: Position = NOWHERE
    status: Status = "reviewed"


class Document(Struct, frozen=True):
    """One parsed article.

    ``text`` is all that annotations refer to; for plain text it is the file itself. ``runs``
    tie it to ``tokens``. ``blocks`` are its paragraphs and headings in order, ``sections``
    the offsets where a section starts (the first is 0), ``headline`` and ``dropped`` the
    parts of a plain text that are its title, and the title said again. ``lines`` gives for
    the start of each block its line in the file.
    """

    path: str
    slug: str
    meta: Metadata
    text: str
    digest: str
    tokens: tuple[Token, ...] = ()
    runs: tuple[Run, ...] = ()
    blocks: tuple[Span, ...] = ()
    sections: tuple[int, ...] = (0,)
    headline: Span | None = None
    dropped: tuple[Span, ...] = ()
    overrides: tuple[Override, ...] = ()
    abbreviations: tuple[tuple[str, str], ...] = ()
    lines: tuple[tuple[int, int], ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
