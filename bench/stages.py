"""Where a cold build spends its time and its memory, measured in one process from the inside.

    python -m bench.stages FOLDER

builds the site in FOLDER into a folder that is gone afterwards, and prints a JSON object: CPU
seconds by stage, each without what it hands on to another stage, and the most that Python had
allocated at once (`--allocations`, which slows the build and so takes no times).
"""

from __future__ import annotations

import argparse
import gc
import importlib
import json
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

from explainer.build import build_site
from explainer.config import load_config
from explainer.home import cache_path

STAGES = {
    "look": ("explainer.build:take_survey", "explainer.build:list_all"),
    "glossary": ("explainer.build:read_entries", "explainer.build.plan:settle_entries"),
    "set up": ("explainer.build:site_workshop",),
    "read": (
        "explainer.build.articles:digest_of",
        "explainer.build.reading:read_article",
        "explainer.build.reading:read_notes",
        "explainer.build.reading:find_images",
        "explainer.build.reading:find_base",
    ),
    "parse": ("explainer.build.reading:parse_article",),
    "annotate": (
        "explainer.build.reading:undefined_in_article",
        "explainer.build.reading:undefined_in_notes",
        "explainer.build.reading:noted_annotators",
        "explainer.build.reading:annotate",
        "explainer.build.reading:anchor_diagnostics",
    ),
    "assemble": (
        "explainer.build.articles:publish",
        "explainer.build.articles:assemble_page",
        "explainer.build.articles:article_json_ld",
        "explainer.build.articles:web_annotations",
        "explainer.build.articles:record_of",
    ),
    "weave": ("explainer.render:weave",),
    "render": ("explainer.build.articles:render_article",),
    "write": ("explainer.write:Stage.put",),
    "keep": (
        "explainer.cache.keeping:Cache.add",
        "explainer.cache.keeping:Cache.set_files",
        "explainer.cache.keeping:Cache.commit",
    ),
    "site pages": ("explainer.build:make_site_pages",),
    "publish": ("explainer.build:publish_files",),
}
"""The functions that a stage begins with, each as it is called."""

REST = "the rest"


class Stopwatch:
    """CPU seconds by stage; while a stage runs inside another, only its own clock goes."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = dict.fromkeys((*STAGES, REST), 0.0)
        self._now = REST
        self._since = time.process_time()

    def switch(self, stage: str) -> str:
        """Go on to `stage`; gives the one before."""
        moment = time.process_time()
        self.seconds[self._now] += moment - self._since
        before, self._now, self._since = self._now, stage, moment
        return before

    def timed(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def run(*arguments: Any, **named: Any) -> Any:
            before = self.switch(stage)
            try:
                return function(*arguments, **named)
            finally:
                self.switch(before)

        return run

    def install(self) -> None:
        """Have each stage's functions switch the clock.

        Raises:
            AttributeError: A function is no longer where `STAGES` has it.
        """
        for stage, names in STAGES.items():
            for name in names:
                module, _, path = name.partition(":")
                *owners, last = path.split(".")
                place: Any = importlib.import_module(module)
                for owner in owners:
                    place = getattr(place, owner)
                setattr(place, last, self.timed(stage, getattr(place, last)))


def build(site: Path) -> None:
    """A cold build in this process alone, of which nothing stays."""
    config = load_config(site)
    with tempfile.TemporaryDirectory(dir=site.parent, prefix="stages-") as folder:
        output = Path(folder) / "site"
        try:
            build_site(config, output, jobs=1)
        finally:
            kept = cache_path(config.root, output)
            for one in kept.parent.glob(f"{kept.name}*"):
                one.unlink()


def measure_times(site: Path) -> dict[str, float]:
    watch = Stopwatch()
    watch.install()
    build(site)
    watch.switch(REST)
    return {stage: round(seconds, 4) for stage, seconds in watch.seconds.items()}


def measure_allocations(site: Path) -> dict[str, float]:
    gc.collect()
    tracemalloc.start()
    build(site)
    _, peak = tracemalloc.get_traced_memory()
    return {"peak_mib": round(peak / 2**20, 2)}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("site", type=Path)
    parser.add_argument("--allocations", action="store_true", help="memory instead of times")
    asked = parser.parse_args()
    measure = measure_allocations if asked.allocations else measure_times
    print(json.dumps(measure(asked.site.resolve())))


if __name__ == "__main__":
    main()
