"""The preview on a real port, real files and, where the page acts, a real browser."""

from __future__ import annotations

import asyncio
import contextlib
import http.client
import importlib.metadata
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import pytest
from livereload.handlers import LiveReloadHandler
from livereload.watcher import Watcher
from tornado.httpclient import HTTPClientError, HTTPRequest
from tornado.websocket import websocket_connect

from explainer.build import build_site
from explainer.config import load_config
from explainer.errors import ConfigError
from explainer.serve import PreviewServer
from explainer.serve.building import Builder, Preview
from explainer.serve.watching import SourceWatch
from tests.making import write_files

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

T = TypeVar("T")

ARTICLE = "content/articles/a.md"
DEADLINE = 30.0
CHROMIUM_FLAGS = """
    --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking
    --disable-component-update --disable-sync
""".split()


def until(condition: Callable[[], object], what: str = "") -> None:
    """Wait for a condition; fail where it doesn't come true."""
    deadline = time.monotonic() + DEADLINE
    pause = threading.Event()
    while not condition():
        assert time.monotonic() < deadline, what or "it didn't happen in time"
        pause.wait(0.01)


def article(text: str) -> str:
    return f"---\ntitle: A\n---\n{text} of Kim Jong Un.\n"


def save(path: Path, text: str) -> None:
    """Replace a file in one step, as careful editors do: one change, never half a file."""
    beside = path.with_name(f".{path.name}.tmp")
    beside.write_text(text, encoding="utf-8")
    beside.replace(path)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "paper"
    (folder / "content/articles").mkdir(parents=True)
    (folder / "content/glossary").mkdir()
    (folder / "static/css").mkdir(parents=True)
    (folder / "explainer.yaml").write_text("title: The Paper\n")
    (folder / ARTICLE).write_text(article("Text"))
    (folder / "content/glossary/g.yaml").write_text(
        "- id: kim\n  name: Kim Jong Un\n  kind: person\n  summary: A leader.\n"
    )
    return folder


@contextlib.contextmanager
def serving(root: Path, said: list[str] | None = None, **options: Any) -> Iterator[PreviewServer]:
    """A server whose first build is done."""
    lines = said if said is not None else []
    with PreviewServer(root, say=lines.append, **{"port": 0} | options) as server:
        until(lambda: server.rebuilder.preview.edition or server.rebuilder.preview.problems)
        yield server


@pytest.fixture
def server(root: Path) -> Iterator[PreviewServer]:
    with serving(root) as one:
        yield one


def ask(
    server: PreviewServer, path: str, host: str = "", method: str = "GET"
) -> tuple[int, dict[str, str], str]:
    """Status, headers and text of one answer; the path is sent as it is."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=DEADLINE)
    with contextlib.closing(connection):
        connection.putrequest(method, path, skip_host=True)
        connection.putheader("Host", host or f"127.0.0.1:{server.port}")
        connection.endheaders()
        answer = connection.getresponse()
        return answer.status, dict(answer.headers), answer.read().decode("utf-8", "replace")


def page_text(server: PreviewServer, path: str = "/articles/a.html") -> str:
    return ask(server, path)[2]


def in_a_loop(coroutine: Coroutine[Any, Any, T]) -> T:
    """What a coroutine gives; in a thread, as Playwright has a loop in this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, coroutine).result()


def builds(server: PreviewServer) -> int:
    """How many builds were made, once none is under way."""
    until(lambda: not server.rebuilder.building)
    return server.rebuilder.builds


class Tabs:
    """Open pages, as far as the server can tell: sockets that did livereload's handshake."""

    def __init__(self, server: PreviewServer, count: int = 1, **info: str) -> None:
        self.server = server
        self.count = count
        self.info = {
            "version": server.rebuilder.preview.version("index.html"),
            "styles": "0",
        } | info
        self.heard: list[dict[str, Any]] = []
        self.codes: set[int | None] = set()
        self.closed = threading.Event()
        self.thread = threading.Thread(target=lambda: asyncio.run(self._browse()))

    def __enter__(self) -> Tabs:
        before = len(LiveReloadHandler.waiters)
        self.thread.start()
        until(lambda: len(LiveReloadHandler.waiters) == before + self.count)
        until(lambda: len(self.of("problems")) >= self.count)
        return self

    def __exit__(self, *_: object) -> None:
        self.closed.set()
        self.thread.join()

    def of(self, command: str) -> list[dict[str, Any]]:
        return [one for one in self.heard if one["command"] == command]

    async def _browse(self) -> None:
        await asyncio.gather(*(self._open() for _ in range(self.count)))

    async def _open(self) -> None:
        address = f"ws://127.0.0.1:{self.server.port}/_explainer/socket"
        connection = await websocket_connect(address)
        await connection.write_message(json.dumps({"command": "hello"}))
        await connection.write_message(json.dumps({"command": "info", "url": "/"} | self.info))
        reading = asyncio.ensure_future(self._read(connection))
        await asyncio.to_thread(self.closed.wait)
        connection.close()
        await reading
        self.codes.add(connection.close_code)

    async def _read(self, connection: Any) -> None:
        while (message := await connection.read_message()) is not None:
            self.heard.append(json.loads(message))


