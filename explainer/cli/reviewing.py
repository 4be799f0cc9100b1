"""The command that an editor decides with: review, in a browser or in the terminal."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from explainer.cli.telling import site_here, telling
from explainer.errors import ArticleError

if TYPE_CHECKING:
    from explainer.config import SiteConfig
    from explainer.review import Desk


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
        from explainer.cli.terminal import decide_here

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
