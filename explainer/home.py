"""Where a site lies: its settings, its theme, and what is kept between builds."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

SETTINGS_FILE = "explainer.yaml"
PACKAGE = Path(__file__).parent

JOURNAL = "rewrite.json"
"""In the cache's folder, the files of a step that must be finished, see `rewrite`; with
``.begun`` behind, of one that may be dropped."""


def find_site(folder: Path) -> Path | None:
    """The nearest folder at or above `folder` that holds an explainer.yaml."""
    for one in (folder, *folder.parents):
        if (one / SETTINGS_FILE).is_file():
            return one
    return None


def theme_folders(site: Path | None) -> tuple[Path, ...]:
    """The site's own folder first, then that of the theme that ships with the program."""
    shipped = PACKAGE / "_theme"
    if not shipped.is_dir():  # a source checkout, which is itself a site
        shipped = PACKAGE.parent
    return (shipped,) if site is None or site == shipped else (site, shipped)


def cache_folder(root: Path) -> Path:
    return root / ".explainer"


def unfinished(root: Path) -> bool:
    """Whether a change of the site's own files was begun and not brought to its end."""
    return any(cache_folder(root).glob(f"{JOURNAL}*"))


def cache_path(root: Path, output: Path) -> Path:
    """Each output has a cache of its own."""
    digest = hashlib.sha256(os.fsencode(output.resolve())).hexdigest()[:12]
    return cache_folder(root) / f"{digest}.sqlite"
