"""A new site: settings, one article with its notes, and a glossary of two entries."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from explainer.errors import OutputError
from explainer.write import write_atomically

STARTER = "starter"


def make_site(folder: Path) -> tuple[Path, ...]:
    """Write the starter site into `folder`, which must be new or empty.

    Raises:
        OutputError: The folder holds something already, or can't be written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise OutputError("exists and isn't empty; choose a new folder", str(folder))
    made = []
    for name, content in sorted(_starter_files()):
        path = folder / name
        try:
            write_atomically(path, content)
        except OSError as fault:
            raise OutputError(f"can't be written: {fault.strerror}", str(path)) from fault
        made.append(path)
    return tuple(made)


def _starter_files() -> list[tuple[str, bytes]]:
    """Names and bytes; ``_gitignore`` is stored without its dot, so that it ships."""
    root = resources.files("explainer") / STARTER
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
