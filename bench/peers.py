"""Other generators, set up to do what we do to an article: each mention a link, and its note there.

Hugo and Eleventy find the names themselves, by one alternation of all of them; MkDocs has no way
to, so that there each mention is marked in the article, as a writer would have to do.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

from msgspec import Struct

from bench.corpus import Corpus, Entry, write

START = (
    '<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
    '<link rel="stylesheet" href="/look.css"></head><body>\n<header><a href="/">Bench</a></header>'
    "<main><h1>{title}</h1>\n"
)
END = "\n</main><footer>The end</footer></body></html>\n"
LOOK = "a.term { text-decoration: underline dotted }\n"


class Peer(Struct, frozen=True):
    """``made`` are the folders that a build leaves, the site first; ``most`` the articles it may
    be given, 0 for any number."""

    name: str
    program: tuple[str, ...]
    arguments: tuple[str, ...]
    version: str
    layout: Callable[[Path, Corpus], None]
    made: tuple[str, ...]
    most: int = 0

    @property
    def command(self) -> list[str]:
        return [*self.program, *self.arguments]


def find_peers(
    places: dict[str, str], most: dict[str, int]
) -> tuple[tuple[Peer, ...], tuple[str, ...]]:
    """The peers that are here, and the names of those that aren't.

    Args:
        places: The peers that are wanted, and where the program of each is; one without a place
            is looked for on PATH, and a script of Node's is run by Node.
        most: The articles that a peer is given at most.
    """
    here, absent = [], []
    for name, place in places.items():
        arguments, asks, layout, made = _KNOWN[name]
        program = _program(place or shutil.which(name) or "")
        version = _version(program, asks)
        if version:
            limit = most.get(name, 0)
            here.append(Peer(name, program, arguments, version, layout, made, limit))
        else:
            absent.append(name)
    return tuple(here), tuple(absent)


def _program(place: str) -> tuple[str, ...]:
    return ("node", place) if place.endswith(("js", "cjs", "mjs")) else (place,)


def _version(program: Sequence[str], asks: str) -> str:
    try:
        done = subprocess.run([*program, asks], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return ""
    found = re.search(r"\d+\.\d+\.\d+", done.stdout)
    return found[0] if found else ""


def _alternation(corpus: Corpus) -> str:
    """Every name: backwards through the alphabet a longer one comes before its own beginning."""
    names = {name for entry in corpus.glossary for name in entry.names}
    return rf"\b(?:{'|'.join(re.sub(r'([.])', r'[.]', one) for one in sorted(names)[::-1])})\b"


def _glossary(corpus: Corpus) -> str:
    """What templates look up: an entry's number by each of its names, and the entries."""
    of_name: dict[str, int] = {}
    for number, entry in enumerate(corpus.glossary):
        for name in entry.names:
            of_name.setdefault(name, number)
    entries = [[one.name, one.kind, one.summary] for one in corpus.glossary]
    return json.dumps({"names": of_name, "entries": entries, "pattern": _alternation(corpus)})


# ---- Hugo

_HUGO_ARTICLE = """\
{{- $known := hugo.Data.glossary -}}
{{- $shown := newScratch -}}
{{- $marked := replaceRE $known.pattern "\\u0002$0\\u0002" .Content -}}
{{- range $place, $text := split $marked "\\u0002" -}}
{{- if modBool $place 2 -}}{{- safeHTML $text -}}
{{- else -}}{{- $number := int (index $known.names $text) -}}
{{- $shown.SetInMap "notes" (printf "%06d" $number) $number -}}
<a class="term" href="#note-{{ $number }}">{{ $text }}</a>{{- end -}}
{{- end -}}
<section>{{ range $shown.GetSortedMapValues "notes" }}{{ $one := index $known.entries . -}}
<div id="note-{{ . }}"><b>{{ index $one 0 }}</b> ({{ index $one 1 }})<p>{{ index $one 2 }}</p></div>
{{ end }}</section>
<ul>{{ range .Params.tags }}<li><a href="/tags/{{ . }}/">{{ . }}</a></li>{{ end }}</ul>"""


