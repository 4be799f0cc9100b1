"""All commands; the module of each is imported when it is called."""

from __future__ import annotations

import os
import signal
import sys
from importlib import import_module
from typing import TYPE_CHECKING

import click

from explainer import __version__

if TYPE_CHECKING:
    from explainer.standing import Standing

MODULES = {
    "new": "building:new",
    "draft": "drafting:draft",
    "build": "building:build",
    "serve": "building:serve",
    "check": "checking:check",
    "diff": "comparing:diff",
    "review": "reviewing:review",
    "schema": "describing:schema",
    "sources": "citing:sources",
    "glossary": "entries:glossary",
    "import": "bringing:import_",
}
"""Where each command is, in the order of `--help`."""


def run(seen: Standing | None = None) -> None:
    """Do what the command line says, and leave the process with its exit code.

    Args:
        seen: How the site stands that is to be built, if somebody has looked already.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    signal.signal(signal.SIGTERM, _terminate)
    try:
        # Click returns the code of an `Exit` here, and does not raise it.
        sys.exit(commands.main(standalone_mode=False, obj=seen))
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


class _Commands(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(MODULES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in MODULES:
            return None
        module, _, name = MODULES[cmd_name].partition(":")
        found = getattr(import_module(f"explainer.cli.{module}"), name)
        assert isinstance(found, click.Command)
        return found


@click.command(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="explainer")
def commands() -> None:
    """Turn articles into annotated explainer pages.

    Start with: explainer new my-site && cd my-site && explainer build
    """
