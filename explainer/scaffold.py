"""A new site: settings, one article with its notes, and a glossary of two entries."""

from __future__ import annotations

import contextlib
from importlib import resources
from pathlib import Path

from explainer.atomic import write_atomically
from explainer.errors import OutputError
from explainer.shapes import SCHEMAS, schema_json, schema_line

STARTER = "starter"
LOOKS = "looks"


def looks() -> tuple[str, ...]:
    """The looks that a new site may have beside the shipped one, by name."""
    root = resources.files("explainer") / LOOKS
    return tuple(sorted(child.name for child in root.iterdir() if child.is_dir()))


def make_site(folder: Path, look: str = "") -> tuple[Path, ...]:
    """Write the starter site into `folder`, which must be new or empty.

    Args:
        folder: Where the site will be.
        look: One of `looks`, whose files are written as the site's own.

    Raises:
        OutputError: The folder holds something already, or can't be written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise OutputError("exists and isn't empty; choose a new folder", str(folder))
    made = []
    files = _files_of(STARTER) + (_files_of(LOOKS, look) if look else [])
    for name, content in sorted(files):
        path = folder / name
        try:
            write_atomically(path, content)
        except OSError as fault:
            raise OutputError(f"can't be written: {fault.strerror}", str(path)) from fault
        made.append(path)
    return (*made, *write_schemas(folder))


def write_schemas(root: Path) -> tuple[Path, ...]:
    """Put the schemas where `schema_line` leads an editor to, each time we write a YAML file.

    They lie in the cache, so that they are always those of the program at hand; where no cache
    can be kept, an editor does without.
    """
    paths = {kind: root / ".explainer" / "schemas" / f"{kind}.json" for kind in SCHEMAS}
    with contextlib.suppress(OSError):
        for kind, path in paths.items():
            write_atomically(path, schema_json(kind).encode())
    return tuple(paths.values())


def with_schema(text: str, kind: str, path: Path, root: Path) -> str:
    """The text of a new YAML file, its schema named in the first line."""
    return schema_line(kind, len(path.relative_to(root).parts) - 1) + text


def _files_of(*parts: str) -> list[tuple[str, bytes]]:
    """Names and bytes; ``_gitignore`` is stored without its dot, so that it ships."""
    root = resources.files("explainer").joinpath(*parts)
    found: list[tuple[str, bytes]] = []
    folders = [("", root)]
    while folders:
        prefix, folder = folders.pop()
        for child in folder.iterdir():
            name = child.name.replace("_gitignore", ".gitignore")
            if child.is_dir():
                folders.append((f"{prefix}{name}/", child))
            else:
                found.append((prefix + name, child.read_bytes()))
    return found
