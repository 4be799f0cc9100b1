"""What `check --fix` changes: only what can't make a site say something else."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import yaml

from explainer.errors import ExplainerError
from explainer.model import Anchor, Diagnostic, Document, Edit, Entry
from explainer.quoting import Quoter, scalar, selector_yaml
from explainer.read import read_exactly
from explainer.yaml_text import compose, edited, field_of, items_of, node_at, removed, replaced


def _source(root: Path, path: str) -> str:
    """The file as it is, line ends and all; empty where it can't be read."""
    try:
        return read_exactly(root / path, path, ExplainerError)
    except ExplainerError:
        return ""


def without_alias(root: Path, entry: Entry, index: int) -> tuple[Edit, ...]:
    """Take a name out of an entry that has it twice."""
    text = _source(root, entry.position.path)
    aliases = field_of(node_at(compose(text), entry.position), "aliases")
    if aliases is None or len(items_of(aliases)) <= max(index, 1):
        return ()
    return (removed(aliases, index, text, entry.position.path),)


def quoted_anew(root: Path, anchor: Anchor, document: Document) -> tuple[Edit, ...]:
    """Quote a moved anchor's passage with the context it has now."""
    place = anchor.selector.position
    text = _source(root, place.path)
    node = node_at(compose(text), place)
    if node is None or anchor.span is None or not getattr(node, "flow_style", True):
        return ()
    quoted = Quoter(document.text).quote(anchor.span)
    bare = isinstance(node, yaml.ScalarNode) and not (quoted.prefix or quoted.suffix)
    new = scalar(quoted.exact) if bare else selector_yaml(quoted)
    return (replaced(node, text, new, place.path),)


def with_digest(root: Path, path: str, document: Document) -> tuple[Edit, ...]:
    """Say in the notes that they fit the article as it is, and keep it as they know it now."""
    text = _source(root, path)
    node = field_of(compose(text), "text")
    if node is None:
        return ()
    base = path.removesuffix(".yaml") + ".base"
    kept = _source(root, base)
    whole = Edit(base, 0, len(kept), _source(root, document.path))
    fits = replaced(node, text, f"sha256:{document.digest}", path)
    return (fits, *([whole] if kept else []))


def fixed_files(root: Path, found: Iterable[Diagnostic]) -> dict[str, tuple[str, str]]:
    """Give each file that the fixes change, before and after."""
    edits: dict[str, list[Edit]] = {}
    for one in found:
        for edit in one.fix:
            edits.setdefault(edit.path, []).append(edit)
    changed = {}
    for path, those in sorted(edits.items()):
        before = _source(root, path)
        after = edited(before, those)
        if after != before:
            changed[path] = (before, after)
    return changed
