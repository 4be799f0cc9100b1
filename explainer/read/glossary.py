"""The glossary: every entry of every file, checked one by one and against each other."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import quote, urlsplit

from explainer.errors import ExplainerError, GlossaryError
from explainer.fields import Fields, load_yaml, suggest
from explainer.model import (
    KINDS,
    STATUSES,
    Alias,
    Entry,
    Image,
    OriginalName,
    Position,
    Reference,
    Role,
    Sense,
)
from explainer.shapes import (
    ALIAS,
    ENTRY,
    ID,
    IMAGE,
    MAPS,
    MAX_ID,
    MAX_SUMMARY,
    ORIGINAL_NAME,
    PICTURE,
    REFERENCE,
    ROLE,
    SENSE,
)

_ID = re.compile(ID)


def parse_glossary(
    text: str, path: str, first_line: int = 1
) -> tuple[list[Entry], list[ExplainerError]]:
    """The entries of one file that can be read, and what is wrong with it.

    ``text`` begins with `first_line` of the file.

    Raises:
        GlossaryError: The file isn't YAML.
    """
    problems: list[ExplainerError] = []
    value = load_yaml(text, path, GlossaryError, first_line)
    if value is None:
        return [], problems
    if not isinstance(value.content, tuple):
        place = value.position
        message = "a glossary file is a list; start each entry with '- id:'"
        return [], [GlossaryError(message, path, place.line, place.column)]
    entries = []
    for item in value.content:
        fields = Fields.of(item, "an entry", GlossaryError, problems)
        if fields is not None:
            fields.refuse_unknown(ENTRY.keys)
            entries.append(_entry(fields))
    return [entry for entry in entries if entry.id], problems


def _entry(fields: Fields) -> Entry:
    return Entry(
        id=read_id(fields),
        name=fields.text("name", required=True),
        kind=fields.required_choice("kind", KINDS, "term"),
        aliases=_aliases(fields),
        role=fields.text("role"),
        roles=_roles(fields),
        summary=_summary(fields),
        as_of=_date_text(fields, "as_of"),
        born=fields.edtf("born"),
        died=fields.edtf("died"),
        date=fields.edtf("date"),
        owner=fields.text("owner"),
        language=fields.language("language"),
        original_name=_original_name(fields),
        location=_location(fields),
        time_zone=fields.time_zone("time_zone"),
        map=fields.choice("map", MAPS, "borders"),
        senses=_senses(fields),
        same_as=tuple(
            read_url(fields, url, place) for url, place in fields.placed_texts("same_as")
        ),
        image=_image(fields),
        sources=read_references(fields),
        status=fields.choice("status", STATUSES, "reviewed"),
        position=fields.position,
    )


def read_id(fields: Fields) -> str:
    """The ``id``, which becomes part of file names and URLs."""
    name = fields.text("id", required=True)
    if name and (not _ID.fullmatch(name) or len(name) > MAX_ID):
        fields.problem(
            f"the id '{name[:80]}' must be lower-case letters, digits and single hyphens "
            "(at most 80), such as kim-jong-un",
            fields.place("id"),
        )
        return ""
    return name


def _summary(fields: Fields) -> str:
    text = fields.text("summary")
    if len(text) > MAX_SUMMARY:
        fields.problem(
            f"the summary has {len(text)} characters; {MAX_SUMMARY} is the most",
            fields.place("summary"),
            "G007",
        )
    return text


def _date_text(fields: Fields, key: str) -> str:
    date = fields.edtf(key)
    return date.text if date else ""


def _aliases(fields: Fields) -> tuple[Alias, ...]:
    aliases = []
    for item in fields.items("aliases"):
        if isinstance(item.content, str) and item.content.strip():
            aliases.append(Alias(item.content.strip(), position=item.position))
            continue
        alias = Fields.of(item, "an alias", fields.error, fields.problems)
        if alias is None:
            continue
        alias.refuse_unknown(ALIAS.keys)
        text = alias.text("text", required=True)
        after = alias.choice("after", ("name",), "")
        if text:
            aliases.append(Alias(text, after == "name", item.position))
    return tuple(aliases)


def _roles(fields: Fields) -> tuple[Role, ...]:
    def read(role: Fields) -> Role | None:
        since, until = role.edtf("from"), role.edtf("until")
        if since and until and until.latest and until.latest < since.earliest:
            role.problem(f"the role ends ({until.text}) before it begins", role.place("until"))
        text = role.text("role", required=True)
        return Role(text, since, until) if text else None

    return fields.records("roles", read, "a role", ROLE.keys)


def _original_name(fields: Fields) -> OriginalName | None:
    for item in fields.items("original_name")[:1]:
        name = Fields.of(item, "original_name", fields.error, fields.problems)
        if name is not None:
            name.refuse_unknown(ORIGINAL_NAME.keys)
            text, language = (
                name.text("text", required=True),
                name.language("language", required=True),
            )
            return OriginalName(text, language)
    return None


def _location(fields: Fields) -> tuple[float, float] | None:
    if not fields.has("location"):
        return None
    items = fields.items("location")
    if len(items) != 2:
        fields.problem("'location' is [latitude, longitude] in degrees", fields.place("location"))
        return None
    latitude = fields.number(items[0], -90, 90)
    longitude = fields.number(items[1], -180, 180)
    return None if latitude is None or longitude is None else (latitude, longitude)


def _senses(fields: Fields) -> tuple[Sense, ...]:
    if not fields.has("senses"):
        return ()
    senses = Fields.of(fields.mapping["senses"], "senses", fields.error, fields.problems)
    found = []
    for name, value in senses.mapping.items() if senses else ():
        sense = Fields.of(value, f"the sense '{name}'", fields.error, fields.problems)
        if sense is not None:
            sense.refuse_unknown(SENSE.keys)
            found.append(Sense(name, sense.text("entry", required=True), sense.place("entry")))
    return tuple(found)


def _image(fields: Fields) -> Image | None:
    def read(image: Fields) -> Image:
        src = image.text("src", required=True)
        if src and not re.fullmatch(PICTURE, src):
            image.problem(
                "'src' must name a .jpg, .png, .webp or .avif below static/images/",
                image.place("src"),
            )
        return Image(
            src,
            image.text("alt", required=True),
            image.text("credit", required=True),
            image.text("license", required=True),
        )

    images = fields.records("image", read, "an image", IMAGE.keys)
    return images[0] if images else None


def read_references(fields: Fields) -> tuple[Reference, ...]:
    """The ``sources`` of an entry or a card."""

    def read(source: Fields) -> Reference:
        url = source.text("url")
        date = source.edtf("date")
        return Reference(
            source.text("title", required=True),
            source.text("publisher"),
            read_url(source, url, source.place("url")) if url else "",
            date.text if date else "",
        )

    return fields.records("sources", read, "a source", REFERENCE.keys)


def read_url(fields: Fields, url: str, place: Position) -> str:
    """An http(s) address, percent-encoded where it has to be; anything else is a problem."""
    try:
        parts = urlsplit(url) if "\\" not in url else urlsplit("")
    except ValueError:  # brackets that hold no IPv6 address
        parts = urlsplit("")
    if parts.scheme not in ("http", "https") or not parts.netloc or re.search(r"\s", parts.netloc):
        fields.problem(f"'{url}' is not a web address; it starts with https://", place)
        return ""
    try:
        host = parts.netloc.encode("idna").decode() if not parts.netloc.isascii() else parts.netloc
    except UnicodeError:
        fields.problem(f"'{url}' names no host that can exist", place)
        return ""
    safe = "/:?#[]@!$&'()*+,;=%-._~"
    return quote(parts._replace(netloc=host).geturl(), safe=safe)


def conflicts(entries: list[Entry]) -> list[ExplainerError]:
    """Ids and names that two entries claim, and ids that nothing carries."""
    problems: list[ExplainerError] = []
    by_id: dict[str, Entry] = {}
    by_name: dict[str, tuple[Entry, Position]] = {}
    for entry in sorted(entries, key=lambda one: one.position):
        first = by_id.setdefault(entry.id, entry)
        if first is not entry:
            problems.append(_twice(f"the id '{entry.id}'", first.position, entry.position))
            continue
        names = [(entry.name, entry.position)]
        names += [(a.text, a.position) for a in entry.aliases if not a.after_name]
        for name, position in names:
            owner, place = by_name.setdefault(name, (entry, position))
            if owner is not entry:
                message = f"the name '{name}' of '{owner.id}'"
                problems.append(_twice(message, place, position))
    for entry in entries:
        for sense in entry.senses:
            if sense.entry and sense.entry not in by_id:
                problems.append(undefined(sense.entry, by_id, sense.position, GlossaryError))
    return problems


def _twice(what: str, first: Position, again: Position) -> ExplainerError:
    where = f"line {first.line}" if first.path == again.path else f"{first.path}:{first.line}"
    message = f"{what} stands here a second time; the first is in {where}"
    return GlossaryError(message, again.path, again.line, again.column)


def undefined(
    name: str, known: Mapping[str, Entry], place: Position, error: type[ExplainerError]
) -> ExplainerError:
    """The error for an entry id that the glossary lacks."""
    message = f"no entry called '{name}'{suggest(name, known)}"
    fault = error(message, place.path, place.line, place.column)
    fault.code = "G002"
    return fault
