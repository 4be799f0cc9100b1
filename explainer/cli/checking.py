"""The command that says what is wrong or doubtful: check."""

from __future__ import annotations

import click

from explainer.cli.telling import say_diagnostics, site_here, telling


@click.command()
@click.option("--strict", is_flag=True, help="Exit 1 for warnings as well.")
@telling
def check(strict: bool) -> None:
    """Say what is wrong or doubtful in the site you are in.

    Each problem is a line: path:line: CODE message. Exit 1 where there is an error.

    Example: explainer check
    """
    from explainer.check import check_site

    found = check_site(site_here())
    say_diagnostics(found, to_stdout=True)
    worst = {one.severity for one in found}
    if "error" in worst or (strict and "warning" in worst):
        raise click.exceptions.Exit(1)
