"""The seed from raw text to a published page by keyboard alone, in a real browser.

    python -m bench.review [--keep FOLDER]

Prints how many decisions that took, the time from a key to the next item on the screen, and
whether a comment written by hand is still in the notes.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).parent.parent
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
COMMENT = "# Written by hand: look at the claims of KCNA twice.\n"
WATCH = """() => {
  window.times = [];
  let pressed = 0;
  addEventListener("keydown", (event) => (pressed = event.timeStamp), true);
  new MutationObserver(() => {
    const since = pressed;
    requestAnimationFrame(() => setTimeout(() => window.times.push(performance.now() - since)));
  }).observe(document.body, { attributes: true, attributeFilter: ["data-ready"] });
}"""


def make_site(folder: Path) -> Path:
    """A site with nothing in it but the seed as it arrived, and its date."""
    articles = folder / "content/articles"
    articles.mkdir(parents=True)
    (seed,) = (ROOT / "seeds").glob("*.txt")
    shutil.copy(seed, articles / "seed.txt")
    (articles / "seed.yaml").write_text("date: 2023-09-12\n", encoding="utf-8")
    (folder / "explainer.yaml").write_text("title: A review\n", encoding="utf-8")
    return articles / "seed.txt"


class Editor:
    """Presses keys, and waits until each decision is acknowledged."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.decisions: Counter[str] = Counter()
        self.keys = 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.keys += 1

    def type(self, words: str) -> None:
        self.page.keyboard.type(words)
        self.keys += len(words)

    def decide(self, what: str, *keys: str) -> None:
        ready = int(self.page.locator("body").get_attribute("data-ready") or 0)
        self.press(*keys)
        self.page.wait_for_selector(f'body[data-ready="{ready + 1}"]:not([data-busy])')
        self.decisions[what] += 1

    def text(self, selector: str) -> str:
        return self.page.locator(selector).first.inner_text()

    def work(self) -> None:
        """All there is to decide, and one of each other thing that can be done."""
        first = True
        while "to decide" in self.text("#left"):
            title = self.text(".item h2").lower()
            if first:
                self.decide("reject", "r")
                self.decide("undo", "u")
                first = False
            elif title == "experts":
                self.decide("never again", "n")
            elif title.startswith("experts") or "nobody named" in title:
                self.decide("reject", "r")
            else:
                self.decide("accept", "a")
        self.press("w", "ArrowDown", "ArrowDown", "Shift+ArrowDown")
        self.press("b")
        self.type("The visit")
        self.press("Tab")
        self.type("2023-09-12")
        self.press("Tab")
        self.type("A card written in the browser.")
        self.decide("card added", "Enter")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keep", type=Path, help="work in this folder and leave it there")
    options = parser.parse_args()
    folder = options.keep or Path(tempfile.mkdtemp(prefix="review-"))
    seed = make_site(folder)
    paths = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
    environment = {**os.environ, "PYTHONPATH": paths}
    explainer = [sys.executable, "-m", "explainer"]
    subprocess.run([*explainer, "draft", str(seed)], cwd=folder, check=True, env=environment)
    notes = seed.with_name("seed.notes.yaml")
    text = notes.read_text(encoding="utf-8")
    notes.write_text(text.replace("attributions:\n", f"attributions:\n  {COMMENT}", 1), "utf-8")
    shutil.copy(notes, folder / "before.yaml")
    server = subprocess.Popen(
        [*explainer, "review", str(seed), "--port", "0"],
        cwd=folder, env={**environment, "PYTHONUNBUFFERED": "1"}, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert server.stdout is not None
        url = server.stdout.readline().split()[-1]
        editor = drive(url)
    finally:
        server.terminate()
        server.wait()
    subprocess.run([*explainer, "build", "--strict"], cwd=folder, check=True, env=environment)
    report(editor, folder, notes)
    if not options.keep:
        shutil.rmtree(folder)


def drive(url: str) -> Editor:
    with sync_playwright() as playwright:
        program = shutil.which("chromium") or "/usr/bin/chromium"
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto(url)
        page.wait_for_selector(".item")
        page.evaluate(WATCH)
        editor = Editor(page)
        begun = time.perf_counter()
        editor.work()
        print(f"{time.perf_counter() - begun:.1f} s in all, the driving included")
        times = page.evaluate("window.times")
        browser.close()
    times.sort()
    print(
        f"key to next item: median {statistics.median(times):.0f} ms, worst {times[-1]:.0f} ms, "
        f"{len(times)} decisions"
    )
    return editor


def report(editor: Editor, folder: Path, notes: Path) -> None:
    made = ", ".join(f"{count} {what}" for what, count in editor.decisions.items())
    print(f"decisions: {made}; {editor.keys} keys")
    before = (folder / "before.yaml").read_text(encoding="utf-8")
    after = notes.read_text(encoding="utf-8")
    added = len(after) - len(before)
    print(f"the comment is {'kept' if COMMENT in after else 'LOST'}; {added:+} characters")
    page = (folder / "site/articles/seed.html").read_text(encoding="utf-8")
    claims = len(set(re.findall(r'id="(claim-[\w-]+)"', page)))
    entries = len(set(re.findall(r'id="(entry-[\w-]+)"', page)))
    print(f"published: {claims} claims, {entries} entries, {page.count('<aside id=')} cards")


if __name__ == "__main__":
    main()
