"""What a command takes, and on which machine."""

from __future__ import annotations

import contextlib
import os
import platform
import statistics
import subprocess
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import psutil
from msgspec import Struct

Figures = dict[str, float]


class Run(Struct, frozen=True):
    """Seconds, seconds of all processes together, and MiB of the largest."""

    wall: float
    cpu: float
    peak: float


class FailedError(Exception):
    """A command that was measured failed; says which, and its last words."""


def run(command: Sequence[str], folder: Path) -> Run:
    """
    Raises:
        FailedError: The command isn't there, or didn't end well.
    """
    start = time.perf_counter()
    try:
        process = subprocess.Popen(
            command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        )
    except OSError as fault:
        raise FailedError(f"{command[0]}: {fault.strerror}") from fault
    assert process.stderr
    with process.stderr:
        said = process.stderr.read().decode(errors="replace").strip()
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if status:
        raise FailedError(f"{' '.join(command)}: {(said.splitlines() or ['failed'])[-1]}")
    return Run(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def put_aside(folder: Path, names: Iterable[str], trash: Path) -> None:
    """Take an old build away, not deleting it: a file system is slow for a while after that."""
    trash.mkdir(parents=True, exist_ok=True)
    for name in names:
        if (folder / name).exists():
            (folder / name).rename(trash / str(time.time_ns()))


def medians(runs: Sequence[Run]) -> Figures:
    return {
        "wall": round(statistics.median(one.wall for one in runs), 3),
        "cpu": round(statistics.median(one.cpu for one in runs), 3),
        "peak_mib": round(statistics.median(one.peak for one in runs), 1),
    }


def ratios(ours: Sequence[Run], theirs: Sequence[Run]) -> Figures:
    """Ours by theirs, the median of pairs that ran one after the other."""
    pairs = list(zip(ours, theirs, strict=True))
    return {
        "wall": round(statistics.median(a.wall / b.wall for a, b in pairs), 4),
        "cpu": round(statistics.median(a.cpu / b.cpu for a, b in pairs), 4),
        "peak_mib": round(statistics.median(a.peak / b.peak for a, b in pairs), 4),
    }


def describe_machine(folder: Path) -> dict[str, object]:
    """The machine, and the file system that `folder` is on."""
    return {
        "cpu": _cpu(),
        "cores": os.cpu_count(),
        "memory_gib": round(psutil.virtual_memory().total / 2**30, 1),
        "kernel": platform.platform(),
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "file_system": _file_system(folder.resolve()),
    }


def _cpu() -> str:
    with contextlib.suppress(OSError):  # no Linux
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _file_system(folder: Path) -> str:
    """Of the mounted folders that hold this one, the nearest."""
    mounts = [
        one for one in psutil.disk_partitions(all=True) if folder.is_relative_to(one.mountpoint)
    ]
    return max(mounts, key=lambda one: len(one.mountpoint)).fstype if mounts else "unknown"


def commit() -> Mapping[str, str]:
    """What was measured: the commit, and whether files differ from it."""
    changed = _git("status", "--porcelain", "--", "explainer", "templates", "static")
    return {"commit": _git("rev-parse", "HEAD"), "changed": "yes" if changed else "no"}


def _git(*words: str) -> str:
    """What git says of the folder with the program in it; nothing where it isn't under git."""
    home = Path(__file__).parent.parent
    command = ["git", "-C", str(home), *words]
    with contextlib.suppress(OSError):
        return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()
    return ""
