"""Measure a build on a cluster of this machine's processes beside one without; kill its workers.

    python -m bench.cluster --articles 10000 --entries 5000 --work /tmp/bench
    python -m bench.cluster --articles 2000 --kills 20

Both build the same new site, in turn. CPU is user and system time of all processes: the build,
its children, and what the two workers and the scheduler took meanwhile. With `--kills`, one of two
workers is killed and replaced while it works, and the pages are compared each time.
"""

from __future__ import annotations

import argparse
import contextlib
import filecmp
import random
import re
import resource
import shutil
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterable
from pathlib import Path

import psutil

from bench.corpus import Corpus, make_site


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--entries", type=int, default=5_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--kills", type=int, default=0)
    parser.add_argument("--work", type=Path, default=Path("/tmp/bench-cluster"))
    options = parser.parse_args()
    site = options.work / "site"
    shutil.rmtree(options.work, ignore_errors=True)
    make_site(site, Corpus(options.articles, options.entries))
    with contextlib.ExitStack() as started:
        scheduler = start(
            "dask_scheduler", "--host", "127.0.0.1", "--port", "0", says=r"Scheduler at:\s+(\S+)"
        )
        started.callback(scheduler.process.kill)
        workers = [start_worker(scheduler.said) for _ in range(2)]
        started.callback(lambda: kill_all(workers))
        if options.kills:
            kill_workers(options.kills, options.work, site, scheduler.said, workers)
        else:
            compare(options, site, scheduler, workers)


def kill_all(workers: Iterable[Started]) -> None:
    for one in workers:
        one.process.kill()


class Started:
    def __init__(self, process: subprocess.Popen[str], said: str) -> None:
        self.process, self.said = process, said

    @property
    def cpu(self) -> float:
        times = psutil.Process(self.process.pid).cpu_times()
        return float(times.user + times.system)


def start(module: str, *arguments: str, says: str) -> Started:
    command = [sys.executable, "-m", f"distributed.cli.{module}", *arguments, "--no-dashboard"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert process.stdout
    for line in process.stdout:
        if found := re.search(says, line):
            threading.Thread(target=process.stdout.read, daemon=True).start()
            return Started(process, found[1])
    raise SystemExit(f"{module} didn't start")


def start_worker(address: str) -> Started:
    return start("dask_worker", address, "--nthreads", "1", "--no-nanny", says="(Registered to)")


def compare(
    options: argparse.Namespace, site: Path, scheduler: Started, workers: list[Started]
) -> None:
    wall: dict[str, list[float]] = {"local": [], "cluster": []}
    cpu: dict[str, list[float]] = {"local": [], "cluster": []}
    how = {"local": ["--jobs", "2"], "cluster": ["--cluster", scheduler.said]}
    for _ in range(options.runs):
        for name, arguments in how.items():
            output = options.work / name
            shutil.rmtree(output, ignore_errors=True)
            shutil.rmtree(site / ".explainer", ignore_errors=True)
            before = sum(one.cpu for one in (scheduler, *workers)) + children()
            began = time.perf_counter()
            build(site, output, arguments)
            wall[name].append(time.perf_counter() - began)
            cpu[name].append(sum(one.cpu for one in (scheduler, *workers)) + children() - before)
    refuse_differences(options.work / "local", options.work / "cluster")
    for name in how:
        print(
            f"{name}: wall {statistics.median(wall[name]):.1f} s, CPU "
            f"{statistics.median(cpu[name]):.1f} s, "
            f"{statistics.median(cpu[name]) / options.articles * 1000:.2f} ms an article"
        )
    for name, figures in (("wall", wall), ("CPU", cpu)):
        pairs = zip(figures["local"], figures["cluster"], strict=True)
        print(f"speed of the cluster, {name}: {statistics.median(a / b for a, b in pairs):.2f}")


def children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def build(site: Path, output: Path, arguments: list[str]) -> None:
    command = [sys.executable, "-m", "explainer", "build", "-q", "-o", str(output), *arguments]
    subprocess.run(command, cwd=site, check=True)


def kill_workers(times: int, work: Path, site: Path, address: str, workers: list[Started]) -> None:
    build(site, work / "local", ["--jobs", "2"])
    rng = random.Random(1)
    for number in range(times):
        shutil.rmtree(work / "cluster", ignore_errors=True)
        shutil.rmtree(site / ".explainer", ignore_errors=True)
        stage, wanted = work / "cluster/.explainer-stage", rng.randint(1, 12)
        command = [sys.executable, "-m", "explainer", "build", "-q", "--cluster", address, "-o"]
        process = subprocess.Popen([*command, str(work / "cluster")], cwd=site)
        while process.poll() is None and len(list(stage.glob("*.sqlite"))) < wanted:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(0.005)
        victim = rng.randrange(2)
        was_running = process.poll() is None
        workers[victim].process.kill()
        workers[victim].process.wait()
        workers[victim] = start_worker(address)
        if process.wait():
            raise SystemExit(f"kill {number + 1}: the build failed")
        refuse_differences(work / "local", work / "cluster")
        print(f"kill {number + 1}: after {wanted} parts, running: {was_running}; same", flush=True)


def refuse_differences(one: Path, two: Path) -> None:
    names = {path.relative_to(one) for path in one.rglob("*") if path.is_file()}
    if names != {path.relative_to(two) for path in two.rglob("*") if path.is_file()}:
        raise SystemExit(f"{one} and {two} hold other files")
    other = filecmp.cmpfiles(one, two, map(str, names), shallow=False)
    if other[1] or other[2]:
        raise SystemExit(f"{one} and {two} differ in {[*other[1], *other[2]][:5]}")


if __name__ == "__main__":
    main()
