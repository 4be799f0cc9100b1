"""The shape of every file an editor writes: its keys, for the readers and as JSON Schemas.

Readers take their keys, choices and limits from here, so that a file which an editor's schema
lets pass is one that the program reads. What a schema can't say (that an id exists, that a day
is on the calendar) the readers say alone.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Literal

from msgspec import Struct

from explainer.model import KINDS, MODES, STANDINGS, STATUSES

Schema = Mapping[str, Any]

MAX_SUMMARY = 525
"""Characters; the longest that a pop-up shows without scrolling on a phone."""

MAX_ID = 80
ID = r"[a-z0-9]+(-[a-z0-9]+)*"
LANGUAGE = r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*"
DIGEST = r"sha256:[0-9a-f]{64}"
CODE = r"[A-Z]\d{0,3}"
BASE_URL = r"https?://[^\s/?#]+(/[^\s?#]*)?"
PICTURE = r"[\w][\w .-]*(/[\w][\w .-]*)*\.(jpe?g|png|webp|avif)"
MAPS: tuple[Literal["borders", "land", "none"], ...] = ("borders", "land", "none")
CARD_KINDS: tuple[Literal["history", "remark"], ...] = ("history", "remark")
PUBLISH: tuple[Literal["reviewed", "all"], ...] = ("reviewed", "all")
MENTIONS: tuple[Literal["section", "all", "page"], ...] = ("section", "all", "page")
POSTERS: tuple[Literal["site", "articles", "none"], ...] = ("site", "articles", "none")
_DAY = r"(-?\d{1,3}X{1,3}|-?\d{4})(-(\d\d|XX)(-(\d\d|XX))?)?[?~%]?"
_EDTF = rf"{_DAY}|({_DAY}|\.\.)?/{_DAY}|{_DAY}/(\.\.)?"
_ANY = r"\s*\S[\s\S]*"
_MOMENT = r"\d{4}-\d\d-\d\d([T ]\d\d:\d\d.*)?"


class Shape(Struct, frozen=True):
    """A mapping: its keys in the order they are written, and those it can't be without."""

    keys: Mapping[str, Schema]
    required: tuple[str, ...] = ()

    @property
    def schema(self) -> dict[str, Any]:
        return {
            "type": "object",
            "properties": {
                key: one if key in self.required else _or_nothing(one)
                for key, one in self.keys.items()
            },
            "required": list(self.required),
            "additionalProperties": False,
        }


def _or_nothing(one: Schema) -> dict[str, Any]:
    """A key with nothing behind it is as good as absent, but for a mapping or a number."""
    if one.get("type") in ("object", "array") or "minimum" in one:
        return dict(one)
    about = {key: value for key, value in one.items() if key == "description"}
    rest = {key: value for key, value in one.items() if key != "description"}
    return {**about, "anyOf": [rest, {"type": "null"}]} if rest else dict(about)


def _text(about: str, pattern: str = "", most: int = 0, *, required: bool = False) -> Schema:
    """Text; a number or yes and no, which YAML would have as such, is the text that was written."""
    said: dict[str, Any] = {"description": about, "type": ["string", "number", "boolean"]}
    if pattern:
        # What is optional may be empty.
        plain = ["string", "integer", "boolean"] if pattern == ID else "string"
        said |= {"type": plain, "pattern": rf"^\s*({pattern}){'' if required else '?'}\s*$"}
    elif required:
        said["pattern"] = r"\S"
    return said | ({"maxLength": most} if most else {})


def _choice(about: str, choices: tuple[str, ...], *, required: bool = False) -> Schema:
    return {"description": about, "enum": [*choices, *([] if required else [""])]}


def _date(about: str) -> Schema:
    text = {"type": "string", "pattern": rf"^\s*({_EDTF})?\s*$"}
    year = {"type": "integer", "minimum": 1000, "maximum": 9999}
    return {"description": about, "anyOf": [text, year]}


def _texts(about: str, pattern: str = _ANY) -> Schema:
    """A list of texts, or one text."""
    plain = ["string", "number", "boolean"] if pattern == _ANY else "string"
    one = {"type": plain, "pattern": f"^{pattern}$"}
    return {"description": about, "anyOf": [one, {"type": "array", "items": one}]}


def _records(about: str, shape: Shape) -> Schema:
    """A list of mappings, or one."""
    one = shape.schema
    return {"description": about, "anyOf": [one, {"type": "array", "items": one}]}


def _fraction(about: str) -> Schema:
    return {
        "description": about,
        "type": ["number", "string"],
        "minimum": 0,
        "maximum": 1,
        "pattern": r"^\s*[+-]?(0(\.\d{1,15})?|1(\.0{1,15})?)\s*$",
    }


def _numbers(about: str, *limits: tuple[int, int]) -> Schema:
    return {
        "description": about,
        "type": "array",
        "items": [{"type": "number", "minimum": low, "maximum": high} for low, high in limits],
        "minItems": len(limits),
        "additionalItems": False,
    }


