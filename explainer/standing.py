"""Whether a site stands as its last build left it: all that a build with nothing to do looks at."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from explainer.home import cache_path
from explainer.store import read_meta
from explainer.survey import Survey, take_survey

if TYPE_CHECKING:
    from explainer.model import Built


class Standing(NamedTuple):
    """What the sources and the output are, and whether they are what the last build left.

    ``kept`` is what it told of itself.
    """

    output: Path
    survey: Survey
    stands: bool
    kept: Mapping[str, str]

    @property
    def pages(self) -> int:
        return int(self.kept["pages"])

    @property
    def files(self) -> int:
        return int(self.kept["files"])

    @property
    def is_doubtful(self) -> bool:
        return self.kept["told"] != "[]"

    @property
    def built(self) -> Built | None:
        """What a build comes to; None where there is something to do."""
        if not self.stands:
            return None
        from explainer.model import Built, Written
        from explainer.told import load_diagnostics

        told = tuple(load_diagnostics(self.kept["told"]))
        return Built(self.output, self.pages, Written((), (), self.files), told)


def look(root: Path, output: Path) -> Standing:
    """Look whether anything changed since the last build of `root` into `output`."""
    kept = read_meta(cache_path(root, output))
    survey = take_survey(root, output, int(kept.get("files", 0)))
    stands = kept.get("stands") == standing_of(survey, survey.output)
    return Standing(output, survey, stands, kept)


def standing_of(survey: Survey, output: int) -> str:
    return f"{survey.sources} {output}"


def standing_rows(stands: str, built: Built) -> Mapping[str, str]:
    """What `look` needs to know of a build, to be kept with its cache."""
    from explainer.told import dump_diagnostics

    written = built.written
    return {
        "stands": stands,
        "files": str(written.kept + len(written.changed)),
        "pages": str(built.pages),
        "told": dump_diagnostics(built.diagnostics),
    }
