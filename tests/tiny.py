"""The tiny dossier of tests/data as a store: built as a load builds it, but for the slow checks."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from kg import graph as graphs
from kg.graph import KnowledgeGraph
from kg.loading import build, ontology_quads
from kg.rdf.trig import Quad, find_files, read_trig
from kg.rdf.vocabulary import CLAIM, KG, PREFIXES
from kg.store.lock import writing

TINY = Path(__file__).parent / "data" / "tiny"
HEAD = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())


def tiny_quads() -> list[Quad]:
    """What the files of the tiny dossier say."""
    return [quad for file in find_files(TINY) for quad in read_trig(file)]


def build_store(folder: Path, quads: Iterable[Quad]) -> KnowledgeGraph:
    """A store of these quads in a folder, opened."""
    with writing(folder):
        build(folder, quads)
    return graphs.open(folder)


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    """The tiny dossier, opened; tests only read it."""
    return build_store(tmp_path_factory.mktemp("tiny") / "store", [*ontology_quads(), *tiny_quads()])


def local_names(claims: Iterable[str]) -> set[str]:
    """Of claims' IRIs what follows ``claim:``."""
    return {claim.removeprefix(CLAIM) for claim in claims}


def term(name: str) -> str:
    """The IRI of a term of ours."""
    return KG + name
