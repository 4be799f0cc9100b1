"""Measure the preview: from the moment an article is saved to the moment a browser shows it.

    python -m bench.serve FOLDER --times 20 --chromium /usr/bin/chromium

FOLDER is a site; its first article is edited, and put back as it was in the end.
"""

from __future__ import annotations

import argparse
import re
import statistics
import subprocess
import sys
import time
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]


def measure(page: Page, article: Path, times: int) -> list[float]:
    """Seconds for each of `times` edits."""
    text = article.read_text(encoding="utf-8")
    took = []
    try:
        for number in range(times):
            mark = f"Edit number {number} of the measurement."
            start = time.perf_counter()
            article.write_text(f"{text}\n\n{mark}\n", encoding="utf-8")
            page.get_by_text(mark).first.wait_for(timeout=120_000)
            took.append(time.perf_counter() - start)
    finally:
        article.write_text(text, encoding="utf-8")
    return took


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("site", type=Path)
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--chromium", help="the browser; else the one that Playwright has")
    asked = parser.parse_args()
    article = sorted((asked.site / "content/articles").glob("*.md"))[0]
    command = [sys.executable, "-m", "explainer", "serve", "--port", "8700"]
    with subprocess.Popen(
        command, cwd=asked.site, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as server:
        try:
            assert server.stdout
            lines = (re.search(r"http://\S+", line) for line in server.stdout)
            address = next(found[0] for found in lines if found).rstrip("/")
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=asked.chromium, args=FLAGS)
                page = browser.new_page()
                page.goto(f"{address}/articles/{article.stem}.html", timeout=600_000)
                page.locator("article").first.wait_for(timeout=600_000)
                took = sorted(measure(page, article, asked.times))
                browser.close()
        finally:
            server.terminate()
    print(f"saved to shown, {len(took)} times: median {statistics.median(took):.2f} s, "
          f"best {took[0]:.2f}, worst {took[-1]:.2f}")  # fmt: skip


if __name__ == "__main__":
    main()