def hugo_site(folder: Path, corpus: Corpus) -> None:
    write(
        folder / "hugo.toml",
        'baseURL = "https://example.org/"\ntitle = "Bench"\n'
        'disableKinds = ["rss", "sitemap", "404"]\n[taxonomies]\ntag = "tags"\n',
    )
    start = START.format(title="{{ .Title }}")
    lists = (
        '<ul>{{ range %s }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul>'
    )
    write(folder / "layouts/single.html", start + _HUGO_ARTICLE + END)
    write(folder / "layouts/list.html", start + lists % ".Pages" + END)
    write(folder / "layouts/home.html", start + lists % "site.RegularPages" + END)
    write(folder / "data/glossary.json", _glossary(corpus))
    write(folder / "static/look.css", LOOK)
    for one in corpus.all():
        write(folder / f"content/articles/{one.slug}.md", one.markdown)


# ---- Eleventy

_ELEVENTY = """\
import { readFileSync } from "node:fs";

const { names, entries, pattern } = JSON.parse(readFileSync("terms.json", "utf8"));
const known = new RegExp(pattern, "g");
const note = (number) => {
  const [name, kind, summary] = entries[number];
  return `<div id="note-${number}"><b>${name}</b> (${kind})<p>${summary}</p></div>`;
};

function linked(html) {
  const shown = new Set();
  const link = (text) => {
    shown.add(names[text]);
    return `<a class="term" href="#note-${names[text]}">${text}</a>`;
  };
  const text = html.replace(known, link);
  const notes = [...shown].sort((one, other) => one - other).map(note);
  return `${text}<section>${notes.join("")}</section>`;
}

export default function (config) {
  config.addFilter("linked", linked);
  config.addPassthroughCopy({ "look.css": "look.css" });
  return { dir: { input: "in", output: "out" }, markdownTemplateEngine: false };
}
"""


def eleventy_site(folder: Path, corpus: Corpus) -> None:
    write(folder / "package.json", '{"type": "module"}\n')
    write(folder / "eleventy.config.js", _ELEVENTY)
    write(folder / "terms.json", _glossary(corpus))
    write(folder / "look.css", LOOK)
    start = START.format(title="{{ title }}")
    tags = "{% for one in tags %}<li><a href='/tags/{{ one }}/'>{{ one }}</a></li>{% endfor %}"
    item = '<li><a href="{{ one.url }}">{{ one.data.title }}</a></li>'
    lists = f"<ul>{{%% for one in %s %%}}{item}{{%% endfor %%}}</ul>"
    write(
        folder / "in/_includes/article.html",
        f"{start}{{{{ content | linked }}}}<ul>{tags}</ul>{END}",
    )
    write(folder / "in/articles/articles.json", '{"layout": "article.html"}\n')
    home = lists % "collections.all"
    write(folder / "in/index.html", f"---\ntitle: Bench\n---\n{start}{home}{END}")
    paged = (
        "---\npagination: {data: collections, size: 1, alias: tag, filter: [all]}\n"
        'permalink: "/tags/{{ tag }}/index.html"\n---\n'
    )
    of_tag = START.format(title="{{ tag }}") + lists % "collections[tag]"
    write(folder / "in/tags.html", f"{paged}{of_tag}{END}")
    for one in corpus.all():
        write(folder / f"in/articles/{one.slug}.md", one.markdown)


# ---- MkDocs with Material and ezglossary

_MKDOCS = """\
site_name: Bench
site_url: https://example.org/
theme: {name: material, font: false}
markdown_extensions: [def_list]
plugins: [tags, {ezglossary: {tooltip: full}}]
nav: [index.md]
validation: {nav: {omitted_files: ignore}}
"""


def mkdocs_site(folder: Path, corpus: Corpus) -> None:
    def mark(words: str, entry: Entry) -> str:
        return f"<{entry.kind}:{entry.id}|{words}>"

    write(folder / "mkdocs.yml", _MKDOCS)
    write(folder / "docs/index.md", "# Bench\n\nThe beginning.\n")
    terms = (f"{one.kind}:{one.id}\n:   {one.summary}\n" for one in corpus.glossary)
    write(folder / "docs/glossary.md", "\n".join(("# Glossary\n", *terms)))
    for one in corpus.all(mark):
        head, body = one.markdown.split("\n\n", 1)
        write(folder / f"docs/articles/{one.slug}.md", f"{head}\n\n# {one.title}\n\n{body}")


_KNOWN: dict[str, tuple[tuple[str, ...], str, Callable[[Path, Corpus], None], tuple[str, ...]]] = {
    "hugo": (("--quiet", "--noBuildLock"), "version", hugo_site, ("public", "resources")),
    "eleventy": (("--quiet",), "--version", eleventy_site, ("out",)),
    "mkdocs": (("build", "-q"), "--version", mkdocs_site, ("site",)),
}

NAMES = tuple(_KNOWN)
