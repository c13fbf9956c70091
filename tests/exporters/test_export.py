"""kg export: what is written can be read by others, says the same, and is the same at every run."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import networkx
import pyoxigraph
import pytest
import rdflib
from pyoxigraph import DefaultGraph, Quad, RdfFormat

from kg.exporters.formats import FORMATS
from tests.commands.door import kg

RDF = {
    "trig": RdfFormat.TRIG,
    "nquads": RdfFormat.N_QUADS,
    "jsonld": RdfFormat.JSON_LD,
    "turtle": RdfFormat.TURTLE,
    "ntriples": RdfFormat.N_TRIPLES,
    "rdfxml": RdfFormat.RDF_XML,
}
MERGED = ("turtle", "ntriples", "rdfxml")


def exported(format: str, *words: str) -> bytes:
    done = kg("export", "--format", format, *words)
    assert (done.code, done.err) == (0, "")
    return done.out.encode("utf-8")


def quads(format: str, *words: str) -> list[Quad]:
    return list(pyoxigraph.parse(exported(format, *words), format=RDF[format]))


def read_network(format: str, text: bytes) -> networkx.DiGraph[str]:
    file = io.BytesIO(text)
    network = networkx.read_graphml(file) if format == "graphml" else networkx.read_gexf(file)
    assert isinstance(network, networkx.DiGraph)
    return network


@pytest.mark.parametrize("format", FORMATS)
def test_the_same_data_give_the_same_bytes(tiny: str, format: str) -> None:
    first = exported(format, "--store", tiny)
    assert len(first) > 500
    assert exported(format, "--store", tiny) == first


def test_those_with_graphs_say_the_same(tiny: str) -> None:
    expected = set(quads("nquads", "--store", tiny))
    assert len(expected) > 200
    assert set(quads("trig", "--store", tiny)) == expected
    assert set(quads("jsonld", "--store", tiny)) == expected
    assert not [quad for quad in expected if isinstance(quad.graph_name, DefaultGraph)]


def test_those_that_merge_have_each_triple_once(tiny: str) -> None:
    expected = {quad.triple for quad in quads("nquads", "--store", tiny)}
    for format in MERGED:
        found = [quad.triple for quad in quads(format, "--store", tiny)]
        assert len(found) == len(set(found))
        assert set(found) == expected


def test_the_ontology_is_not_written() -> None:
    assert not [q for q in quads("nquads") if str(q.graph_name).endswith("graph/ontology>")]


def test_every_claim_of_the_dossier_is_in_its_graph() -> None:
    graphs = {str(quad.graph_name) for quad in quads("trig")}
    claims = {str(row["claim"]) for row in kg("claims", "--format", "json").rows}
    written = {iri for iri in claims if f"<{iri}>" in graphs}
    assert len(claims) >= 60
    assert len(claims - written) <= 8, "only claims whose content is text alone have an empty graph"


def test_what_holds_every_claim_can_be_loaded_again(hostile: str, tmp_path: Path) -> None:
    file, store = tmp_path / "again.trig", tmp_path / "again.kg"
    file.write_bytes(exported("trig", "--store", hostile))
    done = kg("load", str(file), "--store", str(store))
    assert (done.code, done.err) == (0, "")
    assert exported("trig", "--store", str(store)) == file.read_bytes()


def test_a_superseded_claim_is_on_record_without_its_content(tiny: str) -> None:
    text = exported("trig", "--store", tiny).decode()
    assert "claim:borland-count-1 a kg:Claim" in text
    assert "GRAPH claim:borland-count-1" not in text
    assert "GRAPH claim:borland-count-2" in text


def test_a_perspective_is_exported_not_everything() -> None:
    kyiv, moscow = (set(quads("trig", "--according-to", party)) for party in ("Ukraine", "Russia"))
    assert kyiv - moscow
    assert moscow - kyiv
    early = {str(quad.graph_name) for quad in quads("nquads", "--as-of", "2024-10-22")}
    assert not [graph for graph in early if "euronews" in graph]


def test_rdflib_reads_the_turtle(tiny: str) -> None:
    graph = rdflib.Graph().parse(data=exported("turtle", "--store", tiny).decode(), format="turtle")
    assert len(graph) == len(quads("ntriples", "--store", tiny))


@pytest.mark.parametrize("format", ["graphml", "gexf"])
def test_networkx_reads_the_network(format: str) -> None:
    network = read_network(format, exported(format))
    assert network.is_directed()
    korea = "https://w3id.org/foedus/id/north-korea"
    assert network.nodes[korea]["label"] == "North Korea"
    assert network.nodes[korea]["type"] == "kg:State"
    claims = [data["claims"] for _, _, data in network.edges(data=True) if data["claims"]]
    assert len(claims) > 50
    assert all(
        claim.startswith("https://w3id.org/foedus/id/claim/") for line in claims for claim in line.split()
    )


@pytest.mark.parametrize("format", ["graphml", "gexf", "rdfxml"])
def test_hostile_labels_are_still_xml(hostile: str, format: str) -> None:
    if format == "rdfxml":
        assert any("lory" in str(quad.object) for quad in quads(format, "--store", hostile))
        return
    network = read_network(format, exported(format, "--store", hostile))
    labels = {str(data["label"]) for _, data in network.nodes(data=True)}
    assert any("Mal\ufffd[31mlory" in label for label in labels)


def test_csv_has_a_row_for_each_triple_and_claim(tiny: str) -> None:
    rows = list(csv.DictReader(io.StringIO(exported("csv", "--store", tiny).decode())))
    sent = [row for row in rows if row["property"].endswith("#sendingState")]
    assert {row["claim"].rpartition("/")[2] for row in sent} == {"herald-1", "borland-brief-1"}
    assert {row["object_label"] for row in sent} == {"Arland"}
    assert {row["stated_on"] for row in sent} == {"2023-05-01", "2023-05"}
    assert all(row["source"] and row["claimant"] for row in rows)


@pytest.mark.parametrize(("format", "endings"), [(name, ends) for name, (_, ends) in FORMATS.items()])
def test_the_ending_of_the_file_tells_the_format(
    tiny: str, tmp_path: Path, format: str, endings: tuple[str, ...]
) -> None:
    for ending in endings:
        file = tmp_path / f"answer{ending}"
        assert kg("export", "--store", tiny, "-o", str(file)).code == 0
        assert file.read_bytes() == exported(format, "--store", tiny)


def test_without_format_or_file_it_is_trig(tiny: str) -> None:
    assert kg("export", "--store", tiny).out.encode() == exported("trig", "--store", tiny)


def test_the_whole_store_makes_the_same_store_again(tmp_path: Path) -> None:
    file, again, store = tmp_path / "all.trig", tmp_path / "again.trig", str(tmp_path / "again.kg")
    assert kg("export", "--all", "-o", str(file)).code == 0
    assert "GRAPH claim:nis-2025-01-killed" in file.read_text(encoding="utf-8"), (
        "superseded, and in the history"
    )
    done = kg("load", str(file), "--store", store)
    assert (done.code, done.err) == (0, "")
    assert kg("export", "--all", "--store", store, "-o", str(again)).code == 0
    assert again.read_bytes() == file.read_bytes()


@pytest.mark.parametrize("words", [("--as-of", "2025"), ("--format", "turtle"), ("--according-to", "Russia")])
def test_the_whole_store_is_no_perspective(words: tuple[str, str]) -> None:
    done = kg("export", "--all", *words)
    assert (done.code, done.out) == (2, "")
    assert "[bad-option]" in done.err
