"""The walk: a site's files, or a few drafted articles, become a folder of pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from explainer.annotate import (
    anchor_diagnostics,
    annotate,
    mention_annotator,
    noted_annotators,
)
from explainer.assemble import (
    Addresses,
    Finished,
    Published,
    articles_by_entry,
    assemble_page,
    entry_page,
    glossary_page,
    list_pages,
    newest,
    publish,
)
from explainer.assemble.feeds import machine_files
from explainer.assemble.maps import Maps
from explainer.assemble.prose import prose_html
from explainer.assemble.structured import article_json_ld
from explainer.assemble.web_annotations import web_annotations
from explainer.config import SiteConfig
from explainer.errors import ArticleError, ExplainerError, GlossaryError, raise_all
from explainer.model import (
    AnnotatedDocument,
    Diagnostic,
    Document,
    Entry,
    Link,
    Notes,
    PlainPage,
    Site,
    SourceFile,
)
from explainer.parse import parse_article
from explainer.parse.front_matter import parse_metadata, split_front_matter
from explainer.read import (
    find_images,
    list_articles,
    picture_fault,
    read_article,
    read_atlas,
    read_base,
    read_bytes,
    read_glossary,
    read_notes,
    skipped_links,
    undefined_in_article,
    undefined_in_glossary,
    undefined_in_notes,
)
from explainer.render import (
    render_article,
    render_entry,
    render_glossary,
    render_index,
    render_missing,
    render_plain,
)
from explainer.theme import Templates, find_theme
from explainer.write import Written, write_site


@dataclass(frozen=True, slots=True)
class ReadSite:
    """A site's sources, read and annotated.

    ``notes`` are by article slug, and so are ``bases``: the articles as they were when their
    notes were made, of those that have changed since. ``media`` are pictures by their path in
    the site, ``skipped`` tells the links that weren't followed.
    """

    config: SiteConfig
    entries: tuple[Entry, ...]
    articles: tuple[AnnotatedDocument, ...]
    notes: Mapping[str, Notes]
    bases: Mapping[str, Document] = field(default_factory=dict)
    media: Mapping[str, Path] = field(default_factory=dict)
    skipped: tuple[Diagnostic, ...] = ()

    @property
    def text_diagnostics(self) -> tuple[Diagnostic, ...]:
        """What read, parse and annotate had doubts about."""
        found = list(self.skipped)
        for one in self.articles:
            found += (*one.document.diagnostics, *one.diagnostics)
        return tuple(found)

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What a build tells: doubts of the text, and anchors that don't hold."""
        found = list(self.text_diagnostics)
        for one in self.articles:
            slug = one.document.slug
            notes = self.notes.get(slug, Notes(""))
            found += anchor_diagnostics(one.document, notes, self.bases.get(slug))
        return tuple(sorted(found, key=lambda one: (one.position, one.code)))


@dataclass(frozen=True, slots=True)
class Built:
    """What a build made, and what it has doubts about."""

    output: Path
    pages: int
    written: Written
    diagnostics: tuple[Diagnostic, ...]


def build_site(config: SiteConfig, output: Path, *, strict: bool = False) -> Built:
    """Build all of a site into `output`.

    Args:
        strict: Refuse to build with warnings.

    Raises:
        ExplainerError: Whatever its authors have to fix; several as `Problems`. The output is
            then as it was.
    """
    site = read_site(config)
    if strict:
        raise_all([_as_error(one) for one in site.diagnostics if one.severity != "note"])
    files = render_site(site, find_theme_of(config), plain_pages(config))
    written = write_site(files, output, config.root)
    return Built(output, _count_pages(files), written, site.diagnostics)


def build_alone(
    articles: Sequence[AnnotatedDocument],
    entries: tuple[Entry, ...],
    config: SiteConfig,
    output: Path,
) -> Built:
    """Build pages of drafted articles that belong to no site, every suggestion shown as one."""
    shown = replace(config, publish="all")
    site = ReadSite(shown, entries, tuple(articles), {})
    alone = articles[0].document.slug if len(articles) == 1 else ""
    files = render_articles(site, Addresses(alone=alone), find_theme_of(config))
    written = write_site(files, output, None)
    return Built(output, _count_pages(files), written, site.diagnostics)


