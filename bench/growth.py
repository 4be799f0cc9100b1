"""How builds grow with a site, beside other generators that do the same work, in one run.

    python -m bench.growth --articles 100,1000 --entries 200,5000 --work /tmp/bench
    python -m bench.growth --hugo ~/hugo --eleventy ~/node_modules/@11ty/eleventy/cmd.cjs
    python -m bench.growth --site FOLDER

For every pair of numbers a site is made, unless it is there from an earlier run, and each build is
measured `--runs` times: cold, with nothing changed, with one article edited, with one entry edited.
Hugo, Eleventy and MkDocs (Material, ezglossary) build the same articles with the same mentions
linked, cold, in turn with ours, so that ratios hold on a machine that others use as well; those
that aren't found on PATH or where an option says are told and left out. Figures are medians. CPU
is user and system time of the command and its processes, peak the largest of them.

A result file (bench/growth.json) holds them with the machine, the versions and the commit; a size
that is in it already is replaced, so that large ones can be measured on their own. A chart of it
(growth.svg beside it) is drawn each time.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct

from bench.chart import growth_chart
from bench.corpus import Corpus, make_site, write
from bench.measuring import (
    FailedError,
    Run,
    commit,
    describe_machine,
    medians,
    put_aside,
    ratios,
    run,
)
from bench.peers import NAMES, Peer, find_peers

HERE = Path(__file__).parent
OURS = [sys.executable, "-m", "explainer", "build", "-q"]
MADE = ("site", ".explainer")


class Bench(Struct, frozen=True):
    """What is measured, and where; ``peers`` are asked for sites that they can take."""

    work: Path
    runs: int
    peers: Sequence[Peer]
    stages_up_to: int

    @property
    def trash(self) -> Path:
        return self.work / "trash"


def made_once(folder: Path, make: Callable[[Path, Corpus], None], corpus: Corpus) -> Path:
    """A folder that is whole: one that is half made is made anew."""
    if not folder.exists():
        half = folder.with_name(f"{folder.name}.half")
        shutil.rmtree(half, ignore_errors=True)
        make(half, corpus)
        half.rename(folder)
    return folder


def measure_size(bench: Bench, corpus: Corpus) -> dict[str, Any]:
    """All that is measured of one size."""
    size = f"{corpus.articles}-{corpus.entries}"
    site = made_once(bench.work / f"explainer-{size}", make_site, corpus)
    folders = {
        peer: made_once(bench.work / f"{peer.name}-{size}", peer.layout, corpus)
        for peer in bench.peers
        if not peer.most or corpus.articles <= peer.most
    }
    found = {"articles": corpus.articles, "entries": corpus.entries}
    return found | measure_site(bench, site, folders, corpus.articles)


def measure_own(bench: Bench, site: Path) -> dict[str, Any]:
    """The same of a site that somebody has written, without peers."""
    articles = len(list((site / "content/articles").glob("*.md")))
    glossary = (site / "content/glossary").glob("*.yaml")
    entries = sum(one.read_text(encoding="utf-8").count("- id: ") for one in glossary)
    found = {"articles": articles, "entries": entries}
    return found | measure_site(bench, site, {}, articles)


def measure_site(
    bench: Bench, site: Path, peers: Mapping[Peer, Path], articles: int
) -> dict[str, Any]:
    ours: dict[str, list[Run]] = {}
    theirs: dict[Peer, list[Run]] = {peer: [] for peer in peers}
    failed: dict[str, str] = {}
    for _ in range(bench.runs):
        for name, prepare in edits(site, bench.trash).items():
            prepare()
            ours.setdefault(name, []).append(run(OURS, site))
        for peer, folder in peers.items():
            if peer.name not in failed:
                put_aside(folder, peer.made, bench.trash)
                try:
                    theirs[peer].append(run(peer.command, folder))
                except FailedError as fault:
                    failed[peer.name] = str(fault)
    found = {
        "measured": time.strftime("%Y-%m-%d"),
        **commit(),
        "runs": bench.runs,
        "builds": {name: medians(runs) for name, runs in ours.items()},
        "output": _output(site / "site"),
        "peers": {
            peer.name: {
                "version": peer.version,
                "build": medians(runs),
                "ours_by_theirs": ratios(ours["cold"], runs),
                "output": _output(peers[peer] / peer.made[0]),
            }
            for peer, runs in theirs.items()
            if peer.name not in failed
        },
        "failed": failed,
    }
    if articles <= bench.stages_up_to:
        found["stages"] = ask_stages(site)
        found["allocated"] = ask_stages(site, "--allocations")
    return found


def edits(site: Path, trash: Path) -> Mapping[str, Callable[[], None]]:
    """What is done to a site before each of its builds."""
    article = sorted((site / "content/articles").glob("*.md"))[-1]
    glossary = sorted((site / "content/glossary").glob("*.yaml"))[0]
    return {
        "cold": lambda: put_aside(site, MADE, trash),
        "nothing changed": lambda: None,
        "one article edited": lambda: append(article, "\nOne more sentence.\n"),
        "one entry edited": lambda: edit_entry(glossary),
    }


def append(path: Path, text: str) -> None:
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def edit_entry(path: Path) -> None:
    """Change the summary of the entry in the middle of a file."""
    parts = path.read_text(encoding="utf-8").split("\n  summary: ")
    place = len(parts) // 2
    opening = '"' if parts[place][:1] == '"' else ""
    parts[place] = f"{opening}Now, {parts[place].removeprefix(opening)}"
    path.write_text("\n  summary: ".join(parts), encoding="utf-8")


def _output(folder: Path) -> dict[str, float]:
    files = [one for one in folder.rglob("*") if one.is_file()]
    return {
        "files": len(files),
        "pages": sum(one.suffix == ".html" for one in files),
        "mib": round(sum(one.stat().st_size for one in files) / 2**20, 2),
    }


def ask_stages(site: Path, *options: str) -> dict[str, float]:
    """What `bench.stages` says, in a process of its own."""
    command = [sys.executable, "-m", "bench.stages", str(site), *options]
    done = subprocess.run(command, cwd=HERE.parent, stdout=subprocess.PIPE, text=True, check=True)
    answer: dict[str, float] = json.loads(done.stdout)
    return answer


# ---- results


def open_results(path: Path, machine: Mapping[str, object]) -> dict[str, Any]:
    """What the result file holds already.

    Raises:
        SystemExit: It is another machine's.
    """
    if not path.exists():
        return {"machine": machine, "sizes": []}
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    if found["machine"] != machine:
        raise SystemExit("the result file is of another machine; name another with --result")
    return found


def keep(path: Path, results: dict[str, Any], new: dict[str, Any]) -> None:
    """Put a size into the result file, in place of its earlier figures, and draw the chart."""

    def size_of(one: Mapping[str, Any]) -> tuple[int, int]:
        return one["articles"], one["entries"]

    others = [one for one in results["sizes"] if size_of(one) != size_of(new)]
    results["sizes"] = sorted([*others, new], key=size_of)
    write(path, json.dumps(results, indent=1) + "\n")
    write(path.with_suffix(".svg"), growth_chart(results))


def report(size: Mapping[str, Any]) -> str:
    """One size as lines for the screen."""
    lines = [f"{size['articles']:,} articles, {size['entries']:,} entries"]
    rows = dict(size["builds"])
    rows |= {f"{name} {one['version']}": one["build"] for name, one in size["peers"].items()}
    for name, one in rows.items():
        lines.append(
            f"  {name:22} {one['wall']:9.3f} s {one['cpu']:9.3f} s CPU {one['peak_mib']:8.1f} MiB"
        )
    for name, one in size["peers"].items():
        by = one["ours_by_theirs"]
        lines.append(
            f"  ours by {name}: wall {by['wall']:.3f}, CPU {by['cpu']:.3f}, "
            f"peak {by['peak_mib']:.3f}"
        )
    lines += (f"  {name} failed: {why}" for name, why in size["failed"].items())
    for stage, seconds in size.get("stages", {}).items():
        each = seconds / max(1, size["articles"]) * 1000
        lines.append(f"  {stage:22} {seconds:9.3f} s CPU {each:9.3f} ms an article")
    if "allocated" in size:
        lines.append(f"  {'allocated at most':22} {size['allocated']['peak_mib']:9.2f} MiB")
    return "\n".join(lines)


# ---- the command line


def main(arguments: Sequence[str] | None = None) -> None:
    asked = _parser().parse_args(arguments)
    places = {name: getattr(asked, name) for name in NAMES if getattr(asked, name) != "none"}
    peers, absent = find_peers(places, {"mkdocs": asked.mkdocs_up_to})
    for name in absent:
        print(f"{name} isn't here; it is left out")
    work = asked.work.resolve()
    work.mkdir(parents=True, exist_ok=True)
    bench = Bench(work, asked.runs, peers, asked.stages_up_to)
    try:
        if asked.site:
            print(report(measure_own(bench, asked.site.resolve())))
            return
        results = open_results(asked.result, describe_machine(work))
        for entries in asked.entries:
            for articles in asked.articles:
                found = measure_size(bench, Corpus(articles, entries))
                print(report(found), flush=True)
                keep(asked.result, results, found)
    except FailedError as fault:
        raise SystemExit(str(fault)) from fault
    finally:
        shutil.rmtree(bench.trash, ignore_errors=True)


def _numbers(text: str) -> list[int]:
    return [int(one) for one in text.split(",")]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bench.growth",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = parser.add_argument
    add("--articles", type=_numbers, default=[100, 1000], metavar="N,…", help="[100,1000]")
    add("--entries", type=_numbers, default=[200], metavar="N,…", help="[200]")
    add("--site", type=Path, help="measure this site instead, which will be edited; no peers")
    add("--runs", type=int, default=3, metavar="N", help="how often each is measured [3]")
    for name in NAMES:
        add(f"--{name}", default="", metavar="FILE", help=f"where {name} is, or none")
    add("--mkdocs-up-to", type=int, default=1000, metavar="N",
        help="articles that MkDocs is given at most, as it is slow [1000]")  # fmt: skip
    add("--stages-up-to", type=int, default=10_000, metavar="N",
        help="articles up to which stages and allocations are measured [10000]")  # fmt: skip
    add("--work", type=Path, default=Path("bench-work"), help="where sites are made [bench-work]")
    add("--result", type=Path, default=HERE / "growth.json", help="[bench/growth.json]")
    return parser


if __name__ == "__main__":
    main()
