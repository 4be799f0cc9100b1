"""Measure builds: cold, with nothing changed, after an edit; on a corpus made here or on yours.

    python bench/bench.py --articles 100,1000,10000 --entries 200,5000 --work /tmp/bench
    python bench/bench.py --site FOLDER --peer 'hugo=FOLDER2:public:hugo --quiet'

Every figure is the median of `--runs`; peers take turns with us, so that ratios hold on a
machine that others use as well. CPU is user and system time of the command and its processes,
peak the largest of them. Results go to bench/results.json and, as a table, to the screen.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
FIRST = "Ada Bela Cato Dora Emil Fay Gus Hana Ivo Jana Kurt Lena Milo Nora Otto Pia".split()
LAST = "Arnet Bohl Corin Dahl Egger Ferro Galt Horn Isk Jarl Kern Lund Mott Nagy Orlo Pell".split()
PLACES = "Aldin Brask Corv Delma Estry Fenn Garra Holm Istra Jorva Kolm Lesk".split()
BODIES = "Board Council Union Court Bank Agency Institute Fund".split()
SAID = "said warned denied confirmed argued".split()
FILLER = (
    "Nobody could say how long the work would take, or who was to pay for it.",
    "The figures are from the spring and have not been revised since then.",
    "A vote is expected before the end of the month, and few expect surprises.",
    "Shops along the quay stayed closed for most of the day.",
)


def make_site(folder: Path, articles: int, entries: int) -> None:
    """The same site for the same numbers, whoever makes it."""
    rng = random.Random(f"{entries}")
    names: dict[str, str] = {}
    while len(names) < entries:
        one, two = rng.choice(FIRST), rng.choice(LAST)
        place, body = rng.choice(PLACES), rng.choice(BODIES)
        number = len(names)
        name = (f"{one} {two} {place}", f"{place} {two} {body}", f"{two} {place}")[number % 3]
        names.setdefault(name if name not in names else f"{name} {_roman(number)}", f"e{number}")
    kinds = ("person", "organization", "place")
    glossary = "".join(
        f"- id: {key}\n  name: {name}\n  kind: {kinds[int(key[1:]) % 3]}\n"
        f"  summary: {name} has been in the news since the works at {PLACES[3]} began.\n"
        for name, key in names.items()
    )
    _write(folder / "explainer.yaml", "title: Bench\nbase_url: https://example.org/\n")
    _write(folder / "content/glossary/all.yaml", glossary)
    known = list(names.items())
    for number in range(articles):
        _article(folder / "content/articles", number, known)


def _roman(number: int) -> str:
    return "".join("IVXLCDM"[int(digit) % 7] for digit in str(number)) + "a"


def _article(folder: Path, number: int, known: list[tuple[str, str]]) -> None:
    rng = random.Random(number)
    cast = rng.sample(known, min(12, len(known)))
    claims, paragraphs = [], []
    for place in range(12):
        (one, key), (two, _) = rng.choice(cast), rng.choice(cast)
        claim = f"the {rng.randint(2, 900)} plans of part {place} would be put before {two}"
        paragraphs.append(
            f"{one} {rng.choice(SAID)} that {claim}. " + " ".join(rng.choices(FILLER, k=3))
        )
        if len(claims) < 5:
            claims.append(
                f"  - id: a{place}\n    content: [{{exact: {json.dumps(claim)}}}]\n"
                f"    speaker: [{key}]\n"
            )
    day = f"{2000 + number % 24}-0{number % 9 + 1}-1{number % 9}"
    front = f"---\ntitle: Report {number}\ndate: {day}\ntags: [t{number % 7}]\n---\n\n"
    _write(folder / f"report-{number:06}.md", front + "\n\n".join(paragraphs) + "\n")
    _write(folder / f"report-{number:06}.notes.yaml", "attributions:\n" + "".join(claims))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


@dataclass(frozen=True)
class Run:
    """What one run of a command took."""

    wall: float
    cpu: float
    peak: float


def run(command: list[str], folder: Path) -> Run:
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    if status:
        sys.exit(f"{' '.join(command)} failed in {folder}")
    return Run(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def cold(folder: Path, output: str) -> None:
    for name in (output, ".explainer", "resources"):
        if (folder / name).exists():
            # Not deleted here: a file system is slow for a while after that.
            (folder / name).rename(folder.parent / f"trash-{time.time_ns()}")


def append(path: Path, text: str) -> None:
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def measure(
    site: Path, runs: int, peers: dict[str, tuple[Path, str, list[str]]]
) -> dict[str, object]:
    ours = [sys.executable, "-m", "explainer", "build", "-q"]
    article = sorted((site / "content/articles").glob("*.md"))[7]
    glossary = sorted((site / "content/glossary").glob("*.yaml"))[0]
    steps: dict[str, Callable[[], object]] = {
        "cold": lambda: cold(site, "site"),
        "nothing changed": lambda: None,
        "one article edited": lambda: append(article, "\nOne more word.\n"),
        "one entry edited": lambda: _edit_entry(glossary),
    }
    found: dict[str, list[Run]] = {}
    for _ in range(runs):
        for name, prepare in steps.items():
            prepare()
            found.setdefault(name, []).append(run(ours, site))
        for name, (folder, output, command) in peers.items():
            cold(folder, output)
            found.setdefault(name, []).append(run(command, folder))
    return {name: _medians(those) for name, those in found.items()}


def _edit_entry(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    head, mark, rest = text.partition("summary: ")
    now = f'"Now, {rest[1:]}' if rest.startswith('"') else f"Now, {rest}"
    path.write_text(f"{head}{mark}{now}", encoding="utf-8")


def _medians(runs: list[Run]) -> dict[str, float]:
    return {
        "wall": round(statistics.median(one.wall for one in runs), 3),
        "cpu": round(statistics.median(one.cpu for one in runs), 3),
        "peak_mib": round(statistics.median(one.peak for one in runs), 1),
    }


def machine() -> dict[str, object]:
    return {
        "processors": os.cpu_count(),
        "system": platform.platform(),
        "python": platform.python_version(),
        "load_at_start": os.getloadavg()[0],
        "day": time.strftime("%Y-%m-%d"),
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", default="100,1000")
    parser.add_argument("--entries", default="200")
    parser.add_argument("--site", type=Path, help="measure this site, which will be edited")
    parser.add_argument("--peer", action="append", default=[], metavar="NAME=FOLDER:OUTPUT:COMMAND")
    parser.add_argument("--work", type=Path, default=Path("bench-work"))
    parser.add_argument("--runs", type=int, default=3)
    asked = parser.parse_args()
    peers = {}
    for one in asked.peer:
        name, _, rest = one.partition("=")
        folder, output, command = rest.split(":", 2)
        peers[name] = (Path(folder).resolve(), output, command.split())
    results: dict[str, object] = {"machine": machine()}
    sizes = [(int(n), int(g)) for g in asked.entries.split(",") for n in asked.articles.split(",")]
    for n, g in [(0, 0)] if asked.site else sizes:
        site = asked.site or asked.work.resolve() / f"site-{n}-{g}"
        if not site.exists():
            make_site(site, n, g)
        label = str(asked.site.name) if asked.site else f"{n} articles, {g} entries"
        results[label] = measure(site, asked.runs, peers)
        print(label)
        for name, figures in results[label].items():  # type: ignore[attr-defined]
            print(f"  {name:20} {figures['wall']:8.3f} s wall {figures['cpu']:8.3f} s CPU "
                  f"{figures['peak_mib']:8.1f} MiB")  # fmt: skip
    _write(HERE / "results.json", json.dumps(results, indent=1) + "\n")
    for trash in asked.work.resolve().glob("trash-*"):
        shutil.rmtree(trash, ignore_errors=True)


if __name__ == "__main__":
    main()
