"""The panel says only what was known on the day, and names who says it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Page

from kg.page.document import render
from kg.page.model import Knowledge, Relation, Thing
from tests.browser.conftest import Open
from tests.page.made import claim, stance

pytestmark = pytest.mark.browser
Dossier = Callable[[str], Path]


def section(page: Page, title: str) -> str:
    """The text under a heading of the panel, none when the heading is not there."""
    found: str = page.evaluate(
        """(title) => {
          const head = [...document.querySelectorAll('#panel-body h3')].find((h3) => h3.textContent.startsWith(title));
          let text = '';
          // what is long is folded away below its beginning
          for (let at = head?.nextElementSibling; at && at.tagName !== 'H3'; at = at.nextElementSibling) {
            if (at.tagName === 'DETAILS') at.open = true;
            text += `${at.innerText}\n`;
          }
          return text.trim();
        }""",
        title,
    )
    return found


def test_what_is_told_names_its_claimants_and_days(dossier: Dossier, open_page: Open) -> None:
    page = open_page(dossier("en"), "#thing=id:kursk-incursion").page
    assert "6 August 2024 (disputed)" in page.inner_text("#panel .kind")
    told = section(page, "What is told")
    assert "6 April 2024" in told
    assert "forcesnews" in told
    page.locator("#panel dd .go").first.click()
    assert page.inner_text("#panel .kind") == "Claim"


def test_what_was_not_yet_known_is_not_told(dossier: Dossier, open_page: Open) -> None:
    for thing, title in (("id:valery-gerasimov", "Offices"), ("id:kursk-incursion", "What is told")):
        file = dossier("en")
        late = section(open_page(file, f"#thing={thing}").page, title)
        early = section(open_page(file, f"#thing={thing}&as-of=2024-06-30").page, title)
        assert late
        assert early.count("\n") < late.count("\n"), thing
    page = open_page(dossier("en"), "#thing=id:kursk-incursion&as-of=2024-06-30").page
    assert "2024" not in page.inner_text("#panel .kind")


def test_a_part_that_nobody_had_told_of_is_not_listed(dossier: Dossier, open_page: Open) -> None:
    late = section(open_page(dossier("en"), "#thing=id:dprk-deployment").page, "Parts")
    early = section(open_page(dossier("en"), "#thing=id:dprk-deployment&as-of=2024-10-20").page, "Parts")
    assert "NIS, April 2025" in late
    assert "2025" not in early


def test_a_claim_contradicts_only_what_was_said(dossier: Dossier, open_page: Open) -> None:
    seen = open_page(dossier("en")).page
    claim, other, day = seen.evaluate(
        """() => {
          const {claims} = JSON.parse(document.getElementById('data').textContent).page;
          const first = (claim) => claim.s.map((stance) => stance.d).sort()[0];
          for (const claim of claims) for (const number of claim.x || []) {
            const same = claim.x.filter((held) => claims[held].t === claims[number].t);
            const day = first(claim);
            if (same.every((held) => first(claims[held]) > day)) return [claim.i, claims[number].t, day];
          }
        }"""
    )
    assert other in section(open_page(dossier("en"), f"#claim={claim}").page, "Contradicts")
    assert other not in section(open_page(dossier("en"), f"#claim={claim}&as-of={day}").page, "Contradicts")


def test_the_claimant_says_it_and_not_who_spoke_first(open_page: Open, tmp_path: Path) -> None:
    """A denial may be older than the claim as it is told: it stands first among the stances."""
    denial, own = (
        stance("s0", "denies", "Denier", "2024-01-01"),
        stance("s1", "asserts", "Claimant", "2024-01-02"),
    )
    other = stance("s2", "asserts", "Somebody", "2024-01-01")
    answered = replace(claim("c0", denial, own), claimant=own.stance_of, contradicts=("c1",))
    claims = (answered, claim("c1", other))
    names = ("Denier", "Claimant", "Somebody")
    things = {iri: Thing(iri, iri, "state", "state", party=iri) for iri in names}
    things["it"] = Thing("it", "it", "event", "event")
    relation = Relation("it", "p", "p", "Claimant", ("c0",))
    speaks = {held.iri: (held.stance_of.iri,) for held in (denial, own, other)}
    known = Knowledge("made", "en", things, (relation,), claims, names, speaks)
    file = tmp_path / "made.html"
    file.write_text(render(known), encoding="utf-8")
    page = open_page(file).page
    assert page.locator(".pairs p b").all_inner_texts() == ["Claimant: ", "Somebody: "]
    about = section(open_page(file, "#thing=it").page, "Claims about it")
    assert "Claimant asserts" in about
    early = section(open_page(file, "#thing=it&as-of=2024-01-01").page, "Claims about it")
    assert "Denier denies" in early


def test_a_line_is_titled_by_the_name_that_stands_on_it(dossier: Dossier, open_page: Open) -> None:
    page = open_page(dossier("en")).page
    line, chip = page.evaluate(
        """() => {
          const {lines, relations, things, labels} = JSON.parse(document.getElementById('data').textContent).page;
          const differs = (line) => line.n !== labels[relations[line.r[0]].l];
          const at = lines.findIndex((line, n) => document.getElementById(`t${n}`) && differs(line));
          const words = [...document.querySelectorAll(`#t${at} text`)].map((text) => text.textContent).join(' ');
          return [`${things[lines[at].a].i} ${things[lines[at].b].i}`, words];
        }"""
    )
    title = open_page(dossier("en"), f"#line={line}").page.inner_text("#panel h2").split(" → ")[1]
    assert title in " ".join(chip.split())