# ---- what of livereload is relied on


class Told(Watcher):  # type: ignore[misc]
    def start(self, callback: Callable[[], None]) -> bool:
        self.callback = callback
        return True

    def examine(self) -> tuple[str | None, None]:
        return self.filepath, None


class Waiter:
    def __init__(self) -> None:
        self.heard: list[dict[str, Any]] = []

    def write_message(self, message: dict[str, Any]) -> None:
        self.heard.append(message)


def test_livereload_lets_a_watcher_call_back_and_reloads_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert importlib.metadata.version("livereload").startswith("2.7.")
    watcher, waiter = Told(), Waiter()
    watcher.watch("anything")
    monkeypatch.setattr(LiveReloadHandler, "DEFAULT_RELOAD_TIME", -1.0)
    monkeypatch.setattr(LiveReloadHandler, "watcher", watcher)
    monkeypatch.setattr(LiveReloadHandler, "waiters", {waiter})
    monkeypatch.setattr(LiveReloadHandler, "live_css", True)
    monkeypatch.setattr(LiveReloadHandler, "_last_reload_time", None)
    LiveReloadHandler.start_tasks()
    for path in ("*", "static/css/*.css"):
        watcher.filepath = path
        watcher.callback()
    assert [one["path"] for one in waiter.heard] == ["*", "static/css/*.css"]
    assert {one["command"] for one in waiter.heard} == {"reload"}


def test_livereload_alone_would_lose_the_second_reload() -> None:
    """Why its limit is taken off; once this fails, it needn't be."""
    code = "from livereload.handlers import LiveReloadHandler as L; print(L.DEFAULT_RELOAD_TIME)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "3"


# ---- who is answered


def test_known_names_are_answered_with_any_port(server: PreviewServer) -> None:
    for host in (f"localhost:{server.port}", "127.0.0.1:9", f"[::1]:{server.port}", "LOCALHOST"):
        assert ask(server, "/", host)[0] == 200, host


def test_another_host_is_misdirected(server: PreviewServer) -> None:
    for host in ("evil.example", "localhost.evil.example:80", "10.0.0.1", "[::2]:80", "localhost."):
        for path in ("/", "/_explainer/preview.js", "/_explainer/socket"):
            status, headers, text = ask(server, path, host)
            assert status == 421, host
            assert host not in text + str(headers)
    for host in ("evil@localhost", "a b", "[x]", "localhost:x", "\xe9"):
        assert ask(server, "/", host)[0] in (400, 421), host


def test_every_interface_is_open_to_addresses_but_not_to_names(root: Path) -> None:
    said: list[str] = []
    with serving(root, said, host="0.0.0.0") as server:
        assert ask(server, "/", f"192.0.2.7:{server.port}")[0] == 200
        assert ask(server, "/", "evil.example")[0] == 421
    assert said[0] == f"serving on http://127.0.0.1:{server.port}"
    assert said[1].startswith("WARNING: with host 0.0.0.0 everyone")


def status_of_socket(server: PreviewServer, origin: str) -> int:
    async def connect() -> int:
        headers = {"Origin": origin} if origin else {}
        address = f"ws://127.0.0.1:{server.port}/_explainer/socket"
        try:
            connection = await websocket_connect(HTTPRequest(address, headers=headers))
        except HTTPClientError as fault:
            return fault.code
        connection.close()
        while await connection.read_message() is not None:  # until the server has closed it too
            pass
        return 101

    return in_a_loop(connect())


def test_only_our_own_pages_may_listen(server: PreviewServer) -> None:
    ours = f"http://127.0.0.1:{server.port}"
    assert status_of_socket(server, ours) == 101
    assert status_of_socket(server, "") == 101
    for origin in ("http://evil.example", "http://127.0.0.1:1", f"{ours}.evil.example", "null"):
        assert status_of_socket(server, origin) == 403, origin


