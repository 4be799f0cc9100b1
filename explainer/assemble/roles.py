"""What someone was at a date, and all that they were."""

from __future__ import annotations

from explainer.edtf import Day, parse_edtf
from explainer.language import Language
from explainer.model import Entry, Role


def role_at(entry: Entry, moment: str) -> str:
    """The entry's role on an ISO 8601 day: of several the last listed; `entry.role` if none holds.

    A date less precise than a day holds for all of it: one who left in 2012 was still in office
    in May of that year.
    """
    if not moment or not entry.roles:
        return entry.role
    day = parse_edtf(moment[:10]).earliest
    held = [one.text for one in entry.roles if _holds(one, day)]
    return held[-1] if held else entry.role


def role_facts(entry: Entry, language: Language) -> list[tuple[str, str]]:
    """Each dated role with its years, as facts of a note."""
    return [(_years(one, language), one.text) for one in entry.roles if one.since or one.until]


def _holds(role: Role, day: Day) -> bool:
    begun = role.since is None or role.since.earliest <= day
    return begun and (role.until is None or role.until.latest is None or day <= role.until.latest)


def _years(role: Role, language: Language) -> str:
    first = role.since.text if role.since else ".."
    last = role.until.text if role.until else ".."
    return language.date(parse_edtf(first if first == last else f"{first}/{last}"))
