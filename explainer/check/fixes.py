"""What `check --fix` changes: only what can't make a site say something else."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import yaml

from explainer.errors import ExplainerError
from explainer.model import Anchor, Diagnostic, Document, Edit, Entry, Position
from explainer.quoting import Quoter, scalar, selector_yaml
from explainer.read import read_exactly
from explainer.splice import child, compose, items, node_at, remove_item, replace, spliced

_LAST = 1 << 30
"""A line that no file has."""


def _source(root: Path, path: str) -> str:
    """The file as it is, line ends and all; empty where it can't be read."""
    try:
        return read_exactly(root / path, path, ExplainerError)
    except ExplainerError:
        return ""


def without_alias(root: Path, entry: Entry, index: int) -> tuple[Edit, ...]:
    """Take a name out of an entry that has it twice."""
    text = _source(root, entry.position.path)
    aliases = child(node_at(compose(text), entry.position), "aliases")
    if aliases is None or len(items(aliases)) <= max(index, 1):
        return ()
    return (remove_item(aliases, index, entry.position.path, text),)


def quoted_anew(root: Path, anchor: Anchor, document: Document) -> tuple[Edit, ...]:
    """Quote a moved anchor's passage with the context it has now."""
    place = anchor.selector.position
    node = node_at(compose(_source(root, place.path)), place)
    if node is None or anchor.span is None or not getattr(node, "flow_style", True):
        return ()
    quoted = Quoter(document.text).quote(anchor.span)
    bare = isinstance(node, yaml.ScalarNode) and not (quoted.prefix or quoted.suffix)
    new = scalar(quoted.exact) if bare else selector_yaml(quoted)
    return (replace(node, place.path, new),)


def with_digest(root: Path, path: str, document: Document) -> tuple[Edit, ...]:
    """Say in the notes that they fit the article as it is, and keep it as they know it now."""
    node = child(compose(_source(root, path)), "text")
    if node is None:
        return ()
    base = path.removesuffix(".yaml") + ".base"
    kept = _source(root, base)
    whole = Edit(Position(base, 1, 1), Position(base, _LAST, 1), _source(root, document.path))
    return (replace(node, path, f"sha256:{document.digest}"), *([whole] if kept else []))


def fixed_files(root: Path, found: Iterable[Diagnostic]) -> dict[str, tuple[str, str]]:
    """Give each file that the fixes change, before and after."""
    edits: dict[str, list[Edit]] = {}
    for one in found:
        for edit in one.fix:
            edits.setdefault(edit.start.path, []).append(edit)
    changed = {}
    for path, those in sorted(edits.items()):
        before = _source(root, path)
        after = spliced(before, those)
        if after != before:
            changed[path] = (before, after)
    return changed
