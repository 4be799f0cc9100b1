"""The command line: reads what was asked, calls the walk, and says what came of it."""

from __future__ import annotations

import os
import signal
import sys

import click

from explainer import __version__
from explainer.cli.bringing import import_
from explainer.cli.building import build, new, serve
from explainer.cli.checking import check
from explainer.cli.citing import sources
from explainer.cli.comparing import diff
from explainer.cli.describing import schema
from explainer.cli.drafting import draft
from explainer.cli.entries import glossary
from explainer.cli.reviewing import review


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


for _command in (
    new, draft, build, serve, check, diff, review, schema, sources, glossary, import_
):  # fmt: skip
    commands.add_command(_command)
