"""One article's way through the walk, from its files to its pages in the stage."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from explainer.annotate.matching import searched
from explainer.assemble import assemble_page, publish, record_of
from explainer.assemble.structured import article_json_ld
from explainer.assemble.web_annotations import web_annotations
from explainer.build.posters import article_poster
from explainer.build.reading import ReadArticle, read_one
from explainer.build.workshop import Watched, Workshop
from explainer.cache import Kept, Rows, rows_of
from explainer.errors import ArticleError, ExplainerError
from explainer.language import language_of
from explainer.model import AnnotatedDocument, Record
from explainer.read import Snapshot, inputs_of, read_bytes
from explainer.render import render_article
from explainer.write import Shelf, Staged


class Made(Struct, frozen=True):
    """What came of one article; without ``rows`` its problems say why.

    Of several that were made elsewhere, the rows are in a cache of their own, ``store``.
    """

    rows: Rows | None = None
    files: tuple[Staged, ...] = ()
    problems: tuple[ExplainerError, ...] = ()
    store: Path | None = None

    @property
    def file_rows(self) -> Iterator[tuple[str, int, int, str]]:
        return ((one.name, one.size, one.time, "") for one in self.files)


def make_article(path: Path, shop: Workshop, stage: Shelf) -> Made:
    """Take one article from its files to its pages.

    Raises:
        ExplainerError: What is no fault of the article: of the theme, or of the disk.
    """
    asked: set[str] = set()
    by_id = shop.glossary.by_id
    if isinstance(by_id, Watched):
        by_id.asked = asked
    inputs, files = inputs_of(path), Snapshot()
    digest = digest_of(inputs, files)
    try:
        one = read_one(path, shop.config, shop.glossary, files)
    except ExplainerError as fault:
        return Made(problems=tuple(fault))
    if not shop.glossary.was_read:
        return Made()
    record, staged = page_files(one.annotated, shop, stage)
    for name, picture in one.media.items():
        staged.append(stage.put(name, read_bytes(picture, name, ArticleError, files)))
    asked |= {mention.entry for mention in one.annotated.mentions}
    if one.media:
        inputs = (*inputs, *one.media.values())
        digest = digest_of(inputs, files)
    return Made(rows_of(record, _kept(one, inputs, digest, asked)), tuple(staged))


def _kept(one: ReadArticle, inputs: Sequence[Path], digest: str, asked: set[str]) -> Kept:
    document = one.annotated.document
    parts = [block.of(document.text) for block in document.blocks]
    words = (document.meta.title, *parts, *(short for short, _ in document.abbreviations))
    return Kept(
        source=document.path,
        digest=digest,
        inputs=tuple(str(path) for path in inputs),
        uses=tuple(sorted(asked)),
        words=searched(words),
        diagnostics=one.diagnostics,
    )


def digest_of(inputs: Iterable[Path], files: Snapshot) -> str:
    """What an article's files hold, as one digest."""
    return hashlib.sha256("\n".join(map(files.digest, inputs)).encode()).hexdigest()


def page_files(
    annotated: AnnotatedDocument, shop: Workshop, stage: Shelf
) -> tuple[Record, list[Staged]]:
    """Stage an article's page and its annotations."""
    published = publish(annotated, shop.glossary.by_id, shop.config)
    page = assemble_page(published, shop.addresses, shop.config, shop.notes)
    poster = article_poster(page, shop.config.title, shop.painter) if shop.painter else None
    if poster:
        page = replace(page, poster=f"{shop.config.base_url}posters/{page.slug}.png")
    page = replace(page, json_ld=article_json_ld(published, page))
    html = render_article(page, shop.view, shop.templates)
    notes = web_annotations(published, page.canonical or page.path.rsplit("/", 1)[-1])
    files = [
        stage.put(page.path, html.encode()),
        stage.put(shop.addresses.annotations(page.slug), notes),
    ]
    if poster:
        files.append(stage.put(f"posters/{page.slug}.png", poster))
    return record_of(published, page, language_of(shop.config.language)), files
