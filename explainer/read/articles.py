"""Articles on disk: which there are, what each is called, and its raw text."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache
from pathlib import Path

from msgspec.structs import replace

from explainer.errors import ArticleError, ExplainerError, raise_all
from explainer.model import SourceFile
from explainer.read.files import Snapshot, display_path, read_text, walk_files

SUFFIXES = (".md", ".markdown", ".txt")
MAX_SLUG_BYTES = 120
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d|index|404)", re.IGNORECASE)


def list_articles(folder: Path, root: Path) -> tuple[Path, ...]:
    """The articles below `folder`, in the order of their paths.

    Raises:
        ArticleError: Two of them would make the same page.
    """
    paths = tuple(walk_files(folder, SUFFIXES))
    taken: dict[str, Path] = {}
    problems: list[ExplainerError] = []
    for path in paths:
        first = taken.setdefault(slug_of(path), path)
        if first is not path:
            message = (
                f"makes the same page as {display_path(first, root)} "
                f"({slug_of(path)}.html); rename one of them"
            )
            problems.append(ArticleError(message, display_path(path, root)))
    raise_all(problems)
    return paths


def slug_of(path: Path) -> str:
    """The name of an article's page: its file's, made safe; see `safe_name`."""
    stem = path.name
    for suffix in SUFFIXES:
        stem = stem.removesuffix(suffix)
    return safe_name(stem)


@lru_cache(maxsize=4096)
def safe_name(text: str) -> str:
    """A name for a file or an address, safe on every system: lower-case ASCII and hyphens.

    Accents drop off. What has other letters than Latin ones (한국), what a system reserves
    (con) and what is too long gets a digest of the text.
    """
    composed = unicodedata.normalize("NFC", text)
    plain = unicodedata.normalize("NFKD", composed).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    lost = not text.isascii() and any(
        c.isalnum() and not unicodedata.normalize("NFKD", c)[0].isascii() for c in composed
    )
    if slug and not lost and not _RESERVED.fullmatch(slug) and len(slug) <= MAX_SLUG_BYTES:
        return slug
    digest = hashlib.sha256(composed.encode()).hexdigest()[:10]
    return f"{slug[:80].strip('-') or 'article'}-{digest}"


def read_article(path: Path, root: Path, files: Snapshot | None = None) -> SourceFile:
    """Read one article, and the .yaml beside a plain-text one.

    Args:
        files: Where they may have been read already.

    Raises:
        ArticleError: Missing, not text, not UTF-8, too large, or of another kind.
    """
    files = files or Snapshot()
    name = display_path(path, root)
    if not files.holds(path):
        raise ArticleError("is not a file" if path.exists() else "there is no such file", name)
    if not path.name.endswith(SUFFIXES):
        raise ArticleError(f"an article ends in {', '.join(SUFFIXES)}", name)
    text = read_text(path, name, ArticleError, files)
    if not path.name.endswith(".txt"):
        return SourceFile(name, slug_of(path), text)
    sidecar = path.with_suffix(".yaml")
    if not files.holds(sidecar):
        return SourceFile(name, slug_of(path), text, "text")
    sidecar_name = display_path(sidecar, root)
    beside = read_text(sidecar, sidecar_name, ArticleError, files)
    return SourceFile(name, slug_of(path), text, "text", sidecar_name, beside)


def base_path(article: Path) -> Path:
    """Where the article is kept as it was when its notes were made."""
    return article.with_name(f"{article.stem}.notes.base")


def read_base(
    article: SourceFile, path: Path, root: Path, files: Snapshot | None = None
) -> SourceFile | None:
    """The article as it was when its notes were made; None where that isn't kept.

    Args:
        article: As it is now; what stands in a .yaml beside a plain text goes for both.
        path: Where it lies.
        files: Where the base may have been read already.

    Raises:
        ArticleError: See `read_text`.
    """
    files = files or Snapshot()
    base = base_path(path)
    if not files.holds(base):
        return None
    name = display_path(base, root)
    return replace(article, path=name, text=read_text(base, name, ArticleError, files))
