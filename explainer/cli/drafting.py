"""The command that reads articles and proposes notes: draft."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click
from msgspec.structs import replace

from explainer.cli.clustering import CLUSTER
from explainer.cli.telling import ARTICLES, telling
from explainer.errors import ConfigError

if TYPE_CHECKING:
    from explainer.cluster import Cluster
    from explainer.config import SiteConfig
    from explainer.model import AnnotatedDocument, Entry

T = TypeVar("T")

ENOUGH_FOR_TWO = 16
"""From so many articles on, a second process saves more time than it takes to start."""


@click.command()
@ARTICLES
@click.option("--json", "as_json", is_flag=True, help="Write nothing; print a line of JSON each.")
@click.option(
    "--explain", metavar="WORD", help="Write nothing; tell what became of a word, and why."
)
@click.option(
    "--threshold", type=click.FloatRange(0, 1), help="Propose what is at least so sure, 0 to 1."
)
@click.option(
    "--processes",
    type=click.IntRange(1, 64),
    help="How many to draft with; two for many articles, unless you say otherwise.",
)
@CLUSTER
@telling
def draft(
    articles: tuple[Path, ...],
    as_json: bool,
    explain: str | None,
    threshold: float | None,
    processes: int | None,
    cluster: str | None,
) -> None:
    """Propose annotations for ARTICLEs: mentions, who says what, and background.

    Writes <slug>.notes.yaml beside each, and new entries to content/glossary/suggested.yaml.
    What an editor wrote there stays as it is. Stopped in the middle, what is done stays; the
    same command goes on from there.

    Examples: explainer draft content/articles/story.md · explainer draft --json story.txt ·
    explainer draft --explain told story.txt
    """
    from explainer.config import SiteConfig, find_site, load_config

    if not articles:
        raise click.UsageError("name an article to draft")
    root = find_site(Path.cwd())
    config = load_config(root) if root else SiteConfig(Path.cwd())
    if threshold is not None:
        config = replace(config, threshold=threshold)
    if cluster and (as_json or explain is not None):
        raise click.UsageError("--cluster saves drafts; it goes with neither --json nor --explain")
    if explain is not None:
        _explain(articles, config, explain)
        return
    processes = processes or processes_for(len(articles))
    if as_json:
        from explainer.draft import draft_json

        drafts, _ = draft_here(articles, config, processes)
        for path, one in zip(articles, drafts, strict=True):
            click.echo(draft_json(str(path), one))
            _say_doubts(one, config)
        return
    if root is None:
        raise ConfigError("there is no site here; make one with 'explainer new', or use --json")
    if cluster:
        from explainer.cluster import open_cluster

        with open_cluster(cluster, processes) as workers:
            _save_drafts(articles, config, 1, workers)
    else:
        _save_drafts(articles, config, processes)


def _explain(articles: tuple[Path, ...], config: SiteConfig, word: str) -> None:
    from explainer.explain import explain_word

    if not word.strip():
        raise click.UsageError("--explain needs a word")
    drafts, _ = draft_here(articles, config)
    for path, one in zip(articles, drafts, strict=True):
        lines = list(explain_word(one, word))
        click.echo("\n".join(lines) if lines else f"{path}: “{word}” doesn't stand in it")


def _say_doubts(drafted: AnnotatedDocument, config: SiteConfig) -> None:
    """Tell on stderr what check would say of the text and of what stayed unmarked in it."""
    from explainer.check import check_draft
    from explainer.cli.telling import say_diagnostics

    say_diagnostics(check_draft(drafted, config.select, config.ignore))


def processes_for(count: int) -> int:
    return 2 if count >= ENOUGH_FOR_TWO and (os.cpu_count() or 1) > 1 else 1


def draft_here(
    articles: tuple[Path, ...], config: SiteConfig, processes: int = 1
) -> tuple[Iterator[AnnotatedDocument], tuple[Entry, ...]]:
    """Give the articles' drafts as they are made, and the glossary that they were made with."""
    from explainer.draft import Job, check_readable, draft_articles
    from explainer.read import read_glossary

    entries = read_glossary(config.content / "glossary", config.root)
    paths = [path.absolute() for path in articles]
    check_readable(paths, config.root)
    job = Job(
        config.root, entries, config.model,
        threshold=config.threshold, never=config.never,
    )  # fmt: skip
    return with_progress(draft_articles(paths, job, processes), len(paths)), entries


def with_progress(steps: Iterator[T], total: int) -> Iterator[T]:
    """Show on a terminal how many are done and how long the rest will take."""
    if total == 1 or not sys.stderr.isatty():
        yield from steps
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn("Drafting"), BarColumn(), MofNCompleteColumn(),
        TimeRemainingColumn(), TextColumn("left"),
    )  # fmt: skip
    # What is printed meanwhile goes above the bar, but only where it is seen on this terminal.
    console, seen = Console(stderr=True), sys.stdout.isatty()
    with Progress(*columns, console=console, redirect_stdout=seen) as progress:
        yield from progress.track(steps, total=total)


def _save_drafts(
    articles: tuple[Path, ...],
    config: SiteConfig,
    processes: int,
    cluster: Cluster | None = None,
) -> None:
    from explainer.draft import draft_site
    from explainer.read import read_glossary

    entries = read_glossary(config.content / "glossary", config.root)
    named = {path.absolute(): path for path in articles}
    done = 0
    steps = draft_site(list(named), config, entries, processes, cluster)
    try:
        for path, written, drafted in with_progress(steps, len(named)):
            done += 1
            if drafted:
                _say_doubts(drafted, config)
            click.echo(
                f"wrote {' and '.join(written)}" if written else f"{named[path]}: nothing new"
            )
    except KeyboardInterrupt:
        steps.close()
        click.echo(
            f"\nstopped: {done} of {len(named)} are drafted; the same command goes on from here",
            err=True,
        )
        raise click.exceptions.Exit(1) from None
