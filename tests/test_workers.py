"""Work shared among processes: all of it done, in any order, and no end that hangs."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from explainer.build import build_site
from explainer.build.workers import FEWEST, Crew
from explainer.config import load_config
from explainer.errors import ArticleError, ThemeError, WorkerError
from tests.making import read_files, write_files

MANY = FEWEST * 4


def a_site(root: Path) -> Path:
    write_files(root, {
        "explainer.yaml": "base_url: https://example.org/\n",
        "content/glossary/g.yaml": "- {id: vell, name: Vell, kind: place, summary: A town.}\n",
        **{
            f"content/articles/n{n}.md": f"---\ntitle: N{n}\ntags: [t{n % 5}]\n---\nVell, {n}.\n"
            for n in range(MANY)
        },
    })  # fmt: skip
    return root


def test_every_item_has_its_result_whoever_makes_it() -> None:
    found = list(Crew(3).share(range(1000), lambda n: (n * n, os.getpid())))
    assert sorted(square for square, _ in found) == [n * n for n in range(1000)]
    assert os.getpid() not in {process for _, process in found}


def test_few_items_are_worth_no_second_process() -> None:
    found = list(Crew(4).share(range(FEWEST - 1), lambda n: os.getpid()))
    assert set(found) == {os.getpid()}


def test_a_crew_tells_how_far_it_is() -> None:
    told: list[tuple[int, int]] = []
    crew = Crew(2, MANY, lambda done, total: told.append((done, total)))
    assert len(list(crew.share(range(MANY), str))) == MANY
    assert told == [(n + 1, MANY) for n in range(MANY)]


def test_a_process_that_is_killed_is_told_and_nothing_hangs() -> None:
    def work(number: int) -> int:
        if number == MANY // 2:
            os.kill(os.getpid(), signal.SIGKILL)
        return number

    with pytest.raises(WorkerError, match="ended from outside"):
        list(Crew(2).share(range(MANY), work))


def test_what_a_process_raises_arrives_with_its_place() -> None:
    def work(number: int) -> int:
        raise ArticleError("no title", "a.md", 3, 4)

    with pytest.raises(ArticleError) as raised:
        list(Crew(2).share(range(MANY), work))
    assert str(raised.value) == "a.md:3:4: no title"


def test_a_mistake_of_ours_in_a_process_is_raised_as_one() -> None:
    with pytest.raises(RuntimeError, match="ZeroDivisionError"):
        list(Crew(2).share(range(MANY), lambda number: 1 // 0))


def test_a_caller_that_leaves_early_leaves_no_process() -> None:
    code = f"""
import os
import subprocess
import sys
from explainer.build.workers import Crew
for _ in Crew(2).share(range({MANY}), str):
    break
try:
    os.waitpid(-1, os.WNOHANG)
except ChildProcessError:
    print("none is left")
"""
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "none is left\n"


def test_two_processes_make_what_one_makes(tmp_path: Path) -> None:
    for jobs in (1, 2):
        build_site(load_config(a_site(tmp_path / "root")), tmp_path / str(jobs), jobs=jobs)
    assert read_files(tmp_path / "1") == read_files(tmp_path / "2")


def test_a_template_that_breaks_in_a_process_leaves_the_old_site(tmp_path: Path) -> None:
    root = a_site(tmp_path / "root")
    build_site(load_config(root), tmp_path / "site", jobs=2)
    before = read_files(tmp_path / "site")
    write_files(root, {"templates/article.html": "{{ nothing }}"})
    with pytest.raises(ThemeError, match="nothing"):
        build_site(load_config(root), tmp_path / "site", jobs=2)
    assert read_files(tmp_path / "site") == before
