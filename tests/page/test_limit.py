"""What is left out of a page that would be too large, and that it says so."""

from __future__ import annotations

from kg.page.document import render, render_lite
from kg.page.limit import MOST_CLAIMS, around, limited
from kg.page.model import Knowledge
from kg.page.select import select

MOST = 40


def test_the_shipped_dossier_is_whole(known: Knowledge) -> None:
    assert len(known.claims) < MOST_CLAIMS
    assert limited(known, select(known)) is known
    assert 'id="omitted"' not in render(known)


def test_the_strongest_ties_stay(known: Knowledge) -> None:
    drawn = select(known)
    fewer = limited(known, drawn, MOST)
    kept = {claim.iri for claim in fewer.claims}
    assert len(kept) == MOST
    assert fewer.omitted == len(known.claims) - MOST
    on_lines = {claim for line in drawn.lines if not line.quiet for claim in line.claims}
    assert kept <= on_lines
    spoken = [len(claim.stances) for claim in known.claims if claim.iri in on_lines]
    assert sum(len(claim.stances) for claim in fewer.claims) == sum(sorted(spoken)[-MOST:])


def test_nothing_passes_for_reference_that_a_claim_tells_which_is_not_there(known: Knowledge) -> None:
    fewer = limited(known, select(known), MOST)
    kept = {claim.iri for claim in fewer.claims}
    lost = 0
    for iri, thing in known.things.items():
        now = fewer.things[iri]
        for told, facts in ((thing.texts, now.texts), (thing.offices, now.offices)):
            gone = [fact for fact in told if fact.claims and kept.isdisjoint(fact.claims)]
            assert not set(gone) & set(facts)
            lost += len(gone)
        assert not now.when or not now.dated_by or kept & set(now.dated_by)
    assert lost >= 10
    for relation in fewer.relations:
        assert set(relation.claims) <= kept
    before = {(r.subject, r.property, r.object): r.claims for r in known.relations}
    for relation in fewer.relations:
        assert relation.claims or not before[relation.subject, relation.property, relation.object]


def test_the_page_says_what_it_left_out(known: Knowledge) -> None:
    fewer = limited(known, select(known), MOST)
    for text in (render(fewer), render_lite(fewer)):
        assert f"{len(known.claims) - MOST} " in text
        assert "kg view" in text


def test_a_neighbourhood_has_what_is_told_in_it_and_what_its_things_say(known: Knowledge) -> None:
    things = [name for name in known.things if name.rpartition("/")[2] in ("kim-jong-un", "sergei-shoigu")]
    assert len(things) == 2
    selection = select(known, things=things)
    near = around(known, selection, things)
    held = {claim.iri for claim in near.claims}
    assert 20 <= len(held) < len(known.claims)
    drawn = {claim for line in selection.lines for claim in line.claims}
    assert drawn <= held
    assert {(line.start, line.end) for line in selection.lines} == {
        (line.start, line.end) for line in select(near, things=things).lines
    }
    own = {c.iri for c in known.claims for s in c.stances if s.stance_of.iri in things}
    assert own <= held
    assert {claim for relation in near.relations for claim in relation.claims} <= held
    speaking = {near.speaks[stance.iri][0] for claim in near.claims for stance in claim.stances}
    assert set(near.parties) == speaking
