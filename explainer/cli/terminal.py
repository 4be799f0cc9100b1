"""The review without a browser: one suggestion at a time, and a key."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click
from msgspec.structs import replace

if TYPE_CHECKING:
    from explainer.review import Desk, Item

_KEYS = (
    "[a]ccept [e]dit [r]eject [n]ever [i]t is [s]kip [u]ndo [q]uit\n"
    "new: [m]ention [c]laim [b]ackground card"
)
_KEYS_OF_LOST = "[a]ccept [p]ut elsewhere [r]eject [s]kip [u]ndo [q]uit"
_NEW = {"m": "mention", "c": "attribution", "b": "card"}
_PARTS = {"attribution": ("content", "source", "cue"), "card": ("at",), "mention": ("at",)}


def decide_here(desk: Desk) -> None:
    """One suggestion at a time: the words, the evidence, and a key."""
    from explainer.review import queue_of

    skipped: set[str] = set()
    while True:
        queue = [one for one in queue_of(desk.look()) if one.id not in skipped]
        if not queue:
            click.echo("All decided." if not skipped else f"Done; {len(skipped)} skipped.")
            return
        item = queue[0]
        _show(item, desk, len(queue))
        key = _key()
        if key == "q":
            click.echo(f"{len(queue)} left.")
            return
        if key == "s":
            skipped.add(item.id)
        else:
            _act(key, item, desk)


def _key() -> str:
    """One key, or one letter of what is piped in; the end of it, or Ctrl-C, ends the review."""
    try:
        if not sys.stdin.isatty():
            return sys.stdin.read(1).lower() or "q"
        return click.getchar().lower()
    except (EOFError, KeyboardInterrupt):
        return "q"


def _show(item: Item, desk: Desk, left: int) -> None:
    text = desk.look().document.text
    click.echo(f"\n{left} left · {item.kind}: {item.title}")
    if item.was:
        click.echo(f"  was: {item.was[0]}[{item.was[1]}]{item.was[2]}")
        is_now = f"{item.now[0]}[{item.now[1]}]{item.now[2]}" if item.now else "nothing certain"
        click.echo(f"  is:  {is_now}\n  it {item.reason}")
    for part, spans in item.spans.items():
        if not item.was:
            words = " … ".join(text[start:end] for start, end in spans[:3])
            click.echo(f"  {part}: {words}")
    for key, value in item.fields.items():
        said = ", ".join(value) if isinstance(value, list) else str(value)
        if said:
            click.echo(f"  {key}: {said}")
    proof = ", ".join(one for one in (item.evidence, item.confidence) if one)
    if proof:
        click.echo(f"  proposed by {proof}")
    for number, choice in enumerate(item.choices, start=1):
        click.echo(f"  [{number}] {choice.label}")
    click.echo(_KEYS_OF_LOST if item.kind == "anchor" else _KEYS)


def _act(key: str, item: Item, desk: Desk) -> None:
    from explainer.review import Changed, Decision, Undecidable

    try:
        if key == "u":
            desk.undo()
        elif key == "a" and item.kind == "anchor":
            desk.decide(Decision("place", item.id, spans=item.spans))
        elif key in ("a", "r", "n"):
            action = {"a": "accept", "r": "reject", "n": "never"}[key]
            desk.decide(Decision(action, item.id, {"word": item.word} if key == "n" else {}))
        elif key == "p" and item.kind == "anchor":
            place = _asked("at", item.title, replace(item, spans={}), desk)
            desk.decide(Decision("place", item.id, spans={"at": place}))
        elif key == "i" and item.kind == "entry":
            desk.decide(Decision("merge", item.id, _merged(item, desk)))
        elif key == "e" and item.kind != "anchor":
            desk.decide(Decision("accept", item.id, _edited(item, desk), _moved(item, desk)))
        elif key in _NEW:
            _add(_NEW[key], item, desk)
        elif key.isdigit() and 0 < int(key) <= len(item.choices):
            choice = item.choices[int(key) - 1]
            desk.decide(Decision(choice.action, item.id, choice.fields))
    except Undecidable as fault:
        click.echo(f"  {fault}")
    except Changed as fault:
        click.echo(f"  {fault} has changed outside; read again, nothing was written")
        desk.read_anew()


def _edited(item: Item, desk: Desk) -> dict[str, object]:
    """The fields as the user changes them, a line each; Enter keeps one."""
    return {key: _field(key, value, desk) for key, value in item.fields.items() if key != "id"}


def _field(key: str, value: object, desk: Desk) -> object:
    """One field as it is typed; an entry by its id or its name."""
    many = isinstance(value, list)
    before = ", ".join(value) if isinstance(value, list) else str(value)
    said = click.prompt(f"  {key}", default=before, show_default=True).strip()
    words = [one.strip() for one in said.split(",") if one.strip()]
    if key in ("speaker", "via", "entries", "entry", "into"):
        ids = {one.name.lower(): one.id for one in desk.look().entries}
        words = [ids.get(one.lower(), one) for one in words]
        said = words[0] if words else ""
    return words if many else said


def _moved(item: Item, desk: Desk) -> dict[str, list[tuple[int, int]]]:
    """The parts whose words the user typed anew; "-" for none."""
    text = desk.look().document.text
    spans = {}
    for part in _PARTS.get(item.kind, ()):
        now = item.spans.get(part, [])
        words = " … ".join(text[start:end] for start, end in now)
        found = _asked(part, words, item, desk)
        if found != now:
            spans[part] = found
    return spans


def _asked(part: str, words: str, item: Item, desk: Desk) -> list[tuple[int, int]]:
    from explainer.review.finding import find_words

    said = click.prompt(f"  {part}", default=words or "-", show_default=True).strip()
    if said == words and item.spans:
        return item.spans.get(part, [])
    near = max(0, item.start)
    return [] if said == "-" else find_words(said, desk.look().document, near)


def _merged(item: Item, desk: Desk) -> dict[str, object]:
    into = _field("into", "", desk)
    keep = click.confirm(f"  keep “{item.title}” as a name of it", default=True)
    return {"into": into, "alias": keep}


def _add(kind: str, item: Item, desk: Desk) -> None:
    """A new note on words that the user types."""
    from explainer.review import Decision

    asked: dict[str, dict[str, object]] = {
        "mention": {"entry": ""},
        "attribution": {"speaker": [], "mode": "indirect", "standing": "other"},
        "card": {"title": "", "date": "", "body": ""},
    }
    empty = replace(item, spans={}, fields={})
    spans = {part: _asked(part, "", empty, desk) for part in _PARTS[kind]}
    said = {key: _field(key, value, desk) for key, value in asked[kind].items()}
    desk.decide(Decision("add", kind, said, {part: one for part, one in spans.items() if one}))
