"""The command that says what is wrong or doubtful: check."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

import click
from msgspec.structs import replace

from explainer.cli.telling import ARTICLES, say_diagnostics, site_here, telling
from explainer.model import Diagnostic

_FORMATS = click.Choice(("text", "json", "github", "sarif"))


@click.command()
@ARTICLES
@click.option("--strict", is_flag=True, help="Exit 1 for warnings as well.")
@click.option("--fix", is_flag=True, help="Put right what is safe to; comments stay.")
@click.option("--select", multiple=True, metavar="CODE", help="Tell these codes or families only.")
@click.option("--ignore", multiple=True, metavar="CODE", help="Don't tell these.")
@click.option("--format", "form", type=_FORMATS, default="text", show_default=True)
@click.option("--explain", metavar="CODE", help="Say what a code means, why, and what to do.")
@telling
def check(
    articles: tuple[Path, ...],
    strict: bool,
    fix: bool,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    form: str,
    explain: str | None,
) -> None:
    """Say what is wrong or doubtful in the site you are in, or in the given ARTICLEs.

    Each problem is a line: path:line:column: CODE message. Exit 1 where there is an error.
    An ARTICLE that belongs to no site is held against itself.

    Examples: explainer check · explainer check --select T story.txt · explainer check
    --explain T012
    """
    if explain is not None:
        _explain(explain)
        return
    wanted, unwanted = _codes(select), _codes(ignore)
    found = _found(articles, wanted, unwanted)
    if fix:
        found = _fixed(found, articles, wanted, unwanted)
    _say(found, form)
    worst = {one.severity for one in found}
    if "error" in worst or (strict and "warning" in worst):
        raise click.exceptions.Exit(1)


def _codes(words: Iterable[str]) -> tuple[str, ...]:
    """Codes as people write them: several times, or with commas, in either case."""
    from explainer.check.codes import unknown_codes

    codes = tuple(one.strip().upper() for word in words for one in word.split(",") if one.strip())
    strange = unknown_codes(codes)
    if strange:
        raise click.UsageError(f"there is no code that starts with '{strange[0]}'")
    return codes


def _explain(word: str) -> None:
    from explainer.check.codes import all_codes, explain

    wanted = _codes([word])
    if not wanted:
        raise click.UsageError("name a code, such as T012, or a family, such as T")
    told = [explain(one) for code, one in all_codes().items() if code.startswith(wanted[0])]
    click.echo("\n\n".join(told))


def _found(
    articles: Sequence[Path], select: tuple[str, ...], ignore: tuple[str, ...]
) -> tuple[Diagnostic, ...]:
    from explainer.check import check_files, check_site
    from explainer.config import find_site

    root = find_site(Path.cwd())
    paths = [path.absolute() for path in articles]
    own = [one for one in paths if root and one.is_relative_to(root / "content" / "articles")]
    alone = [one for one in paths if one not in own]
    found: list[Diagnostic] = []
    if own or not articles:
        config = site_here()
        of_site = check_site(config, select, ignore)
        names = {one.relative_to(config.root).as_posix().rsplit(".", 1)[0] for one in own}
        found += [
            one
            for one in of_site
            if not articles or any(_is_of(one.position.path, name) for name in names)
        ]
    found += check_files(alone, Path.cwd(), "UTC", select, ignore) if alone else ()
    return tuple(found)


def _is_of(path: str, article: str) -> bool:
    """Say whether a file is an article, its notes, or the file of its metadata."""
    return path.rsplit(".", 1)[0].removesuffix(".notes") == article


def _fixed(
    found: tuple[Diagnostic, ...],
    articles: Sequence[Path],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
) -> tuple[Diagnostic, ...]:
    """Fix, and look again: what is told then is what is left."""
    from explainer.check import fix_site

    if not any(one.fix for one in found):
        return found
    for path in fix_site(site_here(), found):
        click.echo(f"fixed {path}", err=True)
    return _found(articles, select, ignore)


def _say(found: Sequence[Diagnostic], form: str) -> None:
    from explainer.check.formats import as_github, as_json, as_sarif

    if form == "text":
        say_diagnostics(found, to_stdout=True)
    elif form == "json":
        click.echo(as_json(found))
    elif form == "sarif":
        click.echo(as_sarif(_from_workspace(found)))
    elif found:
        click.echo(as_github(_from_workspace(found)))


def _from_workspace(found: Sequence[Diagnostic]) -> Sequence[Diagnostic]:
    """With the paths as a GitHub runner counts them: from the repository, not from the site."""
    from explainer.config import find_site

    workspace = Path(os.environ.get("GITHUB_WORKSPACE") or "/").resolve()
    folder = (find_site(Path.cwd()) or Path.cwd()).resolve()
    if workspace == Path("/") or not folder.is_relative_to(workspace):
        return found
    way = folder.relative_to(workspace)
    return [
        replace(one, position=replace(one.position, path=(way / one.position.path).as_posix()))
        if one.position.path
        else one
        for one in found
    ]
