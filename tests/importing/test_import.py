"""A text from elsewhere becomes an article, with what it came as kept and what it lost told."""

from __future__ import annotations

import io
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from explainer.config import load_config
from explainer.errors import ArticleError
from explainer.importing import Raw, import_article
from explainer.importing.fetching import fetch
from tests.conftest import SmallSite, run_explainer
from tests.making import read_files

PAGE = """<!DOCTYPE html><html lang="en"><head><title>The ferry stays in port</title>
<meta name="author" content="Ann Lee"><script>evil()</script></head>
<body><nav><a href="/">Home</a><a href="/more">More</a></nav>
<article><h1>The ferry stays in port</h1>
<p>The ferry between the island and the town stayed in port on Tuesday, the harbor master said,
because of a storm that is expected to last for two days.</p>
<img src="ferry.jpg" alt="The ferry">
<p>“We are all tired of it,” said Ann Ray, who sells bread on the quay and has done so for
twenty years in every kind of weather that the coast knows.</p></article>
<footer>All rights reserved.</footer></body></html>"""

PARAGRAPH = '<w:p><w:pPr>{style}</w:pPr><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def docx(*paragraphs: tuple[str, str]) -> bytes:
    """A Word document: style and text of each paragraph."""
    body = "".join(
        PARAGRAPH.format(style=f'<w:pStyle w:val="{style}"/>' if style else "", text=text)
        for style, text in paragraphs
    )
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    files = {
        "[Content_Types].xml": (
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType='
            '"application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/></Types>'
        ),
        "_rels/.rels": (
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="r1" Type="{office}" Target="word/document.xml"/></Relationships>'
        ),
        "word/document.xml": f"<w:document {space}><w:body>{body}</w:body></w:document>",
        "word/media/one.png": "x",
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    return out.getvalue()


def take(site: SmallSite, content: bytes, suffix: str, name: str = "") -> tuple[str, str]:
    """Import; give the article and what was left out. The seed must be what arrived."""
    done = import_article(Raw(content, f"x{suffix}", suffix), load_config(site.root), name)
    assert (site.root / done.seed).read_bytes() == content
    site.build()
    return (site.root / done.article).read_text(), "; ".join(done.dropped)


def test_a_word_document(small_site: SmallSite) -> None:
    content = docx(
        ("Heading1", "The ferry stays"),
        ("", "It stayed in *port* &amp; “slept.”"),
        ("", "So it is."),
    )
    article, dropped = take(small_site, content, ".docx")
    assert article.startswith("---\ntitle: The ferry stays\n")
    assert 'file: "seeds/the-ferry-stays.docx"' in article
    assert "It stayed in \\*port\\* & “slept.”\n\nSo it is." in article
    assert "1 picture" in dropped


def test_a_web_page(small_site: SmallSite) -> None:
    article, dropped = take(small_site, PAGE.encode(), ".html")
    assert "title: The ferry stays in port\n" in article
    assert "“We are all tired of it,” said Ann Ray" in article
    assert "evil" not in article
    assert "All rights" not in article
    assert "1 picture" in dropped
    assert "1 script" in dropped


def test_markdown(small_site: SmallSite) -> None:
    text = (
        "---\ntitle: A ferry\ndate: 2024-05-14\nlayout: post  # mine\n---\n"
        "It *stayed*. ![The quay](quay.jpg)\n"
    )
    article, dropped = take(small_site, text.encode(), ".md")
    assert "title: A ferry\n" in article
    assert "It *stayed*. The quay\n" in article
    assert "1 picture" in dropped
    assert "layout" in dropped


def test_plain_text_stays_word_for_word(small_site: SmallSite) -> None:
    text = "A ferry\r\nIt stayed in port.\r\n"
    article, dropped = take(small_site, text.encode(), ".txt")
    assert article == text.replace("\r\n", "\n")
    assert dropped == ""
    sidecar = small_site.root / "content/articles/a-ferry.yaml"
    assert 'file: "seeds/a-ferry.txt"' in sidecar.read_text()


def test_another_encoding_is_read_and_told(small_site: SmallSite) -> None:
    article, dropped = take(small_site, "A ferry\n“It” stayed.\n".encode("cp1252"), ".txt")
    assert "“It” stayed." in article
    assert "Windows-1252" in dropped


def test_nothing_is_overwritten_and_nothing_comes_twice(small_site: SmallSite) -> None:
    take(small_site, b"A ferry\nIt stayed.\n", ".txt")
    before = read_files(small_site.root / "content")
    with pytest.raises(ArticleError, match="imported before"):
        take(small_site, b"A ferry\nIt stayed.\n", ".txt")
    take(small_site, b"A ferry\nIt left.\n", ".txt")
    after = read_files(small_site.root / "content")
    assert before.items() <= after.items()
    assert "articles/a-ferry-2.txt" in after


@pytest.mark.parametrize(
    ("content", "suffix"),
    [
        (b"", ".txt"),
        (b"A\x00B\n", ".txt"),
        (b"PK\x03\x04 no", ".docx"),
        (docx(), ".docx"),
        (b"<html><body></body></html>", ".html"),
        (b"---\ntitle: x\n", ".md"),
        (b"---\ntitle: x\ndate: never\n---\nText.\n", ".md"),
    ],
)
def test_what_is_no_article_leaves_no_trace(
    content: bytes, suffix: str, small_site: SmallSite
) -> None:
    before = read_files(small_site.root)
    with pytest.raises(ArticleError):
        take(small_site, content, suffix)
    assert read_files(small_site.root) == before


def test_the_command_reads_files_and_what_is_piped(small_site: SmallSite) -> None:
    small_site.write({"My Report.MD": "# A ferry\n\nIt stayed.\n"})
    result = run_explainer("import", "My Report.MD", cwd=small_site.root)
    assert result.returncode == 0, result.stderr
    assert result.stdout.startswith("wrote content/articles/a-ferry.md, and kept seeds/a-ferry.md")
    piped = subprocess.run(
        [sys.executable, "-m", "explainer", "import", "-", "--name", "../../Piped"],
        cwd=small_site.root, input=b"Another\nIt left.\n", capture_output=True, check=False,
    )  # fmt: skip
    assert b"content/articles/piped.txt" in piped.stdout
    for wrong in ("gone.md", "explainer.yaml"):
        told = run_explainer("import", wrong, cwd=small_site.root)
        assert (told.returncode, told.stderr.count("\n")) == (1, 1)


# ---- the web


class Server(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        answers = {
            "/page": (200, {"Content-Type": "text/html; charset=utf-8"}, PAGE.encode()),
            "/moved": (302, {"Location": "/page"}, b""),
            "/round": (302, {"Location": "/round"}, b""),
            "/file": (302, {"Location": "file:///etc/passwd"}, b""),
            "/picture": (200, {"Content-Type": "image/png"}, b"x"),
            "/large": (200, {"Content-Type": "text/plain"}, b"x" * 10_000_001),
        }
        code, headers, body = answers.get(self.path, (404, {}, b""))
        self.send_response(code)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: the tests' output is theirs."""


@pytest.fixture
def web() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Server)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_page_from_the_web_says_where_it_is_from(web: str, small_site: SmallSite) -> None:
    result = run_explainer("import", f"{web}/moved", cwd=small_site.root)
    assert result.returncode == 0, result.stderr
    article = (small_site.root / "content/articles/the-ferry-stays-in-port.md").read_text()
    assert f'url: "{web}/page"' in article


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("/gone", "404"), ("/round", "30"), ("/file", "not allowed"),
        ("/picture", "image/png"), ("/large", "larger than 10 MB"),
    ],
)  # fmt: skip
def test_what_the_web_does_not_give_is_told(path: str, says: str, web: str) -> None:
    with pytest.raises(ArticleError, match=says):
        fetch(f"{web}{path}")


@pytest.mark.parametrize(
    "address", ["file:///etc/passwd", "ftp://example.org/x", "http://[", "//x"]
)
def test_only_the_web_is_asked(address: str) -> None:
    with pytest.raises(ArticleError, match="no web address"):
        fetch(address)
