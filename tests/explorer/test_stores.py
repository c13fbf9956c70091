"""The explorer over stores of other kinds: one that is too large to draw, and a plain dataset without claims."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from kg.rdf.terms import curie
from kg.server.plain import make_plain
from tests.explorer.conftest import Visit
from tests.server.door import serving

MAKE = str(Path(__file__).parents[2] / "benchmarks" / "make_data.py")
CLAIMS = 3000


def test_of_a_large_store_only_what_is_near_is_read(tmp_path: Path) -> None:
    subprocess.run([sys.executable, MAKE, str(CLAIMS), str(tmp_path / "store")], check=True)
    with serving(tmp_path, "--store", "store", "--workers", "1") as server:
        whole = server.ask("/")
        assert whole.status == 200
        told = re.search(r'id="omitted">([\d,]+) of ([\d,]+) claims', whole.text)
        assert told
        left_out, of = (int(number.replace(",", "")) for number in told.groups())
        assert 1000 < left_out < of <= CLAIMS
        claims = json.loads(server.ask("/api/claims?limit=1").body)
        speaker = curie(claims[0]["claimant"]["iri"])
        near = server.ask(f"/things/{quote(speaker)}")
        assert near.status == 200
        assert f'"i":"{speaker}"' in near.text
        data = json.loads(near.text.split('id="data">')[1].split("</script>")[0])["page"]
        assert 0 < len(data["claims"]) <= 400
        assert "<h1" in server.ask("/disputes?limit=3").text


@pytest.mark.browser
def test_a_plain_dataset_has_its_queries(tmp_path: Path, visit: Visit) -> None:
    make_plain(tmp_path / "plain")
    with serving(tmp_path, "--plain", "plain", "--workers", "1") as server:
        seen = visit("/", server=server)
        page = seen.page
        assert page.url.endswith("/query")
        expect(page.locator("#perspective")).to_be_hidden()
        page.fill("#query", "SELECT ?s WHERE { ?s ?p ?o }")
        page.click("#run")
        expect(page.locator("#table")).to_contain_text("Nothing fits the query.")
        assert seen.is_quiet(), seen
        assert server.ask("/disputes").status == 404
