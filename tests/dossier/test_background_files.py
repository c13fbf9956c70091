"""The files of the background layer: each claim whole, each page without text named as such, nothing made up."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.checks.run import check_paths
from kg.paths import dossiers_folder
from kg.rdf.terms import curie
from kg.rdf.vocabulary import CLAIM, DCTERMS, KG, RDF_TYPE, RDFS_LABEL, RECORD_GRAPH, REFERENCE_GRAPH

DATA = dossiers_folder() / "kursk"
FILES = sorted({*DATA.glob("*/background*.trig"), *DATA.glob("treaties/*.trig"), *DATA.glob("actors/*.trig")})
README = dossiers_folder().parent / "README.md"


@pytest.fixture(scope="module")
def quads() -> list[ox.Quad]:
    return [quad for file in FILES for quad in ox.parse(path=str(file))]


def things_of(quads: list[ox.Quad], kind: str) -> dict[str, dict[str, list[ox.Quad]]]:
    """The things of this class with what is said of them, by property."""
    about: dict[str, dict[str, list[ox.Quad]]] = defaultdict(lambda: defaultdict(list))
    for quad in quads:
        about[str(quad.subject)][quad.predicate.value].append(quad)
    wanted = ox.NamedNode(KG + kind)
    return {t: said for t, said in about.items() if wanted in [q.object for q in said[RDF_TYPE]]}


def test_there_are_files_and_claims(quads: list[ox.Quad]) -> None:
    assert len(FILES) >= 25
    assert len(things_of(quads, "Claim")) >= 100
    assert len(things_of(quads, "Stance")) >= 12
    assert len(things_of(quads, "SourceDocument")) >= 70


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_a_file_is_short_and_says_what_it_is_for(file: Path) -> None:
    lines = file.read_text("utf-8").splitlines()
    assert len(lines) <= 300
    assert lines[0].startswith("# ")


def test_each_claim_has_content_and_is_named_in_two_languages(quads: list[ox.Quad]) -> None:
    graphs = {quad.graph_name.value for quad in quads if isinstance(quad.graph_name, ox.NamedNode)}
    for claim, said in things_of(quads, "Claim").items():
        assert claim.strip("<>") in graphs
        for name in ("claimant", "onBehalfOf", "statedIn", "epistemicStatus", "supportedBy"):
            assert said[KG + name], f"{claim} {name}"
        tags = [q.object.language for q in said[RDFS_LABEL] if isinstance(q.object, ox.Literal)]
        assert sorted(str(tag) for tag in tags) == ["en", "fr"], claim
    claims = {t.strip("<>") for t in things_of(quads, "Claim")}
    assert {graph for graph in graphs if graph.startswith(CLAIM)} == claims
    assert graphs - claims == {RECORD_GRAPH, REFERENCE_GRAPH}


def test_each_passage_names_a_source_and_says_why_it_has_no_offsets(quads: list[ox.Quad]) -> None:
    sources = things_of(quads, "SourceDocument")
    for passage, said in things_of(quads, "Evidence").items():
        assert str(said[KG + "inSource"][0].object) in sources, passage
        assert len(said[KG + "passageNote"]) == 2, passage
        assert not said[KG + "start"], passage
    assert all(len(said[DCTERMS + "publisher"]) == 1 for said in sources.values())


def test_an_address_is_one_that_was_found(quads: list[ox.Quad]) -> None:
    found = {
        str(q.object.value)
        for q in quads
        if curie(q.predicate.value) == "kg:url" and isinstance(q.object, ox.Literal)
    }
    assert found == {
        "https://kcnawatch.org/newstream/1718870859-459880358",
        "https://m.interfax.ru/988359",
        "https://tass.com/politics/1882599",
    }


def test_what_could_not_be_verified_is_not_there() -> None:
    text = "".join(file.read_text("utf-8") for file in FILES)
    assert "Q55104693" not in text  # the other Andrey Rudenko
    assert "Q50382875" not in text
    assert re.findall(r"kg:articleNumber (\d+)", text)
    assert set(re.findall(r"kg:articleNumber (\d+)", text)) == {"3", "4", "8", "22"}
    assert "facts.md" not in text


def test_the_dossier_passes_its_check() -> None:
    assert [str(finding) for finding in check_paths([DATA], shapes=False)] == []


def test_the_claim_in_the_readme_can_be_copied(tmp_path: Path) -> None:
    (block,) = re.findall(r"```trig\n(.*?)```", README.read_text("utf-8"), re.DOTALL)
    copy = tmp_path / "my-claim.trig"
    copy.write_text(block, "utf-8")
    assert [str(finding) for finding in check_paths([copy])] == []
    copy.write_text(block.replace("    kg:claimant         id:rok-defence-ministry ;\n", ""), "utf-8")
    assert "claimant" in " ".join(str(finding) for finding in check_paths([copy]))
