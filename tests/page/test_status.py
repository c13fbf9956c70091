"""Who holds what, as known on a day."""

from __future__ import annotations

import pytest

from kg.page.status import positions, status
from tests.page.made import claim, stance

NIS = stance("nis", "asserts", "seoul", "2024-10-18")
UN = stance("un", "denies", "un-mission", "2024-10-21")
PUTIN = stance("putin", "does-not-deny", "putin", "2024-10-24")
CMC = stance("cmc", "confirms", "cmc", "2025-04-28")
SPEAKS = {
    "nis": ("seoul",),
    "un": ("pyongyang", "un-mission"),
    "putin": ("moscow", "putin"),
    "cmc": ("pyongyang", "cmc"),
}
PARTIES = ("seoul", "pyongyang", "moscow")
DEPLOYMENT = claim("deployment", NIS, UN, PUTIN, CMC)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2024-10-17", "unknown"),
        ("2024-10-18", "single"),
        ("2024-10-21", "contested"),
        ("2024-10-24", "contested"),
        ("2025-04-28", "evaded"),
    ],
)
def test_the_story_of_a_claim(day: str, expected: str) -> None:
    assert status([DEPLOYMENT], SPEAKS, PARTIES, {}, day=day) == expected


def test_a_body_that_denied_still_denies_when_its_state_no_longer_does() -> None:
    found = positions([DEPLOYMENT], SPEAKS)
    assert (found["pyongyang"][0], found["un-mission"][0]) == ("a", "d")


def test_on_one_day_a_denial_wins() -> None:
    same_day = stance("both", "confirms", "cmc", "2024-10-21")
    found = positions([claim("c", NIS, UN, same_day)], SPEAKS | {"both": ("pyongyang",)})
    assert found["pyongyang"][0] == "d"


def test_what_has_no_date_is_the_latest_of_nothing() -> None:
    undated = stance("undated", "denies", "seoul", None)
    speaks = SPEAKS | {"undated": ("seoul",)}
    assert positions([claim("c", NIS, undated)], speaks)["seoul"][0] == "a"


def test_several_parties_and_what_is_only_possible() -> None:
    agreed = claim("agreed", NIS, CMC)
    assert status([agreed], SPEAKS, PARTIES, {}) == "several"
    assert status([agreed], SPEAKS, PARTIES, {"agreed": "hypothetical"}) == "possible"
    assert status([claim("c", UN)], SPEAKS, PARTIES, {}) == "denied"


def test_what_is_evaded_later_takes_back_no_denial_of_another_claim() -> None:
    later = claim(
        "other",
        stance("other-nis", "asserts", "seoul", "2025-04-20"),
        stance("mum", "does-not-deny", "kim", "2025-04-25"),
    )
    speaks = SPEAKS | {"other-nis": ("seoul",), "mum": ("pyongyang",)}
    assert status([DEPLOYMENT, later], speaks, PARTIES, {}, day="2025-04-27") == "contested"
    assert status([later], speaks, PARTIES, {}, day="2025-04-27") == "evaded"
    assert status([DEPLOYMENT, later], speaks, PARTIES, {}) == "evaded"
