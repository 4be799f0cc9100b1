"""What someone was at a date."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from explainer.assemble.roles import role_at, role_facts
from explainer.edtf import parse_edtf
from explainer.language import language_of
from explainer.model import Role
from tests.making import make_entry

ADA = replace(
    make_entry("Ada"),
    role="Former mayor of Bonn",
    roles=(
        Role("Clerk", None, parse_edtf("1999")),
        Role("Mayor of Bonn", parse_edtf("2012-05"), parse_edtf("2019-03-31")),
        Role("Party leader", parse_edtf("2018"), parse_edtf("2018")),
        Role("Minister", parse_edtf("2022-02-24")),
    ),
)


@pytest.mark.parametrize(
    ("moment", "role"),
    [
        ("1950-01-01", "Clerk"),
        ("1999-12-31", "Clerk"),
        ("2000-01-01", "Former mayor of Bonn"),
        ("2012-04-30", "Former mayor of Bonn"),
        ("2012-05-01T09:00:00+02:00", "Mayor of Bonn"),
        ("2018-06-01", "Party leader"),
        ("2019-03-31", "Mayor of Bonn"),
        ("2019-04-01", "Former mayor of Bonn"),
        ("2022-02-24", "Minister"),
        ("2099-01-01", "Minister"),
        ("", "Former mayor of Bonn"),
    ],
)
def test_the_role_at_a_date_is_the_last_listed_that_was_held(moment: str, role: str) -> None:
    assert role_at(ADA, moment) == role


def test_all_roles_are_facts_with_their_years() -> None:
    facts = role_facts(ADA, language_of("en"))
    assert len(facts) == 4
    assert facts[1:] == [
        ("May 2012 – March 31, 2019", "Mayor of Bonn"),
        ("2018", "Party leader"),
        ("since February 24, 2022", "Minister"),
    ]
