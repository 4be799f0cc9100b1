"""Places that aren't folders of this machine: s3://, gs:// and whatever else fsspec knows."""

from __future__ import annotations

import atexit
import hashlib
import json
import mimetypes
import posixpath
import re
import tempfile
import uuid
import zipfile
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from importlib import util
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import unquote

from msgspec import Struct, field

from explainer.errors import ConfigError, OutputError
from explainer.model import Written
from explainer.survey import MANIFEST, STAGE
from explainer.write import Shelf, Stage, Staged

T = TypeVar("T")
R = TypeVar("R")

AT_ONCE = 32
"""Requests under way at a time, for each process."""

_MD5 = re.compile(r"[0-9a-f]{32}")

_NO_BUCKET = re.compile(r"\bbucket\b|^b/[^/]+/o$", re.I)
"""What a store says of a bucket that isn't there; Google's gives its path in the API."""

_PICTURES = re.compile(r"<([^<>\n]+)>|([^\s()<>\"'\[\]]+\.(?:jpe?g|png|webp|avif|gif))", re.I)
"""What in a text may be a picture's place."""

_IGNORED = (f"{STAGE}/", ".git/")


def is_remote(address: str) -> bool:
    return "://" in address


class Place:
    """A folder of an object store."""

    def __init__(self, url: str) -> None:
        """
        Raises:
            ConfigError: Nobody here knows such addresses.
        """
        if util.find_spec("fsspec") is None:
            raise ConfigError(f"{url} needs fsspec: run `pip install 'explainer-site[cluster]'`")
        import fsspec

        self.url = url.rstrip("/")
        try:
            store, path = fsspec.url_to_fs(self.url, use_listings_cache=False)
        except ImportError as fault:
            raise ConfigError(f"{url} can't be reached: {fault}") from fault
        except ValueError as fault:
            raise ConfigError(f"'{url}' is no address that fsspec knows: {fault}") from fault
        self._store: Any = store
        self._path = str(path).rstrip("/")

    def list(self, below: str = "") -> dict[str, tuple[int, str]]:
        """The files below a folder with size and a mark of what they hold, their MD5 if known."""
        folder = f"{self._path}/{below}".rstrip("/")
        with _told(self.url):
            self._store.invalidate_cache()
            found = self._store.find(folder, detail=True)
        start = len(self._path) + 1
        return {
            name[start:]: (int(info["size"]), _mark(info))
            for name, info in found.items()
            if len(name) > start and not name.endswith("/")
        }

    def read(self, name: str) -> bytes:
        with _told(self.url):
            return bytes(self._store.cat_file(f"{self._path}/{name}"))

    def read_all(self, names: Collection[str]) -> Iterator[tuple[str, bytes | None]]:
        """Each file with its content, None where there is no such file."""
        return _at_once(self._read_if_there, names)

    def _read_if_there(self, name: str) -> tuple[str, bytes | None]:
        try:
            return name, self.read(name)
        except FileNotFoundError:
            return name, None

    def write(self, name: str, content: bytes) -> None:
        """Put a file in place; readers see the old one or the new one, never a part."""
        with _told(self.url):
            self._store.pipe_file(f"{self._path}/{name}", content, **self._headers(name))

    def write_all(self, files: Iterable[tuple[str, bytes]]) -> None:
        for _ in _at_once(lambda file: self.write(*file), files):
            pass

    def remove(self, names: Sequence[str]) -> None:
        with _told(self.url):
            for start in range(0, len(names), 1000):
                self._store.rm([f"{self._path}/{one}" for one in names[start : start + 1000]])

    def _headers(self, name: str) -> dict[str, str]:
        """A static host says of a file what the store was told."""
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        if kind.startswith("text/") or kind.endswith(("json", "xml", "javascript")):
            kind += "; charset=utf-8"
        protocols = self._store.protocol
        protocols = (protocols,) if isinstance(protocols, str) else protocols
        key = {"s3": "ContentType", "gs": "content_type"}
        return {key[one]: kind for one in protocols if one in key}


