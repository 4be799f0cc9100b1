"""The live half: livereload's socket, open to our own pages only, which also carries problems."""

from __future__ import annotations

import asyncio
import contextlib
import json
import math
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from livereload.handlers import LiveReloadHandler
from tornado import web
from tornado.websocket import WebSocketClosedError, WebSocketHandler

from explainer.model import Diagnostic
from explainer.serve.answers import Guarded, file_of, parts_of
from explainer.serve.building import Preview, address_of, place_of
from explainer.serve.rebuilding import Rebuilder


class LiveSocket(Guarded, LiveReloadHandler):  # type: ignore[misc]
    """One open page. It is among livereload's waiters from its ``info`` until it closes."""

    page = ""
    """The file that it shows …"""
    version: object = None
    """… and how new it is."""

    def check_origin(self, origin: str) -> bool:
        return self.hosts.same_origin(origin, self.request.host)

    def open(self, *args: str, **kwargs: str) -> None:
        self.sockets.add(self)

    def on_close(self) -> None:
        super().on_close()
        self.sockets.discard(self)

    def on_message(self, message: str | bytes) -> None:
        """Livereload's handshake; then the page learns what it missed while it loaded."""
        said = _parse(message)
        if said is None:
            self.close(1002)
            return
        opened = said["command"] == "info" and "url" in said
        if opened:
            self.page, self.version = _file_at(said["url"]), said.get("version")
        super().on_message(message)
        if opened:
            self._catch_up(said)

    @property
    def is_newest(self) -> bool:
        return self.version == self.rebuilder.preview.version(self.page)

    def _catch_up(self, page: dict[str, Any]) -> None:
        preview = self.rebuilder.preview
        if not self.is_newest:
            self.write_message(_reload("*"))
        elif page.get("styles") != str(preview.styles):
            self.write_message(_reload("static/css/*.css"))
        self.write_message(_problems(preview, self.rebuilder.root))

    def write_message(
        self, message: str | bytes | dict[str, Any], binary: bool = False
    ) -> asyncio.Future[None]:
        """As tornado's, but a browser that is just leaving is no error.

        What livereload sends to all to load them anew isn't for a page that is the newest.
        """
        sent: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        sent.set_result(None)
        if not (self.is_newest and message == _reload("*")):
            with contextlib.suppress(WebSocketClosedError):
                sent = super().write_message(message, binary)
        sent.add_done_callback(lambda done: done.cancelled() or done.exception())
        return sent


def start_live(rebuilder: Rebuilder) -> None:
    """Set livereload going, as its own server does; it keeps its state in the class.

    So there is one preview at a time in a process.
    """
    # It drops a reload within so many seconds of the last, by a clock that may be set back.
    LiveReloadHandler.DEFAULT_RELOAD_TIME = -math.inf
    LiveReloadHandler.live_css = True
    LiveReloadHandler.watcher = rebuilder
    LiveReloadHandler._last_reload_time = None  # else a second start does nothing
    LiveReloadHandler.start_tasks()


def stop_live(sockets: set[WebSocketHandler]) -> None:
    for one in tuple(sockets):
        one.close(1001)
    LiveReloadHandler.waiters.clear()


def tell_problems(preview: Preview, root: Path) -> None:
    """Say in every open page what is wrong; nothing, where nothing is."""
    for one in LiveReloadHandler.waiters.copy():
        one.write_message(_problems(preview, root))


def _parse(message: str | bytes) -> dict[str, Any] | None:
    try:
        said = json.loads(message)
    except (ValueError, RecursionError):
        return None
    known = isinstance(said, dict) and isinstance(said.get("command"), str)
    return said if known else None


def _file_at(url: object) -> str:
    """The file of the site that a page shows; none of it where its address is odd."""
    try:
        return file_of(parts_of(urlsplit(str(url)).path))
    except (ValueError, web.HTTPError):
        return ""


def _reload(path: str) -> dict[str, Any]:
    return {"command": "reload", "path": path, "liveCSS": True, "liveImg": True}


def _problems(preview: Preview, root: Path) -> dict[str, Any]:
    told = [_problem(one, preview.editor, root) for one in preview.problems]
    return {"command": "problems", "problems": told}


def _problem(one: Diagnostic, editor: str, root: Path) -> dict[str, str]:
    address = address_of(one.position, editor, root)
    return {"place": place_of(one), "code": one.code, "message": one.message, "open": address}
