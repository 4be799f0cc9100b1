"""The preview's builds: what each changed for the browser, or what is wrong."""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable, Mapping, Sequence, Set
from pathlib import Path
from urllib.parse import quote

from msgspec import Struct, field
from msgspec.structs import replace

from explainer.build import Standby, build_site
from explainer.config import SiteConfig, load_config
from explainer.errors import ExplainerError
from explainer.model import Built, Diagnostic, Position, Written
from explainer.serve.looking import Lookout


class Preview(Struct, frozen=True):
    """What the browser is shown: the last good site, and what is wrong with the newest.

    ``edition`` counts the builds that pages must be loaded anew for, ``styles`` those that
    new style sheets are enough for; edition 0 means that no build of this run was good.
    ``ahead`` are files of the next edition, shown while the rest of it is made. ``run`` sets
    editions apart from those of another server at the same address. ``base_url`` is what the good
    site takes for its own address. ``editor`` opens a place in the user's editor.
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
    ahead: Mapping[str, bytes] = field(default_factory=dict)

    def version(self, path: str) -> str:
        """Known to each page, here by its file, so that it can tell whether it is the newest."""
        return f"{self.run}-{self.edition + (path in self.ahead)}"


class Builder:
    """Builds one site time and again, and keeps from each time what holds for the next.

    Args:
        root: The site's folder.
        output: Where it is built.
        show: Given a preview with pages ``ahead``, while the rest of the site is made.
    """

    def __init__(self, root: Path, output: Path, show: Callable[[Preview], None]) -> None:
        self._root = root
        self._show = show
        self.lookout = Lookout(root, output)
        self._standby = Standby()

    def build(self, before: Preview, changed: Set[str] | None) -> Preview:
        """Build the site; a build that fails leaves `before` with its problems.

        Suggestions are shown, and marked as such, whatever is published.

        Args:
            before: What the build before this one came to.
            changed: The sources that changed since, relative to the site's folder; None where
                that isn't known.
        """
        start = time.perf_counter()
        ahead: list[str] = []

        def show(files: Mapping[str, bytes]) -> None:
            # Behind problems is the last good site, until there is another.
            if before.edition and not before.problems:
                ahead.extend(files)
                self._show(replace(before, ahead=files))

        self._standby.show = show
        try:
            config = load_config(self._root)
            before = replace(before, editor=config.editor)
            built = self._build(replace(config, publish="all"), before.output, changed)
        except ExplainerError as fault:
            return _failed(before, [_diagnostic(one) for one in fault], bool(ahead))
        except (
            Exception
        ) as fault:  # ours, or a file that went while it was read; the server goes on
            return _failed(before, [_breakdown(fault)], bool(ahead))
        seconds = time.perf_counter() - start
        now = replace(
            before,
            base_url=config.base_url,
            problems=(),
            warnings=tuple(one for one in built.diagnostics if one.severity == "warning"),
            summary=f"built {built.pages} pages in {seconds:.2f} s",
        )
        return _renewed(now, before, built.written, changed or frozenset())

    def _build(self, config: SiteConfig, output: Path, changed: Set[str] | None) -> Built:
        survey = self.lookout.look(changed)
        built = build_site(config, output, survey=survey, standby=self._standby)
        self.lookout.settle(self._standby.since)
        return built


def _failed(before: Preview, problems: Sequence[Diagnostic], ahead: bool) -> Preview:
    """The last good site; a page that was shown ahead is one edition newer, and has to go."""
    return replace(before, problems=tuple(problems), edition=before.edition + 2 * ahead)


def _renewed(now: Preview, before: Preview, written: Written, changed: Set[str]) -> Preview:
    """The preview after a good build, with a new edition where pages have to be loaded anew."""
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
