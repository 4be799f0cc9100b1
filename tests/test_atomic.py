"""One file is replaced whole, or not at all."""

from __future__ import annotations

import contextlib
import hashlib
import os
from pathlib import Path

from explainer.atomic import write_atomically
from tests.making import read_files


def test_one_file_is_replaced_in_one_step_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "notes.yaml"
    for content in (b"one", b"one", b"two"):
        write_atomically(path, content)
        assert read_files(tmp_path) == {"notes.yaml": content}
    path.unlink()
    path.mkdir()
    with contextlib.suppress(OSError):
        write_atomically(path, b"three")
    assert list(tmp_path.iterdir()) == [path]


def test_what_a_killed_process_left_of_a_file_goes_with_its_next_write(tmp_path: Path) -> None:
    path = tmp_path / "notes.yaml"
    write_atomically(path, b"one")
    digest = hashlib.sha256(b"notes.yaml").hexdigest()[:8]
    gone, alive = (tmp_path / f".{digest}.{n}.tmp" for n in (2**22 + 1, os.getpid()))
    other = tmp_path / f".00000000.{2**22 + 1}.tmp"
    for left in (gone, other):
        left.write_bytes(b"half")
    write_atomically(path, b"two")
    assert [one.exists() for one in (gone, alive, other)] == [False, False, True]
    assert path.read_bytes() == b"two"
