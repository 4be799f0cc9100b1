"""The command line: reads what was asked, calls the walk, and says what came of it."""

from __future__ import annotations

import sys

from explainer import __version__


def main() -> None:
    """The entry point: no traceback reaches a user, whatever happens."""
    asked = sys.argv[1:]
    if asked == ["--version"]:  # is asked by other programs, and often: nothing is loaded
        print(f"explainer, version {__version__}")
        return
    from explainer.cli.unchanged import look_here, summary

    seen = look_here(asked)
    if seen and seen.stands and not seen.is_doubtful:
        if len(asked) == 1:
            print(summary(seen.output, seen.pages, 0, seen.files, 0))
        return
    from explainer.cli.commands import run

    run(seen)