@pytest.mark.parametrize("junk", ["", "junk", "[]", "{}", '{"command": 1}', "[" * 60_000])
def test_junk_on_the_socket_closes_it_quietly(
    server: PreviewServer, junk: str, caplog: pytest.LogCaptureFixture
) -> None:
    async def send() -> object:
        connection = await websocket_connect(f"ws://127.0.0.1:{server.port}/_explainer/socket")
        await connection.write_message(junk)
        answer = await connection.read_message()
        connection.close()
        return answer

    assert in_a_loop(send()) is None
    assert not caplog.records


# ---- what is answered


ODD_PATHS = """
    /%2e%2e/explainer.yaml /../explainer.yaml /static/..%2f..%2fx // //evil.example/ /static//css
    /%2f%2fevil.example /\\..\\explainer.yaml /%5c..%5cexplainer.yaml /a%00.html /%ff /%0d%0aX:y
    /./index.html http://evil.example/ /.explainer-manifest.json /%2eexplainer-manifest.json
    /index.html/ /index.html/x /%252e%252e/explainer.yaml /_explainer/ /_explainer/server.py
    /_explainer/../explainer.yaml
""".split()


def test_odd_paths_lead_nowhere(server: PreviewServer) -> None:
    for path in ODD_PATHS:
        status, headers, _ = ask(server, path)
        assert 400 <= status < 500, path
        assert headers["Cache-Control"] == "no-store"


def test_a_name_too_long_for_any_file_is_missing(server: PreviewServer) -> None:
    assert ask(server, f"/{'x' * 3000}")[0] == 404


def test_a_link_out_of_the_preview_leads_nowhere(server: PreviewServer) -> None:
    (server.rebuilder.preview.output / "out").symlink_to(server.root)
    assert ask(server, "/out/explainer.yaml")[0] == 404


TYPES = {
    "/": "text/html; charset=utf-8",
    "/articles/a.html?x=1": "text/html; charset=utf-8",
    "/static/css/site.css": "text/css; charset=utf-8",
    "/static/js/early.js": "text/javascript; charset=utf-8",
    "/static/icon.svg": "image/svg+xml",
    "/static/fonts/sans.woff2": "font/woff2",
    "/articles/a.annotations.json": "application/json",
    "/_explainer/preview.js": "text/javascript; charset=utf-8",
    "/_explainer/preview.css": "text/css; charset=utf-8",
}


def test_files_come_as_a_strict_host_would_send_them(server: PreviewServer) -> None:
    policy = f"default-src 'self'; connect-src 'self' ws://127.0.0.1:{server.port}"
    for path, kind in TYPES.items():
        status, headers, text = ask(server, path)
        assert (status, headers["Content-Type"]) == (200, kind)
        assert headers["Cache-Control"] == "no-store"
        assert headers["Content-Security-Policy"] == policy
        assert text
        status, of_head, nothing = ask(server, path, method="HEAD")
        assert (status, of_head["Content-Length"], nothing) == (200, headers["Content-Length"], "")


def test_a_folder_is_asked_for_with_its_slash(server: PreviewServer) -> None:
    status, headers, _ = ask(server, "/glossary")
    assert (status, headers["Location"]) == (302, "/glossary/")
    assert ask(server, "/glossary/")[0] == 200
    assert ask(server, "/articles/")[0] == 404
    assert ask(server, "/", method="POST")[0] == 405


def test_a_missing_page_is_the_sites_own(root: Path) -> None:
    (root / "explainer.yaml").write_text("base_url: https://example.org/news/\n")
    with serving(root) as server:
        status, headers, text = ask(server, "/no/such/page.html")
    assert (status, headers["Content-Type"]) == (404, "text/html; charset=utf-8")
    assert "There is no page here" in text
    assert 'href="/static/css/site.css' in text
    assert "example.org" not in text


def test_the_script_is_in_answers_and_in_no_file(root: Path, server: PreviewServer) -> None:
    assert page_text(server).count('<script src="/_explainer/preview.js"') == 1
    built = server.rebuilder.preview.output
    assert built.is_relative_to(root / ".explainer/preview")
    assert not (root / "site").exists()
    build_site(load_config(root), root / "site")
    names = [one.relative_to(built) for one in built.rglob("*") if one.is_file()]
    assert Path("index.html") in names
    for name in names:
        assert (built / name).read_bytes() == (root / "site" / name).read_bytes()
        assert b"_explainer/" not in (built / name).read_bytes()


