"""What was decided at a desk, step by step, kept so that it can be taken back later as well.

A line of JSON is written before the step it tells of. Whether that step was made is told by
the digests of its files; where they are neither as before nor as after the last step, somebody
else has changed them, and nothing before that can be taken back.
"""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct, to_builtins

from explainer.review.decision import Undecidable


class Splice(Struct, frozen=True):
    """In one file, at an offset, some text instead of other."""

    path: str
    start: int
    removed: str
    added: str


class Step(Struct, frozen=True):
    """One decision, and what it did.

    ``after`` holds the digests of its files; ``undoes`` is the number of the step that it takes
    back. ``base_before`` is what was kept of the article before, where that was replaced.
    """

    window: str
    splices: tuple[Splice, ...]
    after: Mapping[str, str]
    undoes: int | None = None
    base_before: bytes | None = None

    def line(self) -> str:
        return json.dumps(to_builtins(self), ensure_ascii=False) + "\n"


class Journal:
    """The steps of one desk, on disk at `path`."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.steps: list[Step] = []

    def load(self, digest: Callable[[str], str]) -> None:
        """Take up what an earlier run left, as far as the files are still as it left them."""
        try:
            lines = self.path.read_text(encoding="utf-8").splitlines()
            self.steps = [_step(json.loads(line)) for line in lines]
        except (OSError, ValueError, TypeError, KeyError):
            self.steps = []
        for _ in range(2):  # the last step may have been told of and not made
            if all(digest(path) == one for path, one in self._expected().items()):
                return
            self.steps = self.steps[:-1]
        self.forget()

    def add(self, step: Step) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("a", encoding="utf-8") as file:
            file.write(step.line())
        self.steps.append(step)

    def drop_last(self) -> None:
        """Forget a step that could not be made after all."""
        self.steps.pop()
        self.path.write_text("".join(one.line() for one in self.steps), encoding="utf-8")

    def forget(self) -> None:
        self.steps = []
        self.path.unlink(missing_ok=True)

    def last_of(self, window: str) -> int:
        """The number of the last step that a window may take back: its own, or one of before.

        Raises:
            Undecidable: There is none.
        """
        undone = {one.undoes for one in self.steps}
        for number in range(len(self.steps) - 1, -1, -1):
            step = self.steps[number]
            if step.window in ("", window) and step.undoes is None and number not in undone:
                return number
        raise Undecidable("there is nothing to undo")

    def left(self, path: str) -> str:
        """The digest that a file had after the last step."""
        return self._expected().get(path, "")

    def taken_back(self, number: int, texts: Mapping[str, str]) -> dict[str, str]:
        """The texts without a step, wherever later ones have moved what it did.

        Raises:
            Undecidable: A later step, or somebody else, has changed the same place.
        """
        changes: dict[str, str] = {}
        for splice in reversed(self.steps[number].splices):
            text = changes.get(splice.path, texts.get(splice.path, ""))
            start, end = self._now_at(splice, number)
            if text[start:end] != splice.added:
                raise Undecidable("the file has changed there since")
            changes[splice.path] = text[:start] + splice.removed + text[end:]
        return changes

    def _now_at(self, splice: Splice, number: int) -> tuple[int, int]:
        start, end = splice.start, splice.start + len(splice.added)
        for other in (one for step in self._standing_after(number) for one in step.splices):
            if other.path != splice.path:
                continue
            if other.start + len(other.removed) <= start:
                shift = len(other.added) - len(other.removed)
                start, end = start + shift, end + shift
            elif other.start < end:
                raise Undecidable("something decided since stands in the way; undo that first")
        return start, end

    def _standing_after(self, number: int) -> list[Step]:
        """The steps after one, but for those that were taken back at once."""
        standing: list[tuple[int, Step]] = []
        for later in range(number + 1, len(self.steps)):
            if standing and self.steps[later].undoes == standing[-1][0]:
                standing.pop()
            else:
                standing.append((later, self.steps[later]))
        return [step for _, step in standing]

    def _expected(self) -> dict[str, str]:
        return {path: digest for step in self.steps for path, digest in step.after.items()}


def _step(said: dict[str, Any]) -> Step:
    base = said["base_before"]
    return Step(
        window="",  # its window is closed; whoever comes next may take it back
        splices=tuple(Splice(**one) for one in said["splices"]),
        after=dict(said["after"]),
        undoes=said["undoes"],
        base_before=b64decode(base) if base is not None else None,
    )


def splice_between(path: str, before: str, after: str) -> Splice:
    """The one stretch in which two texts differ."""
    start = _common(before, after)
    tail = _common(before[start:][::-1], after[start:][::-1])
    return Splice(path, start, before[start : len(before) - tail], after[start : len(after) - tail])


def _common(one: str, other: str) -> int:
    """How many letters two texts begin with alike."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((n for n, (a, b) in pairs if a != b), min(len(one), len(other)))
