"""The editor itself: faults at their place, a run that is cancelled, completion, colours that lie on the text."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from tests.explorer.conftest import Visit

pytestmark = pytest.mark.browser

ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


@pytest.mark.parametrize(
    ("query", "place", "rule"),
    [
        ("SELECT ?s WHERE {\n  ?s a kg:Treaty .\n  } }", "Line 3, column 6", "bad-query"),
        ("SELECT ?s WHERE { ?s a nope:Treaty }", "Line 1, column 24", "bad-query"),
        ("\nDELETE WHERE { ?s ?p ?o }", "Line 2, column 1", "query-update"),
        ("SELECT * WHERE { SERVICE <http://localhost/> { ?s ?p ?o } }", "Line 1, column 18", "query-service"),
    ],
)
def test_a_fault_is_shown_at_its_place(visit: Visit, query: str, place: str, rule: str) -> None:
    seen = visit("/query")
    page = seen.page
    page.fill("#query", query)
    page.click("#run")
    expect(page.locator("#fault")).to_contain_text(place)
    expect(page.locator("#fault code")).to_have_text(f"[{rule}]")
    line, column = map(int, re.findall(r"\d+", place))
    expect(page.locator("#numbers .faulty")).to_have_text(str(line))
    caret = page.evaluate("document.getElementById('query').selectionStart")
    assert caret == len("\n".join(query.split("\n")[: line - 1])) + (line > 1) + column - 1
    expect(page.locator("#query")).to_be_focused()
    page.keyboard.type(" ")
    expect(page.locator("#numbers .faulty")).to_have_count(0)
    assert seen.hits == seen.requests == []
    assert all("400" in complaint for complaint in seen.complaints)  # the browser notes the status


def test_a_fault_is_told_in_french_on_a_french_page(visit: Visit) -> None:
    page = visit("/query?lang=fr").page
    fault = page.locator("#fault")
    for query, what, mend in (
        (
            "SELECT ?s WHERE { ?s a nope:Treaty }",
            "Ligne 1, colonne 24\u00a0: le préfixe «\u00a0nope:\u00a0» n’a pas été déclaré",
            "ajoutez «\u00a0PREFIX nope: <...>\u00a0» [bad-query]",
        ),
        (
            "DELETE WHERE { ?s ?p ?o }",
            "Ligne 1, colonne 1\u00a0: «\u00a0DELETE\u00a0» est une mise à jour",
            "une requête ne fait que lire\u00a0: chargez des affirmations avec «\u00a0kg load\u00a0» [query-update]",
        ),
        (
            "SELECT * { ?s ?p }",
            "Ligne 1, colonne 19\u00a0: la requête ne peut être lue après «\u00a0}\u00a0»",
            "",
        ),
    ):
        page.fill("#query", query)
        page.click("#run")
        expect(fault.locator("p").first).to_have_text(what)
        expect(fault.locator("p").first.locator("span")).to_have_attribute("lang", "fr")
        if mend:
            expect(fault.locator("p").last).to_have_text(mend)
    page.fill("#perspective [name=as-of]", "2025-02-30")
    page.click("#run")
    expect(fault.locator("p").first).to_have_text("«\u00a02025-02-30\u00a0» n’est pas un jour du calendrier")


def test_a_query_is_cancelled_and_the_next_one_runs(visit: Visit) -> None:
    seen = visit("/query")
    page = seen.page
    page.fill("#query", ENDLESS)
    page.click("#run")
    expect(page.locator("#state")).to_have_text("Running …")
    page.wait_for_timeout(300)
    page.click("#cancel")
    expect(page.locator("#state")).to_have_text("Cancelled.")
    expect(page.locator("#cancel")).to_be_disabled()
    page.fill("#query", "ASK {}")
    page.click("#run")
    expect(page.locator("#run")).to_be_enabled(timeout=15000)
    expect(page.locator("#table")).to_have_text("Yes")
    assert seen.is_quiet(), seen


def test_names_are_completed_by_key(visit: Visit) -> None:
    seen = visit("/query")
    page, field = seen.page, seen.page.locator("#query")
    page.fill("#query", "")
    field.focus()
    page.keyboard.type("SELECT ?deployment WHERE { ?deployment a kg:Deplo")
    option = page.locator("#completions:visible [aria-selected=true]")
    expect(option).to_contain_text("kg:Deployment")
    expect(field).to_have_attribute("aria-activedescendant", "offer-0")
    page.keyboard.press("Enter")
    page.keyboard.type(" ; kg:sendingState id:north-k")
    expect(option).to_contain_text("id:north-korea")
    page.keyboard.press("Escape")
    expect(page.locator("#completions")).to_be_hidden()
    page.keyboard.press("Control+Space")
    expect(option).to_contain_text("id:north-korea")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.keyboard.type(" ; ?p ?depl")
    expect(option).to_contain_text("?deployment")
    option.click()
    page.keyboard.type(" }")
    text = "SELECT ?deployment WHERE { ?deployment a kg:Deployment ; kg:sendingState id:north-korea ; ?p ?deployment }"
    expect(field).to_have_value(text)
    page.keyboard.press("Tab")
    expect(field).not_to_be_focused()
    assert seen.is_quiet(), seen


def test_colours_and_numbers_lie_on_the_text(visit: Visit) -> None:
    page = visit("/query").page
    text = '# a <b>\nSELECT ?s WHERE {\n\n  ?s a <http://x#y> ; rdfs:label "a # b\\" c"@en , \'x\' , 12 }\n'
    page.fill("#query", text)
    assert page.locator("#colours").evaluate("(made) => made.textContent") == text + "\n"
    assert page.locator("#numbers").inner_text().split() == ["1", "2", "3", "4", "5"]
    kinds = page.locator("#colours span").evaluate_all(
        "(all) => all.map((one) => [one.className, one.textContent])"
    )
    assert ["t-comment", "# a <b>"] in kinds
    assert ["t-iri", "<http://x#y>"] in kinds
    assert ["t-text", '"a # b\\" c"'] in kinds
    assert ["t-name", "rdfs:label"] in kinds
    same = """(name) => {
      const style = getComputedStyle(document.getElementById(name));
      return [style.font, style.padding, style.lineHeight, style.tabSize, style.whiteSpace];
    }"""
    assert page.evaluate(same, "query") == page.evaluate(same, "colours")


def test_an_indent_is_kept_and_the_link_is_copied(visit: Visit) -> None:
    page = visit("/query").page
    page.fill("#query", "ASK {")
    page.focus("#query")
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    page.keyboard.type("  ?s ?p ?o .")
    page.keyboard.press("Enter")
    page.keyboard.type("?o ?q ?r }")
    assert page.input_value("#query") == "ASK {\n  ?s ?p ?o .\n  ?o ?q ?r }"
    page.click("#copy")
    expect(page.locator("#state")).to_have_text(re.compile("Copied|The address of this page is the link"))
    assert parse_qs(urlsplit(page.url).query)["query"] == ["ASK {\n  ?s ?p ?o .\n  ?o ?q ?r }"]
