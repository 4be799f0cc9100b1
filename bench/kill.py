"""An editor's work while the program is killed, again and again, at random moments.

    python -m bench.kill [--times N] [--seed N] [--what review|glossary]

Each time the review's server is started, decisions are sent as fast as it answers, and it gets
SIGKILL in between. No decision that was acknowledged may be lost, no file may be broken. Then
the same with renames and merges that rewrite many files: all of them are rewritten, or none.
"""

from __future__ import annotations

import argparse
import http.client
import itertools
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from random import Random

from explainer.config import load_config
from explainer.errors import ExplainerError
from explainer.glossary import Change, make_change, merge_entries, rename_entry
from explainer.model import STATUSES
from explainer.read import parse_glossary, parse_notes, read_glossary
from explainer.rewrite import finish_rewrite

ROOT = Path(__file__).parent.parent
CLAIMS = 120


def make_site(folder: Path) -> Path:
    lines = ["A long day", *(f"Speaker {n} told us that thing {n} was so." for n in range(CLAIMS))]
    notes = ["# by hand", "attributions:"]
    for number in range(CLAIMS):
        notes += [
            f"  - id: claim-{number}  # {number}",
            f"    content: [{{exact: thing {number} was so}}]",
            "    status: suggested",
        ]
    articles = folder / "content/articles"
    articles.mkdir(parents=True)
    (folder / "explainer.yaml").write_text("title: A test\n", encoding="utf-8")
    (articles / "day.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (articles / "day.notes.yaml").write_text("\n".join(notes) + "\n", encoding="utf-8")
    return articles / "day.notes.yaml"


class Server:
    """One life of the server, until it is killed."""

    def __init__(self, folder: Path) -> None:
        paths = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
        command = [sys.executable, "-m", "explainer", "review", "--port", "0"]
        self.process = subprocess.Popen(
            command, cwd=folder, stdout=subprocess.PIPE, text=True,
            env={**os.environ, "PYTHONPATH": paths, "PYTHONUNBUFFERED": "1"},
        )  # fmt: skip
        assert self.process.stdout is not None
        self.address = re.search(r"//([\d.:]+)", self.process.stdout.readline())[1]  # type: ignore[index]
        self.connection = http.client.HTTPConnection(self.address, timeout=30)
        self.connection.request("GET", "/_explainer/review/day")
        page = self.connection.getresponse().read().decode()
        self.token = re.search(r'data-token="([^"]+)"', page)[1]  # type: ignore[index]

    def decide(self, number: int, action: str) -> bool:
        """Whether the server said that it is done."""
        body = json.dumps({"action": action, "item": f"attribution:claim-{number}"})
        headers = {
            "Content-Type": "application/json",
            "Origin": f"http://{self.address}",
            "X-Explainer-Token": self.token,
        }
        try:
            self.connection.request("POST", "/_explainer/review/day/decide", body, headers)
            answer = self.connection.getresponse()
            answer.read()
        except (OSError, http.client.HTTPException):
            return False
        return answer.status == 200

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        if self.process.stdout:
            self.process.stdout.close()


def one_life(folder: Path, wanted: dict[int, str], random: Random) -> tuple[int, int]:
    """Decide until killed; gives how many decisions were acknowledged, and the last attempt."""
    server = Server(folder)
    timer = threading.Timer(random.uniform(0.0, 1.2), server.kill)
    timer.start()
    acknowledged, number = 0, -1
    while server.process.poll() is None:
        number = random.randrange(CLAIMS)
        if number in wanted:
            continue
        action = random.choice(("accept", "reject"))
        if not server.decide(number, action):
            break
        wanted[number] = {"accept": "reviewed", "reject": "rejected"}[action]
        acknowledged += 1
        if len(wanted) > CLAIMS - 5:
            break
    timer.join()
    return acknowledged, number


def kill_reviews(times: int, random: Random) -> None:
    folder = Path(tempfile.mkdtemp(prefix="kill-"))
    path = make_site(folder)
    begun = path.read_text(encoding="utf-8")
    lost = broken = total = unacknowledged = litter = 0
    wanted: dict[int, str] = {}
    start = time.perf_counter()
    for _ in range(times):
        count, last = one_life(folder, wanted, random)
        total += count
        try:
            text = path.read_text(encoding="utf-8")
            found = {one.id: one.status for one in parse_notes(text, "day").attributions}
            load_config(folder)
            for file in (folder / "content/glossary").glob("*.yaml"):
                parse_glossary(file.read_text(encoding="utf-8"), file.name)
        except (ExplainerError, UnicodeDecodeError):
            broken += 1
            continue
        lost += sum(found[f"claim-{number}"] != status for number, status in wanted.items())
        if last >= 0 and last not in wanted and found[f"claim-{last}"] != "suggested":
            unacknowledged += 1
        broken += without_statuses(text) != without_statuses(begun)
        litter = len(list(path.parent.glob(".*.tmp")))
        if len(wanted) > CLAIMS // 2:
            path.write_text(begun, encoding="utf-8")
            wanted.clear()
    print(f"review: {times} kills in {time.perf_counter() - start:.0f} s")
    print(f"{total} decisions acknowledged, {lost} lost; {broken} files broken")
    print(f"{unacknowledged} on disk that were not acknowledged yet; {litter} temporary files left")
    shutil.rmtree(folder)


def without_statuses(text: str) -> str:
    return re.sub(rf"status: (?:{'|'.join(STATUSES)})", "status:", text)


# ---- renames and merges


def make_glossary_site(folder: Path) -> None:
    """Thirty articles with notes that all name one entry."""
    files = {
        "explainer.yaml": "title: A test\n",
        "content/glossary/all.yaml": (
            "- id: ada  # the mayor\n  name: Ada Renn\n  kind: person\n"
            "- id: ada-2\n  name: A. Renn\n  kind: person\n  role: Mayor\n"
        ),
    }
    for number in range(30):
        files[f"content/articles/day-{number}.md"] = f"# Day {number}\n\n[She](#ada-2) said so.\n"
        files[f"content/articles/day-{number}.notes.yaml"] = (
            "attributions:\n  - id: so  # by hand\n    content: [{exact: so}]\n"
            "    source: {exact: She}\n    speaker: [ada-2]\n"
        )
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def glossary_changes(folder: Path) -> list[Change]:
    """A rename, back again, a merge, and back again."""
    config = load_config(folder)
    entries = read_glossary(config.content / "glossary", folder)
    rename = rename_entry("ada-2", "annie", entries, config)
    merge = merge_entries("ada-2", "ada", entries, config)
    return [one for there in (rename, merge) for one in (there, turned(there))]


def turned(change: Change) -> Change:
    return Change({path: (after, before or "") for path, (before, after) in change.files.items()})


def rewrite_until_killed(folder: Path, changes: list[Change]) -> None:
    config = load_config(folder)
    for number in itertools.count(1):
        make_change(changes[(number - 1) % len(changes)], config)
        print(number, flush=True)


def kill_rewrites(times: int, random: Random) -> None:
    folder = Path(tempfile.mkdtemp(prefix="kill-"))
    make_glossary_site(folder)
    changes = glossary_changes(folder)
    state = contents(folder)
    states = [state]
    for change in changes[:-1]:
        states.append({**states[-1], **{path: after for path, (_, after) in change.files.items()}})
    half = lost = unacknowledged = litter = total = 0
    start = time.perf_counter()
    for _ in range(times):
        acknowledged = life_of_rewrites(folder, changes, random)
        finish_rewrite(folder / ".explainer")
        now = contents(folder)
        total += acknowledged
        litter += len(list(folder.rglob("*.tmp"))) + len(list(folder.rglob("*.begun")))
        half += now not in states
        unacknowledged += now == states[(acknowledged + 1) % 4] != states[acknowledged % 4]
        lost += now not in (states[acknowledged % 4], states[(acknowledged + 1) % 4])
        for path, text in state.items():
            (folder / path).write_text(text, encoding="utf-8")
    print(f"glossary: {times} kills in {time.perf_counter() - start:.0f} s")
    print(
        f"{total} rewrites of {len(changes[0].files)} files acknowledged, {lost} lost; {half} half"
    )
    print(f"{unacknowledged} on disk that were not acknowledged yet; {litter} temporary files left")
    shutil.rmtree(folder)


def life_of_rewrites(folder: Path, changes: list[Change], random: Random) -> int:
    """Rewrite until killed, and let what finishes the last step be killed as well."""
    reader, writer = os.pipe()
    process = os.fork()  # with everything imported, so that the kills hit the writing
    if process == 0:
        os.dup2(writer, 1)
        rewrite_until_killed(folder, changes)
    os.close(writer)
    with os.fdopen(reader, encoding="utf-8") as said:
        time.sleep(random.uniform(0.0, 1.5))
        end(process)
        lines = said.read().split("\n")
    for _ in range(2):
        process = os.fork()
        if process == 0:
            finish_rewrite(folder / ".explainer")
            os._exit(0)
        time.sleep(random.uniform(0.0, 0.01))
        end(process)
    return int(lines[-2]) if len(lines) > 1 else 0


def end(process: int) -> None:
    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)


def contents(folder: Path) -> dict[str, str]:
    paths = [
        path for path in sorted(folder.rglob("content/**/*")) if path.suffix in (".md", ".yaml")
    ]
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in paths}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--what", choices=("review", "glossary"))
    options = parser.parse_args()
    for what, killed in (("review", kill_reviews), ("glossary", kill_rewrites)):
        if options.what in (None, what):
            killed(options.times, Random(options.seed))


if __name__ == "__main__":
    main()
