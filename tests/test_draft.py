"""Drafting many articles: in one process or several, to the end or stopped on the way."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from explainer.config import load_config
from explainer.draft import draft_site
from explainer.draft_cache import DraftCache
from explainer.read import read_glossary
from tests.conftest import run_explainer
from tests.making import read_files, write_files

pytestmark = pytest.mark.nlp

TOWNS = ("Bonn", "Oslo", "Riga", "Lima", "Cork", "Turin")
SURNAMES = ("Brandt", "Keller", "Lindqvist", "Alder")


def make_site(folder: Path, count: int = 6) -> Path:
    """A site of short articles, which name the same people and towns again and again."""
    files = {"explainer.yaml": "title: Towns\n"}
    for number in range(count):
        town, other = TOWNS[number % 6], TOWNS[(number + 1) % 6]
        name = f"Ida {SURNAMES[number % 4]}"
        files[f"content/articles/story-{number:02}.md"] = (
            f"---\ntitle: Story {number}\ndate: 2024-05-14\n---\n"
            f"{name}, the mayor of {town}, left {other} in 2019.\n\n"
            f"“We go on,” {name.split()[1]} told the Dunmore Gazette (DG). DG was closed."
            f" Otto Ono, a spokesman, said that {town} was cold {number} times.\n"
        )
    return write_files(folder, files)


def articles(site: Path) -> list[Path]:
    return sorted((site / "content" / "articles").glob("*.md"))


def content(site: Path) -> dict[str, bytes]:
    return read_files(site / "content")


def draft_all(site: Path, *, stop_after: int = 0, processes: int = 1) -> list[list[str]]:
    """Draft as the command does; ``stop_after`` so many articles nothing more is asked for."""
    entries = read_glossary(site / "content" / "glossary", site)
    steps = draft_site(articles(site), load_config(site), entries, processes)
    written = []
    for _, files, _ in steps:
        written.append(files)
        if len(written) == stop_after:
            break
    steps.close()
    return written


def test_one_process_and_two_write_the_same_bytes(tmp_path: Path) -> None:
    one, two = make_site(tmp_path / "one"), make_site(tmp_path / "two")
    assert draft_all(one) == draft_all(two, processes=2)
    assert content(one) == content(two)
    assert len(content(one)) > len(articles(one))


def test_a_run_that_was_stopped_goes_on_and_ends_as_if_it_had_not_been(tmp_path: Path) -> None:
    whole, stopped = make_site(tmp_path / "whole"), make_site(tmp_path / "stopped")
    draft_all(whole)
    draft_all(stopped, stop_after=3)
    assert content(stopped) != content(whole)
    assert [bool(files) for files in draft_all(stopped)] == [False] * 3 + [True] * 3
    assert content(stopped) == content(whole)


def test_what_was_finished_is_not_drafted_again(tmp_path: Path) -> None:
    site = make_site(tmp_path)
    draft_all(site, stop_after=4)
    store = sqlite3.connect(site / ".explainer" / "drafts.sqlite3")
    with store:
        store.execute("delete from analyses")
    draft_all(site)
    assert store.execute("select count(*) from analyses").fetchone() == (2,)


def test_what_changed_since_is_drafted_again(tmp_path: Path) -> None:
    site = make_site(tmp_path)
    draft_all(site, stop_after=4)
    first = articles(site)[0]
    first.write_text(first.read_text("utf-8") + "\nMina Cole, a baker, spoke in Bonn.\n", "utf-8")
    draft_all(site)
    assert "mina-cole" in (site / "content/glossary/suggested.yaml").read_text("utf-8")


def test_a_second_run_finds_nothing_new(tmp_path: Path) -> None:
    site = make_site(tmp_path)
    draft_all(site)
    before = content(site)
    assert draft_all(site) == [[]] * 6
    assert content(site) == before


@pytest.mark.parametrize("broken", [b"", b"no database", b"SQLite format 3\0" + b"x" * 4000])
def test_a_broken_cache_is_made_anew(tmp_path: Path, broken: bytes) -> None:
    site = make_site(tmp_path, 2)
    write_files(site, {".explainer/drafts.sqlite3": broken})
    assert all(draft_all(site))
    assert all(draft_all(site) == [[], []] for _ in range(2))


def test_a_cache_that_cannot_be_kept_is_none(tmp_path: Path) -> None:
    site = make_site(tmp_path, 2)
    write_files(site, {".explainer": "a file where the folder belongs"})
    assert all(draft_all(site))


def test_only_the_analyses_used_last_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "drafts.sqlite3"
    first = DraftCache(path)
    first.keep_analysis("old", b"1")
    first.end_run()
    first.close()
    again = DraftCache(path)
    assert again.analysis("old") == b"1"
    assert again.analysis("new") is None


def start_drafting(site: Path, *options: str) -> subprocess.Popen[str]:
    names = [path.relative_to(site).as_posix() for path in articles(site)]
    return subprocess.Popen(
        [sys.executable, "-m", "explainer", "draft", *options, *names],
        cwd=site, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def test_killed_in_the_middle_it_goes_on_where_it_was(tmp_path: Path) -> None:
    whole, killed = make_site(tmp_path / "whole", 24), make_site(tmp_path / "killed", 24)
    draft_all(whole)
    with start_drafting(killed, "--processes", "2") as running:
        assert running.stdout is not None
        assert [running.stdout.readline()[:5] for _ in range(3)] == ["wrote"] * 3
        running.kill()
    names = [path.relative_to(killed).as_posix() for path in articles(killed)]
    again = run_explainer("draft", *names, cwd=killed)
    assert again.returncode == 0, again.stderr
    assert again.stdout.count("nothing new") >= 3
    assert content(killed) == content(whole)


def test_ctrl_c_leaves_what_is_finished_and_says_how_to_go_on(tmp_path: Path) -> None:
    site = make_site(tmp_path, 24)
    with start_drafting(site, "--processes", "2") as running:
        assert running.stdout is not None
        assert running.stdout.readline().startswith("wrote")
        running.send_signal(signal.SIGINT)
        _, said = running.communicate()
    assert running.returncode == 1
    assert "the same command goes on" in said
    assert len(said.strip().splitlines()) == 1
    assert (site / "content/articles/story-00.notes.yaml").is_file()


def test_as_json_many_articles_come_in_their_order(tmp_path: Path) -> None:
    site = make_site(tmp_path, 5)
    before = read_files(site)
    names = [path.relative_to(site).as_posix() for path in articles(site)]
    one = run_explainer("draft", "--json", "--processes", "1", *names, cwd=site)
    two = run_explainer("draft", "--json", "--processes", "2", *names, cwd=site)
    assert (one.returncode, one.stderr) == (0, "")
    assert one.stdout == two.stdout
    assert len(one.stdout.splitlines()) == 5
    assert read_files(site) == before


def test_what_is_doubtful_in_the_text_is_told_beside_the_draft(tmp_path: Path) -> None:
    write_files(tmp_path, {"fair.txt": "Fair\n\nThe mayor said it was “good.\n"})
    told = run_explainer("draft", "--json", "fair.txt", cwd=tmp_path)
    assert told.stderr.startswith("fair.txt:3:23: T016 ")
    assert len(told.stdout.splitlines()) == 1


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="no terminals to pretend to be")
def test_a_terminal_shows_the_time_left_and_a_file_gets_the_drafts(tmp_path: Path) -> None:
    site = make_site(tmp_path, 3)
    names = [path.relative_to(site).as_posix() for path in articles(site)]
    terminal, end = os.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "explainer", "draft", "--json", *names],
        cwd=site, stdout=subprocess.PIPE, stderr=end, text=True,
    ) as running:  # fmt: skip
        os.close(end)
        shown = read_terminal(terminal)
        assert running.stdout is not None
        assert len(running.stdout.read().splitlines()) == 3
    assert running.returncode == 0
    assert "3/3" in shown
    assert "left" in shown
    assert '"article"' not in shown


def read_terminal(terminal: int) -> str:
    """All that a program shows, until it closes its end."""
    parts: list[bytes] = []
    while True:
        try:
            part = os.read(terminal, 4096)
        except OSError:  # Linux says so of an end that is closed.
            part = b""
        if not part:
            os.close(terminal)
            return b"".join(parts).decode(errors="replace")
        parts.append(part)


def test_all_that_cannot_be_read_is_told_before_the_work_begins(tmp_path: Path) -> None:
    site = make_site(tmp_path, 3)
    write_files(site, {
        "content/articles/story-01.md": "---\ntitle: [\n---\n",
        "content/articles/story-02.md": b"\xff",
    })  # fmt: skip
    names = [path.relative_to(site).as_posix() for path in articles(site)]
    result = run_explainer("draft", *names, cwd=site)
    assert (result.returncode, result.stdout) == (1, "")
    assert len(result.stderr.splitlines()) == 2
