"""French in what is shipped is set as French is: with its own apostrophe, but for what is quoted to the letter."""

from __future__ import annotations

import re

from pyoxigraph import Literal

from kg.paths import dossiers_folder, ontology_folder, reference_folder
from kg.rdf.trig import find_files, read_trig
from kg.rdf.vocabulary import KG

TO_THE_LETTER = {KG + "quotation", KG + "dateResolvedFrom"}
STRAIGHT = re.compile(r"\w'\w")


def test_an_apostrophe_is_a_french_one() -> None:
    found = []
    seen = 0
    for folder in (dossiers_folder(), reference_folder(), ontology_folder()):
        for file in find_files(folder, suffixes=(".trig", ".ttl")):
            for quad in read_trig(file):
                text = quad.object
                if not isinstance(text, Literal) or quad.predicate.value in TO_THE_LETTER:
                    continue
                if text.language == "fr":
                    seen += "’" in text.value
                    if STRAIGHT.search(text.value):
                        found.append((file.name, text.value))
    assert seen > 500
    assert not found
