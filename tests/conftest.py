"""Fixtures that several test files share."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import settings

from explainer.build import Built, build_site
from explainer.config import load_config
from tests.making import ROOT, write_files

# A shell that runs the tests in the background has SIGINT ignored, and so would every process
# that a test starts and interrupts.
signal.signal(signal.SIGINT, signal.default_int_handler)

# The same examples on every machine, and no failure for a slow one.
settings.register_profile("explainer", max_examples=60, deadline=None, derandomize=True)
settings.load_profile("explainer")

SETTINGS = "title: A small site\n"
ARTICLE = """\
---
title: The mayor of Bonn resigns
date: 2024-05-14
---
Ada Lovelace, the mayor of Bonn, resigned on Tuesday.

“I am tired,” Lovelace said.
"""
NOTES = """\
background:
  - id: election-2019
    title: The election of 2019
    date: 2019-05-26
    body: She won it.
    leans_on: [{exact: resigned on Tuesday}]
    sources: [{title: An invented record}]
attributions:
  - id: tired
    content: [{exact: "“I am tired,”"}]
    source: {exact: Lovelace, suffix: " said"}
    cue: {exact: said}
    speaker: [ada-lovelace]
    mode: direct
"""
GLOSSARY = """\
- id: ada-lovelace
  name: Ada Lovelace
  kind: person
  aliases: [{text: Lovelace, after: name}]
  summary: Mayor of [Bonn](#bonn).
  as_of: 2024-05
- id: bonn
  name: Bonn
  kind: place
  summary: City on the Rhine.
  as_of: 2024-05
"""


@dataclass(frozen=True)
class SmallSite:
    """A site on disk that builds without a complaint, until a test breaks something in it."""

    root: Path

    @property
    def output(self) -> Path:
        return self.root / "site"

    def write(self, files: Mapping[str, str | bytes]) -> None:
        write_files(self.root, files)

    def build(self, *, strict: bool = False) -> Built:
        return build_site(load_config(self.root), self.output, strict=strict)

    def page(self, name: str) -> str:
        return (self.output / name).read_text(encoding="utf-8")


@pytest.fixture
def small_site(tmp_path: Path) -> SmallSite:
    files = {
        "explainer.yaml": SETTINGS,
        "content/articles/mayor.md": ARTICLE,
        "content/articles/mayor.notes.yaml": NOTES,
        "content/glossary/all.yaml": GLOSSARY,
    }
    return SmallSite(write_files(tmp_path / "small", files))


def run_explainer(
    *arguments: str | Path,
    cwd: Path,
    environment: Mapping[str, str] | None = None,
    before: Sequence[str] = (),
) -> subprocess.CompletedProcess[str]:
    """Run the program as a user would; `before` is what starts it, such as ``unshare -n``."""
    command = [*before, sys.executable, "-m", "explainer", *map(str, arguments)]
    return subprocess.run(
        command,
        cwd=cwd,
        env={**os.environ, "PYTHONSAFEPATH": "1", **(environment or {})},
        capture_output=True,
        encoding="utf-8",
        errors="surrogateescape",
        timeout=120,
        check=False,
    )


@pytest.fixture(scope="session")
def demo_build(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The site of this repository, built."""
    return build_site(load_config(ROOT), tmp_path_factory.mktemp("demo"))
