"""One article becomes a document: its metadata, its plain text, and tokens tied to that text."""

from __future__ import annotations

import hashlib

from msgspec.structs import replace

from explainer.errors import ArticleError
from explainer.model import Diagnostic, Document, Metadata, SourceFile
from explainer.parse.controls import odd_characters, printable
from explainer.parse.front_matter import parse_metadata, split_front_matter
from explainer.parse.markdown import parse_markdown, take_title
from explainer.parse.plain import parse_plain
from explainer.parse.runs import Text, text_of

__all__ = ["parse_article"]


def parse_article(source: SourceFile, time_zone: str = "UTC") -> Document:
    """Split one article into its metadata, plain text and tokens.

    In Markdown a blank line joins the blocks of ``text``, and code is in the text but takes
    no mention. A plain text is its own ``text``, headline and all. A date's time that names
    no zone is one of `time_zone`.

    Raises:
        ArticleError: No text; no title; front matter that isn't closed or can't be read.
    """
    parse = _parse_plain if source.format == "text" else _parse_markdown
    return parse(source, time_zone)


def _parse_markdown(source: SourceFile, time_zone: str) -> Document:
    front, body, first_line = split_front_matter(source)
    meta = parse_metadata(front, source.path, 2, time_zone)
    _require_text(body, source.path)
    diagnostics = odd_characters(body, source.path, first_line)
    parsed = parse_markdown(printable(body) if diagnostics else body)
    tokens, heading = (parsed.tokens, "") if meta.title else take_title(parsed.tokens)
    if not meta.title and not heading:
        message = "the article needs a title: in the front matter, or as '# Title' at its start"
        raise ArticleError(message, source.path, 1)
    text = text_of(tokens, first_line, source.path)
    _require_text(text.text, source.path)
    return _document(source, meta, heading, text, parsed.abbreviations, diagnostics)


def _parse_plain(source: SourceFile, time_zone: str) -> Document:
    meta = parse_metadata(source.sidecar, source.sidecar_path or source.path, 1, time_zone)
    _require_text(source.text, source.path)
    plain = parse_plain(source.text, source.path, meta.title)
    diagnostics = plain.diagnostics + odd_characters(source.text, source.path, 1)
    return _document(source, meta, plain.title, plain.text, (), diagnostics)


def _document(
    source: SourceFile,
    meta: Metadata,
    title: str,
    text: Text,
    abbreviations: tuple[tuple[str, str], ...],
    diagnostics: tuple[Diagnostic, ...],
) -> Document:
    return Document(
        path=source.path,
        slug=source.slug,
        meta=meta if meta.title else replace(meta, title=printable(title)),
        text=text.text,
        digest=hashlib.sha256(text.text.encode()).hexdigest(),
        tokens=text.tokens,
        runs=text.runs,
        blocks=text.blocks,
        sections=text.sections,
        headline=text.headline,
        dropped=text.dropped,
        overrides=text.overrides,
        abbreviations=abbreviations,
        lines=text.lines,
        diagnostics=diagnostics,
    )


def _require_text(text: str, path: str) -> None:
    if not text.strip():
        raise ArticleError("there is no text in this article", path, 1)
