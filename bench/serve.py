"""Measure previews: from the moment an article is saved to the moment a browser shows it.

    python -m bench.serve FOLDER --times 20 --chromium /usr/bin/chromium
    python -m bench.serve FOLDER --edit title
    python -m bench.serve FOLDER --hugo hugo --hugo-site FOLDER2

FOLDER is any site; the article that is first by name is edited, and put back as it was in the end.
With `--edit title` its title changes as well, so that lists, entries' pages and search have to be
made anew. `bench.growth` makes the same site for Hugo, whose server then takes turns with ours.
The first build of a large site takes its time, and is kept from run to run; it isn't measured.
"""

from __future__ import annotations

import argparse
import contextlib
import re
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from msgspec import Struct, field
from playwright.sync_api import Browser, Page, sync_playwright

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
LONGEST_MS = 60_000

Edit = Callable[[str, int], str]
"""A text with the edit of that number in it."""


def mark(number: int) -> str:
    return f"Edit number {number} of the measurement."


def add_paragraph(text: str, number: int) -> str:
    return f"{text.rstrip()}\n\n{mark(number)}\n"


def change_title(text: str, number: int) -> str:
    titled = re.sub(
        r'^title: (["\']?)', rf"title: \g<1>{number} ", text, count=1, flags=re.MULTILINE
    )
    return add_paragraph(titled, number)


EDITS: dict[str, Edit] = {"paragraph": add_paragraph, "title": change_title}


class Preview(Struct):
    """A site that is served and open in a browser: one article of it."""

    name: str
    article: Path
    page: Page
    text: str = ""
    took: list[float] = field(default_factory=list)

    def measure(self, edit: Edit, number: int) -> None:
        """Save the edit of that number, and note the seconds until it is shown."""
        start = time.perf_counter()
        self.article.write_text(edit(self.text, number), encoding="utf-8")
        self.page.get_by_text(mark(number)).first.wait_for(timeout=LONGEST_MS)
        self.took.append(time.perf_counter() - start)

    def report(self) -> str:
        took = sorted(self.took)
        return (
            f"{self.name}: saved to shown, {len(took)} times: median "
            f"{statistics.median(took):.3f} s, best {took[0]:.3f}, worst {took[-1]:.3f}"
        )


class Server(Struct, frozen=True):
    """``says`` finds its address in what it prints, ``ready`` what it prints once it has built;
    ``page`` is where an article is shown, with its file's name in braces."""

    name: str
    command: Sequence[str]
    says: str
    ready: str
    page: str


@contextlib.contextmanager
def serving(server: Server, folder: Path) -> Iterator[str]:
    """The address of a server that has built its site; it ends with the block."""
    with subprocess.Popen(
        server.command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        try:
            assert process.stdout
            address = ""
            for line in process.stdout:
                found = re.search(server.says, line)
                address = found[0] if found else address
                if address and re.search(server.ready, line):
                    break
            threading.Thread(target=process.stdout.read, daemon=True).start()
            yield address
        finally:
            process.terminate()


@contextlib.contextmanager
def open_article(server: Server, folder: Path, browser: Browser) -> Iterator[Preview]:
    """Serve a site and open its first article, which is put back in the end."""
    articles = folder / "content/articles"
    article = sorted((*articles.glob("*.md"), *articles.glob("*.txt")))[0]
    with serving(server, folder) as address:
        page = browser.new_page()
        page.goto(f"{address}/{server.page.format(article.stem)}")
        preview = Preview(server.name, article, page, article.read_text(encoding="utf-8"))
        try:
            yield preview
        finally:
            article.write_text(preview.text, encoding="utf-8")


def main() -> None:
    asked = _parser().parse_args()
    port, address = asked.port, r"http://[^\s/]+"
    command = [sys.executable, "-u", "-m", "explainer", "serve", "--port", str(port)]
    sites = [(Server("explainer", command, address, "^built", "articles/{}.html"), asked.site)]
    if asked.hugo_site:
        command = [asked.hugo, "server", "--noBuildLock", "--port", str(port + 1)]
        sites.append((Server("hugo", command, address, address, "articles/{}/"), asked.hugo_site))
    with contextlib.ExitStack() as opened:
        playwright = opened.enter_context(sync_playwright())
        browser = playwright.chromium.launch(executable_path=asked.chromium, args=FLAGS)
        opened.callback(browser.close)
        previews = [
            opened.enter_context(open_article(server, folder.resolve(), browser))
            for server, folder in sites
        ]
        for number in range(asked.times):
            for one in previews:
                one.measure(EDITS[asked.edit], number)
                one.page.wait_for_timeout(asked.pause * 1000)
        for one in previews:
            print(one.report())


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bench.serve",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = parser.add_argument
    add("site", type=Path)
    add("--times", type=int, default=20, metavar="N", help="how many edits [20]")
    add("--edit", choices=tuple(EDITS), default="paragraph", help="[paragraph]")
    add("--pause", type=float, default=1.0, metavar="S",
        help="seconds between edits, as nobody saves without them [1]")  # fmt: skip
    add("--chromium", metavar="FILE", help="the browser; else the one that Playwright has")
    add("--port", type=int, default=8700, metavar="N", help="[8700]")
    add("--hugo", default="hugo", metavar="FILE", help="where Hugo is, if it isn't on PATH")
    add("--hugo-site", type=Path, metavar="FOLDER", help="the same site for Hugo")
    return parser


if __name__ == "__main__":
    main()