# ---- after a save


def test_of_two_quick_saves_the_last_is_shown(root: Path, server: PreviewServer) -> None:
    with Tabs(server) as tabs:
        save(root / ARTICLE, article("First"))
        until(lambda: "First of" in page_text(server))
        save(root / ARTICLE, article("Second"))
        until(lambda: "Second of" in page_text(server))
        # A tab that stays as it is hears of a page shown early, and again of the whole site.
        until(lambda: len(tabs.of("reload")) >= 2)
    assert {one["path"] for one in tabs.of("reload")} == {"*"}


def test_a_save_during_a_build_is_built_after_it(root: Path, server: PreviewServer) -> None:
    save(root / ARTICLE, article("First"))
    until(lambda: server.rebuilder.building or "First of" in page_text(server))
    save(root / ARTICLE, article("Second"))
    until(lambda: "Second of" in page_text(server))


@pytest.mark.parametrize("pause", [0.0, 0.005])
def test_a_copy_of_many_files_is_built_at_most_twice(
    root: Path, server: PreviewServer, pause: float
) -> None:
    disk = threading.Event()
    for number in range(200):
        (root / f"content/articles/n{number}.md").write_text(f"# Number {number}\n\nText.\n")
        disk.wait(pause)
    until(lambda: ask(server, "/articles/n199.html")[0] == 200)
    assert builds(server) <= 3  # one of them the first


@pytest.mark.parametrize(
    ("source", "text", "path", "shown"),
    [
        ("explainer.yaml", "title: Another Paper\n", "/", "Another Paper"),
        ("templates/404.html", "Nothing at all here.\n", "/404.html", "Nothing at all here."),
        (
            "content/glossary/h.yaml",
            "- {id: x, name: Text, kind: term, summary: Words.}\n",
            "/glossary/",
            "Words.",
        ),
        ("content/pages/about.md", "---\ntitle: About\n---\nUs.\n", "/about.html", "Us."),
        ("static/js/popups.js", "const mine = 1;\n", "/static/js/reader.js", "const mine=1"),
    ],
)
def test_every_source_is_watched(
    root: Path, server: PreviewServer, source: str, text: str, path: str, shown: str
) -> None:
    with Tabs(server) as tabs:
        (root / source).parent.mkdir(parents=True, exist_ok=True)
        save(root / source, text)
        until(lambda: shown in page_text(server, path))
        until(lambda: tabs.of("reload"))
    assert tabs.of("reload")[-1]["path"] == "*"


def test_style_sheets_are_swapped_not_reloaded(root: Path, server: PreviewServer) -> None:
    with Tabs(server) as tabs:
        save(root / "static/css/base.css", "body { color: teal }\n")
        until(lambda: tabs.of("reload"))
        save(root / "static/css/base.css", "body { color: navy }\n")
        until(lambda: len(tabs.of("reload")) == 2)
    assert {one["path"] for one in tabs.of("reload")} == {"static/css/*.css"}
    assert "navy" in page_text(server, "/static/css/site.css")
    with Tabs(server) as late:
        assert late.of("reload")[0]["path"] == "static/css/*.css"


def test_a_page_that_loaded_too_early_is_told_at_once(server: PreviewServer) -> None:
    with Tabs(server, version="of-another-server-1") as tabs:
        assert tabs.of("reload")[0]["path"] == "*"


def test_folders_may_go_and_come_back(root: Path, server: PreviewServer) -> None:
    content = root / "content"
    content.rename(root / "aside")
    until(lambda: "articles/a.html" not in page_text(server, "/"))
    (root / "aside").rename(content)
    until(lambda: "articles/a.html" in page_text(server, "/"))
    shutil.rmtree(content / "articles")
    until(lambda: "articles/a.html" not in page_text(server, "/"))
    shutil.rmtree(content)
    (content / "articles").mkdir(parents=True)
    (root / ARTICLE).write_text(article("Born anew"))
    until(lambda: "Born anew of" in page_text(server))
    save(root / ARTICLE, article("Alive"))
    until(lambda: "Alive of" in page_text(server))


def test_the_sites_own_folder_may_be_replaced(root: Path, server: PreviewServer) -> None:
    shutil.copytree(root, root.with_name("copy"))
    root.rename(root.with_name("old"))
    root.with_name("copy").rename(root)
    save(root / ARTICLE, article("Replaced"))
    until(lambda: "Replaced of" in page_text(server))
    save(root / ARTICLE, article("Alive"))
    until(lambda: "Alive of" in page_text(server))


