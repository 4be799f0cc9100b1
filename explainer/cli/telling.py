"""What every command says, and how: problems a line each, and the site it works on."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, ParamSpec

import click

from explainer.errors import ConfigError, ExplainerError
from explainer.home import SETTINGS_FILE, cache_folder, find_site, unfinished
from explainer.model import Diagnostic, Position, Severity

if TYPE_CHECKING:
    from explainer.config import SiteConfig

P = ParamSpec("P")

ARTICLES = click.argument(
    "articles", nargs=-1, type=click.Path(path_type=Path), metavar="[ARTICLE]..."
)


def telling(command: Callable[P, None]) -> Callable[P, None]:
    """Turn problems into one line each and exit 1."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            command(*args, **kwargs)
        except ExplainerError as fault:
            for problem in fault:
                place = Position(problem.path, problem.line, problem.column)
                say_problem(place, problem.code, problem.message, "error")
            raise click.exceptions.Exit(1) from fault

    return run


def root_here() -> Path:
    """The folder of the site we are in, with no change of its files left half done."""
    root = find_site(Path.cwd())
    if root is None:
        raise ConfigError(
            f"there is no {SETTINGS_FILE} here or above; make a site with 'explainer new', "
            "or build one article: explainer build story.txt -o FOLDER"
        )
    if unfinished(root):
        from explainer.rewrite import finish_rewrite

        finish_rewrite(cache_folder(root))
    return root


def site_here() -> SiteConfig:
    from explainer.config import load_config

    return load_config(root_here())


def say_diagnostics(diagnostics: Iterable[Diagnostic], *, to_stdout: bool = False) -> None:
    for one in diagnostics:
        say_problem(one.position, one.code, one.message, one.severity, to_stdout=to_stdout)


def say_problem(
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
