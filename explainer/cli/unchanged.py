"""A build is mostly asked for where it has nothing to do: that is told before all else is loaded.

Click alone takes longer to load than half of the site to look at.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from explainer.home import find_site, unfinished

if TYPE_CHECKING:
    from explainer.standing import Standing

QUIET = {"-q", "--quiet"}


def look_here(asked: Sequence[str]) -> Standing | None:
    """How the site that we are in stands, if the command line asks for no more than its build."""
    if asked[:1] != ["build"] or not QUIET.issuperset(asked[1:]):
        return None
    from explainer.standing import look

    try:
        root = find_site(Path.cwd())
        return look(root, root / "site") if root and not unfinished(root) else None
    except KeyboardInterrupt:
        sys.exit(130)
    except OSError:  # the command itself will meet it, and knows how to tell it
        return None


def summary(output: Path | str, pages: int, changed: int, kept: int, removed: int) -> str:
    """What every build says last, the path as it is seen from here."""
    if isinstance(output, Path) and output.is_relative_to(Path.cwd()):
        output = output.relative_to(Path.cwd())
    return (
        f"{pages} pages in {output}: {changed} files written, {kept} unchanged, {removed} removed"
    )