@contextlib.contextmanager
def watching(root: Path) -> Iterator[set[str]]:
    """All that is reported as changed, from when the watch stands."""
    seen: list[frozenset[str]] = []
    changed: set[str] = set()

    def report(names: frozenset[str]) -> None:
        changed.update(names)
        seen.append(names)

    watch = SourceWatch(root, report)
    watch.start()
    until(lambda: seen)
    yield changed
    watch.stop()


def test_what_editors_leave_beside_a_file_is_no_change(root: Path) -> None:
    articles = root / "content/articles"
    with watching(root) as changed:
        for name in (".a.md.swp", "4913", "a.md~", "#a.md#", ".#a.md", "a.md.tmp", ".git/index"):
            (articles / name).parent.mkdir(exist_ok=True)
            (articles / name).write_text("x")
        save(root / ARTICLE, article("Saved"))
        until(lambda: ARTICLE in changed)
    assert changed == {ARTICLE}


def test_what_is_built_is_no_change(root: Path) -> None:
    """Even where the sources lead back to the site's own folder, output and all."""
    (root / "templates").symlink_to(".", target_is_directory=True)
    preview = root / ".explainer/preview/8000"
    build_site(load_config(root), preview)
    with watching(root) as changed:
        save(root / ARTICLE, article("Saved"))
        build_site(load_config(root), preview)
        build_site(load_config(root), root / "site")
        save(root / "explainer.yaml", "title: Last\n")
        until(lambda: "explainer.yaml" in changed)
    assert not [name for name in changed if ".explainer/" in name]


def test_one_save_is_one_build(root: Path, server: PreviewServer) -> None:
    for number in range(3):
        save(root / ARTICLE, article(f"Number {number}"))
        until(lambda number=number: f"Number {number} of" in page_text(server))  # type: ignore[misc]
    assert builds(server) == 4


def test_a_build_into_site_is_none_of_the_previews(root: Path, server: PreviewServer) -> None:
    build_site(load_config(root), root / "site")
    save(root / ARTICLE, article("Saved"))
    until(lambda: "Saved of" in page_text(server))
    assert builds(server) == 2


