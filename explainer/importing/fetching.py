"""A page from the web, within sane limits."""

from __future__ import annotations

import http.client
import urllib.error
import urllib.request
from typing import IO
from urllib.parse import urlsplit

from explainer import __version__
from explainer.errors import ArticleError
from explainer.importing.converted import Raw

MAX_BYTES = 10_000_000
MAX_REDIRECTS = 5
SECONDS = 20.0
_SUFFIX_OF = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/markdown": ".md",
    "text/plain": ".txt",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
}


class _Careful(urllib.request.HTTPRedirectHandler):
    """Follows a few redirects, and only to the web: never to a file of this machine."""

    max_redirections = MAX_REDIRECTS

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: http.client.HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request | None:
        _refuse_strange(newurl, req.full_url)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def fetch(url: str, seconds: float = SECONDS) -> Raw:
    """The bytes at an address.

    Raises:
        ArticleError: No web address, no answer in time, an error, too large, or no text.
    """
    _refuse_strange(url, url)
    request = urllib.request.Request(url, headers={"User-Agent": f"explainer/{__version__}"})
    opener = urllib.request.build_opener(_Careful)
    try:
        with opener.open(request, timeout=seconds) as answer:
            content = answer.read(MAX_BYTES + 1)
            kind = answer.headers.get_content_type()
            charset = answer.headers.get_content_charset() or ""
            final = answer.geturl()
    except urllib.error.HTTPError as fault:
        raise ArticleError(f"the server answers {fault.code} {fault.reason}", url) from fault
    except TimeoutError as fault:
        raise ArticleError(f"no answer within {seconds:g} seconds", url) from fault
    except (urllib.error.URLError, OSError, ValueError, http.client.HTTPException) as fault:
        why = getattr(fault, "reason", None) or fault
        raise ArticleError(f"can't be fetched: {why}", url) from fault
    if len(content) > MAX_BYTES:
        raise ArticleError(f"is larger than {MAX_BYTES // 1_000_000} MB", url)
    if kind not in _SUFFIX_OF:
        raise ArticleError(f"is of the kind {kind}, not a page or a text", url)
    return Raw(content, url, _SUFFIX_OF[kind], final, charset)


def _refuse_strange(address: str, url: str) -> None:
    try:
        parts = urlsplit(address)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise ArticleError(f"'{address}' is no web address", url if url != address else "")
