"""The review page and what it asks of the server: to be shown, to decide, to take back.

Nothing is answered before it is on disk. Every request carries the token that the page was
given, and what changes a file comes from a page of ours.
"""

from __future__ import annotations

import html
import json
import secrets
from pathlib import Path
from typing import Any

from msgspec import Struct, field
from tornado import web

from explainer.config import SiteConfig, load_config
from explainer.errors import ExplainerError
from explainer.model import Span
from explainer.review import Changed, Decision, Desk, Undecidable, find_articles
from explainer.review.filling import fill
from explainer.review.queue import queue_of
from explainer.review.showing import state_json, text_json
from explainer.serve.answers import OWN, TYPES, Guarded
from explainer.theme import Templates, find_theme

REVIEW = f"{OWN}review/"
QUIET_SECONDS = 1.5
"""So long after a decision the site isn't built, so that the next one needn't wait for it."""

_PAGE = Path(__file__).with_name("review_page")
_LONGEST_BODY = 1 << 20


class Desks(Struct):
    """The desks of a site, one an article, and the token that opens them.

    ``is_open`` is whether a page may be had without the token: on this machine only.
    """

    root: Path
    is_open: bool
    token: str = field(default_factory=lambda: secrets.token_urlsafe(16))
    _by_slug: dict[str, Desk] = field(default_factory=dict)

    @property
    def config(self) -> SiteConfig:
        return load_config(self.root)

    def at(self, slug: str) -> Desk | None:
        """The desk of an article; None where there is no such article."""
        if slug not in self._by_slug:
            path = find_articles(self.config).get(slug)
            if path is None:
                return None
            desk = Desk(self.config, path)
            desk.read_anew()
            self._by_slug[slug] = desk
        return self._by_slug[slug]


class Reviewing(Guarded):
    """What all of the review's answers have in common."""

    def initialize(self, desks: Desks, **shared: Any) -> None:  # type: ignore[override]
        super().initialize(**shared)
        self.desks = desks

    def prepare(self) -> None:
        super().prepare()
        self.set_header("X-Frame-Options", "DENY")
        self.set_header("Referrer-Policy", "no-referrer")

    def require_token(self) -> None:
        given = self.request.headers.get("X-Explainer-Token") or self.get_argument("token", "")
        if not secrets.compare_digest(given.encode(), self.desks.token.encode()):
            raise web.HTTPError(403)

    def desk(self, slug: str) -> Desk:
        desk = self.desks.at(slug)
        if desk is None:
            raise web.HTTPError(404)
        return desk

    def send(self, status: int, answer: dict[str, Any]) -> None:
        self.set_status(status)
        self.set_header("Content-Type", TYPES[".json"])
        self.finish(json.dumps(answer, ensure_ascii=False))

    def tell(self, fault: ExplainerError) -> None:
        lines = [str(one) for one in fault]
        self.send(422, {"message": "\n".join(lines)})


class ReviewPage(Reviewing):
    """The page of one article, or the list of all."""

    def get(self, slug: str) -> None:
        if not self.desks.is_open:
            self.require_token()
        self.set_header("Content-Type", TYPES[".html"])
        try:
            if not slug:
                self.finish(_list_page(self.desks))
                return
            self.desk(slug)
        except ExplainerError as fault:
            self.finish(_message_page("This can’t be reviewed yet", [str(one) for one in fault]))
            return
        page = (_PAGE / "review.html").read_text(encoding="utf-8")
        values = {"slug": slug, "token": self.desks.token, "editor": self.desks.config.editor,
                  "root": str(self.desks.root), "title": self.desks.config.title}  # fmt: skip
        for name, value in values.items():
            page = page.replace(f"{{{{{name}}}}}", html.escape(value))
        self.finish(page)


class ReviewFiles(Reviewing):
    """The page's own script and style, and the theme's style sheets and fonts."""

    def get(self, kind: str, name: str) -> None:
        if kind == "theme":
            try:
                body = Templates(find_theme(self.desks.root)).read_static(name)
            except (ExplainerError, OSError, KeyError) as fault:
                raise web.HTTPError(404) from fault
        else:
            path = _PAGE / name
            if path.parent != _PAGE or not path.is_file():
                raise web.HTTPError(404)
            body = path.read_bytes()
        suffix = Path(name).suffix
        self.set_header("Content-Type", TYPES.get(suffix, "application/octet-stream"))
        self.finish(body)


