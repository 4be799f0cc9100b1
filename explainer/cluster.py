"""Work on a Dask cluster: each task is done once, by whichever worker lives to finish it."""

from __future__ import annotations

import contextlib
import logging
import os
import platform
import re
import threading
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib import metadata, util
from typing import Any, TypeVar

from explainer import __version__
from explainer.analyses import code_digest
from explainer.errors import ConfigError, ExplainerError, WorkerError

Shared = TypeVar("Shared")
Task = TypeVar("Task")
Result = TypeVar("Result")

LOCAL = "local"
"""The address of a cluster that is started here, for this one run."""

PATIENCE = 10
"""Seconds in which a scheduler has to answer, and a first worker has to be there."""

LONELY = 60
"""Seconds without a single worker after which work is given up."""

WAITING = 3
"""Tasks that are handed out ahead, for each worker's thread."""

_ADDRESS = re.compile(r"((tcp|tls|ws|wss)://)?[^/\s]+:\d{1,5}")

RETRIES = 3
"""How often a task is done again that failed by no fault of the content: a disk, a network."""

PACKAGES = (
    "ahocorasick-rs", "babel", "dask", "distributed", "jinja2", "markdown-it-py",
    "mdit-py-plugins", "nh3", "pillow", "pyyaml", "rjsmin", "spacy",
)  # fmt: skip
"""What shapes pages and drafts: workers must have the same versions."""


class LazyTasks(Sequence[Task]):
    """Tasks that are made when they are handed out: together they might not fit into memory."""

    def __init__(self, make: Sequence[Callable[[], Task]]) -> None:
        self._make = make

    def __len__(self) -> int:
        return len(self._make)

    def __getitem__(self, number: Any) -> Any:
        return self._make[number]()


class Cluster:
    """Workers behind one scheduler."""

    def __init__(self, client: Any, address: str) -> None:
        self._client = client
        self.address = address

    def wait_for_a_worker(self) -> None:
        """
        Raises:
            WorkerError: None comes.
        """
        try:
            self._client.wait_for_workers(1, timeout=PATIENCE)
        except TimeoutError as fault:
            raise WorkerError(
                f"the scheduler at {self.address} has no workers: start some with "
                f"`dask worker {self.address} --nthreads 1`"
            ) from fault

    def share(
        self,
        work: Callable[[Shared, Task], Result],
        shared: Shared,
        tasks: Sequence[Task],
    ) -> Iterator[tuple[int, Result]]:
        """The result of `work` for each task, with the task's number, as they are done.

        A task whose worker is lost is given to another, so that it may be done twice.

        Args:
            work: A function of a module, which workers have as well.
            shared: What all tasks need; it goes to each worker once.

        Raises:
            ExplainerError: What `work` raises, or the workers are gone.
        """
        common = self._client.submit(_give, shared, pure=False)
        running: dict[Any, int] = {}

        def hand_out(number: int) -> None:
            future = self._client.submit(
                _do, work, common, tasks[number], pure=False, retries=RETRIES
            )
            running[future] = number

        try:
            yield from self._results(len(tasks), hand_out, running)
        finally:
            with contextlib.suppress(Exception):
                self._client.cancel([*running, common], force=True)

    def _results(
        self, count: int, hand_out: Callable[[int], None], running: dict[Any, int]
    ) -> Iterator[tuple[int, Any]]:
        """Have tasks done, a few ahead for each worker; `running` has their numbers meanwhile."""
        again: set[int] = set()
        rest = iter(range(count))
        while True:
            for number in _first(rest, self.threads() * WAITING - len(running)):
                hand_out(number)
            if not running:
                return
            for future in self._finished(list(running)):
                number = running.pop(future)
                result = self._result(future, number in again)
                future.release()
                if result is _LOST:
                    again.add(number)
                    hand_out(number)
                else:
                    yield number, result

    def ask(self, question: Callable[[], Result]) -> Mapping[str, Result]:
        """Each worker's answer, by its address."""
        answers: Mapping[str, Result] = self._client.run(question)
        return answers

    def threads(self) -> int:
        return max(1, sum(map(int, self._client.nthreads().values())))

    def _finished(self, futures: list[Any]) -> list[Any]:
        from concurrent.futures import CancelledError

        from distributed import wait

        for _ in range(LONELY):
            try:
                with self._client.as_current():
                    return list(wait(futures, timeout=1, return_when="FIRST_COMPLETED").done)
            except TimeoutError:
                pass
            except CancelledError as fault:
                raise self._lost() from fault
            if self._client.status == "closed":
                break
            if self._client.nthreads():
                return []
        raise WorkerError(
            f"the cluster at {self.address} has no workers any more, or its scheduler is gone; "
            "nothing was changed: run the same command again when it is back"
        )

    def _lost(self) -> WorkerError:
        return WorkerError(
            f"the scheduler at {self.address} is gone, or has lost the work; nothing was "
            "changed: run the same command again when it is back"
        )

    def _result(self, future: Any, was_lost: bool) -> Any:
        from concurrent.futures import CancelledError

        from distributed import KilledWorker

        try:
            result = future.result()
        except KilledWorker as fault:
            if not was_lost:
                return _LOST
            raise WorkerError(
                f"one part of the work has ended every worker of {self.address} that took it, "
                "perhaps for want of memory: look into the workers' logs"
            ) from fault
        except CancelledError as fault:
            raise self._lost() from fault
        if isinstance(result, _Fault):
            raise result.fault
        return result