_ID_OF_ENTRY = "The id of an entry of the glossary."
_URL = _text("A web address.", r"https?://\S.*")
_STATUS = _choice("Only what is reviewed is published.", STATUSES)
_EVIDENCE: Schema = {"description": "Which rule proposed it, and from what. Not read."}
_CONFIDENCE: Schema = {"description": "How sure the draft was, from 0 to 1. Not read."}

REFERENCE = Shape(
    {
        "title": _text("The work's title.", required=True),
        "publisher": _text("Who published it."),
        "url": _URL,
        "date": _date("When it was published, as EDTF."),
    },
    ("title",),
)
_REFERENCES = _records("Works in which a reader can check it.", REFERENCE)

ALIAS = Shape(
    {
        "text": _text("The name.", required=True),
        "after": _choice("Counts only once the full name was seen.", ("name",)),
    },
    ("text",),
)
ORIGINAL_NAME = Shape(
    {
        "text": _text("The name in its own script.", required=True),
        "language": _text("Its language: ko, ru …", LANGUAGE, required=True),
    },
    ("text", "language"),
)
ROLE = Shape(
    {
        "role": _text("The office or the part.", required=True),
        "from": _date("Since when, as EDTF."),
        "until": _date("Until when, as EDTF."),
    },
    ("role",),
)
SENSE = Shape({"entry": _text(_ID_OF_ENTRY, required=True)}, ("entry",))
IMAGE = Shape(
    {
        "src": _text("A picture below static/images/.", PICTURE, required=True),
        "alt": _text("What it shows, for those who can't see it.", required=True),
        "credit": _text("Who made it.", required=True),
        "license": _text("Under which license it may be shown.", required=True),
    },
    ("src", "alt", "credit", "license"),
)
_ALIAS: Schema = {
    "anyOf": [{"type": ["string", "number", "boolean"], "pattern": r"\S"}, ALIAS.schema]
}
ENTRY = Shape(
    {
        "id": _text("Part of its address: lower-case letters, digits, hyphens.", ID, MAX_ID,
                    required=True),
        "name": _text("The full name.", required=True),
        "kind": _choice("What it is.", KINDS, required=True),
        "aliases": {
            "description": "Other names by which articles call it.",
            "anyOf": [_ALIAS, {"type": "array", "items": _ALIAS}],
        },
        "role": _text("A line under the name: Leader of North Korea since 2011."),
        "roles": _records("Offices with their times.", ROLE),
        "summary": _text("Markdown; [other entries](#id) by their ids.", most=MAX_SUMMARY),
        "as_of": _date("When what is said here was last checked, as EDTF."),
        "born": _date("As EDTF."),
        "died": _date("As EDTF."),
        "date": _date("When the event was, as EDTF."),
        "owner": _text("Who owns the outlet."),
        "language": _text("The language of name and summary.", LANGUAGE),
        "original_name": _records("The name in its own script.", ORIGINAL_NAME),
        "location": _numbers("Latitude and longitude in degrees.", (-90, 90), (-180, 180)),
        "time_zone": _text("A name of the time zone database: Asia/Seoul."),
        "map": _choice("What its map shows.", MAPS),
        "senses": {
            "description": "Another referent of the same name: {government: {entry: …}}.",
            "type": "object",
            "additionalProperties": SENSE.schema,
        },
        "same_as": _texts("The same thing elsewhere: Wikidata and such.", r"\s*https?://\S.*"),
        "image": _records("A picture.", IMAGE),
        "sources": _REFERENCES,
        "status": _STATUS,
    },
    ("id", "name", "kind"),
)  # fmt: skip

SELECTOR = Shape(
    {
        "exact": _text("Words of the article.", required=True),
        "prefix": _text("What stands right before them."),
        "suffix": _text("What stands right after them."),
    },
    ("exact",),
)
_SELECTOR: Schema = {"anyOf": [{"type": "string", "minLength": 1}, SELECTOR.schema]}


def _selectors(about: str, *, required: bool = False) -> Schema:
    least = {"minItems": 1} if required else {}
    return {
        "description": about,
        "anyOf": [_SELECTOR, {"type": "array", "items": _SELECTOR, **least}],
    }


