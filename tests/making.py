"""Values and files that tests are made of."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping
from pathlib import Path

from explainer.annotate import annotate, mention_annotator, noted_annotators
from explainer.model import (
    Alias,
    AnnotatedDocument,
    Document,
    Entry,
    Kind,
    Notes,
    SourceFile,
)
from explainer.parse import parse_article
from explainer.read import parse_notes

ROOT = Path(__file__).parent.parent


def png(width: int = 3, height: int = 2) -> bytes:
    """A gray picture of that size, or a file that says it is one."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = zlib.crc32(kind + data).to_bytes(4)
        return len(data).to_bytes(4) + kind + data + check

    size = width.to_bytes(4) + height.to_bytes(4)
    pixels = zlib.compress(bytes(height * (width + 1))) if width * height < 1_000_000 else b""
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", size + bytes([8, 0, 0, 0, 0]))
        + chunk(b"IDAT", pixels)
        + chunk(b"IEND", b"")
    )


def make_entry(
    name: str,
    *aliases: str,
    short: Iterable[str] = (),
    kind: Kind = "person",
    summary: str = "",
) -> Entry:
    """An entry whose id is its name in lower case; `short` forms wait for the full name."""
    names = [Alias(text) for text in aliases] + [Alias(text, after_name=True) for text in short]
    slug = "-".join("".join(c if c.isalnum() else " " for c in name.lower()).split())
    return Entry(slug, name, kind, tuple(names), summary=summary)


def parse_markdown_article(body: str, title: str = "A report") -> Document:
    return parse_article(SourceFile("story.md", "story", f"---\ntitle: {title}\n---\n{body}"))


def parse_plain_article(text: str, sidecar: str = "") -> Document:
    return parse_article(SourceFile("story.txt", "story", text, "text", "story.yaml", sidecar))


def mark(document: Document, entries: Iterable[Entry], notes: str = "") -> AnnotatedDocument:
    """The document as a build annotates it, with `notes` as the notes file has them."""
    noted = parse_notes(notes, "story.notes.yaml") if notes else Notes("story.notes.yaml")
    annotators = noted_annotators(noted, mention_annotator(tuple(entries)))
    return annotate(AnnotatedDocument(document), annotators)


def write_files(root: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write each file below `root`, which is returned."""
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return root


def read_files(folder: Path) -> dict[str, bytes]:
    """Every file below `folder`, hidden ones as well, by its relative path."""
    paths = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
