"""The files under review: read, changed under a lock, on disk before anyone is told, undone."""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import import_module, util
from pathlib import Path
from threading import RLock

from explainer.build import find_base
from explainer.config import SiteConfig
from explainer.errors import ArticleError, ExplainerError, GlossaryError
from explainer.model import Document, SourceFile
from explainer.parse import parse_article
from explainer.read import (
    base_path,
    display_path,
    list_articles,
    notes_path,
    read_article,
    read_bytes,
    slug_of,
    walk_files,
)
from explainer.review.case import SETTINGS, Case, make_case, notes_of
from explainer.review.deciding import Decision, Undecidable, decide
from explainer.write import write_atomically


class Changed(Exception):
    """Files that somebody else changed since they were shown; nothing was written."""

    def __init__(self, paths: tuple[str, ...]) -> None:
        super().__init__(", ".join(paths))
        self.paths = paths


@dataclass(frozen=True, slots=True)
class Splice:
    """In one file, at an offset, some text instead of other."""

    path: str
    start: int
    removed: str
    added: str


@dataclass(slots=True)
class Step:
    """One decision, and what it did, so that it can be taken back."""

    number: int
    window: str
    splices: tuple[Splice, ...]
    base_before: bytes | None = None
    undone: bool = False


@dataclass(slots=True)
class _Raw:
    """A file's text with LF line ends, and how to give it back as it was."""

    text: str
    newline: str = "\n"
    mark: str = ""

    def encode(self, text: str) -> bytes:
        return (self.mark + text.replace("\n", self.newline)).encode()


def find_articles(config: SiteConfig) -> dict[str, Path]:
    """The articles of a site by slug."""
    paths = list_articles(config.content / "articles", config.root)
    return {slug_of(path): path for path in paths}


