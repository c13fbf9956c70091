"""The panel of a treaty says what ``kg treaty`` says: of the same parties, as known on the same day."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random
from typing import Any

import pytest

from kg.page.phrases import spoken_date
from kg.rdf.terms import curie
from tests.browser.conftest import Open
from tests.browser.test_perspective import Question, ask
from tests.commands.door import kg

pytestmark = pytest.mark.browser

PARTIES = ("id:russia", "id:north-korea", "id:ukraine", "id:south-korea", "id:kcna", "id:tass")
ASKED: list[tuple[str, Question]] = [
    ("id:csp-2024", ((), "", "")),
    ("id:csp-2024", ((), "2024-06-19", "")),
    ("id:csp-2024", ((), "2024-06-20", "")),
    ("id:csp-2024", ((), "2024-10-31", "")),
    ("id:csp-2024", ((), "2024-10-26", "")),
    ("id:csp-2024", ((), "2024-11-30", "")),
    ("id:csp-2024", ((), "2024-12-31", "")),
    ("id:csp-2024", (("id:interfax", "id:nhk"), "2024-12-30", "")),
    ("id:csp-2024", ((), "2025-04-27", "")),
    ("id:csp-2024", ((), "2025-04-28", "")),
    ("id:csp-2024", (("id:russia",), "", "")),
    ("id:csp-2024", (("id:north-korea",), "2025-04-28", "")),
    ("id:csp-2024", (("id:ukraine",), "", "")),
    ("id:csp-2024", (("id:north-korea", "id:tass"), "", "")),
    ("id:csp-2024", ((), "", "undisputed")),
    ("id:csp-2024", ((), "2024-12-31", "disputed")),
    ("id:treaty-1961", ((), "", "")),
    ("id:treaty-1961", ((), "2024-01-01", "")),
    ("id:treaty-2000", ((), "", "")),
]
CASUS = (
    "claimed_by",
    "rejected_by",
    "declined_by",
    "not_denied_by",
    "justification_rejected_by",
    "under_treaty",
)
READ = """() => {
  const text = (found) => (found ? found.textContent.trim() : '');
  const all = (selector, of = document) => [...of.querySelectorAll(selector)];
  const duties = all('#panel-body .duty').map((duty) => [text(duty.querySelector('h4')),
    Object.fromEntries(all('dt', duty).map((name) => [text(name), text(name.nextElementSibling)]))]);
  return {
    status: text(document.getElementById('treaty-status')),
    parties: all('#panel-body .facts tr').map((row) => [...row.cells].map(text)),
    acts: all('#panel-body .acts li').map((act) => [text(act.querySelector('.day')), text(act.querySelector('span'))]),
    duties,
    casus: all('#panel-body [data-casus]').flatMap((list) => all('li', list).map((held) =>
      [list.dataset.casus, held.querySelector('[data-party]').dataset.party, text(held.querySelector('.verb')),
        text(held.querySelector('.text'))])),
  };
}"""


def random_questions(count: int) -> list[tuple[str, Question]]:
    random = Random(11)
    days = [f"2024-{month:02}-{random.randint(1, 28):02}" for month in range(6, 13)]
    return [
        (
            "id:csp-2024",
            (
                tuple(random.sample(PARTIES, random.choice((0, 1, 2)))),
                random.choice([*days, "2025-04-01"]),
                "",
            ),
        )
        for _ in range(count)
    ]


def doers(act: Mapping[str, Any]) -> list[str]:
    party = act["party"] and act["party"]["label"]
    people = [person["label"] for person in act["performed_by"]]
    if not people:
        return [party] if party else [""]
    return [person if party in (None, person) else f"{person} ({party})" for person in people]


def told(treaty: str, question: Question) -> dict[str, Any]:
    """What the command line answers, in the words of the panel."""
    parties, day, mode = question
    words = [word for party in parties for word in ("--according-to", party)]
    words += ["--as-of", day] if day else []
    words += [f"--{mode}"] if mode else []
    done = kg("treaty", treaty, "--format", "json", *words)
    assert done.code == 0, done.err
    found: dict[str, Any] = done.object

    def day_of(lexical: str | None) -> str:
        return spoken_date(lexical, "en") if lexical else ""

    duties = set()
    for article in found["articles"]:
        place = f"Article {article['number']}" if article["number"] else "Treaty as a whole"
        if not article["obligations"]:
            duties.add((place, "", "", "", ""))
        for duty in article["obligations"]:
            trigger = ", ".join(one["label"] for one in duty["trigger"])
            if duty["at_request"]:
                trigger = f"{trigger}, at request" if trigger else "at request"
            soon = duty["promptness"]["label"] if duty["promptness"] else ""
            limits = ", ".join(limit["label"] for limit in duty["limits"])
            duties.add((f"{place}: {duty['type']['label']}", trigger, duty["action"] or "", soon, limits))
    return {
        "status": found["status"],
        "parties": [
            [one["party"]["label"], one["status"], day_of(one["since"])] for one in found["status_by_party"]
        ],
        "acts": {
            (
                day_of(act["date"]) or "no date",
                act["act"]["label"] + (f" ({act['modality']['label']})" if act["modality"] else ""),
                doer,
            )
            for act in found["lifecycle"]
            for doer in doers(act)
        },
        "duties": duties,
        "casus": sorted(
            (name, curie(one["party"]["iri"]), one["position"].replace("-", " "), one["text"])
            for casus in found["casus_foederis"]
            for name in CASUS
            for one in casus[name]
        ),
    }


def shown(read: Mapping[str, Any]) -> dict[str, Any]:
    """The same of what the panel shows."""
    acts = set()
    for day, what in read["acts"]:
        kind, _, who = what.partition(": ")
        acts |= {(day, kind, doer) for doer in who.split(", ")}
    return {
        "status": read["status"],
        "parties": read["parties"],
        "acts": acts,
        "duties": {
            (place, *(terms.get(name, "") for name in ("trigger", "action", "how soon", "limits")))
            for place, terms in read["duties"]
        },
        "casus": sorted(
            (name, party, verb.replace("says instead", "contradicts"), text)
            for name, party, verb, text in read["casus"]
        ),
    }


def test_it_says_what_the_command_line_says(dossier: Callable[[str], Path], open_page: Open) -> None:
    seen = open_page(dossier("en"))
    answers = []
    for treaty, question in [*ASKED, *random_questions(10)]:
        ask(seen.page, question, thing=treaty)
        found = shown(seen.page.evaluate(READ))
        expected = told(treaty, question)
        for part, answer in expected.items():
            assert found[part] == answer, (treaty, question, part)
        answers.append(str(expected))
    assert len(set(answers)) >= 14, "the questions do not tell the answers apart"
    assert sum("claimed_by" in answer for answer in answers) >= 3
    assert sum("terminated" in answer for answer in answers) >= 1
    assert seen.is_quiet(), seen


def test_a_page_for_one_day_tells_the_status_of_that_day(open_page: Open, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    assert kg("view", "--on", "2024-11-10", "-o", str(file)).code == 0
    page = open_page(file, "#thing=id:csp-2024").page
    done = kg("treaty", "csp-2024", "--on", "2024-11-10", "--format", "json")
    statuses = done.object["status_by_party"]
    assert isinstance(statuses, list)
    assert page.evaluate(READ)["status"] == done.object["status"]
    assert [row[1] for row in page.evaluate(READ)["parties"]] == [one["status"] for one in statuses]
    assert "10 November 2024" in page.inner_text("#panel")


def test_each_of_it_opens_the_claim_that_tells_it(dossier: Callable[[str], Path], open_page: Open) -> None:
    page = open_page(dossier("fr"), "#thing=id:csp-2024").page
    assert page.locator("#panel .acts .go").count() >= 12
    page.locator("#panel .acts .go").first.click()
    assert page.inner_text("#panel .kind") == "Affirmation"
    page.go_back()
    page.locator("#panel [data-casus] .go").first.click()
    assert page.inner_text("#panel .kind") == "Affirmation"
