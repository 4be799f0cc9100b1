"""Who is cited, counted; and the hook and the action that run check."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.conftest import ARTICLE, NOTES, SmallSite, run_explainer
from tests.making import ROOT

MORE = ARTICLE + "\nThe river rose overnight by two meters, officials said.\n"
OFFICIALS = """\
  - id: river
    content: [{exact: "The river rose overnight by two meters"}]
    source: {exact: officials}
    cue: {exact: said, prefix: "officials "}
    standing: anonymous
"""


@pytest.fixture
def cited(small_site: SmallSite) -> SmallSite:
    small_site.write({
        "content/articles/mayor.md": MORE, "content/articles/mayor.notes.yaml": NOTES + OFFICIALS,
    })  # fmt: skip
    return small_site


def test_sources_as_a_table(cited: SmallSite) -> None:
    told = run_explainer("sources", cwd=cited.root).stdout.splitlines()
    assert told[0].split() == ["source", "standing", "claims", "words", "direct", "single", "by",
                               "way", "of"]  # fmt: skip
    assert told[1].split() == ["officials", "(unnamed)", "anonymous", "1", "7", "0", "1"]
    assert told[2].split() == ["Ada", "Lovelace", "other", "1", "3", "1", "0"]
    assert "1 named and 1 unnamed sources in 1 article" in told
    assert told[-1] == "  mayor: river (officials)"


def test_sources_as_csv_and_json_agree(cited: SmallSite) -> None:
    table = run_explainer("sources", "--format", "csv", cwd=cited.root).stdout
    rows = list(csv.DictReader(io.StringIO(table)))
    told = json.loads(run_explainer("sources", "--format", "json", cwd=cited.root).stdout)
    assert [(row["name"], row["claims"], row["words"]) for row in rows] == [
        (one["name"], str(one["claims"]), str(one["words"])) for one in told["sources"]
    ]
    assert [one["claim"] for one in told["single_source_claims"]] == ["river"]


def test_a_name_never_is_a_formula(cited: SmallSite) -> None:
    text = MORE.replace("officials said", "=cmd() said")
    cited.write({"content/articles/mayor.md": text})
    notes = (NOTES + OFFICIALS).replace("exact: officials", 'exact: "=cmd()"')
    cited.write({"content/articles/mayor.notes.yaml": notes.replace("officials ", "=cmd() ")})
    table = run_explainer("sources", "--format", "csv", cwd=cited.root).stdout
    assert "'=cmd()" in table


def test_sources_of_one_article(cited: SmallSite) -> None:
    cited.write({"content/articles/two.md": "---\ntitle: Two\n---\nNobody speaks.\n"})
    told = run_explainer("sources", "content/articles/two.md", cwd=cited.root)
    assert told.stdout == "nobody is cited\n"
    missing = run_explainer("sources", "gone.md", cwd=cited.root)
    assert (missing.returncode, missing.stderr.count("\n")) == (1, 1)


# ---- what runs check for others


def test_the_hooks_run_commands_that_there_are(small_site: SmallSite) -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
    assert [hook["id"] for hook in hooks] == ["explainer-check", "explainer-check-fix"]
    for hook in hooks:
        program, *arguments = hook["entry"].split()
        assert program == "explainer"
        assert hook["pass_filenames"] is False
        assert run_explainer(*arguments, cwd=small_site.root).returncode == 0


def run_action(site: SmallSite, tmp_path: Path, **inputs: str) -> subprocess.CompletedProcess[str]:
    """The action's check step, as a runner would start it."""
    action = yaml.safe_load((ROOT / "action.yml").read_text())
    step = action["runs"]["steps"][-1]
    program = tmp_path / "explainer"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m explainer "$@"\n')
    program.chmod(0o755)
    values = {name: one["default"] for name, one in action["inputs"].items()} | inputs
    env = {key: values[key.lower()] for key in step["env"]}
    return subprocess.run(
        ["bash", "-eo", "pipefail", "-c", step["run"]],
        cwd=site.root, env={**os.environ, **env, "EXPLAINER": str(program)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_the_action_tells_beside_lines_and_writes_sarif(
    small_site: SmallSite, tmp_path: Path
) -> None:
    small_site.write({"content/glossary/more.yaml": "- {id: x, name: Xanten, kind: place}\n"})
    told = run_action(small_site, tmp_path, sarif="log.sarif", ignore="G005")
    assert told.returncode == 0, told.stderr
    assert told.stdout.startswith("::warning file=content/glossary/more.yaml,line=1")
    log = json.loads((small_site.root / "log.sarif").read_text())
    assert [one["ruleId"] for one in log["runs"][0]["results"]] == ["G001"]
    assert run_action(small_site, tmp_path, strict="true").returncode == 1


def test_what_a_person_typed_is_no_code_for_the_action(
    small_site: SmallSite, tmp_path: Path
) -> None:
    told = run_action(small_site, tmp_path, select="T; touch hacked")
    assert told.returncode == 2
    assert not (small_site.root / "hacked").exists()
