"""The command that says what an edit did to an article and its annotations: diff."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec.structs import replace

from explainer.cli.telling import telling
from explainer.errors import ArticleError

if TYPE_CHECKING:
    from explainer.diff import Difference

_FILE = click.Path(path_type=Path)


@click.command()
@click.argument("old", type=_FILE, metavar="[OLD]")
@click.argument("new", type=_FILE, metavar="NEW", required=False)
@click.option("--notes", type=_FILE, help="The notes; by default those beside NEW, or OLD.")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@click.option("--correction", is_flag=True, help="Print an entry for the article's corrections.")
@telling
def diff(old: Path, new: Path | None, notes: Path | None, as_json: bool, correction: bool) -> None:
    """Say what an edit did: to the text, word by word, and to the annotations.

    OLD and NEW are two versions of an article. With one, it is held against the article as its
    notes know it. Exit 1 where an annotation doesn't hold any more.

    Examples: explainer diff content/articles/story.md · explainer diff before.md after.md
    """
    from explainer.diff import correction as correction_lines
    from explainer.diff import diff_json, diff_text

    difference = _compare(old, new, notes)
    if as_json:
        click.echo(json.dumps(diff_json(difference), ensure_ascii=False, indent=2))
    elif correction:
        click.echo("\n".join(correction_lines(difference, date.today().isoformat())))
        return
    else:
        click.echo("\n".join(diff_text(difference)))
    counts = difference.counts
    if counts["fuzzy"] or counts["orphan"]:
        raise click.exceptions.Exit(1)


def _compare(old: Path, new: Path | None, notes: Path | None) -> Difference:
    from explainer.config import SiteConfig, find_site, load_config
    from explainer.diff import compare
    from explainer.parse import parse_article
    from explainer.read import base_path, notes_path, read_article, read_notes_file, read_text

    root = find_site(Path.cwd())
    config = load_config(root) if root else SiteConfig(Path.cwd())
    article = (new or old).absolute()
    before = base_path(article) if new is None else old.absolute()
    if not before.is_file():
        hint = "; name the older version first" if new is None else ""
        raise ArticleError(f"there is no such file{hint}", str(before))
    source = read_article(article, config.root)
    was = replace(source, path=str(old), text=read_text(before, str(before), ArticleError))
    beside = [notes] if notes else [notes_path(article), notes_path(old.absolute())]
    found = next((path.absolute() for path in beside if path.is_file()), None)
    if notes and not found:
        raise ArticleError("there is no such file", str(notes))
    return compare(
        parse_article(was, config.time_zone),
        parse_article(source, config.time_zone),
        read_notes_file(found, config.root),
    )
