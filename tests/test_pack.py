from __future__ import annotations

import gzip
import subprocess
import sys

import pytest

from explainer.annotate.packed import CREDIT, choose_place, fill_entry
from explainer.entry_yaml import entry_yaml
from explainer.model import Entry
from explainer.pack import make
from explainer.read import find_bodies, find_places, parse_glossary
from explainer.read.pack import _lines
from tests.making import ROOT

PACK = ROOT / "explainer" / "pack" / "places.tsv.gz"


def test_the_pack_is_small_and_sorted() -> None:
    lines = gzip.decompress(PACK.read_bytes()).decode().splitlines()
    assert PACK.stat().st_size < 3_000_000
    assert lines == sorted(lines)


def test_every_country_is_in_it() -> None:
    codes = {key for key in _lines() if key.startswith("=")}
    assert len(codes) == 250


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("US", "US"), ("U.S.", "US"), ("America", "US"), ("UK", "GB"), ("Britain", "GB"),
        ("UAE", "AE"), ("DR Congo", "CD"), ("Congo-Brazzaville", "CG"), ("Czechia", "CZ"),
        ("Türkiye", "TR"), ("Burma", "MM"), ("Côte d’Ivoire", "CI"), ("DPRK", "KP"),
    ],
)  # fmt: skip
def test_a_country_is_found_by_its_other_names(name: str, country: str) -> None:
    assert find_places(name)[0].sort == "country"
    assert find_places(name)[0].country == country


def test_a_capital_says_of_what_it_is_one() -> None:
    (warsaw, *_) = find_places("Warsaw")
    assert (warsaw.sort, warsaw.role) == ("capital", "Capital of Poland")
    assert warsaw.time_zone == "Europe/Warsaw"
    assert warsaw.location == pytest.approx((52.23, 21.01), abs=0.05)
    assert find_places("Manila")[0].role == "Capital of the Philippines"


def test_a_government_has_the_name_that_newspapers_give_it() -> None:
    names = [find_places(one)[0].government for one in ("Seoul", "Washington", "London", "Russia")]
    assert names == [
        "South Korean government", "US government", "UK government", "Russian government",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["Jerusalem", "Taiwan", "Kosovo", "Western Sahara"])
def test_what_is_disputed_is_not_told(name: str) -> None:
    assert not find_places(name)[0].role.startswith(("Capital", "Country"))


def test_places_of_one_name_come_by_their_size() -> None:
    found = find_places("Georgia")
    assert [one.sort for one in found] == ["country", "division"]
    sizes = [one.population for one in find_places("Birmingham")]
    assert sizes == sorted(sizes, reverse=True)


@pytest.mark.parametrize("name", ["Kyiv", "Kiev", "Sao Paulo", "São Paulo", "Saigon", "Gaza City"])
def test_a_city_is_found_by_its_other_names(name: str) -> None:
    assert find_places(name)[0].location


def test_names_are_found_letter_for_letter() -> None:
    assert find_places("us") == find_places("warsaw") == find_places("Warsa") == ()


@pytest.mark.parametrize(
    ("name", "full", "kind"),
    [
        ("UN", "United Nations", "organization"),
        ("IAEA", "International Atomic Energy Agency", "organization"),
        ("G7", "G7", "organization"),
        ("AP", "Associated Press", "outlet"),
        ("dpa", "Deutsche Presse-Agentur", "outlet"),
    ],
)
def test_a_body_is_found_by_its_letters(name: str, full: str, kind: str) -> None:
    (body,) = find_bodies(name)
    assert (body.name, body.kind) == (full, kind)


def test_a_news_agency_says_whose_it_is() -> None:
    (kcna,) = find_bodies("KCNA")
    assert kcna.role == "State-run news agency of North Korea"
    assert kcna.owner == "The state of North Korea"


def test_no_name_is_that_of_two_bodies() -> None:
    for name in ("UN", "WHO", "AP", "SPA", "PA Media", "Red Cross", "MENA", "CIS"):
        assert len(find_bodies(name)) == 1


