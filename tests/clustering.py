"""A site that is large enough for a cluster, and the cluster: real processes on loopback."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.making import png, read_files, write_files

MANY = 60


def a_site(root: Path) -> Path:
    entries = "".join(
        f"- {{id: t{n}, name: Town {n} Hall, kind: place, summary: A town.}}\n" for n in range(MANY)
    )
    articles = {
        f"content/articles/n{n}.md": (
            f"---\ntitle: N{n}\ndate: 2024-01-{n % 28 + 1:02}\ntags: [g{n % 5}]\n---\n"
            f"Town {n} Hall is near Town {(n * 7 + 1) % MANY} Hall, its mayor said.\n"
        )
        for n in range(MANY)
    }
    articles["content/articles/n3.md"] += "\n![A view](pictures/a%20view.png)\n"
    notes = (
        "attributions:\n  - {id: a, content: [{exact: Town 7 Hall is near Town 50 Hall}],\n"
        "     source: {exact: its mayor}, cue: {exact: said}, speaker: [t7], mode: indirect}\n"
    )
    return write_files(root, {
        "explainer.yaml": "base_url: https://example.org/\n",
        "content/glossary/g.yaml": entries,
        "content/articles/pictures/a view.png": png(),
        "content/articles/n7.notes.yaml": notes,
        "content/pages/about.md": "---\ntitle: About\n---\nAbout us.\n",
        "templates/partials/foot.html": "",
        **articles,
    })  # fmt: skip


def published(folder: Path) -> dict[str, bytes]:
    """What readers are given of a built site."""
    return {name: content for name, content in read_files(folder).items() if name[0] != "."}


class Machine:
    """A process that a test needs, and the line with which it said that it is there."""

    def __init__(self, *arguments: str, says: str, environment: dict[str, str]) -> None:
        self.process = subprocess.Popen(
            [sys.executable, *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env={**os.environ, "PYTHONSAFEPATH": "1", **environment},
        )
        assert self.process.stdout
        for line in self.process.stdout:
            found = re.search(says, line)
            if found:
                self.said = found[1]
                # What else it says is let go: a full pipe would stop it.
                self.rest = threading.Thread(target=self.process.stdout.read, daemon=True)
                self.rest.start()
                return
        raise AssertionError(f"{arguments} ended without saying {says}")

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)

    def end(self) -> None:
        self.process.kill()
        self.process.wait()
        self.rest.join()
        if self.process.stdout:
            self.process.stdout.close()


@contextmanager
def machines(
    environment: dict[str, str], workers: int, *options: str
) -> Iterator[tuple[str, list[Machine]]]:
    """A scheduler, started with `options`, and its workers: its address, and all, it first."""
    started = [
        Machine(
            "-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0",
            "--no-dashboard", *options, says=r"Scheduler at:\s+(\S+)", environment=environment,
        )
    ]  # fmt: skip
    try:
        address = started[0].said
        for _ in range(workers):
            started.append(a_worker(address, environment))
        yield address, started
    finally:
        for one in reversed(started):
            one.end()


def a_worker(address: str, environment: dict[str, str]) -> Machine:
    return Machine(
        "-m", "distributed.cli.dask_worker", address, "--nthreads", "1", "--no-nanny",
        "--no-dashboard", says=r"(Registered to)", environment=environment,
    )  # fmt: skip


def until(condition: Callable[[], object], process: subprocess.Popen[Any]) -> None:
    """Wait for something that a running process does."""
    while not condition() and process.poll() is None:
        try:
            process.wait(0.01)
        except subprocess.TimeoutExpired:
            continue
