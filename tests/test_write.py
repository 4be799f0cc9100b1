"""A finished site goes to disk: only what differs, all or nothing, and nobody else's files."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.errors import OutputError
from explainer.survey import MANIFEST, STAGE
from explainer.write import open_output, write_site
from tests.making import ROOT, read_files, write_files

OLD = {"index.html": b"old", "a/one.html": b"one", "a/two.html": b"two", "b/three.html": b"three"}
NEW = {"index.html": b"new", "a/one.html": b"one", "a/deep/four.html": b"four", "b": b"a file now"}


def site_files(output: Path) -> dict[str, bytes]:
    return {name: raw for name, raw in read_files(output).items() if name != MANIFEST}


def test_a_new_folder_holds_exactly_the_files(tmp_path: Path) -> None:
    written = write_site(OLD, tmp_path / "deep" / "site", None)
    assert site_files(tmp_path / "deep" / "site") == OLD
    assert (written.changed, written.removed, written.kept) == (tuple(sorted(OLD)), (), 0)


def test_only_what_differs_is_written_and_what_is_gone_goes(tmp_path: Path) -> None:
    write_site(OLD, tmp_path, None)
    kept = (tmp_path / "a/one.html").stat()
    written = write_site(NEW, tmp_path, None)
    assert site_files(tmp_path) == NEW
    assert written.removed == ("a/two.html", "b/three.html")
    assert (tmp_path / "a/one.html").stat() == kept


def test_a_second_write_changes_nothing(tmp_path: Path) -> None:
    write_site(OLD, tmp_path, None)
    before = {path: as_written(path) for path in tmp_path.rglob("*")}
    written = write_site(OLD, tmp_path, None)
    assert (written.changed, written.removed, written.kept) == ((), (), len(OLD))
    assert {path: as_written(path) for path in tmp_path.rglob("*")} == before


def as_written(path: Path) -> tuple[int, ...]:
    """What a write changes of a file; looking at it changes when it was last looked at."""
    status = path.stat()
    return status.st_ino, status.st_mode, status.st_size, status.st_mtime_ns


def test_what_is_staged_and_not_wanted_in_the_end_does_not_come_with_its_folder(
    tmp_path: Path,
) -> None:
    with open_output(tmp_path / "site", None) as place:
        for name in (
            "x/wanted.html",
            "x/deep/wanted.html",
            "x/deep/dropped.html",
            "y/dropped.html",
        ):
            place.stage.put(name, b"1")
        wanted = ["x/wanted.html", "x/deep/wanted.html"]
        place.commit(wanted, wanted)
    assert site_files(tmp_path / "site") == dict.fromkeys(wanted, b"1")


def test_folders_left_empty_are_removed(tmp_path: Path) -> None:
    write_site({"x/y/z.html": b"", "k.html": b""}, tmp_path, None)
    write_site({"k.html": b""}, tmp_path, None)
    assert not (tmp_path / "x").exists()


@pytest.mark.parametrize("name", ["mine.txt", "a/mine.html", "a/deep/mine.html"])
def test_files_of_others_stay(name: str, tmp_path: Path) -> None:
    write_site(OLD, tmp_path, None)
    write_files(tmp_path, {name: "mine"})
    write_site({"index.html": b"new"}, tmp_path, None)
    assert site_files(tmp_path) == {"index.html": b"new", name: b"mine"}


def test_a_file_of_others_in_the_way_is_not_overwritten(tmp_path: Path) -> None:
    write_site(OLD, tmp_path, None)
    write_files(tmp_path, {"c.html": "mine"})
    with pytest.raises(OutputError, match=r"c\.html"):
        write_site({**OLD, "index.html": b"new", "c.html": b"ours"}, tmp_path, None)
    assert site_files(tmp_path) == {**OLD, "c.html": b"mine"}


@pytest.mark.parametrize("name", [".git/config", ".nojekyll", "CNAME", ".DS_Store"])
def test_what_hosts_and_tools_leave_in_a_folder_is_no_obstacle(name: str, tmp_path: Path) -> None:
    write_files(tmp_path, {name: "x"})
    write_site(OLD, tmp_path, None)
    write_site({"index.html": b""}, tmp_path, None)
    assert (tmp_path / name).read_text() == "x"


def test_a_folder_with_files_of_others_is_refused(tmp_path: Path) -> None:
    write_files(tmp_path, {"thesis.odt": "mine"})
    with pytest.raises(OutputError, match=r"thesis\.odt"):
        write_site(OLD, tmp_path, None)
    assert site_files(tmp_path) == {"thesis.odt": b"mine"}


@pytest.mark.parametrize("place", ["", "content", "content/articles", "templates", "static/css",
                                   "seeds", ".."])  # fmt: skip
def test_the_sources_are_never_written_over(place: str, tmp_path: Path) -> None:
    root = write_files(
        tmp_path / "my" / "site", {"content/articles/a.md": "x", "static/css/a.css": ""}
    )
    before = read_files(tmp_path)
    with pytest.raises(OutputError):
        write_site(OLD, root / place, root)
    assert read_files(tmp_path) == before


@pytest.mark.parametrize("place", [Path("/"), Path.home()])
def test_no_build_may_take_a_whole_machine(place: Path) -> None:
    with pytest.raises(OutputError):
        write_site({}, place, None)


def test_a_file_or_a_link_in_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    write_files(tmp_path, {"file": "x", "folder/y": "y"})
    (tmp_path / "link").symlink_to("folder")
    (tmp_path / "dangling").symlink_to("nowhere")
    (tmp_path / "loop").symlink_to("loop")
    for name in ("file", "link", "dangling", "loop", "file/below"):
        with pytest.raises(OutputError):
            write_site(OLD, tmp_path / name, None)
    assert read_files(tmp_path) == {"file": b"x", "folder/y": b"y"}


def test_a_link_planted_in_the_output_is_not_written_through(tmp_path: Path) -> None:
    output = tmp_path / "site"
    write_site({"index.html": b"old"}, output, None)
    (tmp_path / "precious").write_text("mine")
    (output / "index.html").unlink()
    (output / "index.html").symlink_to(tmp_path / "precious")
    write_site({"index.html": b"new"}, output, None)
    assert (tmp_path / "precious").read_text() == "mine"
    assert (output / "index.html").read_text() == "new"


@pytest.mark.parametrize(
    "broken",
    ["", "{", "[]", '{"files": 3}', '{"files": [1]}', '{"files": ["../../x"]}', "\ud800", "null"],
)
def test_a_broken_manifest_means_all_that_is_there_is_ours(broken: str, tmp_path: Path) -> None:
    outside = write_files(tmp_path, {"x": "mine"})
    write_site(OLD, tmp_path / "out" / "site", None)
    manifest = tmp_path / "out" / "site" / MANIFEST
    manifest.write_bytes(broken.encode(errors="surrogatepass"))
    write_site(NEW, tmp_path / "out" / "site", None)
    assert (outside / "x").read_text() == "mine"
    assert NEW.items() <= site_files(tmp_path / "out" / "site").items()


def test_a_manifest_that_names_files_elsewhere_removes_none_of_them(tmp_path: Path) -> None:
    write_files(tmp_path, {"x": "mine"})
    write_site(OLD, tmp_path / "site", None)
    names = ["/".join([".."] * 9) + str(tmp_path / "x"), str(tmp_path / "x"), "../x"]
    (tmp_path / "site" / MANIFEST).write_text(json.dumps({"files": names}))
    write_site(OLD, tmp_path / "site", None)
    assert (tmp_path / "x").read_text() == "mine"


def test_a_folder_of_the_output_that_leads_elsewhere_is_not_followed(tmp_path: Path) -> None:
    write_files(tmp_path, {"elsewhere/one.html": "mine", "elsewhere/two.html": "mine"})
    output = tmp_path / "site"
    write_site(OLD, output, None)
    shutil.rmtree(output / "a")
    (output / "a").symlink_to(tmp_path / "elsewhere")
    for files in (OLD, {"index.html": b"new"}):
        with pytest.raises(OutputError, match="leads out"):
            write_site(files, output, None)
    assert read_files(tmp_path / "elsewhere") == {"one.html": b"mine", "two.html": b"mine"}


names = st.sampled_from(["a", "b", "a/c", "a/c/d", "b/c", "e.html"])
states = st.dictionaries(names, st.sampled_from([b"", b"1", b"2"]), max_size=4)


def fit_together(files: dict[str, bytes]) -> bool:
    return not any(other.startswith(f"{name}/") for name in files for other in files)


@given(st.lists(states.filter(fit_together), min_size=1, max_size=4))
def test_after_any_series_of_builds_the_last_one_stands(history: list[dict[str, bytes]]) -> None:
    """A file may become a folder, and a folder a file."""
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "site"
        for files in history:
            write_site(files, output, None)
            assert site_files(output) == files


# ---- faults


def run_python(code: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code)],
        cwd=ROOT,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


KILLED = """
    import os, signal, sys
    from pathlib import Path
    from explainer.write import write_site

    left = {steps}

    def count(event, arguments):
        global left
        changes = ("os.rename", "os.remove", "os.mkdir", "os.rmdir", "shutil.rmtree")
        writes = event == "open" and arguments[2] & (os.O_WRONLY | os.O_RDWR)
        if event in changes or writes:
            left -= 1
            if left == -1:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count)
    write_site({files!r}, Path({output!r}), None)