def find_theme_of(config: SiteConfig) -> Templates:
    return Templates(find_theme(config.root))


def _as_error(doubt: Diagnostic) -> ExplainerError:
    place = doubt.position
    error = ExplainerError(doubt.message, place.path, place.line, place.column)
    error.code = doubt.code
    return error


# ---- read, parse, annotate


def read_site(config: SiteConfig) -> ReadSite:
    """Read, parse and annotate everything; all that is wrong is raised together."""
    problems: list[ExplainerError] = []
    entries = _read_entries(config, problems)
    by_id = {entry.id: entry for entry in entries}
    glossary_was_read = bool(entries) or not problems
    names = mention_annotator(entries)
    articles: list[AnnotatedDocument] = []
    notes_by_slug: dict[str, Notes] = {}
    bases: dict[str, Document] = {}
    media: dict[str, Path] = {}
    for path in _list(config, problems):
        try:
            source = read_article(path, config.root)
            parsed = parse_article(source, config.time_zone)
            illustrated = find_images(parsed, config.content, config.root)
            document = illustrated.document
            if glossary_was_read:
                problems += undefined_in_article(document, by_id)
            notes = read_notes(path, config.root) or Notes("")
            base = find_base(source, notes, document, path, config.root)
            if glossary_was_read:
                problems += undefined_in_notes(notes, by_id)
        except ExplainerError as fault:
            problems.append(fault)
            continue
        notes_by_slug[document.slug] = notes
        bases |= {document.slug: base} if base else {}
        media |= illustrated.files
        if not problems:
            annotators = noted_annotators(notes, names, base)
            articles.append(annotate(AnnotatedDocument(document), annotators))
    raise_all(problems)
    skipped = skipped_links(config.content, config.content.name)
    return ReadSite(config, entries, tuple(articles), notes_by_slug, bases, media, skipped)


def find_base(
    source: SourceFile, notes: Notes, document: Document, path: Path, root: Path
) -> Document | None:
    """The article as it was when its notes were made, if it has changed since."""
    if notes.text in ("", f"sha256:{document.digest}"):
        return None
    kept = read_base(source, path, root)
    base = parse_article(kept) if kept else None
    return base if base and notes.text == f"sha256:{base.digest}" else None


def _read_entries(config: SiteConfig, problems: list[ExplainerError]) -> tuple[Entry, ...]:
    try:
        entries = read_glossary(config.content / "glossary", config.root)
    except ExplainerError as fault:
        problems.append(fault)
        return ()
    problems += undefined_in_glossary({entry.id: entry for entry in entries})
    return entries


def _list(config: SiteConfig, problems: list[ExplainerError]) -> tuple[Path, ...]:
    try:
        return list_articles(config.content / "articles", config.root)
    except ExplainerError as fault:
        problems.append(fault)
        return ()


# ---- assemble, weave, render


def render_site(
    site: ReadSite, templates: Templates, plain: Sequence[tuple[Document, str]] = ()
) -> dict[str, bytes]:
    """Every file of a site by its path: pages, annotations, static files."""
    config = site.config
    by_id = {entry.id: entry for entry in site.entries}
    shown = [one for one in site.entries if one.status in _shown(config)]
    addresses = Addresses(frozenset(entry.id for entry in shown))
    menu = tuple(Link(title, f"{document.slug}.html") for document, title in plain)
    view = _site_view(config, menu, has_glossary=bool(shown))
    maps = Maps(read_atlas)
    finished = [_finish(one, by_id, addresses, config, maps) for one in site.articles]
    pages = {"404.html": render_missing(_missing(config), view, templates)}
    for listed in list_pages(finished):
        pages[listed.path] = render_index(listed, view, templates)
    for one in finished:
        pages |= _article_files(one, addresses, view, templates)
    if shown:
        pages["glossary/index.html"] = render_glossary(
            glossary_page(shown, addresses), view, templates
        )
    named = articles_by_entry(finished)
    for entry in shown:
        page = entry_page(entry, named.get(entry.id, ()), addresses, config.base_url, maps)
        pages[page.path] = render_entry(page, view, templates)
    for document, title in plain:
        page_of_text = _plain_page(document, title, config, addresses)
        pages[page_of_text.path] = render_plain(page_of_text, view, templates)
    html = [path for path in pages if path.endswith(".html")]
    pages |= machine_files([one.page for one in newest(finished)], html, config)
    return _files(pages, templates, site)