_LOST = object()


def _first(numbers: Iterator[int], count: int) -> list[int]:
    return [number for _, number in zip(range(count), numbers, strict=False)]


@contextlib.contextmanager
def open_cluster(address: str, workers: int = 0) -> Iterator[Cluster]:
    """Connect to a scheduler, or start one with its workers on this machine.

    Args:
        address: Such as ``tcp://10.0.0.1:8786`` or ``tls://…``; ``local`` to start one.
        workers: How many processes to start; 0 for one a processor.

    Raises:
        ConfigError: Dask isn't installed, or the address is none.
        WorkerError: Nobody answers, there are no workers, or they have other versions.
    """
    if util.find_spec("distributed") is None:
        raise ConfigError("--cluster needs Dask: run `pip install 'explainer-site[cluster]'`")
    from distributed import Client

    for name in ("distributed", "distributed.client"):  # the second sets a level of its own
        logging.getLogger(name).setLevel(logging.CRITICAL)
    with contextlib.ExitStack() as open_things, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        target: Any = address
        if address == LOCAL:
            target = open_things.enter_context(_started_here(workers))
        else:
            _refuse_unusable(address)
        try:
            client = Client(target, timeout=PATIENCE, set_as_default=False)
        except (OSError, TimeoutError) as fault:
            raise WorkerError(_unreachable(address)) from fault
        open_things.enter_context(client)
        cluster = Cluster(client, address)
        cluster.wait_for_a_worker()
        refuse_other_versions(cluster)
        yield cluster


def _started_here(workers: int) -> Any:
    from distributed import LocalCluster

    return LocalCluster(
        n_workers=workers or len(os.sched_getaffinity(0)),
        threads_per_worker=1,
        processes=True,
        dashboard_address=None,
        silence_logs=logging.CRITICAL,
    )


def _unreachable(address: str) -> str:
    return (
        f"no Dask scheduler answers at {address} within {PATIENCE} seconds: start one with "
        "`dask scheduler`, and see that its port can be reached from here"
    )


def _refuse_unusable(address: str) -> None:
    """
    Raises:
        ConfigError: No client could be made for it.
    """
    from distributed.security import Security

    if not _ADDRESS.fullmatch(address):
        raise ConfigError(
            f"'{address}' is no scheduler's address, such as tcp://10.0.0.1:8786, nor 'local'"
        )
    if address.startswith("tls:"):
        try:
            context = Security().get_connection_args("client").get("ssl_context")
        except OSError as fault:
            raise ConfigError(f"a certificate for {address} can't be read: {fault}") from fault
        if context is None:
            raise ConfigError(
                f"{address} needs certificates: set distributed.comm.tls.ca-file, client.cert and "
                "client.key in Dask's configuration"
            )


# ---- versions


def versions() -> dict[str, str]:
    """What has to be the same wherever parts of one site are made."""
    found = {
        "explainer": f"{__version__} ({code_digest('')[:8]})",
        "Python": ".".join(platform.python_version_tuple()[:2]),
    }
    for name in PACKAGES:
        with contextlib.suppress(metadata.PackageNotFoundError):
            found[name] = metadata.version(name)
    return found


def refuse_other_versions(cluster: Cluster) -> None:
    """
    Raises:
        WorkerError: Workers have no explainer, or other versions than are here.
    """

    # Goes to workers as its code: a function of a module has to be there already.
    def look() -> dict[str, str]:
        try:
            from explainer.cluster import versions as found
        except ImportError as fault:
            return {"": str(fault)}
        return found()

    here = versions()
    for worker, there in sorted(cluster.ask(look).items()):
        if "" in there:
            raise WorkerError(
                f"the worker {worker} can't load explainer ({there['']}): install there what "
                f"is here, `pip install 'explainer-site[cluster]=={__version__}'`"
            )
        other = [
            f"{name} {there.get(name, 'none')} (here {here.get(name, 'none')})"
            for name in sorted({*here, *there})
            if here.get(name) != there.get(name)
        ]
        if other:
            raise WorkerError(
                f"the worker {worker} has other versions, and might make other pages: "
                f"{', '.join(other)}"
            )


# ---- on a worker


class _Fault:
    """What is wrong with the content goes home as a result: doing it again would not help."""

    def __init__(self, fault: ExplainerError) -> None:
        self.fault = fault


_ONE_AT_A_TIME = threading.Lock()
"""The walk is made for one thread; a second would not be faster either."""


def _give(shared: Shared) -> Shared:
    return shared


def _do(work: Callable[[Any, Any], Any], shared: Any, task: Any) -> Any:
    with _ONE_AT_A_TIME:
        try:
            return work(shared, task)
        except ExplainerError as fault:
            return _Fault(fault)


def worker_address() -> str:
    """The worker that this code runs on, as its scheduler knows it."""
    from distributed import get_worker

    return str(get_worker().address)
