"""Commands that make a site and show it: new, build, serve."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from explainer.cli.drafting import draft_here
from explainer.cli.telling import ARTICLES, say_diagnostics, site_here, telling

if TYPE_CHECKING:
    from explainer.build import Built

_OUTPUT = click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="The folder to write to."
)


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@telling
def new(folder: Path) -> None:
    """Make a new site in FOLDER, with one short article to start from.

    Example: explainer new my-site
    """
    from explainer.scaffold import make_site

    make_site(folder)
    click.echo(f"Made a site in {folder}. Next: cd {folder} && explainer build")


@click.command()
@ARTICLES
@_OUTPUT
@click.option("-q", "--quiet", is_flag=True, help="Say only what is wrong.")
@click.option("--strict", is_flag=True, help="Treat warnings as errors.")
@telling
def build(articles: tuple[Path, ...], output: Path | None, quiet: bool, strict: bool) -> None:
    """Build the site you are in, or just the given ARTICLEs.

    An article that belongs to no site is drafted in memory, and its page says that no
    editor has seen the annotations.

    Examples: explainer build · explainer build story.txt -o story
    """
    built = _build_alone(articles, output) if articles else _build_site(output, strict)
    say_diagnostics(built.diagnostics)
    if not quiet:
        written = built.written
        click.echo(
            f"{built.pages} pages in {_shown(built.output)}: {len(written.changed)} files written, "
            f"{written.kept} unchanged, {len(written.removed)} removed"
        )


def _shown(path: Path) -> Path:
    """The path as seen from here, where it is below."""
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


def _build_site(output: Path | None, strict: bool) -> Built:
    from explainer.build import build_site

    config = site_here()
    return build_site(config, output or config.root / "site", strict=strict)


def _build_alone(articles: tuple[Path, ...], output: Path | None) -> Built:
    from explainer.build import build_alone
    from explainer.config import SiteConfig, find_site, load_config

    root = find_site(Path.cwd())
    if root and output is None:
        raise click.UsageError("inside a site, say where to: explainer build ARTICLE -o FOLDER")
    config = load_config(root) if root else SiteConfig(Path.cwd())
    drafted, entries = draft_here(articles, config)
    return build_alone(list(drafted), entries, config, output or Path("site"))


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Where to listen.")
@click.option("--port", default=8000, show_default=True, help="The first port to try.")
@click.option("--open", "open_browser", is_flag=True, help="Open the site in your browser.")
@telling
def serve(host: str, port: int, open_browser: bool) -> None:
    """Show the site you are in, and again after every save. Ctrl-C ends it.

    Example: explainer serve --open
    """
    from explainer.serve import serve as serve_site

    serve_site(site_here().root, host=host, port=port, open_browser=open_browser, say=click.echo)
