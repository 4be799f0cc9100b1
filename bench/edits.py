"""What random edits do to the anchors of an article's notes: right, refused, wrong, by kind.

    python -m bench.edits [--edits N] [--seed N] [--without-base] [SITE…]

Without a SITE the articles are this repository's and twenty made by program; a SITE is a folder
with content/articles/ whose articles have notes.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import astuple
from pathlib import Path
from random import Random

from msgspec.structs import replace

from explainer.config import load_config
from explainer.model import Document, Notes
from explainer.parse import parse_article
from explainer.read import list_articles, read_article, read_notes
from tests.edited import KINDS, Edited, Tally, judge, make_article, make_notes, parse_plain

ROOT = Path(__file__).parent.parent


def articles_of(root: Path) -> Iterator[tuple[Document, Notes]]:
    """A site's articles as plain texts, with their notes."""
    config = load_config(root)
    for path in list_articles(config.content / "articles", root):
        notes = read_notes(path, root)
        document = parse_article(read_article(path, root))
        if notes:
            plain = parse_plain(plain_text(document))
            yield plain, replace(notes, text=f"sha256:{plain.digest}")


def plain_text(document: Document) -> str:
    if document.path.endswith(".txt"):
        return document.text
    lines = (span.of(document.text).replace("\n", " ") for span in document.blocks)
    return "\n".join([document.meta.title, *lines]) + "\n"


def made_articles(count: int, random: Random) -> Iterator[tuple[Document, Notes]]:
    for _ in range(count):
        document = parse_plain(make_article(random))
        yield document, make_notes(document, random)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--edits", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--without-base", action="store_true")
    parser.add_argument("--show", action="store_true", help="print each wrong anchor")
    parser.add_argument("sites", nargs="*", type=Path)
    options = parser.parse_args()
    random = Random(options.seed)
    articles = [one for site in options.sites or [ROOT] for one in articles_of(site.resolve())]
    if not options.sites:
        articles += made_articles(20, random)
    tallies: dict[str, Tally] = defaultdict(Tally)
    for number in range(options.edits):
        kind = list(KINDS)[number % len(KINDS)]
        document, notes = random.choice(articles)
        edited = Edited(tuple(KINDS[kind](document.text, random)))
        found, wrong = judge(document, notes, edited, with_base=not options.without_base)
        for name in Tally.__slots__:
            setattr(tallies[kind], name, getattr(tallies[kind], name) + getattr(found, name))
        if options.show:
            for was, now in wrong:
                print(f"{kind}: {was.selector.exact!r} {was.span} -> {now.span} ({now.state})")
    report(tallies, len(articles))


def report(tallies: dict[str, Tally], articles: int) -> None:
    print(f"{articles} articles")
    print(f"{'kind':22}{'stood':>8}{'right':>8}{'':>8}{'refused':>8}{'gone':>8}{'WRONG':>8}")
    total = [sum(column) for column in zip(*map(astuple, tallies.values()), strict=True)]
    for kind, one in (*((k, astuple(t)) for k, t in tallies.items()), ("all", tuple(total))):
        stood, right, refused, gone, wrong = one
        share = f"{100 * right / stood:.1f}%" if stood else "–"
        print(f"{kind:22}{stood:8}{right:8}{share:>8}{refused:8}{gone:8}{wrong:8}")


if __name__ == "__main__":
    main()
