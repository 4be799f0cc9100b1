"""Several files of a site changed in one step: all of them, or none, whatever interrupts."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path

from explainer.errors import OutputError

JOURNAL = "rewrite.json"


def rewrite_files(files: Mapping[Path, bytes], before: Mapping[Path, bytes], cache: Path) -> None:
    """Replace files all together.

    Each new content is on disk before a journal says so; from then on `finish_rewrite` brings
    the step to its end, even after a power cut.

    Args:
        files: The new contents.
        before: What was read; where a file holds something else by now, nothing is written.
        cache: The folder for the journal.

    Raises:
        OutputError: A file was changed meanwhile, or can't be written. Nothing is changed then.
    """
    staged: dict[Path, Path] = {}
    try:
        for path, content in sorted(files.items()):
            if (path.read_bytes() if path.exists() else None) != before.get(path):
                raise OutputError("was changed meanwhile; nothing is written, try again", str(path))
            beside = path.with_name(f".{path.name}.rewrite.tmp")
            staged[path] = beside
            path.parent.mkdir(parents=True, exist_ok=True)
            _write(beside, content)
            if path.exists():
                beside.chmod(path.stat().st_mode & 0o777)
        cache.mkdir(parents=True, exist_ok=True)
        plan = {str(beside): str(path) for path, beside in staged.items()}
        draft = cache / f"{JOURNAL}.tmp"
        _write(draft, json.dumps(plan).encode())
        draft.replace(cache / JOURNAL)
    except OSError as fault:
        _forget(staged)
        message = f"can't be written: {fault.strerror}; nothing is changed"
        raise OutputError(message, str(fault.filename or "")) from fault
    except OutputError:
        _forget(staged)
        raise
    finish_rewrite(cache)


def finish_rewrite(cache: Path) -> None:
    """Bring an interrupted `rewrite_files` to its end; nothing where there is none."""
    journal = cache / JOURNAL
    if not journal.is_file():
        return
    try:
        for beside, path in json.loads(journal.read_text("utf-8")).items():
            if Path(beside).exists():
                Path(beside).replace(path)
        journal.unlink()
    except (OSError, ValueError, AttributeError) as fault:
        message = f"a change of several files was interrupted and can't be finished: {fault}"
        raise OutputError(message, str(journal)) from fault


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _forget(staged: Mapping[Path, Path]) -> None:
    for beside in staged.values():
        beside.unlink(missing_ok=True)
