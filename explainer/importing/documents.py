"""Word documents: their words, headings, lists, links and tables."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

from explainer.errors import ArticleError
from explainer.importing.converted import Converted, Raw, counted
from explainer.importing.texts import take_heading

MAX_UNPACKED = 100_000_000
"""A document that unpacks to more is a trap, or a book of pictures."""

NEEDED = "install what it needs: pip install 'explainer-site[import]'"


def from_docx(raw: Raw) -> Converted:
    """A .docx as Markdown; pictures, comments and what only looks (fonts, boxes) go."""
    try:
        import mammoth
        from markdownify import markdownify
    except ImportError as fault:
        raise ArticleError(f"a Word document can't be read yet; {NEEDED}", raw.name) from fault
    pictures = _refuse_traps(raw)
    seen = 0

    def no_picture(image: Any) -> list[Any]:
        nonlocal seen
        seen += 1
        return []

    try:
        result = mammoth.convert_to_html(io.BytesIO(raw.content), convert_image=no_picture)
        html = str(result.value)
    except Exception as fault:  # a broken document breaks in any way inside the library
        message = "isn't a Word document (.docx) that can be read"
        raise ArticleError(f"{message}; save it anew and try again", raw.name) from fault
    text = markdownify(html, heading_style="ATX", bullets="-", strip=["img"]).strip() + "\n"
    text = re.sub(r"\n{3,}", "\n\n", text)
    title, body = take_heading(text)
    if not title:
        title, body = _first_line(text)
    notes = len(re.findall(r'<li id="(?:footnote|endnote)-', html))
    styles = sum("style" in one.message.lower() for one in result.messages)
    dropped = (
        counted(max(seen, pictures), "picture"),
        counted(notes, "footnote's place", "footnotes' places") and
        f"the places of {counted(notes, 'footnote')}; the words stand at the end",
        counted(_comments(raw), "comment"),
        counted(styles, "style that has no meaning here", "styles that have no meaning here"),
    )  # fmt: skip
    return Converted(body, title, dropped=tuple(one for one in dropped if one))


def _refuse_traps(raw: Raw) -> int:
    """Say how many pictures a document packs, once it is clear that it can be unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw.content)) as packed:
            files = packed.infolist()
    except (zipfile.BadZipFile, ValueError, OSError) as fault:
        raise ArticleError("isn't a Word document (.docx)", raw.name) from fault
    if sum(one.file_size for one in files) > MAX_UNPACKED:
        raise ArticleError("unpacks to more than 100 MB", raw.name)
    return sum(one.filename.startswith("word/media/") for one in files)


def _comments(raw: Raw) -> int:
    with zipfile.ZipFile(io.BytesIO(raw.content)) as packed:
        if "word/comments.xml" not in packed.namelist():
            return 0
        return packed.read("word/comments.xml").count(b"<w:comment ")


def _first_line(markdown: str) -> tuple[str, str]:
    """A short first paragraph as the title, and the rest."""
    first, _, rest = markdown.strip().partition("\n\n")
    words = re.sub(r"[*_\\]", "", first)
    return (words, rest) if rest and "\n" not in first and len(words) <= 200 else ("", markdown)
