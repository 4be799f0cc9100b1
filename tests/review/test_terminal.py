"""The review without a browser: one key a decision."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import run_explainer
from tests.review.conftest import NOTES


def review(site: Path, keys: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "explainer", "review", "--terminal"]
    return subprocess.run(
        command, cwd=site, input=keys, capture_output=True, encoding="utf-8", timeout=60, check=True
    )


def notes(site: Path) -> str:
    return (site / "content/articles/ferry.notes.yaml").read_text(encoding="utf-8")


def test_each_key_decides_one_thing(site: Path) -> None:
    said = review(site, "arsaa").stdout
    assert "5 left · entry: Ada Renn" in said
    assert "proposed by names: the language model" in said
    assert "Done; 1 skipped." in said
    assert (notes(site).count("status: reviewed"), notes(site).count("status: rejected")) == (2, 1)


def test_what_was_done_is_undone(site: Path) -> None:
    assert "5 left." in review(site, "aauuq").stdout
    assert notes(site) == NOTES


def test_the_end_of_the_input_ends_the_review(site: Path) -> None:
    assert "5 left." in review(site, "").stdout


def test_another_choice_has_its_number(site: Path) -> None:
    review(site, "ss1q")
    assert "entry: null, status: reviewed" in notes(site)


def test_fields_are_edited_line_by_line(site: Path) -> None:
    review(site, "ssssethe strike\n2019-05\n\n\n\nq")
    assert "title: the strike   # of 2019" in notes(site)
    assert 'date: "2019-05"' in notes(site)


def test_a_claim_gets_other_words_source_and_speaker(site: Path) -> None:
    review(site, "seport ansel\n\nmixed\n\nwill close … in May\nAda waited\n-\nq")
    after = notes(site)
    assert "content: [{exact: will close}, {exact: in May}]" in after
    assert "source: [{exact: Ada waited}]\n    cue: []\n    speaker: [port-ansel]" in after


def test_a_note_is_added_on_typed_words(site: Path) -> None:
    review(site, "mPort Ansel\nPort Ansel\nb“Nobody knows\nDoubt\n1948\nOld.\nq")
    assert "- at: {exact: Port Ansel}\n    entry: port-ansel\n" in notes(site)
    assert 'title: Doubt\n    date: "1948"\n' in notes(site)


def test_an_entry_is_made_one_with_a_known_one(site: Path) -> None:
    known = site / "content/glossary/known.yaml"
    known.write_text("- {id: ada, name: Adele, kind: person}\n", encoding="utf-8")
    said = review(site, "iAdele\ny\nq").stdout
    assert "keep “Ada Renn” as a name of it" in said
    assert "speaker: [ada]" in notes(site)
    assert "aliases: [Ada Renn]" in known.read_text(encoding="utf-8")


def test_words_that_do_not_stand_there_are_told(site: Path) -> None:
    assert "'Pier Seven' doesn't stand in the article" in review(site, "mPier Seven\nq").stdout


@pytest.mark.parametrize("article", ["content/articles/gone.md", "explainer.yaml"])
def test_what_is_no_article_is_told_in_a_line(article: str, site: Path) -> None:
    said = run_explainer("review", article, "--terminal", cwd=site)
    assert said.returncode == 1
    assert said.stderr.count("\n") == 1
    assert "there are: ferry" in said.stderr
