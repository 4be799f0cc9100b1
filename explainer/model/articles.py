"""An article, as it lies on disk and as it is parsed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from explainer.model.places import NOWHERE

if TYPE_CHECKING:
    from markdown_it.token import Token

    from explainer.model.glossary import Status
    from explainer.model.places import Diagnostic, Position, Span


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One article as it lies on disk; ``text`` has LF line ends and no byte-order mark.

    ``sidecar`` is the text of the .yaml beside a plain-text article.
    """

    path: str
    slug: str
    text: str
    format: Literal["markdown", "text"] = "markdown"
    sidecar_path: str = ""
    sidecar: str = ""


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where an article comes from: ``file`` is its raw form in seeds/, ``note`` says the rest."""

    publisher: str = ""
    url: str = ""
    license: str = ""
    file: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Correction:
    """What was wrong in an article and was put right on `date`, an ISO 8601 day."""

    date: str
    text: str


@dataclass(frozen=True, slots=True)
class Metadata:
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


@dataclass(frozen=True, slots=True)
class Run:
    """Text that a mark can wrap: ``span`` is the content of ``tokens[token].children[child]``.

    Claims and passages may wrap any; a mention only what is ``linkable``, which text in a
    link, in code or in a heading is not.
    """

    span: Span
    token: int
    child: int
    linkable: bool = True


@dataclass(frozen=True, slots=True)
class Override:
    """One occurrence settled by hand, in the text or in the notes; ``entry`` None forbids any."""

    span: Span
    entry: str | None
    position: Position = NOWHERE
    status: Status = "reviewed"


@dataclass(frozen=True, slots=True)
class Document:
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
