"""The command that an editor decides with: review, in a browser or in the terminal."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from explainer.cli.telling import site_here, telling
from explainer.errors import ArticleError

if TYPE_CHECKING:
    from explainer.config import SiteConfig
    from explainer.review import Desk, Item


@click.command()
@click.argument("article", type=click.Path(path_type=Path), required=False)
@click.option("--terminal", is_flag=True, help="Decide here, without a browser.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Where to listen.")
@click.option("--port", default=8000, show_default=True, help="The first port to try.")
@click.option("--open", "open_browser", is_flag=True, help="Open the page in your browser.")
@telling
def review(article: Path | None, terminal: bool, host: str, port: int, open_browser: bool) -> None:
    """Accept, edit or reject what is suggested for ARTICLE, one key each.

    An article without notes is drafted first. Every decision is written at once.

    Examples: explainer review content/articles/story.md --open · explainer review --terminal
    """
    from explainer.serve import serve

    config = site_here()
    chosen = _desk(article, config) if article or terminal else None
    if terminal and chosen is not None:
        decide_here(chosen[1])
        return
    serve(
        config.root, host=host, port=port, open_browser=open_browser, say=click.echo,
        review=chosen[0] if chosen else "",
    )  # fmt: skip


def _desk(article: Path | None, config: SiteConfig) -> tuple[str, Desk]:
    """The desk of an article, or of the first; drafted where it has no notes yet."""
    from explainer.cli.drafting import draft_here
    from explainer.draft import save_draft
    from explainer.read import notes_path
    from explainer.review import Desk, find_articles

    articles = find_articles(config)
    path = article.resolve() if article else next(iter(articles.values()), None)
    slug = next((slug for slug, one in articles.items() if path and one.resolve() == path), None)
    if slug is None or path is None:
        known = f"; there are: {', '.join(sorted(articles))}" if articles else ""
        raise ArticleError(f"is no article of this site{known}", str(article or "content/articles"))
    if not notes_path(articles[slug]).is_file():
        (drafted,), _ = draft_here((articles[slug],), config)
        save_draft(articles[slug], drafted, config)
    desk = Desk(config, articles[slug])
    desk.read_anew()
    return slug, desk


# ---- in the terminal

_KEYS = "[a]ccept [e]dit [r]eject [n]ever [s]kip [u]ndo [q]uit"


def decide_here(desk: Desk) -> None:
    """One suggestion at a time: the words, the evidence, and a key."""
    from explainer.review import queue_of

    skipped: set[str] = set()
    while True:
        queue = [one for one in queue_of(desk.look()) if one.id not in skipped]
        if not queue:
            click.echo("All decided." if not skipped else f"Done; {len(skipped)} skipped.")
            return
        item = queue[0]
        _show(item, desk, len(queue))
        key = _key()
        if key == "q":
            click.echo(f"{len(queue)} left.")
            return
        if key == "s":
            skipped.add(item.id)
        else:
            _act(key, item, desk)


def _key() -> str:
    """One key, or one letter of what is piped in; the end of it, or Ctrl-C, ends the review."""
    try:
        if not sys.stdin.isatty():
            return sys.stdin.read(1).lower() or "q"
        return click.getchar().lower()
    except (EOFError, KeyboardInterrupt):
        return "q"


def _show(item: Item, desk: Desk, left: int) -> None:
    text = desk.look().document.text
    click.echo(f"\n{left} left · {item.kind}: {item.title}")
    if item.was:
        click.echo(f"  was: {item.was[0]}[{item.was[1]}]{item.was[2]}")
        is_now = f"{item.now[0]}[{item.now[1]}]{item.now[2]}" if item.now else "nothing certain"
        click.echo(f"  is:  {is_now}\n  it {item.reason}")
    for part, spans in item.spans.items():
        if not item.was:
            words = " … ".join(text[start:end] for start, end in spans[:3])
            click.echo(f"  {part}: {words}")
    for key, value in item.fields.items():
        said = ", ".join(value) if isinstance(value, list) else str(value)
        if said:
            click.echo(f"  {key}: {said}")
    proof = ", ".join(one for one in (item.evidence, item.confidence) if one)
    if proof:
        click.echo(f"  proposed by {proof}")
    for number, choice in enumerate(item.choices, start=1):
        click.echo(f"  [{number}] {choice.label}")
    click.echo(_KEYS)


def _act(key: str, item: Item, desk: Desk) -> None:
    from explainer.review import Changed, Decision, Undecidable

    try:
        if key == "u":
            desk.undo()
        elif key == "a" and item.kind == "anchor":
            desk.decide(Decision("place", item.id, spans=item.spans))
        elif key in ("a", "r", "n"):
            action = {"a": "accept", "r": "reject", "n": "never"}[key]
            desk.decide(Decision(action, item.id, {"word": item.word} if key == "n" else {}))
        elif key == "e" and item.kind != "anchor":
            desk.decide(Decision("accept", item.id, _edited(item)))
        elif key.isdigit() and 0 < int(key) <= len(item.choices):
            choice = item.choices[int(key) - 1]
            desk.decide(Decision(choice.action, item.id, choice.fields))
    except Undecidable as fault:
        click.echo(f"  {fault}")
    except Changed as fault:
        click.echo(f"  {fault} has changed outside; read again, nothing was written")
        desk.read_anew()


def _edited(item: Item) -> dict[str, object]:
    """The fields as the user changes them, a line each; Enter keeps one."""
    fields: dict[str, object] = {}
    for key, value in item.fields.items():
        if key == "id":
            continue
        many = isinstance(value, list)
        before = ", ".join(value) if isinstance(value, list) else str(value)
        said = click.prompt(f"  {key}", default=before, show_default=True).strip()
        fields[key] = [one.strip() for one in said.split(",") if one.strip()] if many else said
    return fields
