"""A glossary that a build kept is the one it read."""

from __future__ import annotations

from explainer.cache.entries import dump_entries, load_entries
from explainer.read import parse_glossary

FULL = """
- id: ada-orun
  name: Ada Orun
  kind: person
  aliases: [Orun, {text: Ada, after: name}]
  role: Mayor
  roles: [{role: Clerk, from: 2001, until: 2004-05}, {role: Mayor, from: 2004-06}]
  summary: Of [Vell](#vell).
  as_of: 2024-05
  born: 1960~
  died: 2024-01-02/..
  date: 19XX
  owner: nobody
  language: ko
  original_name: {text: 아다, language: ko}
  location: [37.5, -12]
  time_zone: Asia/Seoul
  senses: {government: {entry: vell}}
  same_as: [https://example.org/a]
  image: {src: a.jpg, alt: a, credit: b, license: c}
  sources: [{title: t, publisher: p, url: "https://example.org/", date: 2020}]
  status: suggested
- {id: vell, name: Vell, kind: place}
"""


def test_every_field_of_an_entry_comes_back_as_it_was() -> None:
    entries, problems = parse_glossary(FULL, "content/glossary/g.yaml")
    assert problems == []
    kept = load_entries(dump_entries(entries))
    assert kept == tuple(entries)
    assert repr(kept) == repr(tuple(entries))
