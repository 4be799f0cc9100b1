"""Analyses as bytes, and the keys under which they are kept."""

from __future__ import annotations

import hashlib
import json
import zlib
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from operator import attrgetter

from explainer.analyze import Analyzer
from explainer.model import Analysis, Document, NamedSpan, Span, Word

_TEXTS = ("tag", "pos", "dep", "morph")


def key_of(document: Document, analyzer: Analyzer) -> str:
    """Give the key of a document's analysis: its text, its paragraphs, the model, our code."""
    parts = [analyzer.model, analyzer.digest, code_digest("analyze.py", "analyses.py")]
    parts += [f"{one.start}-{one.end}" for one in document.blocks]
    return hashlib.sha256("\0".join([*parts, document.text]).encode()).hexdigest()


@cache
def code_digest(*paths: str) -> str:
    """Give one digest of files and folders of the program, which change what a draft says."""
    total = hashlib.sha256()
    for path in paths:
        for file in _files(resources.files("explainer").joinpath(path)):
            total.update(file.name.encode() + hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()


def _files(place: Traversable) -> list[Traversable]:
    if place.is_file():
        return [place] if place.name.endswith((".py", ".toml", ".gz")) else []
    inner = sorted(place.iterdir(), key=lambda one: one.name)
    return [file for one in inner for file in _files(one)]


# ---- as bytes


def dump_analysis(analysis: Analysis) -> bytes:
    """Give an analysis as bytes; the text itself is not in them."""
    tables: list[list[str]] = []
    columns: list[list[int]] = []
    for name in _TEXTS:
        values = list(map(attrgetter(name), analysis.words))
        table = sorted(set(values))
        place = {value: number for number, value in enumerate(table)}
        tables.append(table)
        columns.append([place[value] for value in values])
    words = analysis.words
    data = {
        "starts": [one.span.start for one in words],
        "ends": [one.span.end for one in words],
        "lemmas": [one.lemma for one in words],
        "heads": [one.head - number for number, one in enumerate(words)],
        "tables": tables,
        "columns": columns,
        "sentences": analysis.sentences,
        "names": [(one.span.start, one.span.end, one.label) for one in analysis.names],
        "model": analysis.model,
    }
    return zlib.compress(json.dumps(data, ensure_ascii=False).encode(), 1)


def load_analysis(data: bytes, text: str) -> Analysis | None:
    """Give back the analysis of a text, None where the bytes are none."""
    try:
        found = json.loads(zlib.decompress(data))
        columns = [
            [table[place] for place in column]
            for table, column in zip(found["tables"], found["columns"], strict=True)
        ]
        rows = zip(
            found["starts"], found["ends"], found["lemmas"], found["heads"], *columns, strict=True
        )
        words = tuple(
            Word(Span(start, end), text[start:end], lemma, tag, pos, dep, number + head, morph)
            for number, (start, end, lemma, head, tag, pos, dep, morph) in enumerate(rows)
        )
        return Analysis(
            model=found["model"],
            words=words,
            sentences=tuple((start, end) for start, end in found["sentences"]),
            names=tuple(NamedSpan(Span(start, end), label) for start, end, label in found["names"]),
        )
    except (zlib.error, ValueError, KeyError, TypeError, IndexError):
        return None
