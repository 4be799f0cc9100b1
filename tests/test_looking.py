"""A preview looks at what it is told of, and what it makes of that is what a clean build makes."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import initialize, invariant
from msgspec.structs import replace

from explainer.build import build_site
from explainer.config import load_config
from explainer.errors import ExplainerError
from explainer.serve.building import Builder, Preview
from explainer.serve.looking import Lookout
from explainer.survey import SourceStat, Survey, take_survey
from tests.making import read_files, write_files
from tests.test_incremental import Editing

ARTICLE = "content/articles/a.md"


def clean_preview(root: Path) -> dict[str, bytes]:
    """What a preview of a copy of the site shows that knows of no other build."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "root"
        shutil.copytree(root, copy, ignore=shutil.ignore_patterns(".explainer"))
        build_site(replace(load_config(copy), publish="all"), Path(folder) / "site")
        return read_files(Path(folder) / "site")


class EditingWhileServed(Editing):
    """Someone edits a site; its preview is told which files changed, no more."""

    @initialize()
    def start(self) -> None:
        super().start()
        self.output = self.folder / "preview"
        self.preview = Preview(self.output)
        self.builder = Builder(self.root, self.output, lambda preview: None)
        self.seen: dict[str, SourceStat] = {}

    def changed(self) -> set[str]:
        now = {one.path: one for one in take_survey(self.root, self.output).files}
        before, self.seen = self.seen, now
        paths = [one for one in before.keys() | now.keys() if before.get(one) != now.get(one)]
        home = f"{self.root}/"
        return {path.removeprefix(home) for path in paths if path.startswith(home)}

    @invariant()
    def is_what_a_clean_build_makes(self) -> None:
        if not hasattr(self, "output"):
            return
        first, was_good = not self.seen, not self.preview.problems
        changed = self.changed()
        self.preview = self.builder.build(self.preview, None if first else changed)
        assert self.builder.lookout.owes_look == (was_good and not first)
        try:
            expected = clean_preview(self.root)
        except ExplainerError as fault:
            wanted = [one.message for one in fault]
            assert [one.message for one in self.preview.problems] == wanted
            return
        assert not self.preview.problems
        assert read_files(self.output) == expected


TestEditingWhileServed = EditingWhileServed.TestCase
TestEditingWhileServed.settings = settings(
    max_examples=6, stateful_step_count=8, deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)  # fmt: skip


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "root"
    texts = dict.fromkeys((ARTICLE, "content/articles/old/b.md"), "# Text\n\nWords.\n")
    write_files(root, {"explainer.yaml": "", **texts})
    return root


def started(root: Path) -> Lookout:
    """A lookout after a build that came to its end."""
    lookout = Lookout(root, root / "site")
    lookout.settle(lookout.look(None).moment)
    return lookout


def rename_folder(root: Path) -> str:
    (root / "content/articles/old").rename(root / "content/articles/new")
    return "content/articles/old"


def link_to_a_folder(root: Path) -> str:
    (root / "content/articles/link").symlink_to("old", target_is_directory=True)
    return "content/articles/link/b.md"


def edit(root: Path) -> str:
    write_files(root, {ARTICLE: "# Other text\n\nWords.\n"})
    return ARTICLE


def add(root: Path) -> str:
    write_files(root, {"content/articles/c.md": "# Text\n"})
    return "content/articles/c.md"


def delete(root: Path) -> str:
    (root / ARTICLE).unlink()
    return ARTICLE


def come_and_go(root: Path) -> str:
    return "content/articles/a.md___tmp___"


@pytest.mark.parametrize(
    ("change", "is_told"),
    [
        (edit, True),
        (add, True),
        (delete, True),
        (come_and_go, True),
        (rename_folder, False),
        (link_to_a_folder, False),
    ],
)
def test_what_is_told_is_looked_at_alone_unless_it_is_a_folder(
    root: Path, change: Callable[[Path], str], is_told: bool
) -> None:
    lookout = started(root)
    survey = lookout.look({change(root)})
    assert (survey.told is not None) == is_told
    assert _same(survey, take_survey(root, root / "site"))


def _same(one: Survey, other: Survey) -> bool:
    """The same files are seen, with the same times."""
    return sorted(one.files) == sorted(other.files) and one.sources == other.sources


def test_after_a_build_that_failed_everything_is_looked_at(root: Path) -> None:
    lookout = started(root)
    assert lookout.look({edit(root)}).told
    assert lookout.look({edit(root)}).told is None


def test_what_a_link_leads_to_is_looked_at_though_nobody_tells_of_it(root: Path) -> None:
    target = root / "elsewhere.md"
    target.write_text("# Here\n")
    (root / "content/articles/link.md").symlink_to(target)
    lookout = started(root)
    target.write_text("# Here and there\n")
    survey = lookout.look({edit(root)})
    assert survey.told
    assert _same(survey, take_survey(root, root / "site"))


def test_a_change_that_nobody_told_of_is_found_once_there_is_time(root: Path) -> None:
    lookout = started(root)
    owed = [lookout.owes_look]
    lookout.settle(lookout.look({edit(root)}).moment)
    owed.append(lookout.owes_look)
    found = [lookout.differs()]
    owed.append(lookout.owes_look)
    add(root)
    found.append(lookout.differs())
    assert (owed, found) == ([False, True, False], [False, True])
