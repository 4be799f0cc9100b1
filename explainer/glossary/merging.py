"""Make two entries one: the second takes the first's names and what else it lacks."""

from __future__ import annotations

import re

import yaml

from explainer.config import SiteConfig
from explainer.errors import GlossaryError
from explainer.glossary.changes import Change, changed, site_texts
from explainer.glossary.references import definition, references_to
from explainer.glossary.renaming import require_entry
from explainer.model import Edit, Entry
from explainer.quoting import scalar
from explainer.splice import child, end_of_item, items, pairs, remove_item, replace

_NAMES = ("id", "name", "aliases")


def merge_entries(old: str, into: str, entries: tuple[Entry, ...], config: SiteConfig) -> Change:
    """Give the change that makes `old` a part of `into`.

    `into` keeps all it says. It gains the names of `old` as aliases and every key that it
    lacks; what both say is kept below it as a comment. Whatever named `old` names `into`.

    Raises:
        GlossaryError: There is no such entry, or they are one, or they are written in ways that
            can't be joined by a program.
    """
    texts = site_texts(config)
    known = {entry.id for entry in entries}
    require_entry(old, known)
    require_entry(into, known)
    if old == into:
        raise GlossaryError(f"'{old}' can't be merged with itself")
    gone, kept = definition(old, texts), definition(into, texts)
    if gone is None or kept is None:
        raise GlossaryError("the files that define the two can't be edited")
    path, sequence, index, node = gone
    edits = [remove_item(sequence, index, path, texts[path])]
    edits += _joined(old, node, texts[path], kept[3], kept[0], texts[kept[0]])
    edits += [place.edit for place in references_to(old, texts, into)
              if not _inside(place.edit, path, node)]  # fmt: skip
    return changed(texts, edits)


def _inside(edit: Edit, path: str, node: yaml.Node) -> bool:
    """Say whether an edit is of the entry that goes."""
    line = edit.start.line - 1
    return edit.start.path == path and node.start_mark.line <= line <= node.end_mark.line


def _joined(
    old: str, node: yaml.Node, text: str, target: yaml.Node, path: str, target_text: str
) -> list[Edit]:
    if getattr(target, "flow_style", False):
        message = "is written on one line; write it as a block, a key a line, to merge into it"
        raise GlossaryError(message, path, target.start_mark.line + 1)
    own = {key for key, _, _ in pairs(target)}
    indent = " " * target.start_mark.column
    names = _new_names(node, target, text)
    lines = [] if "aliases" in own or not names else [f"aliases: [{', '.join(names)}]"]
    comments: list[str] = []
    for key, value in _written(node, text):
        while len(value) > 1 and value[-1].startswith("#"):
            comments.insert(0, value.pop().lstrip("# "))
        if key in _NAMES:
            continue
        if key not in own:
            lines += value
        elif _plain(value) != _plain(dict(_written(target, target_text))[key]):
            comments += value
    if comments:
        lines += [f"# '{old}', which was merged into this, had:", *(f"# {one}" for one in comments)]
    end = end_of_item(target, path, target_text)
    break_ = "\r\n" if "\r\n" in target_text else "\n"
    before = "" if end.column == 1 else break_
    after = "" if end.column > 1 else break_
    added = break_.join(f"{indent}{one}" if one else one for one in lines)
    edits = [Edit(end, end, f"{before}{added}{after}")] if lines else []
    aliases = child(target, "aliases")
    if aliases is not None and names:
        edits.append(_more_names(aliases, names, path, target_text))
    return edits


def _new_names(node: yaml.Node, target: yaml.Node, text: str) -> list[str]:
    """Give the names that the target lacks, as YAML."""
    known = {_name(one) for one in (child(target, "name"), *items(child(target, "aliases")))}
    found = []
    for one in (child(node, "name"), *items(child(node, "aliases"))):
        if one is None or _name(one) in known:
            continue
        known.add(_name(one))
        short = _value(child(one, "after")) == "name"
        name = scalar(_name(one))
        found.append(f"{{text: {name}, after: name}}" if short else name)
    return found


def _name(node: yaml.Node | None) -> str:
    return _value(node) or _value(child(node, "text"))


def _value(node: yaml.Node | None) -> str:
    return node.value.strip() if isinstance(node, yaml.ScalarNode) else ""


def _more_names(aliases: yaml.Node, names: list[str], path: str, text: str) -> Edit:
    nodes = items(aliases)
    if isinstance(aliases, yaml.SequenceNode) and not aliases.flow_style and nodes:
        end = end_of_item(nodes[-1], path, text)
        break_ = "\r\n" if "\r\n" in text else "\n"
        indent = " " * aliases.start_mark.column
        added = break_.join(f"{indent}- {name}" for name in names)
        inserted = f"{break_}{added}" if end.column > 1 else f"{added}{break_}"
        return Edit(end, end, inserted)
    written = [text[one.start_mark.index : one.end_mark.index] for one in nodes]
    whole = f"[{', '.join([*(one for one in written if one), *names])}]"
    return replace(aliases, path, whole)


def _written(node: yaml.Node, text: str) -> list[tuple[str, list[str]]]:
    """Give each key with its lines as they are written, at column 0; a flow's on one line."""
    found = list(pairs(node))
    if getattr(node, "flow_style", False):
        return [
            (key, [f"{key}: {' '.join(text[v.start_mark.index : v.end_mark.index].split())}"])
            for key, _, v in found
        ]
    starts = [key_node.start_mark.index for _, key_node, _ in found]
    ends = [*starts[1:], found[-1][2].end_mark.index if found else 0]
    written = []
    for (key, _, _), start, end in zip(found, starts, ends, strict=True):
        lines = re.split(r"\r\n|\r|\n", text[start:end].rstrip())
        column = node.start_mark.column
        whole = [lines[0], *(one[column:] for one in lines[1:])]
        written.append((key, [one for one in whole if one.strip()]))
    return written


def _plain(lines: list[str]) -> str:
    return " ".join(" ".join(lines).split())
