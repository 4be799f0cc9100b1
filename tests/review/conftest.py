"""A site with suggestions in it, and its desk."""

from __future__ import annotations

from pathlib import Path

import pytest

from explainer.config import load_config
from explainer.review import Desk
from tests.conftest import SETTINGS
from tests.making import write_files

STORY = """\
---
title: The ferry waits
date: 2024-05-14
---
Ada Renn told reporters that the pier will close in May. Ada waited in Port Ansel.

“Nobody knows,” Jonas Vale said. The strike of 2019 cost him his job.
"""
NOTES = """\
# My own notes.
mentions:
  - {at: {exact: Ada, suffix: " waited"}, entry: ada-renn, status: suggested, evidence: "names: x"}
background:
  - id: strike
    title: The strike   # of 2019
    date: 2019
    leans_on: [{exact: The strike of 2019}]
    status: suggested
attributions:
  # Who says what.
  - id: pier
    content: [{exact: the pier will close in May}]
    source: [{exact: Ada Renn}]
    cue: [{exact: told}]
    speaker: [ada-renn]
    status: suggested
    evidence: "speech: a verb with a clause"
  - id: unknown
    content: [{exact: "“Nobody knows,”"}]
    source: [{exact: Jonas Vale}]
    cue: [{exact: said}]
    mode: direct
    status: suggested
"""
GLOSSARY = """\
# People of the story.
- id: ada-renn
  name: Ada Renn
  kind: person
  status: suggested  # names: the language model
- id: port-ansel
  name: Port Ansel
  kind: place
  as_of: 2024
  summary: A port.
"""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return write_files(
        tmp_path / "site",
        {
            "explainer.yaml": SETTINGS,
            "content/articles/ferry.md": STORY,
            "content/articles/ferry.notes.yaml": NOTES,
            "content/glossary/all.yaml": GLOSSARY,
        },
    )


@pytest.fixture
def desk(site: Path) -> Desk:
    opened = Desk(load_config(site), site / "content/articles/ferry.md")
    opened.read_anew()
    return opened
