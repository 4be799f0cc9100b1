"""What this process may use of its machine, and work that a second process does for it."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable


def processors() -> int:
    """How many this process may use; one where processes can't be forked safely."""
    alone = threading.active_count() == 1
    if not hasattr(os, "fork") or sys.platform == "darwin" or not alone:
        return 1
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def beside(work: Callable[[], int]) -> Callable[[], int]:
    """Start `work` in a forked process; what is given waits for its number, -1 if it failed."""
    read, write = os.pipe()
    process = os.fork()
    if not process:
        try:
            os.write(write, str(work()).encode())
        finally:
            os._exit(0)
    os.close(write)

    def answer() -> int:
        with os.fdopen(read, "rb") as pipe:
            told = pipe.read()
        os.waitpid(process, 0)
        return int(told) if told else -1

    return answer