MENTION = Shape(
    {
        "at": _selectors("Where the name stands.", required=True),
        "entry": {"description": "The entry that is meant; null for none.",
                  "type": ["string", "null"]},
        "status": _STATUS,
        "evidence": _EVIDENCE,
        "confidence": _CONFIDENCE,
    },
    ("at", "entry"),
)  # fmt: skip
CARD = Shape(
    {
        "id": _text("Its name in this page.", ID, MAX_ID, required=True),
        "title": _text("The card's headline.", required=True),
        "date": _date("When it was, as EDTF: 1948, 2019-04-25, 2022-02-24/.."),
        "kind": _choice("history, or the editor's own remark about the article.", CARD_KINDS),
        "body": _text("Markdown; [entries](#id) by their ids."),
        "leans_on": _selectors("The passages of the article that lean on it.", required=True),
        "entries": _texts("The ids of entries it is about."),
        "sources": _REFERENCES,
        "status": _STATUS,
        "evidence": _EVIDENCE,
        "confidence": _CONFIDENCE,
    },
    ("id", "title", "leans_on"),
)
ATTRIBUTION = Shape(
    {
        "id": _text("Its name in this page.", ID, MAX_ID, required=True),
        "content": _selectors("What is said; several if it is interrupted.", required=True),
        "source": _selectors("The article's words for who says it."),
        "cue": _selectors("The word that says that it is said: told."),
        "antecedent": _selectors("Whom a pronoun in source stands for."),
        "speaker": _texts("The ids of the entries that say it; none if unnamed."),
        "via": _texts("The outlets it came through, nearest the reader first."),
        "mode": _choice("In whose words.", MODES),
        "standing": _choice("In what capacity the source speaks.", STANDINGS),
        "disputes": _texts("The ids of the attributions that it denies."),
        "status": _STATUS,
        "evidence": _EVIDENCE,
        "confidence": _CONFIDENCE,
    },
    ("id", "content"),
)
NOTES = Shape(
    {
        "text": _text("The digest of the article these notes were made for.", DIGEST),
        "mentions": _records("What the names alone don't settle.", MENTION),
        "background": _records("Cards beside the passages that lean on them.", CARD),
        "attributions": _records("Who says so.", ATTRIBUTION),
    }
)

SOURCE = Shape(
    {
        "publisher": _text("Who published the article."),
        "url": _URL,
        "license": _text("Under which license it may be shown."),
        "file": _text("The article as it arrived, in seeds/."),
        "note": _text("Whatever else is to be said of where it comes from."),
    }
)
CORRECTION = Shape(
    {
        "date": _text("2023-09-12.", required=True),
        "text": _text("What was wrong, and how it is.", required=True),
    },
    ("date", "text"),
)
ARTICLE = Shape(
    {
        "title": _text("The headline."),
        "date": _text("2023-09-12, or with time and zone: 2023-09-12T09:38+09:00.", _MOMENT),
        "updated": _text("When it was last changed.", _MOMENT),
        "authors": _texts("Who wrote it."),
        "summary": _text("A sentence or two for lists and search engines."),
        "language": _text("en, ko, pt-BR …", LANGUAGE),
        "tags": _texts("What it is about."),
        "dateline": _text("Where it was written."),
        "source": _records("Where it comes from.", SOURCE),
        "corrections": _records("What was wrong and was put right.", CORRECTION),
    }
)

THEME = Shape(
    {
        "footer": _text("A line at the foot of every page."),
        "minify": {
            "description": "Style, script, HTML without what only people need; true unless told.",
            "enum": [True, False, "true", "false", ""],
        },
        "posters": _choice("Pictures that others show where they link here.", POSTERS),
        "pagefind": {
            "description": "The search looks through whole texts as well; false unless told.",
            "enum": [True, False, "true", "false", ""],
        },
    }
)
CHECK = Shape(
    {
        "select": _texts("Codes, or their starts: nothing else is told.", rf"\s*({CODE})\s*"),
        "ignore": _texts("Codes, or their starts, that aren't told.", rf"\s*({CODE})\s*"),
    }
)
EDITOR = r"(?!https?:|javascript:|data:)[a-z][a-z0-9+.\-]*://[^\s<>\"]*\{path\}[^\s<>\"]*"
"""An editor's own address for a place in a file."""

SETTINGS = Shape(
    {
        "title": _text("The site's name."),
        "description": _text("What it is, in a sentence."),
        "base_url": _text("Where it will stand: https://example.org/news/.", BASE_URL),
        "language": _text("Of articles that don't say: en, ko, pt-BR …", LANGUAGE),
        "time_zone": _text("A name of the time zone database: Europe/Berlin."),
        "publish": _choice("all shows suggestions too, marked as such.", PUBLISH),
        "mentions": _choice("Which mentions are links.", MENTIONS),
        "model": _text("A spaCy model for drafts."),
        "never": _texts("Words that no draft proposes."),
        "editor": _text("What opens a place in your editor: vscode://file/{path}:{line}.", EDITOR),
        "threshold": _fraction("How sure a draft's suggestion must be, from 0 to 1."),
        "theme": THEME.schema,
        "check": CHECK.schema,
    }
)  # fmt: skip

SCHEMAS: Mapping[str, Schema] = {
    "settings": {"title": "explainer.yaml", **SETTINGS.schema},
    "article": {"title": "An article's front matter, or the file beside it", **ARTICLE.schema},
    "glossary": {"title": "A glossary file", "type": "array", "items": ENTRY.schema},
    "notes": {"title": "An article's notes", **NOTES.schema},
}
"""By kind of file; an empty file is one of each kind."""


def schema_json(kind: str) -> str:
    """The JSON Schema (draft-07) of a kind of file."""
    body = {**SCHEMAS[kind]}
    title = body.pop("title")
    either = {"anyOf": [body, {"type": "null"}]}
    document = {"$schema": "http://json-schema.org/draft-07/schema#", "title": title, **either}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def schema_line(kind: str, depth: int) -> str:
    """The comment that leads an editor to a file's schema; `depth` is its folders from the root."""
    return f"# yaml-language-server: $schema={'../' * depth}.explainer/schemas/{kind}.json\n"
