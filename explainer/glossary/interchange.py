"""The glossary in other programs' forms: CSV, Glosario YAML, and SKOS as Turtle or JSON-LD."""

from __future__ import annotations

import csv
import io
import json
import re
import warnings
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from urllib.parse import quote

from msgspec import Struct

from explainer.edtf import parse_edtf
from explainer.errors import GlossaryError
from explainer.model import KINDS, Alias, Entry, Kind
from explainer.quoting import scalar

COLUMNS = ("id", "name", "kind", "aliases", "role", "summary", "as_of", "born", "died", "date",
           "same_as", "status")  # fmt: skip
SKOS = "http://www.w3.org/2004/02/skos/core#"
DCTERMS = "http://purl.org/dc/terms/"
_SEPARATOR = "; "


class Written(Struct, frozen=True):
    """A glossary in another form, and what that form has no place for."""

    text: str
    left_out: str = ""


def export_entries(entries: Iterable[Entry], form: str, base_url: str, language: str) -> Written:
    """Give the entries that aren't rejected in one of the `FORMATS`."""
    kept = [one for one in entries if one.status != "rejected"]
    return _WRITERS[form](kept, base_url, language)


# ---- CSV


def _as_csv(entries: list[Entry], base_url: str, language: str) -> Written:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for one in entries:
        names = [f"{alias.text}*" if alias.after_name else alias.text for alias in one.aliases]
        dates = (one.born, one.died, one.date)
        writer.writerow([
            one.id, one.name, one.kind, _SEPARATOR.join(names), one.role, one.summary, one.as_of,
            *(date.text if date else "" for date in dates), _SEPARATOR.join(one.same_as),
            one.status,
        ])  # fmt: skip
    return Written(out.getvalue(), "locations, senses, images and sources")


def read_csv(text: str, path: str) -> list[Entry]:
    """Entries of a table with a line of column names; a short form's alias ends in ``*``.

    Raises:
        GlossaryError: No column for the name, an unknown column, or a date that is none.
    """
    try:
        rows = list(csv.reader(io.StringIO(text), strict=True))
    except csv.Error as fault:
        raise GlossaryError(f"not CSV: {fault}", path) from fault
    head = [cell.strip().lower() for cell in rows[0]] if rows else []
    strange = [cell for cell in head if cell not in COLUMNS]
    if strange or "name" not in head:
        what = f"no column is called '{strange[0]}'" if strange else "there is no column 'name'"
        raise GlossaryError(f"{what}; known are {', '.join(COLUMNS)}", path, 1)
    found = []
    for number, row in enumerate(rows[1:], start=2):
        if any(cell.strip() for cell in row):
            cells = dict(zip(head, (cell.strip() for cell in row), strict=False))
            found.append(_of_cells(cells, path, number))
    return found


def _of_cells(cells: Mapping[str, str], path: str, line: int) -> Entry:
    names = [one.strip() for one in cells.get("aliases", "").split(";") if one.strip()]
    kind = cells.get("kind") or "term"
    if kind not in KINDS:
        raise GlossaryError(f"'{kind}' is no kind; known are {', '.join(KINDS)}", path, line)
    try:
        dates = {key: parse_edtf(cells[key]) for key in ("born", "died", "date") if cells.get(key)}
        parse_edtf(cells.get("as_of") or "2000")
    except ValueError as fault:
        raise GlossaryError(str(fault), path, line) from fault
    return Entry(
        id=cells.get("id", ""),
        name=cells.get("name", ""),
        kind=kind,
        aliases=tuple(Alias(one.rstrip("*"), one.endswith("*")) for one in names),
        role=cells.get("role", ""),
        summary=cells.get("summary", ""),
        as_of=cells.get("as_of", ""),
        same_as=tuple(one.strip() for one in cells.get("same_as", "").split(";") if one.strip()),
        status="suggested",
        born=dates.get("born"),
        died=dates.get("died"),
        date=dates.get("date"),
    )


# ---- Glosario: a list of terms, each said in one or more languages


def _as_glosario(entries: list[Entry], base_url: str, language: str) -> Written:
    items = []
    for one in entries:
        lines = [f"- slug: {scalar(one.id)}", f"  {one.language or language}:"]
        lines.append(f"    term: {scalar(one.name)}")
        acronyms = [a.text for a in one.aliases if re.fullmatch(r"[A-Z][A-Z0-9.]{1,9}", a.text)]
        if acronyms:
            lines.append(f"    acronym: {scalar(acronyms[0])}")
        lines.append(f"    def: {scalar(one.summary)}")
        items.append("\n".join(lines) + "\n")
    return Written("\n".join(items), "kinds, most aliases, dates, locations and sources")


def read_glosario(document: Any, path: str, language: str) -> list[Entry]:
    """Entries of kind term in one language; what isn't said in it is passed over.

    Raises:
        GlossaryError: Not a list of terms.
    """
    if not isinstance(document, list) or not all(isinstance(one, dict) for one in document):
        raise GlossaryError("is no Glosario file; it is a list of '- slug:'", path, 1)
    found = []
    for one in document:
        said = one.get(language)
        if isinstance(said, dict) and said.get("term"):
            acronym = str(said.get("acronym") or "")
            found.append(
                Entry(
                    id=str(one.get("slug") or "").replace("_", "-"),
                    name=str(said["term"]),
                    kind="term",
                    aliases=(Alias(acronym),) if acronym else (),
                    summary=_links_as_ours(" ".join(str(said.get("def") or "").split())),
                    status="suggested",
                )
            )
    return found