def render_articles(site: ReadSite, addresses: Addresses, templates: Templates) -> dict[str, bytes]:
    """The files of articles that stand alone: their pages, and a front page if several."""
    by_id = {entry.id: entry for entry in site.entries}
    view = _site_view(site.config, (), has_glossary=False)
    maps = Maps(read_atlas)
    finished = [_finish(one, by_id, addresses, site.config, maps) for one in site.articles]
    pages: dict[str, str] = {}
    if not addresses.alone:
        for listed in list_pages(finished):
            pages[listed.path] = render_index(listed, view, templates)
    for one in finished:
        pages |= _article_files(one, addresses, view, templates)
    return _files(pages, templates, site)


def _finish(
    annotated: AnnotatedDocument,
    by_id: Mapping[str, Entry],
    addresses: Addresses,
    config: SiteConfig,
    maps: Maps,
) -> Finished:
    published = publish(annotated, by_id, config)
    page = assemble_page(published, addresses, config, maps)
    return Finished(published, replace(page, json_ld=article_json_ld(published, page)))


def _article_files(
    article: Finished, addresses: Addresses, view: Site, templates: Templates
) -> dict[str, str]:
    page = article.page
    return {
        page.path: render_article(page, view, templates),
        addresses.annotations(page.slug): _annotations(article.published, article),
    }


def _annotations(published: Published, article: Finished) -> str:
    name = article.page.path.rsplit("/", 1)[-1]
    return web_annotations(published, article.page.canonical or name)


def _files(pages: Mapping[str, str], templates: Templates, site: ReadSite) -> dict[str, bytes]:
    files = {path: text.encode() for path, text in pages.items()}
    static = templates.static_files()
    problems: list[ExplainerError] = []
    for entry in site.entries:
        if not entry.image:
            continue
        picture = static.get(f"images/{entry.image.src}")
        fault = picture_fault(picture) if picture else "is missing"
        if fault:
            message = f"the image of '{entry.id}' {fault}: static/images/{entry.image.src}"
            problems.append(GlossaryError(message, entry.position.path, entry.position.line))
    raise_all(problems)
    files |= {name: read_bytes(path, name, ArticleError) for name, path in site.media.items()}
    return files | {f"static/{name}": templates.read_static(name) for name in static}


def _site_view(config: SiteConfig, menu: tuple[Link, ...], *, has_glossary: bool) -> Site:
    return Site(
        title=config.title,
        language=config.language,
        base_url=config.base_url,
        description=config.description,
        pages=menu,
        has_glossary=has_glossary,
        footer=config.footer,
    )


def _shown(config: SiteConfig) -> tuple[str, ...]:
    return ("reviewed", "suggested") if config.publish == "all" else ("reviewed",)


def _missing(config: SiteConfig) -> PlainPage:
    root = config.base_url or "/"
    return PlainPage("404.html", root, "Not here", "", config.language)


def _count_pages(files: Mapping[str, bytes]) -> int:
    return sum(path.endswith(".html") for path in files)


# ---- pages of content/pages


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


def _plain_page(
    document: Document, title: str, config: SiteConfig, addresses: Addresses
) -> PlainPage:
    path = f"{document.slug}.html"
    body = prose_html(document.text, lambda entry: addresses.entry(entry, path))
    return PlainPage(path, "", title, body, document.meta.language or config.language)
