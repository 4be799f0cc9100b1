"""An editor's decisions while the server is killed, again and again, at random moments.

    python -m bench.kill [--times N] [--seed N]

Each time the review's server is started, decisions are sent as fast as it answers, and it gets
SIGKILL in between. No decision that was acknowledged may be lost, no file may be broken.
"""

from __future__ import annotations

import argparse
import http.client
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
from explainer.model import STATUSES
from explainer.read import parse_glossary, parse_notes

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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    random = Random(options.seed)
    folder = Path(tempfile.mkdtemp(prefix="kill-"))
    path = make_site(folder)
    begun = path.read_text(encoding="utf-8")
    lost = broken = total = unacknowledged = litter = 0
    wanted: dict[int, str] = {}
    start = time.perf_counter()
    for _ in range(options.times):
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
    print(f"{options.times} kills in {time.perf_counter() - start:.0f} s")
    print(f"{total} decisions acknowledged, {lost} lost; {broken} files broken")
    print(f"{unacknowledged} on disk that were not acknowledged yet; {litter} temporary files left")
    shutil.rmtree(folder)


def without_statuses(text: str) -> str:
    return re.sub(rf"status: (?:{'|'.join(STATUSES)})", "status:", text)


if __name__ == "__main__":
    main()
