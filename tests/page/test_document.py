"""The file: whole, deterministic, in its budget, and nothing in it that asks for anything from outside."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import zlib
from html.parser import HTMLParser
from pathlib import Path
from typing import cast

import pytest

from kg import graph as graphs
from kg.errors import UsageError
from kg.page.document import SCRIPTS, render, write
from kg.page.model import Asked, Knowledge
from kg.page.network import BUNDLE, vis_bundle
from kg.page.positions import table
from kg.page.templates import source

BUDGET = 560_000
FETCHING = {"src", "srcset", "data", "action", "formaction", "poster", "background", "ping"}


class Elements(HTMLParser):
    """The elements of a page with their attributes, and the texts of its scripts and styles."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, dict[str, str | None], str]] = []
        self._inside = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._inside = tag in ("script", "style")

    def handle_endtag(self, tag: str) -> None:
        self._inside = False

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.texts.append((*self.elements[-1], data))


def inflated(elements: Elements, name: str) -> str:
    """What travels deflated under an id."""
    held = next(text for _, attributes, text in elements.texts if attributes.get("id") == name)
    return zlib.decompress(base64.b64decode(held)).decode()


@pytest.fixture(scope="module")
def html(known: Knowledge) -> str:
    return render(known)


@pytest.fixture(scope="module")
def elements(html: str) -> Elements:
    return Elements(html)


def test_it_is_in_its_budget(html: str) -> None:
    assert len(html.encode()) <= BUDGET


def test_the_same_knowledge_gives_the_same_bytes(known: Knowledge, html: str) -> None:
    assert render(known) == html


def test_nothing_in_it_fetches(elements: Elements) -> None:
    assert len(elements.elements) > 300
    for tag, attributes in elements.elements:
        assert tag not in ("link", "img", "iframe", "object", "embed", "base", "image")
        assert not FETCHING & set(attributes), tag
        assert attributes.get("href", "#").startswith("#")  # type: ignore[union-attr] # an href has a value
        assert not any(name.startswith("on") or name == "style" for name in attributes), tag


def test_the_policy_admits_the_scripts_and_nothing_else(elements: Elements) -> None:
    policy = next(a["content"] or "" for tag, a in elements.elements if a.get("http-equiv"))
    first = [tag for tag, _ in elements.elements][:5]
    assert first == ["html", "head", "meta", "meta", "meta"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    hashes = set(re.findall(r"'sha256-([^']+)'", policy))
    running = [text for tag, a, text in elements.texts if tag == "style" or not a.get("type")]
    assert len(running) == 3
    running += [vis_bundle(), inflated(elements, "script-packed")]
    assert hashes == {base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in running}


def test_vis_network_is_the_one_of_pyvis(elements: Elements) -> None:
    text = inflated(elements, "vis-packed")
    bundled = BUNDLE.read_text(encoding="utf-8")
    assert text.startswith("/**\n * vis-network")
    assert text == re.sub(r"\n//# sourceMappingURL=[^\n]*", "", bundled)


def test_our_script_travels_as_it_stands_in_the_sources(elements: Elements) -> None:
    script = inflated(elements, "script-packed")
    assert len(SCRIPTS) >= 16
    for name in SCRIPTS:
        assert source(f"{name}.js") in script


def test_every_claim_is_in_the_table_without_a_script(known: Knowledge, elements: Elements) -> None:
    rows = {attributes["id"] for tag, attributes in elements.elements if tag == "tr" and "id" in attributes}
    assert rows == {f"c{number}" for number in range(len(known.claims))}


def test_the_data_hold_every_stance_with_its_source(known: Knowledge, elements: Elements) -> None:
    held = next(text for _, attributes, text in elements.texts if attributes.get("id") == "data")
    told = json.loads(held)["page"]
    assert len(told["claims"]) == len(known.claims) >= 100
    for claim in told["claims"]:
        assert claim["s"], claim["t"]
        for stance in claim["s"]:
            assert stance.get("e"), claim["t"]
            assert told["things"][stance["b"]]["l"]


def test_a_page_that_cannot_be_written_leaves_the_old_one(tmp_path: Path) -> None:
    with graphs.open(":shipped:") as graph, pytest.raises(UsageError, match="cannot-write"):
        write(graph.perspective(), tmp_path / "nowhere" / "page.html")
    old = tmp_path / "page.html"
    old.write_text("old")
    with graphs.open(":shipped:") as graph, pytest.raises(UsageError, match="unknown-language"):
        write(graph.perspective(), old, lang="tlh")
    assert old.read_text() == "old"
    assert list(tmp_path.iterdir()) == [old]


def test_a_claim_bears_the_day_on_which_it_was_made(known: Knowledge) -> None:
    """The Kremlin's denial may be older than the claim that it denies: the row has the claim's own day."""
    rows = cast("list[dict[str, object]]", table(known, asked=Asked(day="2025-04-30"))["rows"])
    (row,) = [
        r for r in rows if known.claims[cast("int", r["number"])].iri.endswith("nis-2024-10-18-deployment")
    ]
    assert {"en": "18 October 2024", "fr": "18 octobre 2024"}[known.lang] in str(row["source"])