@contextmanager
def _told(url: str) -> Iterator[None]:
    """Turn what keeps us out of a store for good into a sentence; the rest may pass by itself."""
    try:
        yield
    except FileNotFoundError as fault:
        if _NO_BUCKET.search(str(fault)):
            raise OutputError("there is no such bucket", url) from fault
        raise
    except PermissionError as fault:
        raise OutputError(f"access is denied: {fault}", url) from fault
    except Exception as fault:
        if "credential" in f"{type(fault).__name__} {fault}".lower():
            raise OutputError(f"can't be reached: {fault}", url) from fault
        raise


def _at_once(work: Callable[[T], R], items: Iterable[T]) -> Iterator[R]:
    """In threads, a bounded number ahead, so that a large pack needn't be in memory whole."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        batch: list[T] = []
        for item in items:
            batch.append(item)
            if len(batch) == AT_ONCE * 4:
                yield from pool.map(work, batch)
                batch = []
        yield from pool.map(work, batch)


def _mark(info: Mapping[str, Any]) -> str:
    tag = str(info.get("ETag") or info.get("etag") or "").strip('"')
    if not _MD5.fullmatch(tag) and info.get("md5Hash"):
        import base64

        tag = base64.b64decode(info["md5Hash"]).hex()
    return tag or str(info.get("mtime") or info.get("LastModified") or info.get("created") or "")


# ---- a site in a store


class Mirror:
    """Files of a store as files of this machine; only what differs is fetched."""

    def __init__(self, url: str, folder: Path) -> None:
        self._place = Place(url)
        self._index = folder / ".explainer" / "mirror.json"
        self.folder = folder

    def sync(self, below: Sequence[str]) -> None:
        """Bring what lies below these folders, or is one of these files, to what the store has.

        Raises:
            OutputError: The store lets nobody in.
        """
        there: dict[str, tuple[int, str]] = {}
        for one in below:
            there |= self._place.list(one)
        here = self._marks()
        wanted = [
            name for name, (size, mark) in there.items()
            if here.get(name) != f"{size} {mark}" or not (self.folder / name).is_file()
        ]  # fmt: skip
        self.fetch(wanted)
        covered = tuple(f"{one}/" for one in below)
        for name in here.keys() - there.keys():
            if name.startswith(covered) or name in below:
                (self.folder / name).unlink(missing_ok=True)
                del here[name]
        here |= {name: f"{size} {mark}" for name, (size, mark) in there.items()}
        self._index.parent.mkdir(parents=True, exist_ok=True)
        self._index.write_text(json.dumps(here), encoding="utf-8")

    def fetch(self, names: Collection[str]) -> None:
        """Fetch files; those that aren't there are left out."""
        for name, content in self._place.read_all(names):
            if content is not None:
                target = self.folder / name
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(content)

    def fetch_articles(self, articles: Sequence[str], files: Collection[str]) -> None:
        """Fetch what articles are made of; pictures are those that their texts speak of."""
        self.fetch(files)
        pictures: set[str] = set()
        for name in articles:
            path = self.folder / name
            text = path.read_bytes().decode(errors="replace") if path.is_file() else ""
            for one in _PICTURES.finditer(text):
                picture = posixpath.join(posixpath.dirname(name), unquote(one[1] or one[2]))
                picture = posixpath.normpath(picture)
                if picture.startswith("content/") and "\0" not in picture:
                    pictures.add(picture)
        self.fetch(pictures)

    def _marks(self) -> dict[str, str]:
        try:
            return dict(json.loads(self._index.read_text(encoding="utf-8")))
        except (OSError, ValueError):
            return {}


# ---- a site's output in a store


def stamp_of(content: bytes) -> int:
    """What stands for a file's time where a store tells none: its MD5's first 60 bits."""
    return _number(hashlib.md5(content, usedforsecurity=False).hexdigest())


def _number(md5: str) -> int:
    return int(md5[:15], 16)


