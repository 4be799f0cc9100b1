"""A site's sources read, parsed and annotated, all that is wrong with them told together."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct, field

from explainer.annotate import (
    anchor_diagnostics,
    annotate,
    name_annotator,
    noted_annotators,
)
from explainer.annotate.known_names import AllNames, KnownNames
from explainer.build.workers import seldom_collecting
from explainer.config import SiteConfig
from explainer.errors import ArticleError, ExplainerError, raise_all
from explainer.model import AnnotatedDocument, Diagnostic, Document, Entry, Notes, SourceFile
from explainer.parse import parse_article
from explainer.parse.front_matter import parse_metadata, split_front_matter
from explainer.read import (
    Item,
    KnownItems,
    Snapshot,
    find_images,
    list_articles,
    read_article,
    read_base,
    read_entries_and_items,
    read_notes,
    skipped_links,
    undefined_in_article,
    undefined_in_glossary,
    undefined_in_notes,
)


class ReadSite(Struct, frozen=True):
    """A site's sources, read and annotated.

    ``notes`` are by article slug, and so are ``bases``: the articles as they were when their
    notes were made, of those that have changed since. ``skipped`` tells the links that weren't
    followed.
    """

    config: SiteConfig
    entries: tuple[Entry, ...]
    articles: tuple[AnnotatedDocument, ...]
    notes: Mapping[str, Notes]
    bases: Mapping[str, Document] = field(default_factory=dict)
    skipped: tuple[Diagnostic, ...] = ()

    @property
    def text_diagnostics(self) -> tuple[Diagnostic, ...]:
        """What read, parse and annotate had doubts about."""
        found = list(self.skipped)
        for one in self.articles:
            found += (*one.document.diagnostics, *one.diagnostics)
        return tuple(found)


class ReadArticle(Struct, frozen=True):
    """One article, read and annotated.

    ``base`` is the article as it was when its notes were made, if it has changed since;
    ``media`` are its pictures by their path in the site.
    """

    annotated: AnnotatedDocument
    notes: Notes
    base: Document | None = None
    media: Mapping[str, Path] = field(default_factory=dict)

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What a build tells of it: doubts of the text, and anchors that don't hold."""
        document = self.annotated.document
        return (
            *document.diagnostics,
            *self.annotated.diagnostics,
            *anchor_diagnostics(document, self.notes, self.base),
        )


class Glossary(Struct, frozen=True):
    """The entries by id, their names, and where they were just read, the lines of each.

    ``was_read`` is False where it had faults.
    """

    by_id: Mapping[str, Entry]
    names: KnownNames
    was_read: bool = True
    items: Mapping[str, Item] = field(default_factory=dict)


@seldom_collecting()
def read_site(config: SiteConfig) -> ReadSite:
    """Read, parse and annotate everything; all that is wrong is raised together."""
    problems: list[ExplainerError] = []
    glossary = read_entries(config, problems)
    articles = []
    for path in list_all(config, problems):
        try:
            articles.append(read_one(path, config, glossary))
        except ExplainerError as fault:
            problems.append(fault)
    raise_all(problems)
    return ReadSite(
        config,
        tuple(glossary.by_id.values()),
        tuple(one.annotated for one in articles),
        {one.annotated.document.slug: one.notes for one in articles},
        {one.annotated.document.slug: one.base for one in articles if one.base},
        skipped_links(config.content, config.content.name),
    )


@seldom_collecting()
def read_entries(
    config: SiteConfig, problems: list[ExplainerError], known: KnownItems | None = None
) -> Glossary:
    """The glossary; what stands in it as it did in a build before is known."""
    try:
        folder = config.content / "glossary"
        entries, items = read_entries_and_items(folder, config.root, known)
    except ExplainerError as fault:
        problems.append(fault)
        return Glossary({}, AllNames(()), was_read=False)
    by_id = {entry.id: entry for entry in entries}
    problems += undefined_in_glossary(by_id)
    return Glossary(by_id, AllNames(entries), items=items)


def list_all(config: SiteConfig, problems: list[ExplainerError]) -> tuple[Path, ...]:
    try:
        return list_articles(config.content / "articles", config.root)
    except ExplainerError as fault:
        problems.append(fault)
        return ()


def read_one(
    path: Path, config: SiteConfig, glossary: Glossary, files: Snapshot | None = None
) -> ReadArticle:
    """Read, parse and annotate one article with what its notes say.

    Args:
        files: Where its files may have been read already.

    Raises:
        ExplainerError: What is wrong with its files, or names an entry that there is none of.
    """
    files = files or Snapshot()
    source = read_article(path, config.root, files)
    parsed = parse_article(source, config.time_zone)
    illustrated = find_images(parsed, config.content, config.root)
    document = illustrated.document
    notes = read_notes(path, config.root, files) or Notes("")
    base = find_base(source, notes, document, path, config.root, files)
    annotated = AnnotatedDocument(document)
    if glossary.was_read:
        problems = undefined_in_article(document, glossary.by_id)
        raise_all(problems + undefined_in_notes(notes, glossary.by_id))
        names = name_annotator(glossary.by_id, glossary.names)
        annotated = annotate(annotated, noted_annotators(notes, names, base))
    return ReadArticle(annotated, notes, base, illustrated.files)


def find_base(
    source: SourceFile,
    notes: Notes,
    document: Document,
    path: Path,
    root: Path,
    files: Snapshot | None = None,
) -> Document | None:
    """The article as it was when its notes were made, if it has changed since."""
    if notes.text in ("", f"sha256:{document.digest}"):
        return None
    kept = read_base(source, path, root, files)
    base = parse_article(kept) if kept else None
    return base if base and notes.text == f"sha256:{base.digest}" else None


def plain_pages(config: SiteConfig) -> list[tuple[Document, str]]:
    """The site's own pages of text with their Markdown, in the order of their file names."""
    problems: list[ExplainerError] = []
    found = []
    for path in list_articles(config.content / "pages", config.root):
        try:
            source = read_article(path, config.root)
            front, body, _ = split_front_matter(source)
            meta = parse_metadata(front, source.path, 2)
            if not meta.title:
                raise ArticleError("the page needs a 'title' in its front matter", source.path, 1)
            found.append((Document(source.path, source.slug, meta, body, ""), meta.title))
        except ExplainerError as fault:
            problems.append(fault)
    raise_all(problems)
    return found
