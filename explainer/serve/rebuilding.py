"""livereload's watcher, told of changes instead of looking for them, and building elsewhere."""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable
from pathlib import Path

from livereload.watcher import Watcher

from explainer.serve.building import Builder, Preview
from explainer.serve.watching import SourceWatch

_FEW = 3
"""So many files are a person saving; more are a copy or a checkout, whose end is waited for."""
_BULK_QUIET = 0.3
_BULK_LONGEST = 3.0
_MANY = 100
_LULL = 5.0
_PATIENCE = 2.0


class Rebuilder(Watcher):  # type: ignore[misc]
    """Builds in a thread of its own whenever sources changed; the loop only hears of the result.

    What changes while a build runs is built right after it, so the last state of the sources
    is always the one shown in the end. ``preview`` belongs to the loop's thread.

    Args:
        root: The site's folder.
        output: Where the preview is built.
        hear: Called in the building thread with each build's result, and before that perhaps
            with some of its pages; passes it to the loop, which calls `show` with it.
    """

    def __init__(self, root: Path, output: Path, hear: Callable[[Preview], None]) -> None:
        super().__init__()
        self.preview = Preview(output, run=secrets.token_hex(4))
        self.builds = 0
        self.building = False
        self.root = root
        self._hear = hear
        self._callback: Callable[[], None] = lambda: None
        self._stopped = False
        self._changed: set[str] = set()
        self._news: set[str] = set()
        self._reports = 0
        self._unknown = False
        self._due = False
        self._quiet_until = 0.0
        self._condition = threading.Condition()
        self._builder = Builder(root, output, hear, self._take_news)
        self._sources = SourceWatch(root, self._note)
        self._thread = threading.Thread(target=self._run, name="explainer-build", daemon=True)
        # livereload watches its working directory where nothing was named.
        self.watch(str(root))

    # ---- what livereload calls

    def start(self, callback: Callable[[], None]) -> bool:
        """Begin; True tells livereload not to poll."""
        self._callback = callback
        self._thread.start()
        self._sources.start()
        return True

    def examine(self) -> tuple[str | None, None]:
        """The path that livereload's next message names, and no delay."""
        return self.filepath, None

    # ---- in the loop's thread

    def show(self, preview: Preview) -> None:
        """Make `preview` the current one, and have livereload tell the browsers."""
        before, self.preview = self.preview, preview
        if preview.edition != before.edition or preview.ahead != before.ahead:
            self.filepath = "*"
            self._callback()
        elif preview.styles != before.styles:
            self.filepath = "static/css/*.css"
            self._callback()

    def keep_quiet(self, seconds: float) -> None:
        """Put off the next build for so long, unless it has begun."""
        with self._condition:
            self._quiet_until = time.monotonic() + seconds
            self._condition.notify_all()

    def stop(self) -> None:
        """End all threads; a build that takes longer is left to end with the program."""
        with self._condition:
            self._stopped = True
            self._condition.notify_all()
        self._sources.stop()
        self._thread.join(_PATIENCE)

    # ---- in threads

    def _note(self, changed: frozenset[str]) -> None:
        with self._condition:
            self._changed |= changed
            self._news |= changed
            self._unknown |= not changed
            self._due = True
            self._reports += 1
            self._condition.notify_all()

    def _run(self) -> None:
        preview = self.preview
        while self._wait():
            changed = self._take()
            self.building = True
            preview = self._builder.build(preview, changed)
            self.builds += 1
            self.building = False
            self._hear(preview)

    def _wait(self) -> bool:
        """Until something changed, and all that changes with it has; False at the end."""
        while not self._heard():
            # Nobody works at the site just now: what wasn't told of is found.
            if self._builder.lookout.differs():
                self._note(frozenset())
        with self._condition:
            while not self._stopped and (left := self._quiet_until - time.monotonic()) > 0:
                self._condition.wait(left)
            latest = time.monotonic() + _BULK_LONGEST
            while len(self._changed) > _FEW and time.monotonic() < latest:
                if not self._heard_more():
                    break
            return not self._stopped

    def _heard(self) -> bool:
        """Wait for a change or the end; False where neither came for a while, the first time."""
        pause = _LULL if self._builder.lookout.owes_look else None
        with self._condition:
            return self._condition.wait_for(lambda: self._stopped or self._due, pause)

    def _take(self) -> set[str] | None:
        """The changes since the last call; None where they can be any."""
        with self._condition:
            changed, self._changed = self._changed, set()
            self._news.clear()
            unknown, self._unknown, self._due = self._unknown, False, False
            # The system drops events where they are too many.
            return None if unknown or len(changed) > _MANY else changed

    def _take_news(self) -> set[str]:
        """What changed while a build runs, each change once; it is built nevertheless."""
        with self._condition:
            news, self._news = self._news, set()
            return news

    def _heard_more(self) -> bool:
        seen = self._reports
        return (
            self._condition.wait_for(lambda: self._stopped or self._reports != seen, _BULK_QUIET)
            and not self._stopped
        )
