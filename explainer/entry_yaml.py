"""An entry as YAML, as a person would write it: a key a line, nothing that is as usual."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from explainer.model import Entry
from explainer.quoting import block_item, flow, scalar


def entry_yaml(entry: Entry) -> str:
    """Write an item of a glossary file; `read_glossary` makes the same entry of it.

    What proposed an entry follows its status as a comment.
    """
    dates = {"born": entry.born, "died": entry.died, "date": entry.date}
    original, image = entry.original_name, entry.image
    fields = [
        ("id", scalar(entry.id)),
        ("name", scalar(entry.name)),
        ("kind", entry.kind),
        ("aliases", _items(_alias(one.text, one.after_name) for one in entry.aliases)),
        ("role", _scalar(entry.role)),
        ("roles", _items(
            _mapping({
                "role": one.text,
                "from": one.since.text if one.since else "",
                "until": one.until.text if one.until else "",
            })
            for one in entry.roles
        )),
        ("summary", _scalar(entry.summary)),
        ("as_of", _scalar(entry.as_of)),
        *((key, _scalar(date.text if date else "")) for key, date in dates.items()),
        ("owner", _scalar(entry.owner)),
        ("language", _scalar(entry.language)),
        ("original_name", original and _mapping(
            {"text": original.text, "language": original.language}
        )),
        ("location", _items(map(repr, entry.location or ()))),
        ("time_zone", _scalar(entry.time_zone)),
        ("map", entry.map if entry.map != "borders" else ""),
        ("senses", _senses(entry)),
        ("same_as", _items(map(scalar, entry.same_as))),
        ("image", image and _mapping({
            "src": image.src, "alt": image.alt, "credit": image.credit, "license": image.license,
        })),
        ("sources", _items(
            _mapping({
                "title": one.title, "publisher": one.publisher, "url": one.url, "date": one.date,
            })
            for one in entry.sources
        )),
        ("status", entry.status + (f"  # {entry.proposed_by}" if entry.proposed_by else "")),
    ]  # fmt: skip
    return block_item([(key, value or "") for key, value in fields], "")


def _scalar(text: str) -> str:
    return scalar(text) if text else ""


def _items(items: Iterable[str]) -> str:
    listed = list(items)
    return flow(listed) if listed else ""


def _mapping(fields: Mapping[str, str]) -> str:
    said = ", ".join(f"{key}: {scalar(text)}" for key, text in fields.items() if text)
    return f"{{{said}}}"


def _alias(text: str, after_name: bool) -> str:
    return f"{{text: {scalar(text)}, after: name}}" if after_name else scalar(text)


def _senses(entry: Entry) -> str:
    said = [f"{scalar(one.name)}: {{entry: {scalar(one.entry)}}}" for one in entry.senses]
    return f"{{{', '.join(said)}}}" if said else ""
