"""The command line: reads what was asked, calls the walk, and says what came of it."""

from __future__ import annotations

import sys

from explainer import __version__


def main() -> None:
    """The entry point: no traceback reaches a user, whatever happens."""
    if sys.argv[1:] == ["--version"]:  # is asked by other programs, and often: nothing is loaded
        print(f"explainer, version {__version__}")
        return
    from explainer.cli.commands import run

    run()
