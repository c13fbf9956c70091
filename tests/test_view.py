"""Every method of a perspective answers for that perspective: two that must differ do, and nothing leaks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from datetime import date, datetime
from pathlib import Path

import pytest

import kg
from kg.errors import UsageError
from kg.exporters.formats import FORMATS
from kg.graph import KnowledgeGraph
from kg.networks.catalogue import NETWORKS
from kg.page.gather import gather
from kg.page.whose import fixed, in_words
from kg.perspective.definition import Definition
from kg.rdf.vocabulary import CLAIM, ID
from kg.view import View
from tests.page.opened import shown_first

SENT = (
    "claim:euronews-p04-1"  # that North Korea sent troops: public on 28 April 2025, and held by North Korea
)
TRIPLES = "SELECT * { GRAPH ?g { ?s ?p ?o } FILTER(STRSTARTS(STR(?g), STR(claim:))) } ORDER BY ?g ?s ?p ?o"

#: method -> how it is asked; the answer as a text that names the claims that it tells of, where it can.
WALKS: dict[str, Callable[[View, Path], object]] = {
    "query": lambda view, folder: view.query(TRIPLES).serialize("csv").decode(),
    "claims": lambda view, folder: view.claims(),
    "claim": lambda view, folder: [view.claim(SENT).iri] if on_record(view, SENT) else [],
    "admitted": lambda view, folder: list(view.admitted),
    "said": lambda view, folder: sorted(view.said(sorted(view.admitted))),
    "admits": lambda view, folder: view.admits(view.resolve(SENT)),
    "show": lambda view, folder: view.show("dprk-deployment"),
    "statements": lambda view, folder: view.statements("dprk-deployment"),
    "count_statements": lambda view, folder: view.count_statements(ID + "dprk-deployment"),
    "types": lambda view, folder: view.types(ID + "dprk-deployment"),
    "timeline": lambda view, folder: view.timeline(),
    "path": lambda view, folder: view.path("Kim Jong Un", "Russia"),
    "treaties": lambda view, folder: view.treaties("csp-2024"),
    "disputes": lambda view, folder: of_everyone(view).disputes(),
    "compare": lambda view, folder: view.compare(of_everyone(view)),
    "quads": lambda view, folder: sorted(map(str, view.quads())),
    "to_rdflib": lambda view, folder: sorted(str(graph.identifier) for graph in view.to_rdflib().graphs()),
    "to_networkx": lambda view, folder: sorted(view.to_networkx().edges(data=True), key=str),
    "network": lambda view, folder: [
        sorted(view.network(name).edges(data=True), key=str) for name in NETWORKS
    ],
    "serialize": lambda view, folder: [view.serialize(format).decode() for format in FORMATS],
    "export": lambda view, folder: view.export(folder / "e.graphml").read_text("utf-8"),
    "page": lambda view, folder: shown_first(view.page(folder / "p.html")),
}

#: Methods and attributes whose answer is the same in every perspective, or that tell only what it is.
WITHOUT = {
    "generation": "the folder that it reads from",
    "definition": "what was asked for",
    "store": "the store behind it, for who knows what to do with it",
    "store_for": "as much of that store as a query reads",
    "lang": "the language of labels",
    "in_language": "the same perspective in another language",
    "resolve": "a name is nobody's claim",
    "near": "the same perspective, as far as a look-up about one thing reads it",
    "around": "the same perspective, as far as look-ups about some things or parties read it",
    "with_record": "the same perspective, as far as a look-up of what is on record of some claims reads it",
    "with_claims": "the same perspective, as far as a look-up of some claims reads it",
    "as_said": "the same perspective without what follows",
    "know": "a label is a matter of reference",
    "ledger": "who says what and when, whatever is asked of it",
    "label": "a label is a matter of reference",
    "labels": "a label is a matter of reference",
    "names": "a name is a matter of reference",
    "speaks_for": "who speaks for whom does not hang on the perspective (rule 2)",
    "principals": "who speaks for whom does not hang on the perspective (rule 2)",
}

#: These answer with the record too: of claims that were public and are not held (rule 11).
RECORD = {
    "claim",
    "quads",
    "serialize",
    "disputes",
    "compare",
    "treaties",
}  # of a treaty: who rejects its case


def on_record(view: View, claim: str) -> bool:
    return bool(view.query(f"ASK {{ GRAPH graph:record {{ {claim} a kg:Claim }} }}"))


@pytest.fixture(scope="module")
def graph() -> Iterator[KnowledgeGraph]:
    with kg.open(":shipped:") as opened:
        yield opened


@pytest.fixture(scope="module")
def pair(graph: KnowledgeGraph) -> tuple[View, View]:
    """What North Korea held before and after it admitted what it had done."""
    before = graph.perspective(according_to="North Korea", as_of="2025-04-25")
    return before, graph.perspective(according_to="North Korea", as_of="2025-04-28")


def of_everyone(view: View) -> View:
    """What anyone holds on the same day."""
    return kg.open(":shipped:").perspective(as_of=view.definition.as_of)


def test_every_method_is_walked_or_says_why_not(pair: tuple[View, View]) -> None:
    public = {name for name in [*dir(View), *vars(pair[0])] if not name.startswith("_")}
    assert public == {*WALKS, *WITHOUT}
    assert len(WALKS) >= 15


@pytest.mark.parametrize("method", WALKS)
def test_two_perspectives_that_must_differ_do(method: str, pair: tuple[View, View], tmp_path: Path) -> None:
    before, after = (repr(WALKS[method](view, tmp_path)) for view in pair)
    assert before != after


@pytest.mark.parametrize("method", WALKS)
def test_nothing_is_told_that_the_perspective_does_not_hold(
    method: str, pair: tuple[View, View], graph: KnowledgeGraph, tmp_path: Path
) -> None:
    for view in pair:
        told = {CLAIM + name for name in re.findall(NAMED, repr(WALKS[method](view, tmp_path)))}
        anyone = {claim.iri for claim in graph.perspective(as_of=view.definition.as_of).claims()}
        held = {claim.iri for claim in view.claims()}
        assert held < anyone
        said_of_others = {
            other for claim in view.claims() for other in (*claim.contradicts, *claim.supersedes)
        }
        assert not (told & anyone) - held - said_of_others or method in RECORD
        later = {claim.iri for claim in graph.claims()} - anyone
        assert len(later) >= 1
        assert not told & later


NAMED = rf"(?:{re.escape(CLAIM)}|\bclaim:)([\w-]+)"


def test_the_answers_are_those_of_the_functions(pair: tuple[View, View]) -> None:
    """A method is a door and no second implementation."""
    _, view = pair
    assert view.timeline(about="Kursk deployment") == kg.timeline.timeline(view, about="Kursk deployment")
    assert view.to_networkx().adj == kg.networks.relations(view).adj
    chains = view.path("Kim Jong Un", "Russia", limit=1)
    assert chains[0][0].start == ID + "kim-jong-un"
    assert chains[0][-1].end == ID + "russia"
    assert view.treaties("csp-2024") == kg.treaties.treaties(
        view, treaty=ID + "csp-2024", on=view.definition.as_of
    )


def test_days_are_given_as_text_or_as_dates(graph: KnowledgeGraph) -> None:
    view = graph.perspective()
    april = view.timeline(since="2025-04", until="2025-04-27")
    assert april == view.timeline(since=date(2025, 4, 1), until=date(2025, 4, 27))
    assert 0 < len(april) < len(view.timeline(since="2025", until="2025-04-27"))
    with pytest.raises(UsageError, match="bad-date"):
        view.timeline(since="April")
    (early,), (late,) = view.treaties("csp-2024", on="2024-01-01"), view.treaties("csp-2024", on="2025")
    assert (early.status, late.status) == ("not signed", "in force")


def test_a_sheet_has_the_offices_of_the_day(graph: KnowledgeGraph) -> None:
    offices = graph.perspective(on="2024-05-01").show("Choïgou").offices
    assert [held.office.label for held in offices] == ["Minister of Defence of Russia"]
    assert all(held.claims for held in offices)


def test_an_export_is_known_by_its_ending_and_whole(pair: tuple[View, View], tmp_path: Path) -> None:
    _, view = pair
    file = view.export(tmp_path / "a.csv")
    assert file.read_bytes() == view.serialize("csv")
    assert len(view.serialize("csv", limit=3).splitlines()) == 1 + 3
    for asked in (lambda: view.export(tmp_path / "a.docx"), lambda: view.serialize("docx")):
        with pytest.raises(UsageError, match="unknown-format"):
            asked()
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]


def stated(view: View) -> str:
    return in_words(gather(view, lang="fr", title="", perspective=fixed(view.definition, "fr")))


def test_a_page_says_whose_it_is(graph: KnowledgeGraph, tmp_path: Path) -> None:
    """Every option is stated: a page without a word on it would pass for what everybody holds."""
    day, russia = date(2025, 4, 28), graph.resolve("Russia")
    asked = Definition(according_to=(russia,))
    others = [
        replace(asked, as_of=day),
        replace(asked, on=day),
        replace(asked, undisputed=True),
        replace(asked, disputed=True),
        replace(asked, infer=True),
        replace(asked, exactly=True),
    ]
    assert len(others) == len(fields(Definition)) - 1, "an option that no page states"
    said = [stated(graph._view(definition)) for definition in (Definition(), asked, *others)]
    assert len(set(said)) == len(said)
    assert [text for text in said if not text.startswith("Perspective\u00a0: selon Russie")] == [""]
    file = graph.perspective(according_to="Russia").page(tmp_path / "p.html", things=["Kim Jong Un"])
    assert "according to Russia" in file.read_text("utf-8")


def test_a_limit_beyond_all_numbers_gives_all(graph: KnowledgeGraph) -> None:
    view = graph.perspective(according_to="Russia")
    assert view.claims(limit=10**30) == view.claims()
    assert graph.claims(limit=2) == graph.claims()[:2]


def test_a_stance_that_there_is_not_is_refused(graph: KnowledgeGraph) -> None:
    with pytest.raises(UsageError) as caught:
        graph.claims(stance="doubts")
    assert caught.value.rule == "unknown-stance"


def test_a_moment_counts_as_its_day(graph: KnowledgeGraph) -> None:
    moment = datetime(2025, 4, 25, 23, 59)
    view = graph.perspective(as_of=moment, on=moment)
    assert view.definition == graph.perspective(as_of="2025-04-25", on="2025-04-25").definition
    assert view.timeline(since=moment, until=moment) == view.timeline(since="2025-04-25", until="2025-04-25")
    assert view.claims()
