"""The command that makes an article of a text from elsewhere: import."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from explainer.cli.telling import site_here, telling
from explainer.errors import ArticleError

if TYPE_CHECKING:
    from explainer.importing import Raw

_KINDS = click.Choice(("docx", "html", "md", "txt"))
_SUFFIXES = {".markdown": ".md", ".htm": ".html", ".xhtml": ".html", ".text": ".txt"}
MAX_BYTES = 50_000_000


@click.command(name="import")
@click.argument("source", metavar="FILE|URL|-")
@click.option("--name", default="", help="What to call it; by default its title.")
@click.option("--format", "form", type=_KINDS, help="By default what its name or content says.")
@telling
def import_(source: str, name: str, form: str | None) -> None:
    """Make an article of a Word document, a web page, Markdown or plain text.

    The bytes are kept in seeds/ as they arrived; what isn't in the article any more is told.
    Nothing that is there is overwritten.

    Examples: explainer import report.docx · explainer import https://example.org/story ·
    pbpaste | explainer import -
    """
    from msgspec.structs import replace

    from explainer.importing import import_article

    config = site_here()
    raw = _raw(source)
    if form:
        raw = replace(raw, suffix=f".{form}")
    done = import_article(raw, config, name)
    click.echo(f"wrote {done.article}, and kept {done.seed}")
    for what in done.dropped:
        click.echo(f"left out: {what}")
    click.echo(f"Next: explainer draft {done.article}")


def _raw(source: str) -> Raw:
    from explainer.importing import SUFFIXES, Raw
    from explainer.importing.fetching import fetch
    from explainer.read import read_bytes

    if source == "-":
        return Raw(sys.stdin.buffer.read(MAX_BYTES), "standard input")
    if "://" in source:
        return fetch(source)
    path = Path(source)
    if not path.is_file():
        raise ArticleError("there is no such file", source)
    if path.stat().st_size > MAX_BYTES:
        raise ArticleError(f"is larger than {MAX_BYTES // 1_000_000} MB", source)
    suffix = path.suffix.lower()
    suffix = _SUFFIXES.get(suffix, suffix)
    if suffix and suffix not in SUFFIXES:
        raise ArticleError(f"is a {suffix} file; import reads {', '.join(SUFFIXES)}", source)
    return Raw(read_bytes(path, source, ArticleError), path.name, suffix)
