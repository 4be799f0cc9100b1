"""The program as a user runs it: what it prints, and with which code it ends."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from explainer.cli.commands import commands
from tests.conftest import ARTICLE, GLOSSARY, SmallSite, run_explainer
from tests.making import read_files
from tests.test_write import without_override

PROBLEM = re.compile(r"\S+?(:\d+){0,2}: [A-Z]\d{3} \S.*")


def run(site: SmallSite, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    result = run_explainer(*arguments, cwd=site.root, environment=environment)
    assert "Traceback" not in result.stderr
    assert "mistake of ours" not in result.stderr
    return result


def test_a_build_says_what_it_did(small_site: SmallSite) -> None:
    result = run(small_site, "build")
    assert (result.returncode, result.stderr) == (0, "")
    assert "11 pages" in result.stdout
    assert run(small_site, "build").stdout.endswith("0 removed\n")
    assert run(small_site, "build", "--quiet").stdout == ""


def test_a_build_works_from_any_folder_of_the_site(small_site: SmallSite) -> None:
    result = run_explainer("build", cwd=small_site.root / "content" / "articles")
    assert result.returncode == 0
    assert (small_site.root / "site" / "index.html").is_file()


def test_each_problem_is_one_line_and_the_exit_is_1(small_site: SmallSite) -> None:
    run(small_site, "build")
    before = read_files(small_site.output)
    small_site.write({
        "content/glossary/all.yaml": f"{GLOSSARY}  x: y\n",
        "content/articles/mayor.md": b"---\ntitle: \xff\n",
        "content/articles/two.md": "[a](#nobody)\n",
    })  # fmt: skip
    result = run(small_site, "build")
    assert result.returncode == 1
    assert result.stdout == ""
    lines = result.stderr.splitlines()
    assert len(lines) == 3
    assert all(PROBLEM.fullmatch(line) for line in lines)
    assert read_files(small_site.output) == before


def test_a_warning_is_told_and_under_strict_it_is_an_error(small_site: SmallSite) -> None:
    small_site.write({"content/articles/mayor.md": ARTICLE.replace("Tuesday", "Tues\x07day")})
    result = run(small_site, "build")
    assert result.returncode == 0
    assert " T003 " in result.stderr
    strict = run(small_site, "build", "--strict")
    assert strict.returncode == 1
    assert " T003 " in strict.stderr


def test_check_prints_to_stdout_and_fails_for_errors_only(small_site: SmallSite) -> None:
    assert run(small_site, "check").returncode == 0
    small_site.write({"content/glossary/more.yaml": "- {id: x, name: Xanten, kind: place}\n"})
    result = run(small_site, "check")
    assert result.returncode == 0
    assert all(PROBLEM.fullmatch(line) for line in result.stdout.splitlines())
    assert run(small_site, "check", "--strict").returncode == 1
    small_site.write({"content/articles/mayor.notes.yaml": "x: y\n"})
    assert run(small_site, "check").returncode == 1


@pytest.mark.parametrize(
    "arguments",
    [["buidl"], ["build", "--outptu", "x"], ["new"], ["serve", "--port", "many"], ["draft"]],
)
def test_wrong_usage_is_told(arguments: list[str]) -> None:
    result = CliRunner().invoke(commands, arguments)
    assert result.exit_code == 2
    assert "Error: " in result.output


def test_wrong_usage_ends_with_2(small_site: SmallSite) -> None:
    result = run(small_site, "build", "content/articles/mayor.md")
    assert result.returncode == 2
    assert "-o FOLDER" in result.stderr


@pytest.mark.parametrize("command", ["", "new", "draft", "build", "serve", "check"])
def test_help_has_an_example(command: str) -> None:
    result = CliRunner().invoke(commands, [*command.split(), "--help"])
    assert result.exit_code == 0
    assert re.search(rf"explainer {command or 'new'}", result.output)


def test_outside_a_site_the_next_step_is_told(tmp_path: Path) -> None:
    result = run_explainer("build", cwd=tmp_path)
    assert result.returncode == 1
    assert "explainer new" in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_a_new_site_builds(tmp_path: Path) -> None:
    assert run_explainer("new", "my site", cwd=tmp_path).returncode == 0
    assert run_explainer("build", "--strict", cwd=tmp_path / "my site").returncode == 0
    again = run_explainer("new", "my site", cwd=tmp_path)
    assert again.returncode == 1
    assert len(again.stderr.splitlines()) == 1


@pytest.mark.parametrize("output", ["content", "..", "explainer.yaml"])
def test_a_build_into_its_own_sources_is_refused(output: str, small_site: SmallSite) -> None:
    before = read_files(small_site.root)
    result = run(small_site, "build", "-o", output)
    assert result.returncode == 1
    assert len(result.stderr.splitlines()) == 1
    assert read_files(small_site.root) == before


def test_a_folder_that_may_only_be_read_is_one_line(small_site: SmallSite) -> None:
    small_site.root.chmod(0o555)
    try:
        command = without_override(sys.executable, "-m", "explainer", "build")
        result = subprocess.run(
            command, cwd=small_site.root, capture_output=True, text=True, check=False
        )
    finally:
        small_site.root.chmod(0o755)
    assert result.returncode == 1
    assert "Permission denied" in result.stderr
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize("name", ["content/articles/mayor.md", "content/glossary/all.yaml",
                                  "content/articles/mayor.notes.yaml", "explainer.yaml",
                                  "static/own.css", "templates/index.html"])  # fmt: skip
def test_a_file_that_may_not_be_read_is_one_line(name: str, small_site: SmallSite) -> None:
    small_site.build()
    before = read_files(small_site.output)
    path = small_site.root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    path.chmod(0)
    command = without_override(sys.executable, "-m", "explainer", "build")
    result = subprocess.run(
        command, cwd=small_site.root, capture_output=True, text=True, check=False
    )
    assert result.returncode == 1
    assert "mistake of ours" not in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert Path(name).name in result.stderr
    path.chmod(0o644)
    assert read_files(small_site.output) == before


def test_only_the_output_is_written(small_site: SmallSite) -> None:
    before = {p: p.stat() for p in small_site.root.rglob("*") if p != small_site.root}
    run(small_site, "build")
    after = {
        p: p.stat() for p in small_site.root.rglob("*")
        if not p.is_relative_to(small_site.output) and ".explainer" not in p.parts
    }  # fmt: skip
    assert {path: one.st_mtime_ns for path, one in after.items()} == {
        path: one.st_mtime_ns for path, one in before.items()
    }


def test_a_reader_that_leaves_early_sees_no_traceback(small_site: SmallSite) -> None:
    """As in ``explainer check | head -0``."""
    more = "".join(f"- {{id: e{n}, name: Name {n}, kind: term}}\n" for n in range(5000))
    small_site.write({"content/glossary/more.yaml": more})
    process = subprocess.Popen(
        [sys.executable, "-m", "explainer", "check"],
        cwd=small_site.root, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout
    assert process.stderr
    process.stdout.read(1)
    process.stdout.close()
    told = process.stderr.read()
    process.stderr.close()
    process.wait(timeout=60)
    assert b"Traceback" not in told
    assert b"Exception ignored" not in told


def test_without_any_output_a_build_still_works(small_site: SmallSite) -> None:
    result = subprocess.run(
        f"'{sys.executable}' -m explainer build >&- 2>&-",
        shell=True, cwd=small_site.root, check=False,
    )  # fmt: skip
    assert result.returncode == 0
    assert (small_site.output / "index.html").is_file()


@pytest.mark.parametrize(
    "environment",
    [
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONIOENCODING": "cp1252"},
        {"PYTHONIOENCODING": "ascii", "NO_COLOR": "1"},
        {"COLUMNS": "20", "TERM": "dumb"},
    ],
    ids=["C locale", "Windows console", "ASCII", "narrow"],
)
def test_any_terminal_can_show_a_problem(
    environment: dict[str, str], small_site: SmallSite
) -> None:
    name = "content/articles/김정은’s.txt"
    small_site.write({name: "Kim\x07\n“One” two.\n"})
    result = run(small_site, "build", **environment)
    assert result.returncode == 0
    assert result.stderr.count("\n") == 1
    assert " T003 " in result.stderr
    assert "\x1b" not in result.stdout + result.stderr


def test_colors_are_for_terminals_that_want_them(small_site: SmallSite) -> None:
    pty = pytest.importorskip("pty")
    small_site.write({"content/articles/b.md": ""})

    def shown(**environment: str) -> bytes:
        leader, follower = pty.openpty()
        subprocess.run(
            [sys.executable, "-m", "explainer", "build"],
            cwd=small_site.root, stdout=follower, stderr=follower, check=False,
            env={**os.environ, "TERM": "xterm", "COLUMNS": "40", **environment},
        )  # fmt: skip
        os.close(follower)
        told = b""
        try:
            while block := os.read(leader, 4096):
                told += block
        except OSError:  # the other side is closed: all is read
            pass
        os.close(leader)
        return told

    assert b"\x1b[" in shown()
    plain = shown(NO_COLOR="1")
    assert not re.search(rb"\x1b\[[0-9;]*3[0-9]", plain)
    assert b"content/articles/b.md:1" in plain


SLOW = """
import os, signal, sys
sys.argv = ["explainer", "build"]
from explainer import cli
done = []
def interrupt(event, arguments):
    if event == "os.rename" and not done:
        done.append(event)
        os.kill(os.getpid(), signal.{signal})
