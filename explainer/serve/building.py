"""The preview's builds: what each changed for the browser, or what is wrong."""

from __future__ import annotations

import hashlib
import time
import traceback
from collections.abc import Callable, Mapping, Sequence, Set
from pathlib import Path
from urllib.parse import quote

from msgspec import Struct, field
from msgspec.structs import replace

from explainer.build import Standby, build_site
from explainer.build.standby import FEW
from explainer.config import SiteConfig, load_config
from explainer.errors import ExplainerError
from explainer.model import Built, Diagnostic, Position, Written
from explainer.read import inputs_of
from explainer.read.articles import SUFFIXES
from explainer.serve.looking import Lookout


class Preview(Struct, frozen=True):
    """What the browser is shown: the last good site, and what is wrong with the newest.

    ``edition`` counts the builds that pages must be loaded anew for, ``styles`` those that
    new style sheets are enough for; edition 0 means that no build of this run was good.
    ``ahead`` are files of a later edition, shown while the rest of it is made, as this is
    ``unfinished``; ``newest`` has digests of them and of those that this edition came with: such
    a page is loaded anew when it changes. ``run`` sets editions apart from those of another
    server at the same address. ``base_url`` is what the good
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
    newest: Mapping[str, str] = field(default_factory=dict)
    unfinished: bool = False

    def version(self, path: str) -> str:
        """Known to each page, here by its file, so that it can tell whether it is the newest."""
        return f"{self.run}-{self.newest.get(path, self.edition)}"

    def with_ahead(self, files: Mapping[str, bytes]) -> Preview:
        digests = {name: hashlib.sha256(files[name]).hexdigest()[:16] for name in files}
        return replace(
            self,
            ahead={**self.ahead, **files},
            newest={**self.newest, **digests},
            unfinished=True,
        )


class Builder:
    """Builds one site time and again, and keeps from each time what holds for the next.

    Args:
        root: The site's folder.
        output: Where it is built.
        show: Given a preview with pages ``ahead``, while the rest of the site is made.
        news: Gives the sources that changed since it was last asked, relative to `root`.
    """

    def __init__(
        self,
        root: Path,
        output: Path,
        show: Callable[[Preview], None],
        news: Callable[[], Set[str]] = frozenset,
    ) -> None:
        self._root = root
        self._show = show
        self._news = news
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
        shown = _Shown(before, self._show)
        self._standby.show = shown.add
        try:
            config = load_config(self._root)
            before = replace(before, editor=config.editor)
            built = self._build(replace(config, publish="all"), before.output, changed, shown)
        except ExplainerError as fault:
            return _failed(shown.preview, before, [_diagnostic(one) for one in fault])
        except (
            Exception
        ) as fault:  # ours, or a file that went while it was read; the server goes on
            return _failed(shown.preview, before, [_breakdown(fault)])
        seconds = time.perf_counter() - start
        now = replace(
            before,
            base_url=config.base_url,
            problems=(),
            warnings=tuple(one for one in built.diagnostics if one.severity == "warning"),
            summary=f"built {built.pages} pages in {seconds:.2f} s",
        )
        return shown.after(_renewed(now, before, built.written, changed or frozenset()))

    def _build(
        self, config: SiteConfig, output: Path, changed: Set[str] | None, shown: _Shown
    ) -> Built:
        def peek(done: int, total: int) -> None:
            # What is saved meanwhile isn't kept waiting until the site is whole.
            if self._standby.at_work and (news := self._news()):
                shown.peek(self._standby.peek(_articles_of(news, self._root)))

        survey = self.lookout.look(changed)
        built = build_site(config, output, survey=survey, standby=self._standby, tell=peek)
        self.lookout.settle(self._standby.since)
        return built


class _Shown:
    """What is shown of a build before it comes to its end: its own pages, and newer ones."""

    def __init__(self, before: Preview, show: Callable[[Preview], None]) -> None:
        self.preview = before
        self._before = before
        self._show = show
        self._own: set[str] = set()
        self._peeked: dict[str, bytes] = {}

    def add(self, files: Mapping[str, bytes]) -> None:
        """Show pages that this build has made."""
        if self._shows(files):
            self._own |= files.keys()

    def peek(self, files: Mapping[str, bytes]) -> None:
        """Show pages that only the next build will make."""
        if self._shows(files):
            self._peeked |= files

    def _shows(self, files: Mapping[str, bytes]) -> bool:
        # Behind problems is the last good site, until there is another.
        if not files or not self._before.edition or self._before.problems:
            return False
        self.preview = self.preview.with_ahead(files)
        self._show(self.preview)
        return True

    def after(self, now: Preview) -> Preview:
        """The preview once the build is done; what only the next will make stays ahead."""
        newest = {name: self.preview.newest[name] for name in self._own | self._peeked.keys()}
        if now.edition == self._before.edition:
            old = self._before.newest.items()
            newest = {one: told for one, told in old if one not in self._before.ahead} | newest
        return replace(now, ahead=self._peeked, newest=newest)


def _articles_of(names: Set[str], root: Path) -> Sequence[Path]:
    """The articles whose files those are; none where one is something else's, or they are many."""
    found: set[Path] = set()
    for name in names if len(names) <= FEW else ():
        path = root / name
        stem = path.name.removesuffix(".notes.yaml")
        articles = [path.with_name(stem).with_suffix(one) for one in SUFFIXES]
        owners = [one for one in articles if path in inputs_of(one) and one.is_file()]
        if not owners or not path.is_relative_to(root / "content/articles"):
            return ()
        found.update(owners)
    return sorted(found)


def _failed(shown: Preview, before: Preview, problems: Sequence[Diagnostic]) -> Preview:
    """The last good site; a page that was shown ahead has to go."""
    edition = before.edition + bool(shown.ahead)
    newest = {} if shown.ahead else before.newest
    return replace(before, problems=tuple(problems), edition=edition, ahead={}, newest=newest)


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
