"""How fast drafts are, beside spaCy alone on the same texts in the same run.

    python bench/draft.py FOLDER [--limit 200] [--rounds 3]

FOLDER holds articles (.md or .txt). With one process CPU time counts, since it can be compared
on a busy machine; with two it is the wall clock, starting them included. The best of the rounds.
"""

from __future__ import annotations

import argparse
import time
import warnings
from collections.abc import Callable
from pathlib import Path

from explainer.analyze import load_analyzer
from explainer.draft import Job, draft_articles
from explainer.parse import parse_article
from explainer.read import list_articles, read_article


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--limit", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    root = asked.folder.absolute()
    paths = list_articles(root, root)[: asked.limit]
    texts = [parse_article(read_article(path, root)).text for path in paths]
    words = sum(len(text.split()) for text in texts)
    warnings.simplefilter("ignore")
    spacy = load_analyzer().pipeline
    list(spacy.pipe(texts[:2]))
    job = Job(root)
    print(f"{len(texts)} articles, {words} words")
    rounds: tuple[tuple[str, Callable[[], float], Run, Run], ...] = (
        ("one process, CPU", time.process_time,
         lambda: exhaust(spacy.pipe(texts)), lambda: exhaust(draft_articles(paths, job))),
        ("two processes, wall", time.perf_counter,
         lambda: exhaust(spacy.pipe(texts, n_process=2)),
         lambda: exhaust(draft_articles(paths, job, 2))),
    )  # fmt: skip
    for name, clock, alone, whole in rounds:
        taken = [(timed(clock, alone), timed(clock, whole)) for _ in range(asked.rounds)]
        theirs, ours = (min(times) for times in zip(*taken, strict=True))
        print(
            f"{name}: spaCy alone {words / theirs:.0f} words/s, drafts {words / ours:.0f} words/s, "
            f"ratio {theirs / ours:.2f}"
        )


Run = Callable[[], None]


def exhaust(results: object) -> None:
    for _ in results:  # type: ignore[attr-defined]
        pass


def timed(clock: Callable[[], float], run: Run) -> float:
    start = clock()
    run()
    return clock() - start


if __name__ == "__main__":
    main()
