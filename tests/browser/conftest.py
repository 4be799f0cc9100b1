"""Chromium, the demo site built once, and a plain server that sends a strict policy with it."""

from __future__ import annotations

import http.server
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Request, sync_playwright

from .crowd import write_crowded_site

REPOSITORY = Path(__file__).parents[2]
SUB_PATH = "/papers/news/"
ARTICLE = "articles/kim-putin-summit.html"
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


class _Handler(http.server.SimpleHTTPRequestHandler):
    """Serves a folder under `SUB_PATH` only, so that a link from the root is a dead link."""

    policy = ""

    def do_GET(self) -> None:
        if not self.path.startswith(SUB_PATH):
            self.send_error(404)
            return
        self.path = "/" + self.path.removeprefix(SUB_PATH)
        super().do_GET()

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", self.policy)
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        pass


@dataclass(frozen=True, slots=True)
class Served:
    """A built site: its folder, and the address it is served at, with a slash at the end."""

    folder: Path
    url: str

    @property
    def pages(self) -> tuple[str, ...]:
        """Every page, by its path below `url`."""
        found = (path.relative_to(self.folder).as_posix() for path in self.folder.rglob("*.html"))
        return tuple(sorted(found))


@dataclass(slots=True)
class Reader:
    """Opens pages, and remembers whatever the browser complains of."""

    browser: Browser
    site: Served
    complaints: list[str] = field(default_factory=list)

    def open(
        self, path: str = ARTICLE, *, width: int = 1280, height: int = 900, **options: Any
    ) -> Page:
        """A page in a context of its own; `options` are the context's, `path` may be a URL."""
        context = self.browser.new_context(viewport={"width": width, "height": height}, **options)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("console", lambda said: self.complaints.append(said.text))
        page.on("pageerror", lambda fault: self.complaints.append(str(fault)))
        page.on("requestfailed", lambda request: self._note_failure(request))
        page.goto(path if ":" in path else self.site.url + path)
        page.evaluate("document.fonts.ready.then(() => null)")
        return page

    def _note_failure(self, request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # what a page still asked for when it was left
            self.complaints.append(f"{request.failure}: {request.url}")

    def close(self) -> None:
        for context in self.browser.contexts:
            context.close()


def build(source: Path, output: Path) -> None:
    command = [sys.executable, "-m", "explainer", "build", "-o", str(output)]
    paths = os.pathsep.join(filter(None, [str(REPOSITORY), os.environ.get("PYTHONPATH")]))
    environment = {**os.environ, "PYTHONPATH": paths}
    subprocess.run(command, cwd=source, check=True, env=environment, capture_output=True)


def serve(folder: Path, policy: str = "default-src 'self'") -> http.server.ThreadingHTTPServer:
    handler = partial(type("_Handler", (_Handler,), {"policy": policy}), directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


# Not for the whole session: as long as Playwright runs, no other test can have an event loop.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        program = os.environ.get("CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
        browser = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The repository's own content, built for the address at which it is then served."""
    source = tmp_path_factory.mktemp("demo")
    output = source / "site"
    output.mkdir()
    server = serve(output)
    url = f"http://127.0.0.1:{server.server_port}{SUB_PATH}"
    shutil.copytree(REPOSITORY / "content", source / "content")
    if (REPOSITORY / "seeds").is_dir():
        shutil.copytree(REPOSITORY / "seeds", source / "seeds")
    settings = (REPOSITORY / "explainer.yaml").read_text(encoding="utf-8")
    lines = [line for line in settings.splitlines() if not line.startswith("base_url:")]
    text = "\n".join([*lines, f"base_url: {url}", ""])
    (source / "explainer.yaml").write_text(text, encoding="utf-8")
    build(source, output)
    yield Served(output, url)
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="package")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Twenty cards in ten paragraphs."""
    source = tmp_path_factory.mktemp("crowd")
    write_crowded_site(source)
    build(source, source / "site")
    server = serve(source / "site")
    yield Served(source / "site", f"http://127.0.0.1:{server.server_port}{SUB_PATH}")
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="package")
def tongues(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One story in each of the interface's languages."""
    source = tmp_path_factory.mktemp("tongues") / "site"
    shutil.copytree(REPOSITORY / "tests" / "languages", source)
    build(source, source / "site")
    server = serve(source / "site")
    yield Served(source / "site", f"http://127.0.0.1:{server.server_port}{SUB_PATH}")
    server.shutdown()
    server.server_close()


@pytest.fixture
def reader(browser: Browser, demo: Served) -> Iterator[Reader]:
    """A reader of the demo, whose browser must have had nothing to complain of in the end."""
    one = Reader(browser, demo)
    yield one
    one.close()
    assert one.complaints == []
