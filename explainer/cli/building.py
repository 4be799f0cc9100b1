"""Commands that make a site and show it: new, build, serve."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from explainer.cli.clustering import CLUSTER, build_on_cluster, refuse_stores
from explainer.cli.telling import ARTICLES, root_here, say_diagnostics, telling
from explainer.cli.unchanged import summary

if TYPE_CHECKING:
    from explainer.model import Built
    from explainer.standing import Standing

_OUTPUT = click.option(
    "-o", "--output", metavar="FOLDER", help="The folder to write to; with --cluster, or s3://…"
)


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--look", default="", help="Another look than the shipped one: ledger.")
@telling
def new(folder: Path, look: str) -> None:
    """Make a new site in FOLDER, with one short article to start from.

    Examples: explainer new my-site · explainer new my-site --look ledger
    """
    from explainer.scaffold import looks, make_site

    if look and look not in looks():
        raise click.BadParameter(f"there is {', '.join(looks())}", param_hint="--look")
    make_site(folder, look)
    click.echo(f"Made a site in {folder}. Next: cd {folder} && explainer build")


@click.command()
@ARTICLES
@_OUTPUT
@click.option("-q", "--quiet", is_flag=True, help="Say only what is wrong.")
@click.option("--strict", is_flag=True, help="Treat warnings as errors.")
@click.option(
    "--jobs",
    default=0,
    type=click.IntRange(0, 256),
    metavar="N",
    help="Processes that share the work.  [default: one a processor, where it pays]",
)
@click.option("--explain", metavar="PAGE", help="Say why a page was made anew, or wasn't.")
@CLUSTER
@click.option("--site", metavar="ADDRESS", help="With --cluster: a site elsewhere, as in s3://…")
@click.pass_obj
@telling
def build(
    seen: Standing | None,
    articles: tuple[Path, ...],
    output: str | None,
    quiet: bool,
    strict: bool,
    jobs: int,
    explain: str | None,
    cluster: str | None,
    site: str | None,
) -> None:
    """Build the site you are in, or just the given ARTICLEs.

    An article that belongs to no site is drafted in memory, and its page says that no
    editor has seen the annotations.

    What the last build made and still holds is kept.

    Examples: explainer build · explainer build story.txt -o story ·
    explainer build --explain articles/story.html ·
    explainer build --cluster tcp://10.0.0.1:8786 -o s3://bucket/news
    """
    if cluster and articles:
        raise click.UsageError("--cluster builds a site, not single articles")
    if not cluster:
        refuse_stores(site, output)
    if articles:
        built = _build_alone(articles, Path(output) if output else None)
    elif cluster:
        with _told(quiet) as tell:
            built = build_on_cluster(cluster, site, output, strict=strict, jobs=jobs, tell=tell)
    else:
        place = Path(output) if output else None
        built = _build_site(place, seen, strict=strict, jobs=jobs, quiet=quiet)
    say_diagnostics(built.diagnostics)
    if explain is not None:
        click.echo(_why(explain, built))
    if not quiet:
        written = built.written
        where = output if output and "://" in output else built.output
        changed, removed = len(written.changed), len(written.removed)
        click.echo(summary(where, built.pages, changed, written.kept, removed))


def _why(page: str, built: Built) -> str:
    path = Path(page)
    name = page
    for folder in (built.output, built.output.relative_to(built.output.parent)):
        if path.is_relative_to(folder):
            name = path.relative_to(folder).as_posix()
    if name in built.reasons:
        return f"{name} was made anew: {built.reasons[name]}"
    if (built.output / name).is_file():
        return f"{name} was kept: nothing that it is made of has changed"
    raise click.UsageError(f"this site has no page '{name}'")


def _build_site(
    output: Path | None, seen: Standing | None, *, strict: bool, jobs: int, quiet: bool
) -> Built:
    from explainer.standing import look

    root = root_here()
    place = output or root / "site"
    seen = seen or look(root, place)
    built = seen.built
    if built and not (strict and any(one.severity != "note" for one in built.diagnostics)):
        return built
    from explainer.build import build_site
    from explainer.config import load_config

    config = load_config(root)
    with _told(quiet) as tell:
        return build_site(config, place, strict=strict, jobs=jobs, survey=seen.survey, tell=tell)


def _told(quiet: bool) -> contextlib.AbstractContextManager[Callable[[int, int], None]]:
    """Where there is a terminal and nobody asked for silence, how far the build is."""
    if quiet or not (sys.stderr and sys.stderr.isatty()):
        return contextlib.nullcontext(lambda done, total: None)
    return _progress()


@contextlib.contextmanager
def _progress() -> Iterator[Callable[[int, int], None]]:
    """A line on the terminal that goes when the build is done: pages, pages a second, time left."""
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        ProgressColumn,
        Task,
        TextColumn,
        TimeRemainingColumn,
    )
    from rich.text import Text

    class Rate(ProgressColumn):
        def render(self, task: Task) -> Text:
            return Text(f"{task.speed:,.0f} pages/s" if task.speed else "")

    columns = (TextColumn("Building"), BarColumn(), MofNCompleteColumn(), Rate(),
               TimeRemainingColumn())  # fmt: skip
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)


def _build_alone(articles: tuple[Path, ...], output: Path | None) -> Built:
    from explainer.build import build_alone
    from explainer.cli.drafting import draft_here
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

    serve_site(root_here(), host=host, port=port, open_browser=open_browser, say=click.echo)
