"""Files as people's programs leave them."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from explainer.errors import ArticleError
from explainer.read.files import (
    MAX_BYTES,
    Snapshot,
    decode,
    file_digest,
    read_text,
    skipped_links,
    walk_files,
)
from tests.making import write_files


@pytest.mark.parametrize(
    "raw",
    [
        b"One\ntwo\n",
        b"One\r\ntwo\r\n",
        b"One\rtwo\r",
        b"\xef\xbb\xbfOne\ntwo\n",
        b"\xef\xbb\xbfOne\r\ntwo\n",
    ],
    ids=["unix", "windows", "old mac", "byte-order mark", "all at once"],
)
def test_line_ends_and_byte_order_marks_make_no_difference(raw: bytes) -> None:
    assert decode(raw, "a.txt", ArticleError) == "One\ntwo\n"


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"One\nthe \x93gentle\x94 one", "byte 8 is 0x93 (this looks like Windows-1252)"),
        (b"caf\xe9\n", "byte 3 is 0xE9; "),
        ("One".encode("utf-16"), "byte 0 is 0xFF (this looks like UTF-16)"),
        (b"a\xc0\x80", "byte 1 is 0xC0"),
        (b"a\xed\xa0\x80", "byte 1 is 0xED"),
    ],
)
def test_what_is_not_utf8_is_refused_with_the_byte_and_a_guess(raw: bytes, says: str) -> None:
    with pytest.raises(ArticleError) as caught:
        decode(raw, "a.txt", ArticleError)
    assert says in caught.value.message


def test_the_line_that_is_not_utf8_is_named() -> None:
    with pytest.raises(ArticleError) as caught:
        decode(b"one\ntwo\ncaf\xe9\n", "a.txt", ArticleError)
    assert str(caught.value).startswith("a.txt:3: ")


def test_a_file_too_large_is_not_even_read(tmp_path: Path) -> None:
    path = tmp_path / "sparse.txt"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES * 1000)
    with pytest.raises(ArticleError, match="too large"):
        read_text(path, "sparse.txt", ArticleError)


def test_what_is_made_of_files_and_their_digest_are_of_the_same_bytes(tmp_path: Path) -> None:
    write_files(tmp_path, {"a.md": "one"})
    there, absent = tmp_path / "a.md", tmp_path / "b.md"
    before = file_digest(there)
    files = Snapshot()
    assert (files.digest(there), files.digest(absent)) == (before, "absent")
    write_files(tmp_path, {"a.md": "another", "b.md": "new"})
    assert files.read(there) == b"one"
    assert files.digest(there) == before
    assert not files.holds(absent)
    assert Snapshot().read(absent) == b"new"


def test_a_pipe_or_a_folder_beside_an_article_is_no_file_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    files = Snapshot()
    for name in ("pipe", "folder"):
        assert not files.holds(tmp_path / name)
        assert files.digest(tmp_path / name) == "absent"


def test_files_come_in_the_order_of_their_names_on_every_machine(tmp_path: Path) -> None:
    write_files(tmp_path, dict.fromkeys(("b.md", "a/z.md", "a/b.md", "c.md", "B.md"), ""))
    found = [path.relative_to(tmp_path).as_posix() for path in walk_files(tmp_path, (".md",))]
    assert found == ["B.md", "a/b.md", "a/z.md", "b.md", "c.md"]


@pytest.mark.parametrize("name", [".hidden.md", "#a.md#", "~a.md", "a.md~", ".git/a.md", "a.txt"])
def test_backups_hidden_files_and_other_kinds_are_passed_over(name: str, tmp_path: Path) -> None:
    write_files(tmp_path, {name: "x"})
    assert list(walk_files(tmp_path, (".md",))) == []


def test_pipes_sockets_and_devices_are_passed_over(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.md")
    (tmp_path / "null.md").symlink_to("/dev/null")
    with socket.socket(socket.AF_UNIX) as one:
        one.bind(os.path.relpath(tmp_path / "socket.md"))
        assert list(walk_files(tmp_path, (".md",))) == []


def test_a_link_to_a_file_inside_is_followed_and_no_other(tmp_path: Path) -> None:
    folder = write_files(tmp_path / "in", {"a.md": "x", "deep/b.md": "x"})
    write_files(tmp_path, {"outside.md": "secret"})
    (folder / "same.md").symlink_to("a.md")
    (folder / "out.md").symlink_to(tmp_path / "outside.md")
    (folder / "dangling.md").symlink_to("nowhere.md")
    (folder / "self.md").symlink_to("self.md")
    (folder / "up").symlink_to("..")
    (folder / "loop").symlink_to(".")
    found = [path.relative_to(folder).as_posix() for path in walk_files(folder, (".md",))]
    assert found == ["a.md", "deep/b.md", "same.md"]


def test_links_that_are_not_followed_are_told(tmp_path: Path) -> None:
    folder = write_files(tmp_path / "in", {"a.md": "x"})
    (folder / "same.md").symlink_to("a.md")
    (folder / "loop").symlink_to(".")
    (folder / "self.md").symlink_to("self.md")
    told = [one.position.path for one in skipped_links(folder, "content")]
    assert told == ["content/loop", "content/self.md"]


def test_a_folder_that_is_not_there_holds_nothing(tmp_path: Path) -> None:
    assert list(walk_files(tmp_path / "no", (".md",))) == []
