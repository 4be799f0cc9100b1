"""Do one thing with many articles in several processes, and give the results in their order."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any, TypeVar

from explainer.errors import AnalyzerError, ExplainerError

Task = TypeVar("Task")
Result = TypeVar("Result")

WAITING = 4
"""Tasks that are handed out ahead, for each process."""


def work_in_processes(
    make: Callable[[], Callable[[Task], Result]], tasks: Sequence[Task], processes: int
) -> Iterator[Result]:
    """Give each task's result, in their order, made by one of several processes.

    The processes start anew, and do nothing but this: they end when this one does, however
    it does.

    Args:
        make: Makes what does the work, once in each process. It is pickled.
        tasks: What is to be done.
        processes: How many to start.

    Raises:
        ExplainerError: What the work raised, or a process that ended before its time.
    """
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(processes, context, initializer=_begin, initargs=(make,))
    waiting: deque[Future[Any]] = deque()
    rest = iter(tasks)
    try:
        for task in rest:
            waiting.append(pool.submit(_work, task))
            if len(waiting) >= processes * WAITING:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    except BrokenProcessPool as fault:
        raise AnalyzerError(
            "a process that drafts was ended from outside, perhaps for want of memory: "
            "run the same command again to go on, with `--processes 1` if it happens again"
        ) from fault
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


# ---- in a process of the crew

_worker: Callable[[Any], Any] | None = None
_fault: ExplainerError | None = None


def _begin(make: Callable[[], Callable[[Any], Any]]) -> None:
    global _worker, _fault
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the one who handed out the work.
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        _worker = make()
    except ExplainerError as fault:
        _fault = fault


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _work(task: Any) -> Any:
    if _worker is None:
        raise _fault or AnalyzerError("a process that drafts could not begin")
    return _worker(task)