"""


def test_a_build_killed_at_any_point_leaves_whole_files_and_the_next_finishes_it(
    tmp_path: Path,
) -> None:
    """The process dies before its nth change to the disk, for every n there is."""
    new = {key: value for key, value in NEW.items() if key != "b"} | {"b/three.html": b"3"}
    killed = 0
    for steps in range(100):
        output = tmp_path / str(steps)
        write_site(OLD, output, None)
        process = run_python(KILLED.format(steps=steps, files=new, output=str(output)))
        process.communicate(timeout=60)
        found = site_files(output)
        shown = {name: raw for name, raw in found.items() if not name.startswith(".")}
        assert all(raw in (OLD.get(name), new.get(name)) for name, raw in shown.items())
        assert OLD.keys() & new.keys() <= shown.keys()
        write_site(new, output, None)
        assert site_files(output) == new
        if process.returncode == 0:
            break
        killed += 1
    assert killed > 8


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 64 kB."""
    mount = shutil.which("mount")
    folder = tmp_path / "tiny"
    folder.mkdir()
    command = [str(mount), "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)]
    if mount is None or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("this user may not mount a file system")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_leaves_the_old_site_whole(tiny_disk: Path) -> None:
    output = tiny_disk / "site"
    write_site(OLD, output, None)
    new = dict.fromkeys(OLD, b"x" * 20000)
    with pytest.raises(OutputError, match="No space left"):
        write_site(new, output, None)
    assert site_files(output) == OLD


def without_override(*command: str) -> list[str]:
    """The command, with file permissions counting even for root."""
    if os.geteuid():
        return list(command)
    tool = shutil.which("setpriv")
    if tool is None:
        pytest.skip("root may write anywhere, and there is no setpriv to change that")
    dropped = "-dac_override,-dac_read_search,-fowner"
    return [tool, f"--bounding-set={dropped}", f"--inh-caps={dropped}", *command]


WRITES = """
import sys
from pathlib import Path
from explainer.errors import ExplainerError
from explainer.write import write_site
try:
    write_site({files!r}, Path({output!r}), None)
except ExplainerError as fault:
    print(fault)
    sys.exit(1)
"""


@pytest.mark.parametrize("place", [".", "a", "b"])
def test_a_folder_that_may_not_be_written_leaves_the_old_site_whole(
    place: str, tmp_path: Path
) -> None:
    write_site(OLD, tmp_path, None)
    (tmp_path / place).chmod(0o555)
    new = {"index.html": b"new", "a/one.html": b"1", "a/two.html": b"2", "b/three.html": b"3"}
    code = WRITES.format(files=new, output=str(tmp_path))
    try:
        result = subprocess.run(
            without_override(sys.executable, "-c", code),
            cwd=ROOT, capture_output=True, text=True, check=False,
        )  # fmt: skip
    finally:
        (tmp_path / place).chmod(0o755)
    assert result.returncode == 1, result.stderr
    assert len(result.stdout.splitlines()) == 1
    assert "Permission denied" in result.stdout
    assert site_files(tmp_path) == OLD


def test_a_second_build_is_told_to_wait(tmp_path: Path) -> None:
    fcntl = pytest.importorskip("fcntl")
    write_site(OLD, tmp_path, None)
    handle = os.open(tmp_path, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        with pytest.raises(OutputError, match="another build"):
            write_site(NEW, tmp_path, None)
    finally:
        os.close(handle)
    assert site_files(tmp_path) == OLD
    write_site({"index.html": b"free"}, tmp_path, None)


def test_a_stage_left_by_a_killed_build_is_cleared(tmp_path: Path) -> None:
    write_site(OLD, tmp_path, None)
    write_files(tmp_path, {f"{STAGE}/index.html": "half"})
    write_site(OLD, tmp_path, None)
    assert site_files(tmp_path) == OLD


def test_an_interrupt_is_passed_on_and_cleans_up(tmp_path: Path) -> None:
    write_site(OLD, tmp_path, None)
    interrupting = KILLED.replace("signal.SIGKILL", "signal.SIGINT")
    process = run_python(
        interrupting.format(steps=4, files={"index.html": b"x"}, output=str(tmp_path))
    )
    process.communicate(timeout=60)
    assert process.returncode == -signal.SIGINT
    assert not (tmp_path / STAGE).exists()
    assert site_files(tmp_path)["a/one.html"] == b"one"
