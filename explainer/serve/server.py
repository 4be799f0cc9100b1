"""The preview server: one port, one loop, and a line for whoever started it."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import socket
import threading
import webbrowser
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

from tornado import web
from tornado.httpserver import HTTPServer
from tornado.websocket import WebSocketHandler

from explainer.errors import ConfigError
from explainer.model import Diagnostic
from explainer.serve.answers import OWN, EntryPlaces, OwnFiles, Pages
from explainer.serve.building import Preview, place_of
from explainer.serve.hosts import hosts_of, is_private, url_of
from explainer.serve.live import LiveSocket, start_live, stop_live, tell_problems
from explainer.serve.rebuilding import Rebuilder
from explainer.serve.reviewing import REVIEW, Desks, review_routes

_PORTS_TRIED = 100
_PING_SECONDS = 20
_LONGEST_MESSAGE = 1 << 16


class PreviewServer:
    """Serves a site's preview: in the caller's thread with `run`, in one of its own with `start`.

    The site is built into ``.explainer/preview/PORT/`` below its folder, so that two servers of
    one site don't build into each other's. In a process there may be one at a time.

    Args:
        root: The site's folder.
        host: The address to listen on.
        port: The first to try; 0 leaves the choice to the system.
        say: Takes one line at a time, mostly in the server's thread.
        review: Whether the review page, which changes files, is there as well; by default only
            where nobody but this machine can reach it.
    """

    def __init__(
        self,
        root: Path,
        *,
        host: str = "127.0.0.1",
        port: int = 8000,
        say: Callable[[str], None],
        review: bool | None = None,
    ) -> None:
        self.root = root.resolve()
        self.host = host
        self.port = port
        self._say_line = say
        self._thread: threading.Thread | None = None
        self._up = threading.Event()
        self._open_browser = False
        self._address = ""
        private = is_private(host)
        self.desks = Desks(self.root, is_open=private)
        self._reviews = private if review is None else review

    @property
    def url(self) -> str:
        """Where to open it; right once it runs."""
        return url_of(self.host, self.port)

    @property
    def rebuilder(self) -> Rebuilder:
        """What builds; there once it runs."""
        return self._rebuilder

    def run(self, *, open_browser: bool = False, address: str = "") -> None:
        """Serve until `stop`, or until Ctrl-C, which is raised once everything is down.

        Args:
            open_browser: Show the page at `address` in the user's browser.
            address: Below the server's own, with a slash in front.

        Raises:
            ConfigError: The host or the port can't be listened on.
        """
        self._open_browser = open_browser
        self._address = address
        asyncio.run(self._serve(self._listen()))

    def start(self) -> None:
        """Serve in a thread of its own; returns once the port answers.

        Raises:
            ConfigError: The host or the port can't be listened on.
        """
        listening = self._listen()
        self._thread = threading.Thread(
            target=lambda: asyncio.run(self._serve(listening)), name="explainer-serve", daemon=True
        )
        self._thread.start()
        self._up.wait()

    def stop(self) -> None:
        """End what `start` began; returns once it is down, at once if it is."""
        with contextlib.suppress(RuntimeError):  # its loop ended already
            self._loop.call_soon_threadsafe(self._ended.set)
        if self._thread is not None:
            self._thread.join()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    # ---- the port

    def _listen(self) -> socket.socket:
        wanted = self.port
        listening = _first_free(self.host, wanted)
        self.port = listening.getsockname()[1]
        taken = f"port {wanted} is taken; " if wanted not in (0, self.port) else ""
        self._say(f"{taken}serving on {self.url}{self._address}")
        if not is_private(self.host):
            self._say(
                f"WARNING: with host {self.host} everyone on your network can read this site, "
                "unpublished drafts included"
            )
            if self._reviews:
                self._say(
                    "WARNING: whoever has this address can change the site's files: "
                    f"{self.url}{REVIEW}?token={self.desks.token}"
                )
        return listening

    # ---- the loop

    async def _serve(self, listening: socket.socket) -> None:
        self._loop = asyncio.get_running_loop()
        self._ended = asyncio.Event()
        self._rebuilder = Rebuilder(
            self.root, self.root / ".explainer" / "preview" / str(self.port), self._hear
        )
        sockets: set[WebSocketHandler] = set()
        server = HTTPServer(self._application(sockets))
        server.add_sockets([listening])
        start_live(self._rebuilder)
        self._up.set()
        try:
            await self._ended.wait()
        finally:
            server.stop()
            stop_live(sockets)
            await server.close_all_connections()
            self._rebuilder.stop()

    def _application(self, sockets: set[WebSocketHandler]) -> web.Application:
        shared = {"rebuilder": self._rebuilder, "hosts": hosts_of(self.host), "sockets": sockets}
        return web.Application(
            [
                (f"{OWN}socket", LiveSocket, shared),
                (rf"{OWN}(preview\.(?:js|css))", OwnFiles, shared),
                (f"{OWN}places", EntryPlaces, shared),
                *(review_routes(self.desks, shared) if self._reviews else ()),
                (r"[\s\S]*", Pages, shared),
            ],
            log_function=lambda handler: None,
            websocket_ping_interval=_PING_SECONDS,
            websocket_max_message_size=_LONGEST_MESSAGE,
        )

    def _hear(self, preview: Preview) -> None:
        with contextlib.suppress(RuntimeError):  # the loop ended before this build did
            self._loop.call_soon_threadsafe(self._show, preview)

    def _show(self, preview: Preview) -> None:
        before = self._rebuilder.preview
        self._rebuilder.show(preview)
        if preview.unfinished:
            return
        if preview.problems or before.problems:
            tell_problems(preview, self.root)
        self._say_result(preview, before)
        if self._open_browser:
            self._open_browser = False
            address = self.url + self._address
            threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()

    # ---- what is said

    def _say_result(self, preview: Preview, before: Preview) -> None:
        for one in preview.problems:
            self._say(_line(one))
        if not preview.problems:
            for one in preview.warnings:
                if one not in before.warnings:
                    self._say(_line(one))
            self._say(preview.summary)

    def _say(self, line: str) -> None:
        with contextlib.suppress(OSError):  # nobody reads it any more
            self._say_line(line)


def _line(one: Diagnostic) -> str:
    place = place_of(one)
    return f"{place}: {one.code} {one.message}" if place else f"{one.code} {one.message}"


def _first_free(host: str, port: int) -> socket.socket:
    """A socket that listens on `port`, or on the next that nobody has.

    Raises:
        ConfigError: There is no such host here, or the port isn't for us.
    """
    if not 0 <= port <= 65535:
        raise ConfigError(f"there is no port {port}; choose one from 1 to 65535")
    for one in range(port, min(port + _PORTS_TRIED, 65536)):
        try:
            family = socket.getaddrinfo(host, one, type=socket.SOCK_STREAM)[0][0]
            return _listener(host, one, family)
        except OSError as fault:
            if fault.errno != errno.EADDRINUSE:
                raise ConfigError(f"can't serve on {host}:{one}: {fault.strerror}") from fault
    raise ConfigError(f"the ports from {port} on are all taken; choose another")


def _listener(host: str, port: int, family: int) -> socket.socket:
    listening = socket.create_server((host, port), family=family)
    listening.setblocking(False)
    return listening
