"""The command line: reads what was asked, calls the walk, and says what came of it."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, ParamSpec

import click

from explainer import __version__
from explainer.errors import ConfigError, ExplainerError
from explainer.model import Diagnostic, Position, Severity

if TYPE_CHECKING:
    from explainer.build import Built
    from explainer.config import SiteConfig
    from explainer.model import AnnotatedDocument, Entry

P = ParamSpec("P")

_ARTICLES = click.argument(
    "articles", nargs=-1, type=click.Path(path_type=Path), metavar="[ARTICLE]..."
)
_OUTPUT = click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="The folder to write to."
)


def main() -> None:
    """The entry point: no traceback reaches a user, whatever happens."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    signal.signal(signal.SIGTERM, _terminate)
    try:
        # Click returns the code of an `Exit` here, and does not raise it.
        sys.exit(commands.main(standalone_mode=False))
    except click.exceptions.Abort:
        sys.exit(130)
    except click.ClickException as fault:
        fault.show()
        sys.exit(2)
    except click.exceptions.Exit as leave:
        sys.exit(leave.exit_code)
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except Exception as fault:
        if os.environ.get("EXPLAINER_DEBUG"):
            raise
        click.echo(
            f"explainer: a mistake of ours, not yours ({type(fault).__name__}: {fault}). "
            "Please report it, with what EXPLAINER_DEBUG=1 shows.",
            err=True,
        )
        sys.exit(70)  # sysexits.h: internal software error


def _terminate(number: int, frame: object) -> None:
    raise SystemExit(128 + number)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="explainer")
def commands() -> None:
    """Turn articles into annotated explainer pages.

    Start with: explainer new my-site && cd my-site && explainer build
    """


def _telling(command: Callable[P, None]) -> Callable[P, None]:
    """Turn problems into one line each and exit 1."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            command(*args, **kwargs)
        except ExplainerError as fault:
            for problem in fault:
                place = Position(problem.path, problem.line, problem.column)
                _say_problem(place, problem.code, problem.message, "error")
            raise click.exceptions.Exit(1) from fault

    return run


@commands.command()
@click.argument("folder", type=click.Path(path_type=Path))
@_telling
def new(folder: Path) -> None:
    """Make a new site in FOLDER, with one short article to start from.

    Example: explainer new my-site
    """
    from explainer.scaffold import make_site

    make_site(folder)
    click.echo(f"Made a site in {folder}. Next: cd {folder} && explainer build")


@commands.command()
@_ARTICLES
@_OUTPUT
@click.option("-q", "--quiet", is_flag=True, help="Say only what is wrong.")
@click.option("--strict", is_flag=True, help="Treat warnings as errors.")
@_telling
def build(articles: tuple[Path, ...], output: Path | None, quiet: bool, strict: bool) -> None:
    """Build the site you are in, or just the given ARTICLEs.

    An article that belongs to no site is drafted in memory, and its page says that no
    editor has seen the annotations.

    Examples: explainer build · explainer build story.txt -o story
    """
    built = _build_alone(articles, output) if articles else _build_site(output, strict)
    _say_diagnostics(built.diagnostics)
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

    config = _site_here()
    return build_site(config, output or config.root / "site", strict=strict)


def _build_alone(articles: tuple[Path, ...], output: Path | None) -> Built:
    from explainer.build import build_alone
    from explainer.config import SiteConfig, find_site, load_config

    root = find_site(Path.cwd())
    if root and output is None:
        raise click.UsageError("inside a site, say where to: explainer build ARTICLE -o FOLDER")
    config = load_config(root) if root else SiteConfig(Path.cwd())
    drafted, entries = _drafted(articles, config)
    return build_alone(drafted, entries, config, output or Path("site"))


@commands.command()
@_ARTICLES
@click.option("--json", "as_json", is_flag=True, help="Write nothing; print a line of JSON each.")
@_telling
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
    drafted, _ = _drafted(articles, config)
    if as_json:
        from explainer.draft import draft_json

        for path, one in zip(articles, drafted, strict=True):
            click.echo(draft_json(str(path), one))
        return
    if root is None:
        raise ConfigError("there is no site here; make one with 'explainer new', or use --json")
    _write_drafts(articles, drafted, config)


def _drafted(
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


@commands.command()
@click.option("--strict", is_flag=True, help="Exit 1 for warnings as well.")
@_telling
def check(strict: bool) -> None:
    """Say what is wrong or doubtful in the site you are in.

    Each problem is a line: path:line: CODE message. Exit 1 where there is an error.

    Example: explainer check
    """
    from explainer.check import check_site

    found = check_site(_site_here())
    _say_diagnostics(found, to_stdout=True)
    worst = {one.severity for one in found}
    if "error" in worst or (strict and "warning" in worst):
        raise click.exceptions.Exit(1)


@commands.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Where to listen.")
@click.option("--port", default=8000, show_default=True, help="The first port to try.")
@click.option("--open", "open_browser", is_flag=True, help="Open the site in your browser.")
@_telling
def serve(host: str, port: int, open_browser: bool) -> None:
    """Show the site you are in, and again after every save. Ctrl-C ends it.

    Example: explainer serve --open
    """
    from explainer.serve import serve as serve_site

    serve_site(_site_here().root, host=host, port=port, open_browser=open_browser, say=click.echo)


def _site_here() -> SiteConfig:
    from explainer.config import SETTINGS_FILE, find_site, load_config

    root = find_site(Path.cwd())
    if root is None:
        raise ConfigError(
            f"there is no {SETTINGS_FILE} here or above; make a site with 'explainer new', "
            "or build one article: explainer build story.txt -o FOLDER"
        )
    return load_config(root)


def _say_diagnostics(diagnostics: Iterable[Diagnostic], *, to_stdout: bool = False) -> None:
    for one in diagnostics:
        _say_problem(one.position, one.code, one.message, one.severity, to_stdout=to_stdout)


def _say_problem(
    place: Position, code: str, message: str, severity: Severity, *, to_stdout: bool = False
) -> None:
    """``path:line:column: CODE message``, in colors where a terminal has them."""
    where = ":".join(str(part) for part in (place.path, place.line, place.column) if part)
    start = f"{where}: " if where else ""
    stream = sys.stdout if to_stdout else sys.stderr
    if not stream.isatty():
        click.echo(f"{start}{code} {message}", file=stream)
        return
    from rich.console import Console
    from rich.text import Text

    color = {"error": "bold red", "warning": "yellow", "note": "cyan"}[severity]
    line = Text.assemble((start, "bold"), (code, color), f" {message}")
    Console(file=stream, soft_wrap=True, highlight=False).print(line)