class Pack:
    """A shelf that is one file until the site is published: a store has no folder to rename."""

    def __init__(self, path: Path) -> None:
        self._zip = zipfile.ZipFile(path, "w", zipfile.ZIP_STORED)

    def put(self, name: str, content: bytes) -> Staged:
        self._zip.writestr(zipfile.ZipInfo(name), content)
        return Staged(name, len(content), stamp_of(content), True)

    def close(self) -> None:
        self._zip.close()


class Staging:
    """What lies beside a site until it is published, in a folder or a store."""

    def __init__(self, output: str) -> None:
        self.output = output
        self._place = Place(output) if is_remote(output) else None

    def leave(self, name: str, write: Callable[[Path], None]) -> None:
        """Have a file written for others to read."""
        if self._place is None:
            path = Path(self.output) / STAGE / name
            path.parent.mkdir(exist_ok=True)
            write(path)
            return
        with tempfile.TemporaryDirectory(prefix="explainer-") as folder:
            path = Path(folder) / "file"
            write(path)
            self._place.write(f"{STAGE}/{name}", path.read_bytes())

    def mark(self, name: str) -> None:
        self.leave(name, lambda path: path.touch())

    def holds(self, name: str) -> bool:
        if self._place is None:
            return (Path(self.output) / STAGE / name).is_file()
        return name in {one.rpartition("/")[2] for one in self._place.list(f"{STAGE}/{name}")}

    @contextmanager
    def fetched(self, name: str) -> Iterator[Path]:
        """A file that was left, on this machine for a while."""
        if self._place is None:
            yield Path(self.output) / STAGE / name
            return
        with tempfile.TemporaryDirectory(prefix="explainer-") as folder:
            path = Path(folder) / "file"
            path.write_bytes(self._place.read(f"{STAGE}/{name}"))
            yield path

    def keep(self, name: str) -> Path:
        """A file that was left, on this machine until the process ends."""
        return _until_the_end.enter_context(self.fetched(name))

    @contextmanager
    def attempt(self) -> Iterator[tuple[str, Shelf, Path]]:
        """A shelf that no other attempt puts anything on, with its name, and a folder for a while.

        What is on it is there for others once the attempt came to its end.
        """
        part = uuid.uuid4().hex
        with tempfile.TemporaryDirectory(prefix="explainer-") as name:
            folder = Path(name)
            if self._place is None:
                yield part, Stage(self.output, part), folder
                return
            pack = Pack(folder / "pack")
            yield part, pack, folder
            pack.close()
            self._place.write(f"{STAGE}/{part}.zip", (folder / "pack").read_bytes())


_until_the_end = ExitStack()
atexit.register(_until_the_end.close)


def publish_pack(url: str, pack: str, names: Sequence[str]) -> None:
    """Put files of a staged pack where readers find them."""
    place = Place(url)
    with tempfile.TemporaryFile() as file:
        file.write(place.read(f"{STAGE}/{pack}"))
        with zipfile.ZipFile(file) as packed:
            place.write_all((name, packed.read(name)) for name in names)