def _links_as_ours(text: str) -> str:
    return re.sub(r"\]\(#([\w-]+)\)", lambda m: f"](#{m[1].replace('_', '-')})", text)


# ---- SKOS


def _address(entry: str, base_url: str) -> str:
    return f"{base_url}glossary/{quote(entry)}.html" if base_url else f"#{quote(entry)}"


def _as_turtle(entries: list[Entry], base_url: str, language: str) -> Written:
    lines = [f"@prefix skos: <{SKOS}> .", f"@prefix dcterms: <{DCTERMS}> .", ""]
    for one in entries:
        tag = one.language or language
        said = [
            f"skos:notation {_literal(one.id)}",
            f"skos:prefLabel {_literal(one.name, tag)}",
            *(f"skos:altLabel {_literal(alias.text, tag)}" for alias in one.aliases),
            *([f"skos:definition {_literal(one.summary, tag)}"] if one.summary else []),
            *([f"skos:scopeNote {_literal(one.role, tag)}"] if one.role else []),
            f"dcterms:type {_literal(one.kind)}",
            *([f"dcterms:date {_literal(one.as_of)}"] if one.as_of else []),
            *(f"skos:exactMatch <{_iri(url)}>" for url in one.same_as),
        ]
        lines.append(f"<{_address(one.id, base_url)}> a skos:Concept ;")
        lines += [f"    {fact} ;" for fact in said[:-1]] + [f"    {said[-1]} .", ""]
    return Written("\n".join(lines), "short forms, dates, locations, senses and sources")


def _literal(text: str, language: str = "") -> str:
    return json.dumps(text, ensure_ascii=False) + (f"@{language}" if language else "")


def _iri(url: str) -> str:
    return re.sub(r"[<>\"{}|^`\\\x00-\x20]", lambda found: quote(found[0]), url)


def _as_json_ld(entries: list[Entry], base_url: str, language: str) -> Written:
    graph = []
    for one in entries:
        tag = one.language or language
        concept: dict[str, Any] = {
            "@id": _address(one.id, base_url),
            "@type": "skos:Concept",
            "skos:notation": one.id,
            "skos:prefLabel": {"@value": one.name, "@language": tag},
            "dcterms:type": one.kind,
        }
        optional = {
            "skos:altLabel": [{"@value": a.text, "@language": tag} for a in one.aliases],
            "skos:definition": {"@value": one.summary, "@language": tag} if one.summary else None,
            "skos:scopeNote": {"@value": one.role, "@language": tag} if one.role else None,
            "dcterms:date": one.as_of,
            "skos:exactMatch": [{"@id": url} for url in one.same_as],
        }
        graph.append(concept | {key: value for key, value in optional.items() if value})
    context = {"skos": SKOS, "dcterms": DCTERMS}
    text = json.dumps({"@context": context, "@graph": graph}, ensure_ascii=False, indent=2)
    return Written(text + "\n", "short forms, dates, locations, senses and sources")


def read_skos(text: str, path: str, form: str, language: str) -> list[Entry]:
    """Entries of the concepts of a SKOS file, by their labels in one language, or in none.

    Raises:
        GlossaryError: Not of the form; or rdflib isn't installed.
    """
    try:
        from rdflib import Graph, Literal, URIRef
        from rdflib.namespace import RDF
    except ImportError as fault:
        message = "reading SKOS needs rdflib; install it: pip install 'explainer-site[import]'"
        raise GlossaryError(message, path) from fault
    graph = Graph()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # rdflib's parsers use what rdflib deprecates
            graph.parse(data=text, format=form, publicID="urn:explainer:")
    except Exception as fault:  # each of rdflib's parsers has errors of its own
        raise GlossaryError(f"not SKOS: {str(fault).splitlines()[0][:200]}", path) from fault

    def texts(concept: Any, name: str) -> list[str]:
        found = [
            one
            for one in graph.objects(concept, URIRef(name))
            if isinstance(one, Literal)
            and (not one.language or one.language.split("-")[0] == language.split("-")[0])
        ]
        return sorted(" ".join(str(one).split()) for one in found)

    entries = []
    for concept in sorted(graph.subjects(RDF.type, URIRef(f"{SKOS}Concept")), key=str):
        names = texts(concept, f"{SKOS}prefLabel")
        if not names:
            continue
        kind = next(iter(texts(concept, f"{DCTERMS}type")), "")
        entries.append(
            Entry(
                id=next(iter(texts(concept, f"{SKOS}notation")), ""),
                name=names[0],
                kind=_kind(kind),
                aliases=tuple(Alias(one) for one in texts(concept, f"{SKOS}altLabel")),
                role=next(iter(texts(concept, f"{SKOS}scopeNote")), ""),
                summary=next(iter(texts(concept, f"{SKOS}definition")), ""),
                as_of=next(iter(texts(concept, f"{DCTERMS}date")), ""),
                same_as=tuple(
                    sorted(
                        str(one)
                        for one in graph.objects(concept, URIRef(f"{SKOS}exactMatch"))
                        if str(one).startswith(("http://", "https://"))
                    )
                ),
                status="suggested",
            )
        )
    return entries


def _kind(word: str) -> Kind:
    return next((kind for kind in KINDS if kind == word), "term")


_WRITERS: dict[str, Callable[[list[Entry], str, str], Written]] = {
    "csv": _as_csv,
    "glosario": _as_glosario,
    "skos": _as_turtle,
    "json-ld": _as_json_ld,
}
FORMATS = tuple(_WRITERS)
