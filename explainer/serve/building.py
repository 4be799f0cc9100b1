"""One build for the preview: what it changed for the browser, or what is wrong."""

from __future__ import annotations

import time
import traceback
from collections.abc import Set
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import quote

from explainer.build import build_site
from explainer.config import load_config
from explainer.errors import ExplainerError
from explainer.model import Diagnostic, Position


@dataclass(frozen=True, slots=True)
class Preview:
    """What the browser is shown: the last good site, and what is wrong with the newest.

    ``edition`` counts the builds that pages must be loaded anew for, ``styles`` those that
    new style sheets are enough for; edition 0 means that no build of this run was good.
    ``run`` sets them apart from those of another server at the same address. ``base_url`` is
    what the good site takes for its own address. ``editor`` opens a place in the user's editor.
    """

    output: Path
    run: str = ""
    edition: int = 0
    styles: int = 0
    base_url: str = ""
    editor: str = ""
    problems: tuple[Diagnostic, ...] = ()
    warnings: tuple[Diagnostic, ...] = ()
    summary: str = ""

    @property
    def version(self) -> str:
        """Known to each page, so that it can tell whether it is still the newest."""
        return f"{self.run}-{self.edition}"


def build_preview(root: Path, before: Preview, changed: Set[str]) -> Preview:
    """Build the site in `root`; a build that fails leaves `before` with its problems.

    Suggestions are shown, and marked as such, whatever is published.

    Args:
        root: The site's folder.
        before: What the build before this one came to.
        changed: The sources that changed since, relative to `root`; empty where unknown.
    """
    start = time.perf_counter()
    try:
        config = load_config(root)
        before = replace(before, editor=config.editor)
        built = build_site(replace(config, publish="all"), before.output)
    except ExplainerError as fault:
        return replace(before, problems=tuple(_diagnostic(one) for one in fault))
    except Exception as fault:  # ours, or a file that went while it was read; the server goes on
        return replace(before, problems=(_breakdown(fault),))
    seconds = time.perf_counter() - start
    now = replace(
        before,
        base_url=config.base_url,
        problems=(),
        warnings=tuple(one for one in built.diagnostics if one.severity == "warning"),
        summary=f"built {built.pages} pages in {seconds:.2f} s",
    )
    written = built.written
    if before.edition and not before.problems:
        if not written.changed and not written.removed:
            return now
        if not written.removed and _only_styles(changed):
            return replace(now, styles=now.styles + 1)
    return replace(now, edition=now.edition + 1)


def _only_styles(changed: Set[str]) -> bool:
    """True where style sheets alone changed; the pages then differ in their digests only."""
    return bool(changed) and all(
        path.startswith("static/css/") and path.endswith(".css") for path in changed
    )


def _diagnostic(fault: ExplainerError) -> Diagnostic:
    place = Position(fault.path, fault.line, fault.column)
    return Diagnostic(fault.code, fault.message, place, "error")


def _breakdown(fault: Exception) -> Diagnostic:
    """A mistake of this program, with the place in it, as one line among the others."""
    frame = traceback.extract_tb(fault.__traceback__)[-1]
    message = (
        f"the build broke down: {type(fault).__name__}: {str(fault)[:500]} "
        f"({Path(frame.filename).name}:{frame.lineno}); save again to retry"
    )
    return Diagnostic("E000", message, Position(""), "error")


def address_of(place: Position, editor: str, root: Path) -> str:
    """What opens a place in the user's editor, empty where that isn't known."""
    if not editor or not place.path:
        return ""
    path = (root / place.path).as_posix()
    filled = editor.replace("{path}", quote(path)).replace("{line}", str(place.line or 1))
    return filled.replace("{column}", str(place.column or 1))


def place_of(one: Diagnostic) -> str:
    """``path:line:column``, as far as they are known."""
    place = one.position
    return ":".join(str(part) for part in (place.path, place.line, place.column) if part)
