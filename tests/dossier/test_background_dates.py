"""Dates of the background layer: offices from when to when, and the days on which sources differ."""

from __future__ import annotations

from kg.graph import KnowledgeGraph
from tests.dossier.answers import rows

#: Office, holder, from, until, and who says so. A dash is a bound that the source does not give.
TENURES = """
  defence-minister-of-russia             sergei-shoigu    2012-11-06       2024-05-12      wikipedia
  secretary-of-russian-security-council  sergei-shoigu    2024-05-12       -               wikipedia
  chief-of-russian-general-staff         valery-gerasimov 2012-11-09       -               russia-cabinet
  chief-of-russian-general-staff         valery-gerasimov until-2025-04-26 from-2025-04-26 reuters
  leader-of-wpk                          kim-jong-un      2012-04-11       -               wiki-studentb
  president-of-state-affairs             kim-jong-un      2016-06-29       -               wiki-studentb
  president-of-state-affairs             kim-jong-un      until-2016-06-30 -               abc-australia
  chairman-of-cmc-wpk                    kim-jong-un      2012             -               wiki-studentb
  supreme-commander-of-kpa               kim-jong-un      2011-12-30       -               wiki-studentb
  deputy-foreign-minister-of-russia      andrei-rudenko   until-2019-09-20 -               musavat
  spokesperson-rok-unification-ministry  koo-byoungsam    until-2023-10-16 from-2023-10-16 rok-unification-ministry
  spokesperson-rok-unification-ministry  koo-byoungsam    until-2024-05-13 from-2024-05-13 rok-unification-ministry
  spokesperson-rok-unification-ministry  koo-byoungsam    until-2025-04-28 from-2025-04-28 kbs
  spokesperson-us-state-department       tammy-bruce      until-2025-04-28 from-2025-04-28 anadolu
  secretary-general-of-nato              mark-rutte       until-2024-10-28 from-2024-10-28 moscow-times
"""

#: Claim and the day that it gives to the event.
DAYS = """
  kcna-2024-06-20-signature                  2024-06-19
  trt-global-signature                       2024-11
  tass-1882445-putin-ratification            2024-11-09
  masress-putin-ratification                 2024-11-09
  news-pravda-2024-11-13-putin-ratification  2024-10-09
  trtworld-gerasimov-report-date             2025-04-26
  inkl-gerasimov-report-date                 2025-04-27
  devdiscourse-incursion                     2024-08-06
  wikipedia-it-incursion                     2024-08-06
  stirile-pro-tv-incursion                   2024-08-06
  forces-news-incursion                      2024-08-06
  forces-news-incursion-caption              2024-04-06
  rf-news-incursion                          2024-08-07
  nis-2024-10-18-first-shipment              2024-10-08..2024-10-13
  jcs-2025-03-27-reinforcement               2025-01..2025-02
  kcna-2025-03-21-meeting                    2025-03-21
  cmc-2025-04-27-invocation                  until-2025-04-27
"""


def table(text: str) -> list[tuple[str, ...]]:
    return [tuple(line.split()) for line in text.strip().splitlines()]


def plain(found: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """CURIEs without their prefixes."""
    return [tuple(value.split(":", 1)[-1].removeprefix("office-") for value in row) for row in found]


def test_who_held_which_office_from_when_to_when(graph: KnowledgeGraph) -> None:
    query = """SELECT ?office ?holder ?from ?until ?claimant {
      ?claim kg:claimant ?claimant ; kg:supportedBy/kg:passageNote ?note FILTER(LANG(?note) = "en")
      GRAPH ?claim { ?tenure kg:holder ?holder ; kg:office ?office
        OPTIONAL { ?tenure kg:holdsFrom ?from } OPTIONAL { ?tenure kg:holdsUntil ?until } } }"""
    assert sorted(set(plain(rows(graph, query)))) == sorted(table(TENURES))


def test_which_claim_gives_which_day(graph: KnowledgeGraph) -> None:
    expected = table(DAYS)
    query = "SELECT DISTINCT ?claim ?on { GRAPH ?claim { ?event kg:occurredOn ?on } }"
    named = {claim for claim, _ in expected}
    assert sorted(row for row in plain(rows(graph, query)) if row[0] in named) == sorted(expected)


def test_offices_on_a_day(graph: KnowledgeGraph) -> None:
    query = "SELECT DISTINCT ?office { ?tenure kg:holder id:sergei-shoigu ; kg:office ?office }"
    assert rows(graph, query, on="2024-05-11") == [("id:office-defence-minister-of-russia",)]
    assert rows(graph, query, on="2025-03-21") == [("id:office-secretary-of-russian-security-council",)]


def test_koo_was_seen_in_office_on_three_days_and_no_bound_is_made_up(graph: KnowledgeGraph) -> None:
    query = """SELECT ?from ?until { ?claim kg:claimant ?who FILTER(?who != id:euronews)
      GRAPH ?claim { ?t kg:holder id:koo-byoungsam
        OPTIONAL { ?t kg:holdsFrom ?from } OPTIONAL { ?t kg:holdsUntil ?until } } }"""
    days = ("2023-10-16", "2024-05-13", "2025-04-28")
    assert sorted(rows(graph, query)) == [(f"date:until-{day}", f"date:from-{day}") for day in days]
