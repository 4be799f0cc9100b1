"""Glossary and notes held against each other."""

from __future__ import annotations

from explainer.read import entry_links


def test_links_to_entries_come_in_order() -> None:
    assert entry_links("[a](#b-c) and [d](https://x.y) and [e](#f)") == ["b-c", "f"]
