"""A build with nothing to do looks at names, sizes and times, and loads next to nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from explainer.standing import look
from tests.conftest import SmallSite, run_explainer

LOADED = """
import sys
from explainer.cli import main
sys.argv[1:] = {arguments!r}
try:
    main()
finally:
    print(*sorted({{name.partition(".")[0] for name in sys.modules}} & {guests!r}))
    print(*sorted(name for name in sys.modules if name.startswith("explainer.")))
"""
GUESTS = {"ahocorasick_rs", "babel", "click", "jinja2", "markdown_it", "msgspec", "nh3", "PIL",
          "rich", "spacy", "tornado", "yaml"}  # fmt: skip


def loaded(folder: Path, *arguments: str) -> tuple[set[str], set[str]]:
    """What a command imports: of others, and of ours."""
    code = LOADED.format(arguments=list(arguments), guests=GUESTS)
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=True
    )
    *_, guests, ours = result.stdout.split("\n")[:-1]
    return set(guests.split()), set(ours.split())


def test_the_version_is_told_and_nothing_loaded(tmp_path: Path) -> None:
    assert loaded(tmp_path, "--version") == (set(), {"explainer.cli"})


def test_a_build_with_nothing_to_do_loads_nothing_that_makes_pages(small_site: SmallSite) -> None:
    small_site.build()
    small_site.build()  # the files were written too late for the first to be sure of them
    guests, ours = loaded(small_site.root, "build", "-q")
    assert guests == set()
    assert ours == {
        "explainer.cli", "explainer.cli.unchanged", "explainer.home", "explainer.machine",
        "explainer.standing", "explainer.store", "explainer.survey",
    }  # fmt: skip


@pytest.fixture
def built(small_site: SmallSite) -> SmallSite:
    """A site that stands."""
    old = 1_700_000_000
    for path in small_site.root.rglob("*"):
        os.utime(path, (old, old))
    while look(small_site.root, small_site.output).built is None:
        small_site.build()
    return small_site


@pytest.mark.parametrize(
    "change",
    ["content/articles/new.md", "content/glossary/all.yaml", "explainer.yaml",
     "templates/partials/own.html", "static/more.css", "site/index.html", "site/strange.html"],
)  # fmt: skip
def test_whatever_changes_in_sources_or_output_is_seen(built: SmallSite, change: str) -> None:
    path = built.root / change
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.write("\n")
    assert look(built.root, built.output).built is None


@pytest.mark.parametrize("gone", ["content/glossary/all.yaml", "site/index.html"])
def test_what_goes_is_seen(built: SmallSite, gone: str) -> None:
    (built.root / gone).unlink()
    assert look(built.root, built.output).built is None


def test_what_was_told_is_told_again(built: SmallSite) -> None:
    built.write({"content/glossary/more.yaml": "- {id: x, name: Ada, kind: term}\n"})
    first = built.build()
    while (standing := look(built.root, built.output).built) is None:
        built.build()
    assert standing.diagnostics == first.diagnostics
    assert standing.pages == first.pages


def test_a_build_with_nothing_to_do_says_what_it_says_with_any_other_option(
    small_site: SmallSite,
) -> None:
    small_site.build()
    small_site.build()
    plain, others = (
        run_explainer("build", *options, cwd=small_site.root) for options in ((), ("--jobs", "1"))
    )
    assert plain.returncode == 0
    assert plain.stdout.endswith(" unchanged, 0 removed\n")
    assert (plain.stdout, plain.stderr) == (others.stdout, others.stderr)


def test_doubts_are_told_again_by_a_build_with_nothing_to_do(small_site: SmallSite) -> None:
    article = small_site.root / "content/articles/doubtful.md"
    article.write_text("---\ntitle: A\n---\nA \u202eword.\n", encoding="utf-8")
    first = run_explainer("build", "-q", cwd=small_site.root)
    again = run_explainer("build", "-q", cwd=small_site.root)
    assert "doubtful.md" in first.stderr
    assert again.stderr == first.stderr
