"""Characters that have no business in an article: told, and the unprintable ones shown as �."""

from __future__ import annotations

import re

from explainer.model import Diagnostic, Position

_UNPRINTABLE = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff"
_CONTROL = re.compile(f"[{_UNPRINTABLE}]")
_ODD = re.compile(f"[{_UNPRINTABLE}\u202a-\u202e\u2066-\u2069]")


def printable(text: str) -> str:
    """The text with � for each character that HTML forbids; offsets stay."""
    return _CONTROL.sub("�", text)


def odd_characters(text: str, path: str, first_line: int) -> tuple[Diagnostic, ...]:
    """A warning for the first control or bidirectional override of each line."""
    if not _ODD.search(text):
        return ()
    found = []
    for number, line in enumerate(text.split("\n")):
        odd = _ODD.search(line)
        if odd:
            place = Position(path, number + first_line, odd.start() + 1)
            message = (
                f"an invisible control character (U+{ord(odd[0]):04X}); "
                "it is shown as � or kept within its paragraph"
            )
            found.append(Diagnostic("T003", message, place))
    return tuple(found)
