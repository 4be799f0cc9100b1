"""What the preview answers: the site's files as a strict host would, and its own script."""

from __future__ import annotations

import contextlib
import html
import http.client
import json
import mimetypes
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote

from tornado import web
from tornado.websocket import WebSocketHandler

from explainer.config import load_config
from explainer.errors import ExplainerError
from explainer.read import read_glossary
from explainer.serve.building import Preview, address_of
from explainer.serve.hosts import KnownHosts
from explainer.serve.rebuilding import Rebuilder

OWN = "/_explainer/"
"""Addresses below are the preview's own, whatever the site holds."""

TYPES = {
    ".avif": "image/avif",
    ".css": "text/css; charset=utf-8",
    ".gif": "image/gif",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
}
"""By suffix; the system's own table differs from machine to machine."""


class Guarded(web.RequestHandler):
    """Refuses what isn't for us, and sends what every answer carries."""

    def initialize(
        self, rebuilder: Rebuilder, hosts: KnownHosts, sockets: set[WebSocketHandler]
    ) -> None:
        self.rebuilder = rebuilder
        self.hosts = hosts
        self.sockets = sockets

    def prepare(self) -> None:
        if not self.hosts.knows(self.request.host):
            raise web.HTTPError(421)
        policy = f"default-src 'self'; connect-src 'self' ws://{self.request.host}"
        self.set_header("Content-Security-Policy", policy)

    def set_default_headers(self) -> None:
        self.set_header("Content-Security-Policy", "default-src 'self'")
        self.set_header("Cache-Control", "no-store")
        self.set_header("X-Content-Type-Options", "nosniff")

    def compute_etag(self) -> None:
        """None: nothing is stored that could be asked about again."""

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        self.set_header("Content-Type", TYPES[".txt"])
        self.finish(f"{status_code} {http.client.responses.get(status_code, 'Error')}\n")


class OwnFiles(Guarded):
    """The preview's script and style."""

    def get(self, name: str) -> None:
        path = Path(__file__).with_name(name)
        self.set_header("Content-Type", TYPES[path.suffix])
        self.finish(path.read_bytes())

    head = get


class EntryPlaces(Guarded):
    """Where each entry is written, and what opens that in the user's editor."""

    def get(self) -> None:
        root, preview = self.rebuilder.root, self.rebuilder.preview
        places = {}
        with contextlib.suppress(ExplainerError):  # the overlay tells of it
            for entry in read_glossary(load_config(root).content / "glossary", root):
                place = entry.position
                address = address_of(place, preview.editor, root)
                places[entry.id] = [f"{place.path}:{place.line}", address]
        self.set_header("Content-Type", TYPES[".json"])
        self.finish(json.dumps(places))


class Pages(Guarded):
    """The last good site, file by file, as the simplest of hosts serves it."""

    def get(self) -> None:
        preview = self.rebuilder.preview
        parts = parts_of(self.request.path)
        self.name = file_of(parts)
        if self.name in preview.ahead:
            self._send(preview.ahead[self.name], preview)
            return
        path = _find(preview.output, parts)
        if path is not None and path.is_dir():
            if parts[-1]:
                self.redirect(f"{self.request.path}/")
                return
            path = _find(preview.output, [*parts, "index.html"])
        body = _read(path)
        if body is not None and path is not None:
            self._send(body, preview, path.suffix)
        elif preview.edition == 0:
            self.set_status(503)
            self._send(Path(__file__).with_name("waiting.html").read_bytes(), preview, ".html")
        else:
            self._send_missing(preview)

    head = get

    def _send_missing(self, preview: Preview) -> None:
        """The site's own 404.html, with its links to the site's address leading here."""
        body = _read(preview.output / "404.html")
        if body is None:
            raise web.HTTPError(404)
        self.set_status(404)
        if preview.base_url:
            body = body.replace(f'"{html.escape(preview.base_url)}'.encode(), b'"/')
        self._send(body, preview, ".html")

    def _send(self, body: bytes, preview: Preview, suffix: str = "") -> None:
        suffix = (suffix or PurePosixPath(self.name).suffix).lower()
        guess = mimetypes.guess_type(f"x{suffix}")[0]
        self.set_header("Content-Type", TYPES.get(suffix, guess or "application/octet-stream"))
        self.finish(with_script(body, self.name, preview) if suffix == ".html" else body)


def with_script(page: bytes, name: str, preview: Preview) -> bytes:
    """A page with the preview's script in it, which tells the script how new the page is."""
    tag = (
        f'<script src="{OWN}preview.js" data-version="{preview.version(name)}"'
        f' data-styles="{preview.styles}" defer></script>'
    ).encode()
    head, end, rest = page.partition(b"</head>")
    return b"".join((head, tag, end, rest))


def parts_of(address: str) -> list[str]:
    """An address's path in parts; the last is empty where it ends in a slash.

    Raises:
        HTTPError: 400 for what no browser sends of itself, 404 for what is hidden.
    """
    try:
        path = unquote(address, errors="strict")
    except UnicodeDecodeError as fault:
        raise web.HTTPError(400) from fault
    odd = any(char < " " or char in "\\\x7f" for char in path)
    if odd or not path.startswith("/") or "//" in path:
        raise web.HTTPError(400)
    parts = path[1:].split("/")
    if any(part in (".", "..") for part in parts):
        raise web.HTTPError(400)
    if any(part.startswith(".") for part in parts):
        raise web.HTTPError(404)
    return parts


def file_of(parts: Sequence[str]) -> str:
    """The file of the site that an address asks for, there or not."""
    return "/".join(parts) if parts[-1] else "/".join((*parts[:-1], "index.html"))


def _find(output: Path, parts: list[str]) -> Path | None:
    """What stands at a path, if it is in the output; a trailing slash asks for a folder."""
    try:
        path = output.joinpath(*parts).resolve()
        inside = path.is_relative_to(output.resolve())
        return path if inside and (path.is_dir() or (path.is_file() and parts[-1])) else None
    except (OSError, ValueError):  # a name that no file can have
        return None


def _read(path: Path | None) -> bytes | None:
    try:
        return None if path is None else path.read_bytes()
    except OSError:  # went just now, or was never there
        return None