class Bucket(Struct):
    """An object store's folder that is brought up to date; `Output` is the same on disk.

    Each object changes in one step, but a thousand don't. So what is staged goes first what
    nothing links to yet, then articles, entries, and last what lists them; then what is gone is
    removed. The manifest names old and new before, and only the new after: a build that was
    killed is finished by the next.
    """

    place: Place
    token: str
    known: dict[str, int]
    """The stamps of the files we wrote."""
    publish: Callable[[Sequence[tuple[str, Sequence[str]]]], None]
    """Publishes files of packs."""
    packs: dict[str, str] = field(default_factory=dict)
    """The pack in which a file is staged."""
    own: dict[str, bytes] = field(default_factory=dict)
    """What was staged here."""
    stamps: dict[str, tuple[int, int]] = field(default_factory=dict)
    """What is in place, ours or not."""
    ours: frozenset[str] = frozenset()

    @property
    def folder(self) -> Path:
        return Path(self.place.url)

    @property
    def stage(self) -> Bucket:
        return self

    def found(self) -> dict[str, tuple[int, int]]:
        """The files in place, with size and stamp."""
        return self.stamps

    def put(self, name: str, content: bytes) -> Staged:
        staged = self.adopt(Staged(name, len(content), stamp_of(content), True))
        if staged.changed:
            self.own[name] = content
        return staged

    def adopt(self, one: Staged, pack: str = "") -> Staged:
        """Take in what a worker staged."""
        if pack:
            self.packs[one.name] = pack
        changed = self.stamps.get(one.name) != (one.size, one.time)
        self.known[one.name] = one.time
        return Staged(one.name, one.size, one.time, changed)

    def commit(self, changed: Sequence[str], names: Collection[str]) -> Written:
        """See `Output.commit`."""
        self._refuse_other_build()
        foreign = sorted(name for name in changed if name in self.stamps.keys() - self.ours)
        if foreign:
            raise OutputError(
                "stands in the way and isn't ours; move it", f"{self.place.url}/{foreign[0]}"
            )
        wanted = set(names)
        orphans = sorted(self.stamps.keys() & (self.known.keys() - wanted))
        if changed or orphans:
            self._write_manifest(self.known)
        for rank in range(len(_RANKS) + 1):
            self._publish([name for name in sorted(changed) if _rank(name) == rank])
        self.place.remove(orphans)
        self._write_manifest({name: self.known[name] for name in wanted})
        return Written(tuple(sorted(changed)), tuple(orphans), len(wanted) - len(changed))

    def _publish(self, names: Sequence[str]) -> None:
        by_pack: dict[str, list[str]] = {}
        for name in names:
            if name not in self.own:
                by_pack.setdefault(self.packs[name], []).append(name)
        self.publish(list(by_pack.items()))
        self.place.write_all((name, self.own[name]) for name in names if name in self.own)

    def _refuse_other_build(self) -> None:
        ((_, token),) = self.place.read_all([f"{STAGE}/build"])
        if token != self.token.encode():
            raise OutputError("another build is writing here; wait for it", self.place.url)

    def _write_manifest(self, stamps: Mapping[str, int]) -> None:
        text = json.dumps({"files": dict(sorted(stamps.items()))}, ensure_ascii=False, indent=0)
        self.place.write(MANIFEST, text.encode())


_RANKS = (("static/", "media/", "posters/"), ("articles/",), ("glossary/",))
"""Names begin so that are published first, and in this order; lists of them come last."""


def _rank(name: str) -> int:
    for rank, starts in enumerate(_RANKS):
        if name.startswith(starts):
            return rank
    return len(_RANKS)


@contextmanager
def open_bucket(
    url: str, token: str, publish: Callable[[Sequence[tuple[str, Sequence[str]]]], None]
) -> Iterator[Bucket]:
    """Hold a folder of an object store; see `explainer.write.open_output`.

    Raises:
        OutputError: There is no way in, or what is there isn't ours.
    """
    place = Place(url)
    known = _read_manifest(place)
    stamps: dict[str, tuple[int, int]] = {}
    for name, (size, mark) in place.list().items():
        if not name.startswith(_IGNORED) and name != MANIFEST:
            stamp = _number(mark) if _MD5.fullmatch(mark) else (known or {}).get(name, 0)
            stamps[name] = size, stamp
    if known is None:
        known = {name: stamp for name, (_, stamp) in stamps.items()}
    elif stamps and not known:
        raise OutputError(
            f"holds files that aren't ours ({min(stamps)}); choose an empty folder", url
        )
    place.remove(list(place.list(STAGE)))
    place.write(f"{STAGE}/build", token.encode())
    try:
        yield Bucket(place, token, known, publish, stamps=stamps, ours=frozenset(known))
    finally:
        place.remove(list(place.list(STAGE)))


def _read_manifest(place: Place) -> dict[str, int] | None:
    """The stamps of what we wrote; None where the manifest is broken."""
    ((_, content),) = place.read_all([MANIFEST])
    if content is None:
        return {}
    try:
        return {str(name): int(stamp) for name, stamp in json.loads(content)["files"].items()}
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