sys.addaudithook(interrupt)
cli.main()
"""


@pytest.mark.parametrize(("name", "code"), [("SIGINT", 130), ("SIGTERM", 143)])
def test_a_build_that_is_interrupted_says_so_and_leaves_a_whole_site(
    name: str, code: int, small_site: SmallSite
) -> None:
    small_site.build()
    before = read_files(small_site.output)
    small_site.write({"content/articles/mayor.md": ARTICLE.replace("tired", "glad")})
    result = subprocess.run(
        [sys.executable, "-c", SLOW.format(signal=name)],
        cwd=small_site.root, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert result.returncode == code
    assert "Traceback" not in result.stderr
    assert read_files(small_site.output).keys() == before.keys()
    assert run(small_site, "build").returncode == 0


def test_two_builds_at_once_end_well(small_site: SmallSite) -> None:
    command = [sys.executable, "-m", "explainer", "build"]
    both = [
        subprocess.Popen(command, cwd=small_site.root, stderr=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    for one in both:
        told = one.communicate(timeout=60)[1]
        assert one.returncode == 0 or "another build" in told
    assert 0 in {one.returncode for one in both}
    assert run(small_site, "build").stdout.endswith("0 removed\n")


def test_a_mistake_of_ours_is_one_line_and_its_own_code(small_site: SmallSite) -> None:
    code = "from explainer import build, cli; import sys; sys.argv = ['explainer', 'build']\n"
    code += "build.open_output = None\ncli.main()"
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=small_site.root, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert result.returncode not in (0, 1, 2)
    assert len(result.stderr.splitlines()) == 1


# ---- drafts


@pytest.mark.nlp
def test_one_article_and_nothing_else_becomes_a_page(tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_text(
        "Mayor resigns\nAngela Merkel said in Berlin that she was tired.\n", encoding="utf-8"
    )
    result = run_explainer("build", "story.txt", "-o", "out", cwd=tmp_path)
    assert result.returncode == 0, result.stderr
    page = (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    assert 'data-status="suggested"' in page
    assert "No editor has seen" in page


@pytest.mark.nlp
def test_a_draft_as_json_writes_nothing(small_site: SmallSite) -> None:
    before = read_files(small_site.root)
    result = run(small_site, "draft", "--json", "content/articles/mayor.md")
    assert result.returncode == 0, result.stderr
    (line,) = result.stdout.splitlines()
    drafted = json.loads(line)
    assert drafted["article"] == "content/articles/mayor.md"
    for one in drafted["mentions"]:
        assert drafted["text"][one["start"] : one["end"]] == one["exact"]
    assert read_files(small_site.root) == before


@pytest.mark.nlp
def test_a_draft_says_how_sure_it_is(small_site: SmallSite) -> None:
    (line,) = run(small_site, "draft", "--json", "content/articles/mayor.md").stdout.splitlines()
    drafted = json.loads(line)
    suggestions = [*drafted["mentions"], *drafted["attributions"], *drafted["background"]]
    assert suggestions
    assert all(0 < one["confidence"] <= 1 and one["evidence"] for one in suggestions)


@pytest.mark.nlp
def test_a_threshold_in_the_settings_or_before_the_command_holds(small_site: SmallSite) -> None:
    def proposed(*options: str) -> int:
        result = run(small_site, "draft", "--json", *options, "content/articles/mayor.md")
        assert result.returncode == 0, result.stderr
        return len(json.loads(result.stdout)["attributions"])

    before = proposed()
    small_site.write({"explainer.yaml": "threshold: 1\n"})
    assert proposed() == 0 < before == proposed("--threshold", "0")


@pytest.mark.nlp
def test_a_draft_explains_a_word_and_writes_nothing(small_site: SmallSite) -> None:
    before = read_files(small_site.root)
    result = run(small_site, "draft", "--explain", "said", "content/articles/mayor.md")
    assert result.returncode == 0, result.stderr
    assert result.stdout.startswith("content/articles/mayor.md:")
    missing = run(small_site, "draft", "--explain", "xylophone", "content/articles/mayor.md")
    assert "“xylophone” doesn't stand in it" in missing.stdout
    assert read_files(small_site.root) == before


@pytest.mark.nlp
def test_a_draft_keeps_what_an_editor_wrote(small_site: SmallSite) -> None:
    notes = small_site.root / "content/articles/mayor.notes.yaml"
    before = notes.read_text(encoding="utf-8")
    notes.write_text(f"# mine\n{before}", encoding="utf-8")
    assert run(small_site, "draft", "content/articles/mayor.md").returncode == 0
    after = notes.read_text(encoding="utf-8")
    assert "# mine\n" in after
    assert "id: election-2019" in after
    article = small_site.root / "content/articles/mayor.md"
    assert article.with_name("mayor.notes.base").read_bytes() == article.read_bytes()
    assert run(small_site, "build").returncode == 0


def test_a_model_that_is_missing_is_told_with_what_to_do(small_site: SmallSite) -> None:
    small_site.write({"explainer.yaml": "model: en_nothing_of_the_kind\n"})
    result = run(small_site, "draft", "--json", "content/articles/mayor.md")
    assert result.returncode == 1
    assert "pip install" in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert run(small_site, "build").returncode == 0


def test_an_article_that_is_missing_is_told(small_site: SmallSite) -> None:
    small_site.write({"explainer.yaml": "model: en_nothing_of_the_kind\n"})
    result = run(small_site, "draft", "--json", "gone.md")
    assert result.returncode == 1
    assert len(result.stderr.splitlines()) == 1


def test_the_program_is_on_the_path_as_explainer() -> None:
    script = Path(sys.executable).with_name("explainer")
    found = str(script) if script.exists() else shutil.which("explainer")
    assert found
    result = subprocess.run([found, "--version"], capture_output=True, text=True, check=True)
    assert re.search(r"\d+\.\d+", result.stdout)


def test_a_signal_while_nothing_is_written_ends_the_program_too(tmp_path: Path) -> None:
    code = (
        "import os, signal, sys; sys.argv = ['explainer', '--help']\n"
        "from explainer.cli import commands, main\n"
        "commands.commands.main = lambda **_: os.kill(os.getpid(), signal.SIGTERM)\n"
        "main()"
    )
    result = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, check=False)
    assert result.returncode == 128 + signal.SIGTERM


def test_check_writes_for_other_programs(small_site: SmallSite) -> None:
    small_site.write({"content/glossary/more.yaml": "- {id: x, name: Xanten, kind: place}\n"})
    told = json.loads(run(small_site, "check", "--format", "json").stdout)
    assert [one["code"] for one in told] == ["G001", "G005"]
    assert json.loads(run(small_site, "check", "--format", "sarif").stdout)["version"] == "2.1.0"
    lines = run(small_site, "check", "--format", "github", "--select", "g001").stdout.splitlines()
    assert [line.split(" ")[0] for line in lines] == ["::warning"]


@pytest.mark.parametrize(("above", "way"), [("", ""), ("..", "site/"), ("/elsewhere", "")])
def test_a_runner_is_told_paths_from_its_repository(
    above: str, way: str, small_site: SmallSite
) -> None:
    small_site.write({"content/glossary/more.yaml": "- {id: x, name: Xanten, kind: place}\n"})
    workspace = str(small_site.root / above)
    told = run(
        small_site, "check", "--format", "github", "--select", "G001", GITHUB_WORKSPACE=workspace
    )
    way = f"{small_site.root.name}/" if way else ""
    assert f"file={way}content/glossary/more.yaml," in told.stdout


def test_check_of_one_article_tells_of_nothing_else(small_site: SmallSite) -> None:
    monday = f"{ARTICLE}\nOn Monday, May 14, 2024.\n"
    small_site.write({"content/articles/two.md": monday, "content/articles/mayor.md": monday})
    result = run(small_site, "check", "content/articles/two.md")
    assert [line.split(":")[0] for line in result.stdout.splitlines()] == [
        "content/articles/two.md"
    ]


def test_check_of_a_text_without_a_site(tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_text("A headline\nIt was Monday, May 14, 2024.\n")
    result = run_explainer("check", "--strict", "story.txt", cwd=tmp_path)
    assert result.returncode == 1
    assert result.stdout.startswith("story.txt:2:8: T010 ")
    missing = run_explainer("check", "gone.txt", cwd=tmp_path)
    assert (missing.returncode, missing.stdout.count("\n")) == (1, 1)


def test_check_fixes_and_says_what_is_left(small_site: SmallSite) -> None:
    text = f"{GLOSSARY}  aliases: [Bonn, Bonna]  # two\n"
    small_site.write({"content/glossary/all.yaml": text})
    result = run(small_site, "check", "--fix")
    assert (result.returncode, result.stdout) == (0, "")
    assert result.stderr == "fixed content/glossary/all.yaml\n"
    fixed = (small_site.root / "content/glossary/all.yaml").read_text()
    assert fixed == text.replace("[Bonn, Bonna]", "[Bonna]")


@pytest.mark.parametrize("word", ["T012", "t012", "T"])
def test_a_code_is_explained(word: str, tmp_path: Path) -> None:
    told = run_explainer("check", "--explain", word, cwd=tmp_path)
    assert told.returncode == 0
    assert "T012" in told.stdout
    assert "Example" in told.stdout
    assert run_explainer("check", "--explain", "T9", cwd=tmp_path).returncode == 2
    assert run_explainer("check", "--select", "nonsense", cwd=tmp_path).returncode == 2


def test_check_needs_no_language_model(small_site: SmallSite) -> None:
    """As where spaCy isn't installed: asking for it ends the program."""
    script = (
        "import sys; sys.modules['spacy'] = None; sys.argv = ['explainer', 'check'];"
        "from explainer import cli; cli.main()"
    )
    result = subprocess.run(
        [sys.executable, "-c", script], cwd=small_site.root, capture_output=True, check=False
    )
    assert (result.returncode, result.stdout, result.stderr) == (0, b"", b"")