@dataclass
class Desk:
    """One article's files; several windows may decide on them at a time."""

    config: SiteConfig
    path: Path
    _known: dict[str, str] = field(default_factory=dict)
    _steps: list[Step] = field(default_factory=list)
    _lock: RLock = field(default_factory=RLock)

    @property
    def version(self) -> str:
        """Changes whenever a file does that the windows were shown."""
        return hashlib.sha256(repr(sorted(self._known.items())).encode()).hexdigest()[:16]

    def read_anew(self) -> Case:
        """Read everything as it is now; what was shown before is forgotten."""
        with self._lock:
            raw = self._read()
            if self._digests(raw) != self._known:
                self._steps.clear()
            self._known = self._digests(raw)
            return self._case(raw)

    def look(self) -> Case:
        """The case as it stands, without forgetting what it was known as."""
        with self._lock:
            return self._case(self._read())

    def outside_changes(self) -> tuple[str, ...]:
        """Files that changed since they were read or written here."""
        now = self._digests(self._read())
        names = now.keys() | self._known.keys()
        return tuple(sorted(one for one in names if now.get(one) != self._known.get(one)))

    def decide(self, decision: Decision, window: str = "") -> Case:
        """Make a decision and write it; returns once it is on disk.

        Raises:
            Changed: A file isn't as it was shown.
            Undecidable: See `decide`.
            ExplainerError: A file can't be read or written.
        """
        with self._locked() as raw:
            case = self._case(raw)
            changes = decide(case, decision)
            self._write(changes, raw, window)
            return self._case(raw)

    def undo(self, window: str = "") -> Case:
        """Take back this window's last decision that still stands.

        Raises:
            Undecidable: There is none, or another decision has changed the same lines since.
            Changed: As for `decide`.
        """
        with self._locked() as raw:
            mine = [one for one in self._steps if one.window == window and not one.undone]
            if not mine:
                raise Undecidable("there is nothing to undo")
            step = mine[-1]
            texts = {name: one.text for name, one in raw.items()}
            changes: dict[str, str] = {}
            for splice in reversed(step.splices):
                text = changes.get(splice.path, texts.get(splice.path, ""))
                changes[splice.path] = self._taken_back(splice, step, text)
            self._write(changes, raw, window)
            if step.base_before is not None:
                write_atomically(base_path(self.path), step.base_before)
            step.undone = True
            self._steps[-1].undone = True
            return self._case(raw)

    # ---- one change at a time

    @contextlib.contextmanager
    def _locked(self) -> Iterator[dict[str, _Raw]]:
        """Hold the files against other windows and other programs of ours."""
        folder = self.config.cache
        try:
            folder.mkdir(parents=True, exist_ok=True)
            handle = os.open(folder / "review.lock", os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as fault:
            raise ArticleError(f"can't be written: {fault.strerror}", str(folder)) from fault
        try:
            with self._lock:
                if util.find_spec("fcntl"):
                    fcntl = import_module("fcntl")
                    fcntl.flock(handle, fcntl.LOCK_EX)
                changed = self.outside_changes()
                if changed:
                    raise Changed(changed)
                yield self._read()
        finally:
            os.close(handle)

    def _write(self, changes: Mapping[str, str], raw: dict[str, _Raw], window: str) -> None:
        splices = []
        # The notes last: what they name is then there, even if we are stopped in between.
        for name in sorted(changes, key=lambda one: one.endswith(".notes.yaml")):
            one = raw.setdefault(name, _Raw(""))
            splices.append(_splice(name, one.text, changes[name]))
            content = one.encode(changes[name])
            try:
                write_atomically(self.config.root / name, content)
            except OSError as fault:
                raise ArticleError(f"can't be written: {fault.strerror}", name) from fault
            one.text = changes[name]
            self._known[name] = _digest(content)
        before = self._keep_base(raw)
        self._steps.append(Step(len(self._steps), window, tuple(splices), before))

    def _keep_base(self, raw: Mapping[str, _Raw]) -> bytes | None:
        """Keep the article beside its notes, once they are notes on its present text.

        Returns:
            What was kept before, where that is replaced.
        """
        name = display_path(notes_path(self.path), self.config.root)
        notes = notes_of(raw[name].text, name) if name in raw else None
        if not notes or notes.text != f"sha256:{self._document().digest}":
            return None
        path = base_path(self.path)
        now = read_bytes(self.path, name, ArticleError)
        before = read_bytes(path, name, ArticleError) if path.is_file() else None
        write_atomically(path, now)
        return None if before == now else before

    def _taken_back(self, splice: Splice, step: Step, text: str) -> str:
        """The text without a splice, wherever later ones have moved it."""
        start, end = splice.start, splice.start + len(splice.added)
        for later in self._steps[step.number + 1 :]:
            for other in later.splices:
                if other.path != splice.path:
                    continue
                if other.start + len(other.removed) <= start:
                    shift = len(other.added) - len(other.removed)
                    start, end = start + shift, end + shift
                elif other.start < end:
                    raise Undecidable("something decided since stands in the way; undo that first")
        if text[start:end] != splice.added:
            raise Undecidable("the file has changed there since")
        return text[:start] + splice.removed + text[end:]

    # ---- files

    def _read(self) -> dict[str, _Raw]:
        root = self.config.root
        paths = [*walk_files(self.config.content / "glossary", (".yaml", ".yml"))]
        beside = (notes_path(self.path), root / SETTINGS)
        paths += [path for path in beside if path.is_file()]
        names = {display_path(path, root): path for path in paths}
        return {name: _read_raw(path, name) for name, path in names.items()}

    def _digests(self, raw: Mapping[str, _Raw]) -> dict[str, str]:
        article = read_bytes(self.path, self.path.name, ArticleError)
        known = {name: _digest(one.encode(one.text)) for name, one in raw.items()}
        return {**known, display_path(self.path, self.config.root): _digest(article)}

    def _document(self) -> Document:
        return _parsed(read_article(self.path, self.config.root), self.config.time_zone)

    def _case(self, raw: Mapping[str, _Raw]) -> Case:
        root = self.config.root
        document = self._document()
        name = display_path(notes_path(self.path), root)
        files = {path: one.text for path, one in raw.items()}
        notes = notes_of(files.get(name, ""), name)
        source = read_article(self.path, root)
        base = find_base(source, notes, document, self.path, root)
        return make_case(document, base, name, files)


@lru_cache(maxsize=4)
def _parsed(source: SourceFile, time_zone: str) -> Document:
    return parse_article(source, time_zone)


def _read_raw(path: Path, name: str) -> _Raw:
    content = read_bytes(path, name, GlossaryError)
    try:
        text = content.decode()
    except UnicodeDecodeError as fault:
        raise ExplainerError(f"not UTF-8 at byte {fault.start}", name) from fault
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    text = text.removeprefix(mark)
    if text.count("\r\n") != text.count("\n") or "\r\n" not in text:
        return _Raw(text, "\n", mark)
    return _Raw(text.replace("\r\n", "\n"), "\r\n", mark)


def _splice(path: str, before: str, after: str) -> Splice:
    """The one stretch in which two texts differ."""
    start = _common(before, after)
    tail = _common(before[start:][::-1], after[start:][::-1])
    return Splice(path, start, before[start : len(before) - tail], after[start : len(after) - tail])


def _common(one: str, other: str) -> int:
    """How many letters two texts begin with alike."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((n for n, (a, b) in pairs if a != b), min(len(one), len(other)))


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
