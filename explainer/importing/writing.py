"""An imported text as the files of an article."""

from __future__ import annotations

from explainer.importing.converted import Converted, Raw
from explainer.quoting import flow, scalar
from explainer.shapes import ARTICLE, schema_line


def article_files(converted: Converted, slug: str, seed: str, raw: Raw) -> dict[str, str]:
    """The article first, then what stands beside it, by paths in the site."""
    front = _front(converted, seed, raw)
    path = f"content/articles/{slug}"
    if converted.plain:
        return {
            f"{path}.txt": converted.text,
            f"{path}.yaml": schema_line("article", 2) + front,
        }
    return {f"{path}.md": f"---\n{front}---\n\n{converted.text.lstrip(chr(10))}"}


def _front(converted: Converted, seed: str, raw: Raw) -> str:
    meta = dict(converted.meta)
    title = converted.title.strip() if not converted.plain else ""
    known = {"title": title, **{key: meta[key] for key in ARTICLE.keys if key in meta}}
    lines = [f"{key}: {_value(value)}" for key, value in known.items() if value]
    url = str(meta.get("url", "") or raw.url)
    source = {"publisher": str(meta.get("publisher", "")), "url": url, "file": seed}
    lines.append("source:")
    lines += [f"  {key}: {scalar(value)}" for key, value in source.items() if value]
    return "\n".join(lines) + "\n"


def _value(value: str | tuple[str, ...]) -> str:
    return scalar(value) if isinstance(value, str) else flow([scalar(one) for one in value])