class ReviewState(Reviewing):
    """An article as it is under review."""

    def get(self, slug: str) -> None:
        self.require_token()
        try:
            desk = self.desk(slug)
            case = desk.look() if not desk.outside_changes() else desk.read_anew()
            self.send(200, {**text_json(case), **state_json(case)})
        except ExplainerError as fault:
            self.tell(fault)


class ReviewChange(Reviewing):
    """Decisions, one a request; each is on disk when it is answered."""

    def prepare(self) -> None:
        super().prepare()
        origin = self.request.headers.get("Origin", "")
        if not self.hosts.same_origin(origin, self.request.host):
            raise web.HTTPError(403)
        self.require_token()
        kind = self.request.headers.get("Content-Type", "").partition(";")[0]
        if kind != "application/json" or len(self.request.body) > _LONGEST_BODY:
            raise web.HTTPError(415)

    def post(self, slug: str, verb: str) -> None:
        said = _parse(self.request.body)
        try:
            desk = self.desk(slug)
            self.rebuilder.keep_quiet(QUIET_SECONDS)
            if verb == "fill":
                case = desk.look()
                start, end = (int(one) for one in said.get("span", (0, 0)))
                self.send(200, fill(case, Span(start, end)))
                return
            window = str(said.get("window", ""))
            case = desk.undo(window) if verb == "undo" else desk.decide(_decision(said), window)
            self.send(200, state_json(case))
        except Changed as fault:
            self.send(409, {"changed": list(fault.paths)})
        except Undecidable as fault:
            self.send(422, {"message": str(fault)})
        except ExplainerError as fault:
            self.tell(fault)
        except (TypeError, ValueError, AttributeError, IndexError) as fault:
            raise web.HTTPError(400) from fault


def _parse(body: bytes) -> dict[str, Any]:
    try:
        said = json.loads(body)
    except (ValueError, RecursionError) as fault:
        raise web.HTTPError(400) from fault
    if not isinstance(said, dict):
        raise web.HTTPError(400)
    return said


def _decision(said: dict[str, Any]) -> Decision:
    spans = {
        str(part): [(int(start), int(end)) for start, end in places]
        for part, places in dict(said.get("spans") or {}).items()
    }
    return Decision(
        action=str(said["action"]) if said.get("action") in _ACTIONS else _refuse(),
        item=str(said.get("item", "")),
        fields=dict(said.get("fields") or {}),
        spans=spans,
        entry=dict(said.get("entry") or {}),
        again=said.get("again") is True,
    )


_ACTIONS = ("accept", "reject", "never", "merge", "place", "add")


def _refuse() -> str:
    raise web.HTTPError(400)


def _list_page(desks: Desks) -> str:
    lines = []
    for slug in sorted(find_articles(desks.config)):
        desk = desks.at(slug)
        if desk is None:
            continue
        case = desk.look()
        waiting = len(queue_of(case))
        said = f"{waiting} to decide" if waiting else "all decided"
        query = "" if desks.is_open else f"?token={desks.token}"
        name = html.escape(case.document.meta.title)
        lines.append(f'<a href="{REVIEW}{slug}{query}">{name}</a> <span>{said}</span>')
    return _message_page("Articles to review", lines or ["There are none yet."], safe=True)


def _message_page(title: str, lines: list[str], *, safe: bool = False) -> str:
    page = (_PAGE / "list.html").read_text(encoding="utf-8")
    items = "".join(f"<li>{line if safe else html.escape(line)}</li>\n" for line in lines)
    return page.replace("{{title}}", html.escape(title)).replace("{{items}}", items)


def review_routes(desks: Desks, shared: dict[str, Any]) -> list[tuple[str, Any, dict[str, Any]]]:
    """The addresses of the review, for the server's list."""
    given = {**shared, "desks": desks}
    return [
        (rf"{REVIEW}(page|theme)/([\w./-]+)", ReviewFiles, given),
        (rf"{REVIEW}([\w-]+)/state", ReviewState, given),
        (rf"{REVIEW}([\w-]+)/(decide|undo|fill)", ReviewChange, given),
        (rf"{REVIEW}([\w-]*)", ReviewPage, given),
    ]