def test_the_middle_of_a_shape_is_its_centroid() -> None:
    square = [(0.0, 0.0), (4.0, 0.0), (4.0, 2.0), (0.0, 2.0), (0.0, 0.0)]
    assert make.measure(square)[1] == (1.0, 2.0)


def test_the_middle_of_a_country_on_the_date_line_is_in_it() -> None:
    # From 178 degrees east to 178 west, as an atlas has it.
    square = [(178.0, 0.0), (-178.0, 0.0), (-178.0, 2.0), (178.0, 2.0), (178.0, 0.0)]
    assert make.measure(make.unwrapped(square))[1] == pytest.approx((1.0, -180.0))
    assert find_places("Fiji")[0].location == pytest.approx((-17.8, 178), abs=0.5)
    assert find_places("Russia")[0].location == pytest.approx((61.7, 99.7), abs=0.5)


def test_every_location_is_on_the_globe() -> None:
    for line in gzip.decompress(PACK.read_bytes()).decode().splitlines():
        latitude, longitude = line.split("\t")[3:5]
        assert abs(float(latitude or 0)) <= 90
        assert abs(float(longitude or 0)) <= 180


def test_congo_may_be_either_country() -> None:
    assert find_places("Congo") == ()
    assert [find_places(one)[0].country for one in ("DRC", "Congo-Brazzaville")] == ["CD", "CG"]


def test_a_country_in_a_list_is_not_in_the_next_one() -> None:
    entry = Entry("nigeria", "Nigeria", "place")
    assert fill_entry(entry, frozenset(), ", Cameroon and Benin").location


def test_importing_the_program_opens_no_pack() -> None:
    program = (
        "import explainer.build, explainer.draft; from explainer.read import pack; "
        "print(pack._lines.cache_info().currsize, pack._bodies.cache_info().currsize)"
    )
    told = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60
    )
    assert told.stdout.split() == ["0", "0"]


def chosen(name: str, countries: str = "", after: str = "") -> str:
    place = choose_place(find_places(name), frozenset(countries.split()), after)
    return f"{place.country} {place.sort}" if place else ""


def test_the_place_that_is_meant_is_chosen_or_none() -> None:
    assert chosen("London") == "GB capital"
    assert chosen("London", "", ", Ontario, said") == ""
    assert chosen("Vladivostok") == "RU city"
    assert chosen("Georgia") == ""
    assert chosen("Warsaw", "", ", Poland") == "PL capital"
    assert chosen("Nowhere") == ""


def test_a_proposed_place_is_filled_and_credits_its_source() -> None:
    entry = fill_entry(Entry("seoul", "Seoul", "place", proposed_by="names"), frozenset(), "")
    assert (entry.role, entry.time_zone) == ("Capital of South Korea", "Asia/Seoul")
    assert entry.location
    assert entry.sources == (CREDIT,)
    assert entry.proposed_by == "names; place pack"


def test_a_person_is_never_filled() -> None:
    entry = Entry("paris", "Paris", "person")
    assert fill_entry(entry, frozenset(), "") == entry


def test_what_was_filled_can_be_read_again() -> None:
    for proposed in (Entry("seoul", "Seoul", "place"), Entry("kcna", "KCNA", "outlet")):
        filled = fill_entry(proposed, frozenset(), "")
        ((read,), problems) = parse_glossary(entry_yaml(filled), "suggested.yaml")
        assert problems == []
        assert (read.role, read.owner, read.time_zone) == (
            filled.role, filled.owner, filled.time_zone,
        )  # fmt: skip
        assert read.location == pytest.approx(filled.location, abs=0.001)
        assert read.sources == filled.sources


def test_every_place_is_on_the_globe() -> None:
    off = [
        one.name
        for name in _lines()
        for one in find_places(name)
        if one.location and not (-90 <= one.location[0] <= 90 and -180 <= one.location[1] <= 180)
    ]
    assert off == []