def test_without_system_events_the_sources_are_polled(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WATCHFILES_FORCE_POLLING", "true")
    with serving(root) as server:
        for word in ("Polled", "Polled again"):
            save(root / ARTICLE, article(word))
            until(lambda word=word: f"{word} of" in page_text(server))  # type: ignore[misc]
        (root / "content").rename(root / "aside")
        until(lambda: "articles/a.html" not in page_text(server, "/"))


SLOW = """
{% for one in range(1500) %}{% for two in range(1500) %}{% endfor %}{% endfor %}
{% extends 'base.html' %}
"""


def test_requests_are_answered_while_a_build_runs(root: Path, server: PreviewServer) -> None:
    (root / "templates").mkdir()
    save(root / "templates/index.html", SLOW)
    until(lambda: server.rebuilder.building)
    before = server.rebuilder.builds
    assert "Text of" in page_text(server)
    assert server.rebuilder.builds == before
    assert server.rebuilder.building


CHOOSY = """
{% extends 'base.html' %}
{% block main %}
{% for one in range(4000) %}{% for two in range(1500) %}{% endfor %}{% endfor %}
{% for one in page.articles if one.title == 'Bad' %}{{ nothing.of_the_kind }}{% endfor %}
{% endblock %}
"""
"""Takes its time, and has a fault that shows with one title."""


def titled(title: str, text: str) -> str:
    return article(text).replace("title: A", f"title: {title}")


@pytest.fixture
def choosy(root: Path) -> Iterator[PreviewServer]:
    write_files(root, {"templates/index.html": CHOOSY})
    with serving(root) as server:
        assert not server.rebuilder.preview.problems
        yield server


def test_an_articles_page_is_shown_before_the_rest_is_made(
    root: Path, choosy: PreviewServer
) -> None:
    with Tabs(choosy, url=f"{choosy.url}/articles/a.html") as tabs, Tabs(choosy) as others:
        save(root / ARTICLE, titled("Other", "First"))
        until(lambda: tabs.of("reload"))
        assert choosy.rebuilder.building
        assert "First of" in page_text(choosy)
        assert "First of" not in (choosy.rebuilder.preview.output / "articles/a.html").read_text()
        assert not others.of("reload")
        version = choosy.rebuilder.preview.version("articles/a.html")
        until(lambda: others.of("reload"))
        assert "First of" in (choosy.rebuilder.preview.output / "articles/a.html").read_text()
        assert choosy.rebuilder.preview.version("articles/a.html") == version


def test_a_page_shown_ahead_goes_where_the_rest_cannot_be_made(
    root: Path, choosy: PreviewServer
) -> None:
    with Tabs(choosy, url=f"{choosy.url}/articles/a.html") as tabs:
        save(root / ARTICLE, titled("Bad", "First"))
        until(lambda: len(tabs.of("reload")) == 2)
        until(lambda: tabs.of("problems")[-1]["problems"])
        assert "Text of" in page_text(choosy)
        save(root / ARTICLE, titled("Good", "Second"))
        until(lambda: len(tabs.of("reload")) >= 3)
        assert "Second of" in page_text(choosy)


def test_what_is_saved_while_the_rest_is_made_is_shown_before_that_is_done(root: Path) -> None:
    saves = [titled("Third", "Third"), titled("Second", "Second")]
    shown: list[Preview] = []

    def news() -> frozenset[str]:
        if not saves:
            return frozenset()
        (root / ARTICLE).write_text(saves.pop())
        return frozenset({ARTICLE})

    output = root / "preview"
    builder = Builder(root, output, shown.append, lambda: news() if shown else frozenset())
    first = builder.build(Preview(output), None)
    (root / ARTICLE).write_text(titled("First", "First"))
    second = builder.build(first, {ARTICLE})
    page = "articles/a.html"
    texts = [one.ahead[page].decode() for one in shown]
    for word, text in zip(("First", "Second", "Third"), texts, strict=True):
        assert f"{word} of" in text
    assert len({one.version(page) for one in (first, *shown)}) == 4
    assert "First of" in (output / page).read_text()
    assert second.ahead[page] == shown[-1].ahead[page]
    assert second.version(page) == shown[-1].version(page)
    last = builder.build(second, {ARTICLE})
    assert last.ahead == {}
    assert last.version(page) == second.version(page)
    assert (output / page).read_bytes() == second.ahead[page]


def test_what_was_shown_and_taken_back_is_shown_no_longer(root: Path) -> None:
    saves = [titled("Second", "Second")]
    page, shown, output = "articles/a.html", list[Preview](), root / "preview"

    def news() -> frozenset[str]:
        if not (saves and shown):
            return frozenset()
        (root / ARTICLE).write_text(saves.pop())
        return frozenset({ARTICLE})

    builder = Builder(root, output, shown.append, news)
    first = builder.build(Preview(output), None)
    (root / ARTICLE).write_text(titled("First", "First"))
    second = builder.build(first, {ARTICLE})
    (root / ARTICLE).write_text(titled("First", "First"))
    last = builder.build(second, {ARTICLE})
    assert last.ahead == {}
    assert last.version(page) != second.version(page)
    assert "First of" in (output / page).read_text()


# ---- what is wrong


BROKEN = "---\ntitle: [\n---\nText.\n"


def test_a_broken_save_leaves_the_last_good_site(root: Path) -> None:
    said: list[str] = []
    with serving(root, said) as server, Tabs(server) as tabs:
        save(root / ARTICLE, BROKEN)
        until(lambda: tabs.of("problems")[-1]["problems"])
        (problem,) = tabs.of("problems")[-1]["problems"]
        assert problem["place"].startswith(f"{ARTICLE}:3:")
        assert problem["message"]
        assert "Text of" in page_text(server)
        assert any(line.startswith(f"{ARTICLE}:3:") for line in said)
        with Tabs(server) as late:
            assert late.of("problems")[-1]["problems"] == [problem]
        assert not tabs.of("reload")
        save(root / ARTICLE, article("Text"))
        until(lambda: tabs.of("reload"))
        until(lambda: tabs.of("problems")[-1]["problems"] == [])


def test_each_problem_is_told(root: Path, server: PreviewServer) -> None:
    (root / "content/articles/b.md").write_text(BROKEN)
    save(root / ARTICLE, "---\nnonsense: 1\n---\nText.\n")
    until(lambda: len({p.position.path for p in server.rebuilder.preview.problems}) == 2)


def test_a_first_build_that_fails_is_served_all_the_same(root: Path) -> None:
    (root / "explainer.yaml").write_text("titel: x\n")
    with serving(root) as server:
        status, _, text = ask(server, "/")
        assert status == 503
        assert "/_explainer/preview.js" in text
        with Tabs(server) as tabs:
            (problem,) = tabs.of("problems")[-1]["problems"]
            assert problem["place"].startswith("explainer.yaml:1")
            save(root / "explainer.yaml", "title: Fixed\n")
            until(lambda: tabs.of("reload"))
        assert "Fixed" in page_text(server, "/")


def test_a_breakdown_of_the_build_is_told_and_survived(root: Path, server: PreviewServer) -> None:
    (root / "templates").mkdir()
    save(root / "templates/index.html", "{% include 'index.html' %}")
    until(lambda: server.rebuilder.preview.problems)
    assert "Text of" in page_text(server)
    (root / "templates/index.html").unlink()
    until(lambda: not server.rebuilder.preview.problems)


def test_warnings_are_said_once_and_shown_to_nobody(root: Path) -> None:
    (root / ARTICLE).write_text(article("Te\u202ext"))  # a character that turns the line around
    said: list[str] = []
    with serving(root, said) as server:
        assert not server.rebuilder.preview.problems
        save(root / "content/glossary/h.yaml", "- {id: x, name: X, kind: term, summary: W.}\n")
        until(lambda: server.rebuilder.builds == 2 and len(said) >= 3)
        warnings = server.rebuilder.preview.warnings
    assert warnings
    for one in warnings:
        assert sum(one.message in line for line in said) == 1


# ---- the port, the end


def test_a_port_in_use_gives_way_to_the_next(root: Path) -> None:
    said: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = other.getsockname()[1]
        with serving(root, said, port=taken) as server:
            assert server.port > taken
            assert ask(server, "/")[0] == 200
    assert said[0] == f"port {taken} is taken; serving on http://127.0.0.1:{server.port}"
    assert sum("serving" in line for line in said) == 1


@pytest.mark.parametrize(
    ("host", "port"), [("203.0.113.1", 0), ("no such host", 0), ("127.0.0.1", 70000)]
)
def test_what_cannot_be_listened_on_is_refused(root: Path, host: str, port: int) -> None:
    said: list[str] = []
    with pytest.raises(ConfigError):
        PreviewServer(root, host=host, port=port, say=said.append).start()
    assert not said


PROGRAM = """
import sys
from pathlib import Path
from explainer.serve import serve
serve(Path(sys.argv[1]), port=0, open_browser=True, say=lambda line: print(line, flush=True))
"""


def test_ctrl_c_ends_quietly(root: Path, tmp_path: Path) -> None:
    opened = tmp_path / "opened"
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" > {opened}.part && mv {opened}.part {opened}\n')
    browser.chmod(0o755)
    process = subprocess.Popen(
        [sys.executable, "-W", "error", "-c", PROGRAM, str(root)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"BROWSER": str(browser)},
    )
    until(opened.exists)
    process.send_signal(signal.SIGINT)
    said, wrong = process.communicate(timeout=DEADLINE)
    assert (process.returncode, wrong) == (0, "")
    first = said.splitlines()[0]
    assert first == f"serving on {opened.read_text().strip()}"


def test_threads_and_sockets_end_with_the_server(root: Path) -> None:
    before = set(threading.enumerate())
    with serving(root) as server, Tabs(server, 3) as tabs:
        server.stop()
        assert not LiveReloadHandler.waiters
    assert tabs.codes == {1001}  # going away
    until(lambda: set(threading.enumerate()) == before)
    with serving(root) as again:
        assert ask(again, "/")[0] == 200


def test_a_hundred_tabs_that_reload_leave_nothing_behind(
    root: Path, server: PreviewServer, caplog: pytest.LogCaptureFixture
) -> None:
    for number in range(3):
        with Tabs(server, 100) as tabs:
            save(root / ARTICLE, article(f"Number {number}"))
            until(lambda tabs=tabs: len(tabs.of("reload")) == 100)  # type: ignore[misc]
        until(lambda: not LiveReloadHandler.waiters)
    assert not caplog.records


def test_a_tab_that_is_just_leaving_is_no_error(
    server: PreviewServer, caplog: pytest.LogCaptureFixture
) -> None:
    def leave(tab: Any) -> None:
        tab.close()
        LiveReloadHandler.reload_waiters("*")

    with Tabs(server):
        (tab,) = LiveReloadHandler.waiters
        server._loop.call_soon_threadsafe(leave, tab)
        until(lambda: not LiveReloadHandler.waiters)
    assert not caplog.records


# ---- in the browser


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM") or shutil.which("chromium"),
            args=CHROMIUM_FLAGS,
        )
        yield browser
        browser.close()


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context()
    context.set_default_timeout(DEADLINE * 1000)
    yield context
    context.close()


