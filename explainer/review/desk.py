"""The files under review: read, changed under a lock, on disk before anyone is told, undone."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from threading import RLock

from explainer.atomic import write_atomically
from explainer.build import find_base
from explainer.config import SiteConfig
from explainer.errors import ArticleError, ExplainerError
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
from explainer.review.deciding import decide
from explainer.review.decision import Decision, Undecidable
from explainer.review.journal import Journal, Step, splice_between
from explainer.review.texts import RawText, digest_of, read_raw
from explainer.rewrite import holding, rewrite_held


class Changed(Exception):
    """Files that somebody else changed since they were shown; nothing was written."""

    def __init__(self, paths: tuple[str, ...]) -> None:
        super().__init__(", ".join(paths))
        self.paths = paths


def find_articles(config: SiteConfig) -> dict[str, Path]:
    """The articles of a site by slug."""
    paths = list_articles(config.content / "articles", config.root)
    return {slug_of(path): path for path in paths}


class Desk:
    """One article's files; several windows may decide on them at a time."""

    def __init__(self, config: SiteConfig, path: Path) -> None:
        self.config = config
        self.path = path
        self._known: dict[str, str] = {}
        self._lock = RLock()
        self._journal = Journal(config.cache / "review" / f"{slug_of(path)}.jsonl")

    @property
    def version(self) -> str:
        """Changes whenever a file does that the windows were shown."""
        return hashlib.sha256(repr(sorted(self._known.items())).encode()).hexdigest()[:16]

    def read_anew(self) -> Case:
        """Read everything as it is now; what was shown before is forgotten."""
        with self._lock:
            raw = self._read()
            digests = self._digests(raw)
            if not self._known:
                self._journal.load(self._digest)
            elif digests != self._known:
                self._journal.forget()
            self._known = digests
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
            if decision.action == "merge":
                raw |= self._read_all()
            self._write(decide(self._case(raw), decision), raw, window)
            return self._case(raw)

    def undo(self, window: str = "") -> Case:
        """Take back this window's last decision that still stands, or one of an earlier run.

        Raises:
            Undecidable: There is none, or another decision has changed the same lines since.
            Changed: As for `decide`.
        """
        with self._locked() as raw:
            number = self._journal.last_of(window)
            step = self._journal.steps[number]
            for name in (one.path for one in step.splices if one.path not in raw):
                # Elsewhere in the site, where nobody has looked for changes yet.
                if self._digest(name) != self._journal.left(name):
                    raise Undecidable(f"{name} has changed since")
                raw[name] = read_raw(self.config.root / name, name)
            texts = {name: one.text for name, one in raw.items()}
            changes = self._journal.taken_back(number, texts)
            self._write(changes, raw, window, undoes=number)
            return self._case(raw)

    # ---- one change at a time

    @contextlib.contextmanager
    def _locked(self) -> Iterator[dict[str, RawText]]:
        """Hold the files against other windows and other programs of ours."""
        with self._lock, holding(self.config.cache):
            changed = self.outside_changes()
            if changed:
                raise Changed(changed)
            yield self._read()

    def _write(
        self,
        changes: Mapping[str, str],
        raw: dict[str, RawText],
        window: str,
        undoes: int | None = None,
    ) -> None:
        """Write a step's files, all or none; what it did is in the journal before."""
        root = self.config.root
        before = {root / name: one.encode(one.text) for name, one in raw.items() if name in changes}
        splices, after, contents = [], {}, {}
        for name, text in sorted(changes.items()):
            one = raw.setdefault(name, RawText(""))
            splices.append(splice_between(name, one.text, text))
            contents[root / name] = one.encode(text)
            after[name] = digest_of(contents[root / name])
            one.text = text
        base = base_path(self.path)
        kept = read_bytes(base, base.name, ArticleError) if base.is_file() else None
        now = self._base_after(raw, undoes)
        if now not in (None, kept):
            contents[base] = now or b""
            before |= {base: kept} if kept is not None else {}
        replaced = kept if base in contents else None
        self._journal.add(Step(window, tuple(splices), after, undoes, replaced))
        try:
            self._replace(contents, before)
        except ExplainerError:
            self._journal.drop_last()
            raise
        self._known |= {name: after[name] for name in after if name in self._tracked(raw)}

    def _replace(self, contents: Mapping[Path, bytes], before: Mapping[Path, bytes]) -> None:
        if len(contents) > 1:
            rewrite_held(contents, before, self.config.cache)
            return
        for path, content in contents.items():
            try:
                write_atomically(path, content)
            except OSError as fault:
                name = display_path(path, self.config.root)
                raise ArticleError(f"can't be written: {fault.strerror}", name) from fault

    def _base_after(self, raw: Mapping[str, RawText], undoes: int | None) -> bytes | None:
        """The article that is to be kept beside its notes; None to leave what is there.

        It is kept as soon as the notes are on its present text.
        """
        if undoes is not None and self._journal.steps[undoes].base_before is not None:
            return self._journal.steps[undoes].base_before
        name = display_path(notes_path(self.path), self.config.root)
        notes = notes_of(raw[name].text, name) if name in raw else None
        if not notes or notes.text != f"sha256:{self._document().digest}":
            return None
        return read_bytes(self.path, name, ArticleError)

    # ---- files

    def _read(self) -> dict[str, RawText]:
        root = self.config.root
        paths = [*walk_files(self.config.content / "glossary", (".yaml", ".yml"))]
        beside = (notes_path(self.path), root / SETTINGS)
        paths += [path for path in beside if path.is_file()]
        names = {display_path(path, root): path for path in paths}
        return {name: read_raw(path, name) for name, path in names.items()}

    def _read_all(self) -> dict[str, RawText]:
        """Every file that may name an entry."""
        return {
            display_path(path, self.config.root): read_raw(
                path, display_path(path, self.config.root)
            )
            for path in walk_files(self.config.content, (".yaml", ".yml", ".md", ".markdown"))
        }

    def _tracked(self, raw: Mapping[str, RawText]) -> set[str]:
        """The files that windows are shown: what a merge reaches elsewhere isn't among them."""
        own = display_path(notes_path(self.path), self.config.root)
        return {one for one in raw if one in (own, SETTINGS) or one.startswith("content/glossary/")}

    def _digest(self, name: str) -> str:
        path = self.config.root / name
        return digest_of(read_bytes(path, name, ArticleError)) if path.is_file() else ""

    def _digests(self, raw: Mapping[str, RawText]) -> dict[str, str]:
        article = read_bytes(self.path, self.path.name, ArticleError)
        known = {name: one.digest for name, one in raw.items()}
        return {**known, display_path(self.path, self.config.root): digest_of(article)}

    def _document(self) -> Document:
        return _parsed(read_article(self.path, self.config.root), self.config.time_zone)

    def _case(self, raw: Mapping[str, RawText]) -> Case:
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
