"""The command that counts who is cited: sources."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from explainer.cli.telling import ARTICLES, site_here, telling
from explainer.errors import ArticleError

if TYPE_CHECKING:
    from explainer.build import ReadSite
    from explainer.model import AnnotatedDocument


@click.command()
@ARTICLES
@click.option("--format", "form", type=click.Choice(("table", "csv", "json")), default="table",
              show_default=True)  # fmt: skip
@telling
def sources(articles: tuple[Path, ...], form: str) -> None:
    """Count who is cited in the site you are in, or in the given ARTICLEs.

    For each source how many claims and words are its own, whether it is named, its standing, by
    which outlets its claims came, and how many of them rest on it alone. Nothing is inferred of
    anybody.

    Examples: explainer sources · explainer sources --format csv content/articles/story.md
    """
    from explainer.build import read_site
    from explainer.tally import tally_sources
    from explainer.tally_formats import as_csv, as_json, as_table

    config = site_here()
    site = read_site(config)
    chosen = [one for one in _chosen(site, articles) if one.attributions]
    by_id = {entry.id: entry for entry in site.entries}
    found = tally_sources(chosen, by_id)
    if form == "json":
        click.echo(as_json(found, chosen, by_id))
    elif form == "csv":
        click.echo(as_csv(found, by_id), nl=False)
    else:
        click.echo(as_table(found, chosen, by_id), nl=False)


def _chosen(site: ReadSite, articles: tuple[Path, ...]) -> list[AnnotatedDocument]:
    """The articles that were asked for, without what an editor rejected."""
    if not articles:
        return list(site.articles)
    by_path = {site.config.root / one.document.path: one for one in site.articles}
    missing = [path for path in articles if path.absolute() not in by_path]
    if missing:
        raise ArticleError("is no article of this site", str(missing[0]))
    return [by_path[path.absolute()] for path in articles]