@pytest.fixture
def tab(context: BrowserContext, server: PreviewServer) -> Page:
    """The article, live; what the browser complains of is in ``tab.complaints``."""
    return opened(context, server)


def opened(context: BrowserContext, server: PreviewServer, path: str = "/articles/a.html") -> Page:
    page = context.new_page()
    before = len(LiveReloadHandler.waiters)
    page.goto(server.url + path)
    until(lambda: len(LiveReloadHandler.waiters) == before + 1)
    return page


@pytest.mark.browser
def test_a_save_shows_in_the_browser(root: Path, tab: Page, server: PreviewServer) -> None:
    complaints: list[str] = []
    tab.on("console", lambda message: complaints.append(message.text))
    for number in range(3):
        save(root / ARTICLE, article(f"Number {number}"))
        tab.get_by_text(f"Number {number} of").wait_for()
    assert not complaints
    until(lambda: len(LiveReloadHandler.waiters) == 1)


@pytest.mark.browser
def test_styles_change_without_a_reload(root: Path, tab: Page, server: PreviewServer) -> None:
    tab.evaluate("window.kept = true")
    color = "getComputedStyle(document.body).outlineColor"
    count = tab.locator("link[rel=stylesheet]").count()
    for value in ("rgb(1, 2, 3)", "rgb(4, 5, 6)"):
        save(root / "static/css/base.css", f"body {{ outline-color: {value} }}\n")
        until(lambda value=value: tab.evaluate(color) == value)  # type: ignore[misc]
    until(lambda: tab.locator("link[rel=stylesheet]").count() == count)
    assert tab.evaluate("window.kept") is True


