"""The review's server: who may see and change what, and what is answered."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from explainer.serve import PreviewServer
from explainer.serve.reviewing import REVIEW
from tests.review.conftest import NOTES


@pytest.fixture
def server(site: Path) -> Iterator[PreviewServer]:
    with PreviewServer(site, port=0, say=lambda line: None) as running:
        yield running


def ask(
    server: PreviewServer,
    path: str,
    body: object = None,
    headers: Mapping[str, str] | None = None,
    raw: bytes | None = None,
) -> tuple[int, dict[str, Any]]:
    """Status and JSON of an answer; with a body it is a POST of our own page's."""
    given = {
        "X-Explainer-Token": server.desks.token,
        "Content-Type": "application/json",
        "Origin": server.url,
        **(headers or {}),
    }
    data = raw if raw is not None else json.dumps(body).encode() if body is not None else None
    request = urllib.request.Request(f"{server.url}{REVIEW}{path}", data, given)
    try:
        with urllib.request.urlopen(request) as answer:
            status, content = answer.status, answer.read()
    except urllib.error.HTTPError as fault:
        status, content = fault.code, fault.read()
    try:
        return status, json.loads(content)
    except ValueError:
        return status, {"body": content.decode()}


ACCEPT = {"action": "accept", "item": "card:strike"}


def test_the_page_and_its_list_are_there(server: PreviewServer) -> None:
    assert 'data-slug="ferry"' in ask(server, "ferry")[1]["body"]
    assert "5 to decide" in ask(server, "")[1]["body"]
    assert ask(server, "gone")[0] == 404
    for name in ("page/review.js", "page/review.css", "theme/css/tokens.css"):
        assert ask(server, name)[0] == 200
    for name in ("page/../reviewing.py", "page/..%2freviewing.py", "theme/../../explainer.yaml"):
        assert ask(server, name)[0] in (400, 404)


def test_a_decision_is_answered_with_what_is_left(server: PreviewServer, site: Path) -> None:
    status, state = ask(server, "ferry/state")
    assert (status, len(state["queue"])) == (200, 5)
    status, after = ask(server, "ferry/decide", ACCEPT)
    assert (status, len(after["queue"])) == (200, 4)
    assert "status: reviewed" in (site / "content/articles/ferry.notes.yaml").read_text("utf-8")
    assert len(ask(server, "ferry/undo", {})[1]["queue"]) == 5


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"X-Explainer-Token": ""}, 403),
        ({"X-Explainer-Token": "guessed"}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": ""}, 403),
        ({"Host": "evil.example"}, 421),
        ({"Content-Type": "text/plain"}, 415),
    ],
)
def test_nobody_else_changes_a_file(
    headers: dict[str, str], status: int, server: PreviewServer, site: Path
) -> None:
    assert ask(server, "ferry/decide", ACCEPT, headers)[0] == status
    assert (site / "content/articles/ferry.notes.yaml").read_text("utf-8") == NOTES


@pytest.mark.parametrize(
    "raw",
    [b"", b"[]", b"{", b'{"action": "erase"}', b'{"action": "add", "item": "card", "spans": 3}',
     b'{"action": "add", "item": "card", "spans": {"at": [["a", 2]]}}',
     b'{"action": "add", "item": "card", "spans": {"at": [[5, 2]]}}', b"[" * 9999],
)  # fmt: skip
def test_what_no_page_of_ours_sends_is_refused(raw: bytes, server: PreviewServer) -> None:
    assert ask(server, "ferry/decide", raw=raw)[0] == 400


def test_a_file_changed_outside_is_told_and_read_again(server: PreviewServer, site: Path) -> None:
    ask(server, "ferry/state")
    path = site / "content/articles/ferry.notes.yaml"
    path.write_text(NOTES + "# more\n", encoding="utf-8")
    status, told = ask(server, "ferry/decide", ACCEPT)
    assert (status, told) == (409, {"changed": ["content/articles/ferry.notes.yaml"]})
    assert ask(server, "ferry/state")[0] == 200
    assert ask(server, "ferry/decide", ACCEPT)[0] == 200
    assert path.read_text(encoding="utf-8").endswith("# more\n")


def test_notes_that_can_not_be_read_are_told_with_their_place(
    server: PreviewServer, site: Path
) -> None:
    (site / "content/articles/ferry.notes.yaml").write_text("mentions: {", encoding="utf-8")
    status, told = ask(server, "ferry/state")
    assert status == 422
    assert "content/articles/ferry.notes.yaml:2" in told["message"]


def test_two_windows_lose_nothing(server: PreviewServer, site: Path) -> None:
    left = ask(server, "ferry/decide", {**ACCEPT, "window": "left"})
    right = {"action": "reject", "item": "attribution:pier", "window": "right"}
    assert (left[0], ask(server, "ferry/decide", right)[0]) == (200, 200)
    again = ask(server, "ferry/decide", {**ACCEPT, "window": "right"})
    assert (again[0], again[1]["message"]) == (422, "this is reviewed already")
    text = (site / "content/articles/ferry.notes.yaml").read_text("utf-8")
    assert (text.count("status: reviewed"), text.count("status: rejected")) == (1, 1)


def test_beyond_this_machine_the_review_is_there_only_if_asked_for(site: Path) -> None:
    said: list[str] = []
    with PreviewServer(site, host="0.0.0.0", port=0, say=said.append) as server:
        assert "data-slug" not in str(ask(server, "ferry"))
        assert ask(server, "ferry/decide", ACCEPT)[0] == 405
    with PreviewServer(site, host="0.0.0.0", port=0, say=said.append, review=True) as server:
        assert ask(server, "ferry", headers={"X-Explainer-Token": ""})[0] == 403
        assert ask(server, f"ferry?token={server.desks.token}")[0] == 200
        (warning,) = (line for line in said if "can change the site's files" in line)
        assert server.desks.token in warning
