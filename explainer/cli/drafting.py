"""The command that reads articles and proposes notes: draft."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from explainer.cli.telling import ARTICLES, telling
from explainer.errors import ConfigError

if TYPE_CHECKING:
    from explainer.config import SiteConfig
    from explainer.model import AnnotatedDocument, Entry


@click.command()
@ARTICLES
@click.option("--json", "as_json", is_flag=True, help="Write nothing; print a line of JSON each.")
@telling
def draft(articles: tuple[Path, ...], as_json: bool) -> None:
    """Propose annotations for ARTICLEs: mentions, who says what, and background.

    Writes <slug>.notes.yaml beside each, and new entries to content/glossary/suggested.yaml.
    What an editor wrote there stays as it is.

    Examples: explainer draft content/articles/story.md · explainer draft --json story.txt
    """
    from explainer.config import SiteConfig, find_site, load_config

    if not articles:
        raise click.UsageError("name an article to draft")
    root = find_site(Path.cwd())
    config = load_config(root) if root else SiteConfig(Path.cwd())
    drafted, _ = draft_here(articles, config)
    if as_json:
        from explainer.draft import draft_json

        for path, one in zip(articles, drafted, strict=True):
            click.echo(draft_json(str(path), one))
        return
    if root is None:
        raise ConfigError("there is no site here; make one with 'explainer new', or use --json")
    _write_drafts(articles, drafted, config)


def draft_here(
    articles: tuple[Path, ...], config: SiteConfig
) -> tuple[list[AnnotatedDocument], tuple[Entry, ...]]:
    from explainer.analyze import load_analyzer
    from explainer.draft import draft_articles
    from explainer.read import read_glossary

    entries = read_glossary(config.content / "glossary", config.root)
    paths = [path.absolute() for path in articles]
    analyzer = load_analyzer(config.model)
    drafts: Iterable[AnnotatedDocument] = draft_articles(paths, config.root, entries, analyzer)
    if len(paths) > 1 and sys.stderr.isatty():
        from rich.console import Console
        from rich.progress import track

        console = Console(stderr=True)
        drafts = track(drafts, "Drafting", total=len(paths), console=console)
    return list(drafts), entries


def _write_drafts(
    articles: tuple[Path, ...], drafted: list[AnnotatedDocument], config: SiteConfig
) -> None:
    from explainer.draft import save_draft

    for path, one in zip(articles, drafted, strict=True):
        written = save_draft(path.absolute(), one, config)
        click.echo(f"wrote {' and '.join(written)}" if written else f"{path}: nothing new")
