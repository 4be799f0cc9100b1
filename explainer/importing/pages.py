"""Web pages: the article, without what stands around it."""

from __future__ import annotations

import re
from typing import Any

from explainer.errors import ArticleError
from explainer.importing.converted import Converted, Raw, counted, decoded
from explainer.importing.documents import NEEDED
from explainer.importing.texts import take_heading, without_pictures

_COUNTED = (
    (r"<(?:img|picture)\b", "picture"),
    (r"<script\b", "script"),
    (r"<(?:iframe|video|audio|embed|object)\b", "embedded page or player",
     "embedded pages or players"),
    (r"<form\b", "form"),
)  # fmt: skip


def from_html(raw: Raw) -> Converted:
    """A page's article as Markdown, with what the page says of itself."""
    try:
        from trafilatura import bare_extraction, extract
    except ImportError as fault:
        raise ArticleError(f"a web page can't be read yet; {NEEDED}", raw.name) from fault
    html, told = decoded(raw)
    options: dict[str, Any] = {"include_comments": False, "url": raw.url or None}
    try:
        text = extract(
            html, output_format="markdown", include_links=True, include_formatting=True, **options
        )
        about = bare_extraction(html, with_metadata=True, **options)
    except Exception as fault:  # whatever a page does to the library
        raise ArticleError("isn't a page that can be read", raw.name) from fault
    if not text:
        raise ArticleError("no article is to be found in this page", raw.name)
    body, _ = without_pictures(text)
    heading, rest = take_heading(body)
    title = (getattr(about, "title", "") or "").strip() or heading
    if heading and heading == title:
        body = rest
    body = re.sub(r"\n{3,}", "\n\n", body).strip() + "\n"
    counts = [counted(len(re.findall(one[0], html, re.IGNORECASE)), *one[1:]) for one in _COUNTED]
    dropped = (*told, *(one for one in counts if one), "what stands around the article")
    return Converted(body, title, meta=_meta(about, raw.url), dropped=dropped)


def _meta(about: object, url: str) -> dict[str, str | tuple[str, ...]]:
    """What the page says of itself; a date only where it is a day."""

    def said(key: str) -> str:
        return " ".join(str(getattr(about, key, "") or "").split())

    date = said("date")
    authors = tuple(one.strip() for one in said("author").split(";") if one.strip())
    language = said("language")
    meta: dict[str, str | tuple[str, ...]] = {
        "date": date if re.fullmatch(r"\d{4}-\d\d-\d\d", date) else "",
        "authors": authors,
        "summary": said("description"),
        "language": language if re.fullmatch(r"[a-z]{2,3}", language) else "",
        "publisher": said("sitename"),
        "url": url or said("url"),
    }
    return {key: value for key, value in meta.items() if value}
