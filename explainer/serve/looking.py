"""What lies on disk, known from one build to the next: only what was told of is looked at again."""

from __future__ import annotations

import os
import time
from collections.abc import Collection, Iterable
from pathlib import Path

from explainer.survey import (
    MASK,
    SourceStat,
    Survey,
    Told,
    is_late,
    look_at_sources,
    source_at,
    source_number,
    take_survey,
)


class Lookout:
    """Surveys a site whose changes are told; all of it, where they don't say enough.

    Args:
        root: The site's folder.
        output: Where it is built; nobody else writes there.
    """

    def __init__(self, root: Path, output: Path) -> None:
        self._root = root
        self._output = output
        self._files: dict[str, SourceStat] = {}
        self._sources = 0
        self._since = 0
        self._moment = 0
        self._names: set[str] = set()
        self.owes_look = False

    def look(self, changed: Collection[str] | None) -> Survey:
        """What lies on disk now.

        Args:
            changed: The sources that changed since the last call, relative to the site's folder;
                None where that isn't known.
        """
        survey = self._look_again(changed) if self._since and changed is not None else None
        self.owes_look = survey is not None
        survey = survey or self._look_at_all()
        self._since, self._moment = 0, survey.moment
        return survey

    def settle(self, since: int) -> None:
        """A build came to its end that was made from the survey at `since`.

        Without this the next look is at everything.
        """
        if since == self._moment:
            self._since = since
            self._names = {
                name for name in self._names if self._must_see_again(self._files.get(name))
            }

    def differs(self) -> bool:
        """Look at all sources: whether there is a change that nobody told of."""
        self.owes_look = False
        return look_at_sources(self._root) != self._sources

    def _look_at_all(self) -> Survey:
        survey = take_survey(self._root, self._output)
        self._files = {one.path: one for one in survey.files}
        self._sources = survey.sources
        self._moment = survey.moment
        self._names = set(self._files)
        return survey

    def _must_see_again(self, one: SourceStat | None) -> bool:
        """Whether a file may have changed though nobody tells of it."""
        return one is not None and (one.linked or is_late(one, self._moment))

    def _look_again(self, changed: Iterable[str]) -> Survey | None:
        """None where a folder came or went, or what was told of is in none of ours."""
        moment = time.time_ns()
        names = self._names | {os.fspath(self._root / name) for name in changed}
        now = {name: source_at(name) for name in names}
        if any(self._is_folder(name, one) for name, one in now.items()):
            return None
        self._names = names
        for name, one in now.items():
            before = self._files.pop(name, None)
            self._sources -= source_number(before) if before else 0
            if one is not None:
                self._files[name] = one
                self._sources += source_number(one)
        self._sources &= MASK
        found = tuple(one for one in now.values() if one is not None)
        told = Told(self._since, frozenset(names), found)
        return Survey(self._files.values(), self._sources, -1, moment, told)

    def _is_folder(self, name: str, one: SourceStat | None) -> bool:
        """Whether this is a folder, was one, or is reached through a link."""
        path = Path(name)
        if path.parent.resolve() != path.parent:
            return True
        if one is not None:
            return not one.linked and path.is_dir()
        start = f"{name}{os.sep}"
        return name not in self._files and any(one.startswith(start) for one in self._files)
