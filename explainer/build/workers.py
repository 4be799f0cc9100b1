"""Work shared among processes, which inherit all that was set up; results come in any order."""

from __future__ import annotations

import contextlib
import gc
import os
import pickle
import selectors
import signal
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar, cast

from msgspec import Struct

from explainer.errors import ExplainerError, WorkerError

T = TypeVar("T")
R = TypeVar("R")

FEWEST = 48
"""Items for which a second process pays."""

MOST_CHUNKS = 4000
"""Their numbers have to fit into a pipe."""

_NUMBER = 4
"""Bytes of a number in a pipe."""


class Crew(Struct):
    """Processes to share a build's work, and who hears how far it is."""

    jobs: int
    total: int = 0
    tell: Callable[[int, int], None] = lambda done, total: None
    done: int = 0

    def shares(self, items: Sequence[object]) -> bool:
        return self.jobs > 1 and len(items) >= FEWEST

    def share(self, items: Sequence[T], work: Callable[[T], R]) -> Iterator[R]:
        """The result of `work` for each item, in any order; in one process where that is faster.

        Raises:
            WorkerError: A process ended in the middle of its work.
            ExplainerError: What `work` raises.
        """
        shared = self.shares(items)
        with seldom_collecting():
            for result in _share(items, work, self.jobs) if shared else map(work, items):
                yield result
                self.done += 1
                self.tell(self.done, self.total)


@contextlib.contextmanager
def seldom_collecting() -> Iterator[None]:
    """Have Python look for cycles seldom: what is read and made has next to none, and is much."""
    before = gc.get_threshold()
    gc.set_threshold(50_000)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _share(items: Sequence[T], work: Callable[[T], R], jobs: int) -> Iterator[R]:
    step = max(1, min(32, len(items) // (jobs * 8)), len(items) // MOST_CHUNKS)
    chunks = [items[start : start + step] for start in range(0, len(items), step)]
    tasks = _numbers(len(chunks))
    workers = [_fork(tasks, chunks, work) for _ in range(jobs)]
    os.close(tasks)
    try:
        yield from _results(workers)
    finally:
        for one in workers:
            one.end()


def _numbers(count: int) -> int:
    """A pipe from which processes take numbers in turn; it ends after the last."""
    read, write = os.pipe()
    for number in range(count):
        os.write(write, number.to_bytes(_NUMBER, "little"))
    os.close(write)
    return read


class _Worker(Struct):
    process: int
    results: int
    finished: bool = False

    def end(self) -> None:
        os.close(self.results)
        if not self.finished:
            os.kill(self.process, signal.SIGTERM)
        os.waitpid(self.process, 0)


def _fork(tasks: int, chunks: Sequence[Sequence[T]], work: Callable[[T], R]) -> _Worker:
    read, write = os.pipe()
    process = os.fork()
    if process:
        os.close(write)
        return _Worker(process, read)
    try:
        os.close(read)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        gc.freeze()
        while number := os.read(tasks, _NUMBER):
            chunk = chunks[int.from_bytes(number, "little")]
            _send(write, [work(item) for item in chunk])
        _send(write, None)
    except ExplainerError as fault:
        _send(write, fault)
    except BaseException as fault:  # a mistake of ours: told where it can be told
        _send(write, f"{type(fault).__name__}: {fault}")
    finally:
        os._exit(0)


def _send(pipe: int, value: object) -> None:
    content = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    rest = memoryview(len(content).to_bytes(_NUMBER, "little") + content)
    while rest:
        rest = rest[os.write(pipe, rest) :]


def _results(workers: Sequence[_Worker]) -> Iterator[R]:
    with selectors.DefaultSelector() as selector:
        for one in workers:
            selector.register(one.results, selectors.EVENT_READ, one)
        left = len(workers)
        while left:
            for key, _ in selector.select():
                worker = key.data
                found = _receive(worker.results)
                if found is None:
                    worker.finished = True
                    left -= 1
                    selector.unregister(worker.results)
                elif isinstance(found, ExplainerError):
                    raise found
                elif isinstance(found, str):
                    raise RuntimeError(found)
                else:
                    yield from cast(list[R], found)


def _receive(pipe: int) -> object:
    size = int.from_bytes(_read(pipe, _NUMBER), "little")
    return pickle.loads(_read(pipe, size))


def _read(pipe: int, size: int) -> bytes:
    parts = []
    while size:
        part = os.read(pipe, size)
        if not part:
            raise WorkerError(
                "a process of this build was ended from outside, perhaps for want of memory; "
                "nothing was changed: build again, or with --jobs 1"
            )
        parts.append(part)
        size -= len(part)
    return b"".join(parts)
