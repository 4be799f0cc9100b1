"""Styles and scripts without what only people need: comments, indentation, spaces at marks.

Styles are done here, as the minifiers at hand take the space out of a nested ``.a :is(.b)``, which
then means something else. Only what can't matter goes: no name or order is touched.
"""

from __future__ import annotations

import re

import rjsmin

_CSS = re.compile(
    rb"""\[ (?P<name>[\w-]+) (?P<how>[~|^$*]?=) (["']) (?P<word>[A-Za-z][\w-]*) \3 \]
    | (?P<kept> "(?:\\.|[^"\\])*" | '(?:\\.|[^'\\])*' | url\(\s*[^"'\s)][^)]*\) )
    | (?P<mark> (?:\s|/\*.*?\*/)* ;? (?:\s|/\*.*?\*/)* [{};,>] (?:\s|/\*.*?\*/)* )
    | (?P<colon> : (?:\s|/\*.*?\*/)+ )
    | (?P<slash> (?<=[\w)%]) \s+ / \s+ (?=-?[\w(]) )
    | (?P<times> (?<=[\w)]) \s+ \* \s+ (?=\.?\d|var\() )
    | (?P<shout> \s+ (?=!important) )
    | (?P<point> (?<=[\s(,:-]) 0+ (?=\.\d) )
    | (?P<gap> (?:\s|/\*.*?\*/)+ )""",
    re.DOTALL | re.VERBOSE,
)
_COMMENT = re.compile(rb"/\*.*?\*/", re.DOTALL)


def minify_css(style: bytes) -> bytes:
    """The same style: what its browsers read of it is equal, nested or not."""
    return _CSS.sub(_shorter, style).strip()


def _shorter(found: re.Match[bytes]) -> bytes:
    text = found[0]
    if found["kept"]:
        return text
    if found["word"]:
        return b"[%s%s%s]" % (found["name"], found["how"], found["word"])
    bare = _COMMENT.sub(b"", text)
    if found["mark"]:
        return bare.strip()[-1:]  # of ;} the last
    if found["colon"]:
        return b":"  # one before a name follows at once, so this is a value's
    if found["slash"]:
        return b"/"
    if found["times"]:
        return b"*"  # a selector's is before no number
    if found["point"] or found["shout"]:
        return b""  # 0.5 is .5
    return b" " if bare else b"/**/"  # a comment alone parts two words, a space would join them


def minify_js(script: bytes) -> bytes:
    short: bytes = rjsmin.jsmin(script)
    return short
