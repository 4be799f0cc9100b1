"""A build on a cluster: articles in partitions, each with a store of its own, merged once.

A worker sets up what the build has set up, from the same files, and refuses to work if they
aren't the same. What it makes lies apart from all other attempts, until the build takes it in.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import lru_cache
from pathlib import Path
from tempfile import mkdtemp
from typing import TypeVar

from msgspec import Struct, field
from msgspec.structs import replace

from explainer.build import set_up
from explainer.build.articles import Made, make_article
from explainer.build.plan import settings_of
from explainer.build.site_pages import TOGETHER, SitePages, StagedPages
from explainer.build.team import OneMachine
from explainer.build.team import Place as Site
from explainer.build.workers import FEWEST, Crew
from explainer.build.workshop import Workshop
from explainer.cache import Archive, Cache, Rows
from explainer.cluster import Cluster, worker_address
from explainer.config import SETTINGS_FILE, SiteConfig, load_config
from explainer.errors import ExplainerError, WorkerError
from explainer.model import Document
from explainer.read import display_path, file_digest, inputs_of
from explainer.remote import Bucket, Mirror, Staging, is_remote, open_bucket, publish_pack
from explainer.store import path_text, text_path
from explainer.survey import files_below
from explainer.write import Shelf, Stage, Staged, open_output

Task = TypeVar("Task")

LARGEST = 250
"""Articles of a partition: a second or so of work, a thousandth of which goes to the scheduler."""

SMALL_PAGES = 50
"""Pages of entries that are one task."""

GROUND = ("content/glossary", "content/pages", "templates", "static")
"""Folders that every page depends on."""


class Job(Struct, frozen=True):
    """What the tasks of a build share; plain data.

    ``site`` is where workers find the site, ``output`` where its pages go: folders, or addresses
    of an object store. ``ground`` is a digest of what every page depends on.
    """

    token: str
    config: SiteConfig
    site: str
    output: str
    ground: str


class Partition(Struct, frozen=True):
    """Articles by their paths from the site's folder, and all files that they are made of."""

    articles: tuple[str, ...]
    files: tuple[str, ...] = ()


class Part(Struct, frozen=True):
    """What a worker made of a partition, or of other pages: staged in ``part``."""

    part: str
    files: tuple[Staged, ...] = ()
    problems: tuple[ExplainerError, ...] = ()
    pages: tuple[StagedPages, ...] = ()


def digest_of_ground(config: SiteConfig) -> str:
    """Changes when anything does that every page depends on, but for the program."""
    digest = hashlib.sha256(settings_of(config).encode())
    for folder in GROUND:
        for name in sorted(one.path for one in files_below(config.root / folder)):
            path = Path(name)
            line = f"{display_path(path, config.root)}\n{file_digest(path)}\n"
            digest.update(line.encode(errors="surrogateescape"))
    return digest.hexdigest()


