"""The benchmarks measure what they say they do; how long anything takes is none of a test's."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from bench.corpus import Corpus
from bench.growth import main
from bench.peers import NAMES, find_peers, mkdocs_site
from bench.stages import REST, STAGES

FIGURES = {"wall", "cpu", "peak_mib"}
SVG = "{http://www.w3.org/2000/svg}"


def measure(folder: Path, *arguments: str) -> None:
    without = [word for name in NAMES for word in (f"--{name}", "none")]
    given = ["--runs", "1", "--work", str(folder / "work"), "--result", str(folder / "g.json")]
    main([*given, *without, *arguments])


def test_growth_keeps_each_size_with_its_machine_and_draws_it(tmp_path: Path) -> None:
    measure(tmp_path, "--articles", "5", "--entries", "8")
    measure(tmp_path, "--articles", "2", "--entries", "8", "--stages-up-to", "1")
    found = json.loads((tmp_path / "g.json").read_text())
    assert set(found["machine"]) == {
        "cpu", "cores", "memory_gib", "kernel", "python", "file_system"
    }  # fmt: skip
    assert all(found["machine"].values())
    small, large = found["sizes"]
    assert [(one["articles"], one["entries"]) for one in (small, large)] == [(2, 8), (5, 8)]
    for size in (small, large):
        assert list(size["builds"]) == [
            "cold", "nothing changed", "one article edited", "one entry edited"
        ]  # fmt: skip
        assert all(set(one) == FIGURES for one in size["builds"].values())
        assert (size["runs"], size["peers"], size["failed"]) == (1, {}, {})
    assert large["output"]["pages"] > 5
    assert set(large["stages"]) == {*STAGES, REST}
    assert all(seconds > 0 for seconds in large["stages"].values())
    assert large["allocated"]["peak_mib"] > 1
    assert "stages" not in small
    chart = ElementTree.fromstring((tmp_path / "g.svg").read_text())
    assert len(chart.findall(f"{SVG}circle")) == 2
    assert "explainer, 8 entries" in [one.text for one in chart.findall(f"{SVG}text")]


def test_results_of_another_machine_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "g.json").write_text('{"machine": {"cpu": "another"}, "sizes": []}')
    with pytest.raises(SystemExit, match="another machine"):
        measure(tmp_path, "--articles", "2", "--entries", "3", "--stages-up-to", "0")
    assert "another" in (tmp_path / "g.json").read_text()


def test_a_peer_that_is_not_there_is_told(tmp_path: Path) -> None:
    nowhere = str(tmp_path / "nothing")
    assert find_peers({"hugo": nowhere, "mkdocs": nowhere}, {}) == ((), ("hugo", "mkdocs"))


def test_a_peer_that_is_there_builds_in_turn_and_one_that_fails_is_told(tmp_path: Path) -> None:
    """Stand-ins for two programs: what a peer is to us is a command with a version."""
    good, bad = tmp_path / "good", tmp_path / "bad"
    good.write_text(
        '#!/bin/sh\n[ "$1" = version ] && exec echo v1.2.3\n'
        "mkdir -p public && echo page > public/index.html\n"
    )
    bad.write_text(
        '#!/bin/sh\n[ "$1" = --version ] && echo 3.2.1 || { echo "no good" >&2; exit 1; }\n'
    )
    for one in (good, bad):
        one.chmod(0o755)
    sizes = ("--articles", "2", "--entries", "3", "--stages-up-to", "0")
    measure(tmp_path, *sizes, "--hugo", str(good), "--eleventy", str(bad))
    (size,) = json.loads((tmp_path / "g.json").read_text())["sizes"]
    assert set(size["peers"]) == {"hugo"}
    assert size["peers"]["hugo"]["version"] == "1.2.3"
    assert set(size["peers"]["hugo"]["build"]) == set(size["peers"]["hugo"]["ours_by_theirs"])
    assert size["peers"]["hugo"]["output"]["pages"] == 1
    assert "no good" in size["failed"]["eleventy"]


def test_a_corpus_is_the_same_for_the_same_numbers_and_no_name_is_two_entries() -> None:
    corpus = Corpus(3, 20_000)
    names = [name for entry in corpus.glossary for name in entry.names]
    assert len(set(names)) == len(names)
    assert list(corpus.all()) == list(Corpus(3, 20_000).all())
    for one in corpus.all():
        assert all(one.body.count(claim.content) == 1 for claim in one.claims)
        assert one.body.count(one.card) == 1


def test_peers_get_the_same_mentions(tmp_path: Path) -> None:
    corpus = Corpus(2, 30)
    mkdocs_site(tmp_path, corpus)
    for article in corpus.all():
        marked = (tmp_path / f"docs/articles/{article.slug}.md").read_text()
        for entry in corpus.glossary:
            for name in entry.names:
                marked = marked.replace(f"<{entry.kind}:{entry.id}|{name}>", name)
        assert marked.endswith(f"# {article.title}\n\n{article.body}")
