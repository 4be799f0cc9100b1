"""One article's way through the walk, from its files to its pages in the stage."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from explainer.assemble import Addresses, assemble_page, publish, record_of
from explainer.assemble.entries import Notes
from explainer.assemble.structured import article_json_ld
from explainer.assemble.web_annotations import web_annotations
from explainer.build.reading import Glossary, read_one
from explainer.config import SiteConfig
from explainer.errors import ArticleError, ExplainerError
from explainer.model import AnnotatedDocument, Diagnostic, Record, Site
from explainer.read import read_bytes
from explainer.render import render_article
from explainer.theme import Templates
from explainer.write import Shelf, Staged


@dataclass(frozen=True, slots=True)
class Workshop:
    """What every page needs, set up once."""

    config: SiteConfig
    glossary: Glossary
    addresses: Addresses
    view: Site
    templates: Templates
    notes: Notes


@dataclass(frozen=True, slots=True)
class Made:
    """What came of one article; without a ``record`` its problems say why."""

    record: Record | None = None
    files: tuple[Staged, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    problems: tuple[ExplainerError, ...] = ()


def make_article(path: Path, shop: Workshop, stage: Shelf) -> Made:
    """Take one article from its files to its pages.

    Raises:
        ExplainerError: What is no fault of the article: of the theme, or of the disk.
    """
    try:
        one = read_one(path, shop.config, shop.glossary)
    except ExplainerError as fault:
        return Made(problems=tuple(fault))
    if not shop.glossary.was_read:
        return Made()
    record, files = page_files(one.annotated, shop, stage)
    for name, picture in one.media.items():
        files.append(stage.put(name, read_bytes(picture, name, ArticleError)))
    return Made(record, tuple(files), one.diagnostics)


def page_files(
    annotated: AnnotatedDocument, shop: Workshop, stage: Shelf
) -> tuple[Record, list[Staged]]:
    """Stage an article's page and its annotations."""
    published = publish(annotated, shop.glossary.by_id, shop.config)
    page = assemble_page(published, shop.addresses, shop.config, shop.notes)
    page = replace(page, json_ld=article_json_ld(published, page))
    html = render_article(page, shop.view, shop.templates)
    notes = web_annotations(published, page.canonical or page.path.rsplit("/", 1)[-1])
    files = [
        stage.put(page.path, html.encode()),
        stage.put(shop.addresses.annotations(page.slug), notes.encode()),
    ]
    return record_of(published, page), files