class ManyMachines(Struct):
    """A team of a cluster's workers, and the place that they build in.

    Little work isn't worth the way to them, and is done here.
    """

    cluster: Cluster
    config: SiteConfig
    output: str
    site: str = ""
    tell: Callable[[int, int], None] = lambda done, total: None
    token: str = field(default_factory=lambda: uuid.uuid4().hex)
    _place: Site | None = None
    _done: int = 0
    _total: int = 0

    @property
    def team(self) -> ManyMachines:
        return self

    @contextmanager
    def hold(self) -> Iterator[Site]:
        held: AbstractContextManager[Site]
        if is_remote(self.output):
            held = open_bucket(self.output, self.token, self._publish)
        else:
            held = open_output(Path(self.output), self.config.root)
        with held as self._place:
            yield self._place

    def make_articles(self, paths: Sequence[Path], shop: Workshop, shelf: Shelf) -> Iterator[Made]:
        if len(paths) < FEWEST:
            yield from OneMachine(self._crew()).make_articles(paths, shop, shelf)
            return
        self._total += len(paths)
        partitions = list(self._partitions(paths))
        for number, part in self._share(make_partition, partitions):
            files = tuple(self._adopt(one, part.part) for one in part.files)
            with self._staging.fetched(f"{part.part}.sqlite") as store:
                yield Made(files=files, problems=part.problems, store=store)
            self._count(len(partitions[number].articles))

    def make_pages(
        self, owners: Sequence[str], pages: SitePages, cache: Cache, shelf: Shelf
    ) -> Iterator[StagedPages]:
        if len(owners) < FEWEST:
            yield from OneMachine(self._crew()).make_pages(owners, pages, cache, shelf)
            return
        self._total += len(owners)
        index = f"index-{self.token}.sqlite"
        self._staging.leave(index, cache.copy_to)
        batches = [(index, batch) for batch in _batches(owners)]
        for _, part in self._share(make_pages, batches):
            for owner, made in part.pages:
                adopted = [(p, staged and self._adopt(staged, part.part)) for p, staged in made]
                yield owner, adopted
            self._count(len(part.pages))

    def _crew(self) -> Crew:
        return Crew(1, self._total, self.tell, self._done)

    def _count(self, more: int) -> None:
        self._done += more
        self.tell(self._done, self._total)

    def _share(
        self, work: Callable[[Job, Task], Part], tasks: Sequence[Task]
    ) -> Iterator[tuple[int, Part]]:
        return self.cluster.share(work, self._job(), tasks)

    def _job(self) -> Job:
        site, ground = self.site or str(self.config.root), digest_of_ground(self.config)
        self._staging.mark(self.token)
        return Job(self.token, self.config, site, self._staging.output, ground)

    @property
    def _staging(self) -> Staging:
        is_url = is_remote(self.output)
        return Staging(self.output if is_url else str(Path(self.output).absolute()))

    def _partitions(self, paths: Sequence[Path]) -> Iterator[Partition]:
        root, is_far = self.config.root, bool(self.site)
        step = max(1, min(LARGEST, len(paths) // (self.cluster.threads() * 8)))
        for start in range(0, len(paths), step):
            some = paths[start : start + step]
            files = [one for path in some for one in inputs_of(path) if one.is_file()]
            yield Partition(
                tuple(display_path(path, root) for path in some),
                tuple(display_path(one, root) for one in files) if is_far else (),
            )

    # ---- what lies in the stage, on disk or in a store

    def _adopt(self, one: Staged, part: str) -> Staged:
        place = self._place
        if isinstance(place, Bucket):
            return place.adopt(one, f"{part}.zip")
        if place and isinstance(place.stage, Stage):
            return place.stage.adopt(one, part)
        raise TypeError("a place is held while pages are made for it")

    def _publish(self, packs: Sequence[tuple[str, Sequence[str]]]) -> None:
        """From one worker for each pack, or from here where there are few."""
        if sum(len(names) for _, names in packs) < FEWEST:
            for pack, names in packs:
                publish_pack(self.output, pack, names)
            return
        for _ in self.cluster.share(_publish, self.output, list(packs)):
            pass


def _publish(output: str, task: tuple[str, Sequence[str]]) -> None:
    publish_pack(output, *task)


def _batches(owners: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Pages of all articles take long, each by itself; those of entries are done by the dozen."""
    large = [one for one in owners if one in TOGETHER or one.startswith("lists/")]
    small = [one for one in owners if one not in set(large)]
    yield from ((one,) for one in large)
    for start in range(0, len(small), SMALL_PAGES):
        yield tuple(small[start : start + SMALL_PAGES])


# ---- on a worker


class _Workplace(Struct):
    """What a worker has set up for a job."""

    job: Job
    shop: Workshop
    plain: Sequence[tuple[Document, str]]
    mirror: Mirror | None
    pages: dict[str, SitePages] = field(default_factory=dict)

    @property
    def root(self) -> Path:
        return self.shop.config.root

    @property
    def staging(self) -> Staging:
        return Staging(self.job.output)

    def pages_of(self, index: str) -> SitePages:
        if index not in self.pages:
            archive = Archive.of_copy(self.staging.keep(index))
            self.pages = {index: SitePages(self.shop, self.plain, archive)}
        return self.pages[index]


def make_partition(job: Job, partition: Partition) -> Part:
    """Make a partition's articles: their pages, and a store of what other pages show of them."""
    place = _workplace(job)
    if place.mirror:
        place.mirror.fetch_articles(partition.articles, partition.files)
    problems: list[ExplainerError] = []
    files: list[Staged] = []
    with _told_of(job.output), place.staging.attempt() as (part, shelf, folder):
        store = Cache(folder / "store.sqlite")
        for name in partition.articles:
            made = make_article(place.root / name, place.shop, shelf)
            problems += made.problems
            files += made.files
            if made.rows:
                slug = store.add(_at_home(made.rows, place.root, job.config.root))
                store.set_files(f"articles/{slug}", made.file_rows)
        store.commit()
        place.staging.leave(f"{part}.sqlite", store.copy_to)
        store.close()
    return Part(part, tuple(files), tuple(problems))


def make_pages(job: Job, task: tuple[str, Sequence[str]]) -> Part:
    """Make pages of all articles together, for their owners."""
    index, owners = task
    place = _workplace(job)
    pages = place.pages_of(index)
    with _told_of(job.output), place.staging.attempt() as (part, shelf, _):
        made = tuple(pages.stage(owner, pages.archive, shelf) for owner in owners)
    return Part(part, pages=made)


def _at_home(rows: Rows, here: Path, home: Path) -> Rows:
    """With the names that files have where the build was started."""
    if here == home:
        return rows
    inputs = [
        (slug, place, path_text(str(home / display_path(Path(text_path(one)), here))))
        for slug, place, one in rows["inputs"]
    ]
    return {**rows, "inputs": inputs}


@lru_cache(maxsize=1)
def _workplace(job: Job) -> _Workplace:
    """
    Raises:
        WorkerError: This worker doesn't see what the build sees.
    """
    mirror = None
    if is_remote(job.site):
        mirror = Mirror(job.site, Path(mkdtemp(prefix="explainer-site-")))
        mirror.sync((SETTINGS_FILE, *GROUND))
        config = load_config(mirror.folder)
    else:
        config = job.config
        if not (config.root / "content").is_dir():
            raise WorkerError(_unseen(str(config.root)))
    if not Staging(job.output).holds(job.token):
        raise WorkerError(_unseen(job.output))
    config = replace(job.config, root=config.root)
    shop, plain = set_up(config)
    if digest_of_ground(config) != job.ground:
        raise WorkerError(
            f"the worker {worker_address()} sees another glossary, theme or other pages in "
            f"{job.site} than this build: if somebody is editing, build again"
        )
    return _Workplace(job, shop, plain, mirror)


def _unseen(folder: str) -> str:
    return (
        f"the worker {worker_address()} doesn't see {folder}: content and output have to be where "
        "every worker reads and writes, a shared folder or s3://… (--site, -o)"
    )


@contextmanager
def _told_of(folder: str) -> Iterator[None]:
    try:
        yield
    except PermissionError as fault:
        raise WorkerError(
            f"the worker {worker_address()} can't write in {folder}: {fault.strerror}"
        ) from fault
