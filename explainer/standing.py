"""Whether a site stands as its last build left it: all that a build with nothing to do looks at."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from explainer.home import cache_path
from explainer.model import Built, Written
from explainer.store import read_meta
from explainer.survey import Survey, take_survey
from explainer.told import dump_diagnostics, load_diagnostics


class Standing(NamedTuple):
    """What the sources and the output are, and what a build of them came to if they still are so.

    ``built`` is None where there is something to do.
    """

    survey: Survey
    built: Built | None


def look(root: Path, output: Path) -> Standing:
    """Look whether anything changed since the last build of `root` into `output`."""
    kept = read_meta(cache_path(root, output))
    survey = take_survey(root, output, int(kept.get("files", 0)))
    stands = kept.get("stands") == standing_of(survey, survey.output)
    return Standing(survey, _built(output, kept) if stands else None)


def standing_of(survey: Survey, output: int) -> str:
    return f"{survey.sources} {output}"


def standing_rows(stands: str, built: Built) -> Mapping[str, str]:
    """What `look` needs to know of a build, to be kept with its cache."""
    written = built.written
    return {
        "stands": stands,
        "files": str(written.kept + len(written.changed)),
        "pages": str(built.pages),
        "told": dump_diagnostics(built.diagnostics),
    }


def _built(output: Path, kept: Mapping[str, str]) -> Built:
    told = tuple(load_diagnostics(kept["told"]))
    return Built(output, int(kept["pages"]), Written((), (), int(kept["files"])), told)
