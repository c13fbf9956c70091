"""The search of the page finds and ranks as kg find does: one list of queries asked at both doors."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kg import graph as graphs
from kg.rdf.terms import curie
from tests.browser.conftest import Open

pytestmark = pytest.mark.browser

#: As many hits as the page lists.
SHOWN = 12
QUERIES = (
    *(
        "Choïgou",
        "choigou",
        "Шойгу",
        "Shoigu",
        "Shoygu",
        "Shoigo",
        "Guerasimov",
        "Ushakow",
        "Zelenskiy",
        "Gerasi",
    ),
    *(
        "Kim",
        "Kim J",
        "Kim Jong Eun",
        "Jong Un Kim",
        "kimjongun",
        "김정은",
        "김 정은",
        "정은",
        "正恩",
        "Kim Jong Il",
    ),
    *("Poutin", "Putn", "V. Putin", "Путин Владимир", "Sergei Kuzhugetovich Shoigu", "Volodymyr Zelenskij"),
    *("ゼレンスキー", "ショイグ", "זלנסקי", "شويغو", "ज़ेलेंस्की", "แกราซีมอฟ", "Ζελένσκι", "ზელენსკი", "Զելենսկի"),
    *("North Korae", "la Russie", "l'Ukraine", "JCS", "КНДР", "Corée", "Moscou", "kursk", "genral staff"),
    *(
        "treaty",
        "minister",
        "defence minister",
        "Russian Army",
        "csp-2024",
        "77777",
        "★",
        "zz",
        "qqqqqq",
        "zzzz",
    ),
)


def test_the_page_ranks_as_kg_find_does(dossier: Callable[[str], Path], open_page: Open) -> None:
    page = open_page(dossier("en")).page
    on_page = set(
        page.evaluate(
            """() => JSON.parse(document.getElementById('data').textContent).page.things
            .filter((thing) => thing.k).map((thing) => thing.i)"""
        )
    )
    assert len(QUERIES) >= 50
    differ, found = {}, 0
    with graphs.open(graphs.SHIPPED) as graph:
        for query in QUERIES:
            page.fill("#search", query)
            listed = page.evaluate(
                "() => [...document.querySelectorAll('#found button')].map((hit) => hit.firstChild.textContent)"
            )
            hits = [match for match in graph.find(query, limit=5000) if curie(match.iri) in on_page]
            ours = [match.label for match in hits[:SHOWN]]
            found += len(ours)
            if listed != ours:
                differ[query] = (listed, ours)
    assert not differ
    assert found >= 150
