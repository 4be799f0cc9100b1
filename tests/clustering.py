"""A site that is large enough for a cluster."""

from __future__ import annotations

from pathlib import Path

from tests.making import png, write_files

MANY = 60


def a_site(root: Path) -> Path:
    entries = "".join(
        f"- {{id: t{n}, name: Town {n} Hall, kind: place, summary: A town.}}\n" for n in range(MANY)
    )
    articles = {
        f"content/articles/n{n}.md": (
            f"---\ntitle: N{n}\ndate: 2024-01-{n % 28 + 1:02}\ntags: [g{n % 5}]\n---\n"
            f"Town {n} Hall is near Town {(n * 7 + 1) % MANY} Hall, its mayor said.\n"
        )
        for n in range(MANY)
    }
    articles["content/articles/n3.md"] += "\n![A view](pictures/a%20view.png)\n"
    notes = (
        "attributions:\n  - {id: a, content: [{exact: Town 7 Hall is near Town 50 Hall}],\n"
        "     source: {exact: its mayor}, cue: {exact: said}, speaker: [t7], mode: indirect}\n"
    )
    return write_files(root, {
        "explainer.yaml": "base_url: https://example.org/\n",
        "content/glossary/g.yaml": entries,
        "content/articles/pictures/a view.png": png(),
        "content/articles/n7.notes.yaml": notes,
        "content/pages/about.md": "---\ntitle: About\n---\nAbout us.\n",
        "templates/partials/foot.html": "",
        **articles,
    })  # fmt: skip
