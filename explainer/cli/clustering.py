"""Building where other machines help, or where the site or its pages are in an object store."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from explainer.cli.telling import site_here

if TYPE_CHECKING:
    from explainer.build import Built

CLUSTER = click.option(
    "--cluster",
    metavar="ADDRESS",
    help="A Dask scheduler whose workers do it, such as tcp://10.0.0.1:8786; `local` starts one.",
)


def refuse_stores(site: str | None, output: str | None) -> None:
    """
    Raises:
        click.UsageError: An object store is named where no cluster is.
    """
    for option, value in (("--site", site), ("-o", output)):
        if value and (option == "--site" or "://" in value):
            raise click.UsageError(f"{option} {value} needs --cluster ADDRESS, or --cluster local")


def build_on_cluster(
    address: str,
    site: str | None,
    output: str | None,
    *,
    strict: bool,
    jobs: int,
    tell: Callable[[int, int], None],
) -> Built:
    """Build a site with a cluster's workers.

    Args:
        address: The scheduler's.
        site: Where the site is; the one that we are in if not said.
        output: A folder, or an address in an object store.
    """
    from explainer.build import build_site
    from explainer.build.partitions import ManyMachines
    from explainer.cluster import open_cluster
    from explainer.config import load_config
    from explainer.remote import Mirror, is_remote

    if site and not is_remote(site):
        site = str(Path(site).absolute())
    if site and is_remote(site) and not output:
        raise click.UsageError("say where the pages of this site go: -o s3://… or a folder")
    with open_cluster(address, jobs) as cluster:
        if site and is_remote(site):
            mirror = Mirror(site, _mirror_folder(site))
            mirror.sync(("explainer.yaml", "content", "templates", "static"))
            config = load_config(mirror.folder)
        else:
            config = load_config(Path(site)) if site else site_here()
            site = ""
        place = output or str(config.root / "site")
        elsewhere = ManyMachines(cluster, config, place, site, tell)
        # The path stands for the address where it is told, and in the name of its cache.
        path = Path("/", place) if is_remote(place) else Path(place)
        return build_site(config, path, strict=strict, elsewhere=elsewhere)


def _mirror_folder(site: str) -> Path:
    """Where this machine keeps what it fetched of a site."""
    caches = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    digest = hashlib.sha256(site.rstrip("/").encode()).hexdigest()[:12]
    return caches / "explainer" / digest