@pytest.mark.browser
def test_problems_lie_over_the_page_until_they_are_fixed(
    root: Path, tab: Page, context: BrowserContext, server: PreviewServer
) -> None:
    complaints: list[str] = []
    tab.on("console", lambda message: complaints.append(message.text))
    (root / "content/articles/b.md").write_text("---\n'<b>bold</b>': 1\n---\nText.\n")
    save(root / ARTICLE, BROKEN)
    items = tab.locator("explainer-problems li")
    items.nth(1).wait_for()
    assert f"{ARTICLE}:3:" in items.nth(0).inner_text()
    assert "<b>bold</b>" in items.nth(1).inner_text()
    assert "Text of" in tab.locator("main").inner_text()
    tab.reload()
    items.nth(1).wait_for()
    other = opened(context, server, "/")
    other.locator("explainer-problems li").nth(1).wait_for()
    (root / "content/articles/b.md").unlink()
    save(root / ARTICLE, article("Fixed"))
    tab.get_by_text("Fixed of").wait_for()
    for page in (tab, other):
        page.locator("explainer-problems").wait_for(state="detached")
    assert not complaints


@pytest.mark.browser
def test_problems_lie_above_popups_and_may_be_put_away(
    root: Path, tab: Page, server: PreviewServer
) -> None:
    save(root / ARTICLE, BROKEN)
    sheet = tab.locator("explainer-problems")
    sheet.wait_for()
    assert sheet.evaluate("one => one.matches(':popover-open')")
    sheet.locator("li").wait_for()
    tab.keyboard.press("Escape")
    sheet.wait_for(state="detached")
    save(root / ARTICLE, BROKEN.replace("Text", "Still"))
    sheet.get_by_role("button").click()
    sheet.wait_for(state="detached")


@pytest.mark.browser
def test_a_site_that_was_never_built_appears_once_it_is(
    root: Path, context: BrowserContext
) -> None:
    save(root / ARTICLE, BROKEN)
    with serving(root) as server:
        tab = opened(context, server)
        tab.locator("explainer-problems li").wait_for()
        save(root / ARTICLE, article("Built"))
        tab.get_by_text("Built of").wait_for()
        context.close()


@pytest.mark.browser
def test_a_page_finds_the_server_again(root: Path, context: BrowserContext) -> None:
    with serving(root) as first:
        tab = opened(context, first)
    save(root / ARTICLE, article("Meanwhile"))
    with serving(root, port=first.port):
        tab.get_by_text("Meanwhile of").wait_for()
        context.close()
