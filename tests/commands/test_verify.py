"""``kg verify``: the passages of a source in the text of it, as it was and as it has become."""

from __future__ import annotations

import csv
import hashlib
import io
from pathlib import Path

import pytest

from tests.checks.conftest import GOOD
from tests.commands.door import kg

TEXT = "Ahoy! One. The second 문장 follows.\nA third: the end."
SPANS = [(0, 10), (11, 32), (33, 50), (11, 50)]
#: What the example says of its passages, in the order of the file.
DIGITS = "c5e2a1f9d3b4876a1b2c3d4e5f60718293a4b5c6d7e8f900112233445566778"
OLD = [(0, 120), (121, 250), (251, 400), (401, 600)]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The example, with the hashes of TEXT in place of its own."""
    folder = tmp_path_factory.mktemp("verify")
    lines = GOOD.read_text(encoding="utf-8")
    for number, ((start, end), (was, until)) in enumerate(zip(SPANS, OLD, strict=True)):
        sha256 = hashlib.sha256(TEXT[start:end].encode()).hexdigest()
        old = f'kg:start {was} ; kg:end {until} ;\n    kg:passageSha256 "{number}{DIGITS}"'
        assert old in lines
        lines = lines.replace(old, f'kg:start {start} ; kg:end {end} ;\n    kg:passageSha256 "{sha256}"')
    document = f"9{DIGITS}"
    assert document in lines
    lines = lines.replace(document, hashlib.sha256(TEXT.encode()).hexdigest())
    (folder / "herald.trig").write_text(lines, encoding="utf-8")
    assert kg("load", str(folder / "herald.trig"), "--store", str(folder / "store.kg")).code == 0
    return str(folder / "store.kg")


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, store: str) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KG_STORE", store)
    Path("text.txt").write_bytes(TEXT.encode())


@pytest.mark.parametrize(
    "name",
    [
        "herald",
        "source:herald-2021-04-13",
        "herald-2021-04-13",
        "https://w3id.org/foedus/id/source/herald-2021-04-13",
    ],
)
def test_every_passage_stands_where_the_record_says(name: str) -> None:
    done = kg("verify", name, "text.txt")
    assert (done.code, done.out) == (0, "4 passages: 4 ok; the text is the one on record\n"), done.err


def test_what_moved_is_listed_and_fails() -> None:
    Path("text.txt").write_bytes(f"An advertisement.\n{TEXT}".encode())
    done = kg("verify", "herald", "text.txt")
    assert done.code == 1
    *table, last = done.out.splitlines()
    assert [line.split()[-2:] for line in table[2:]] == [
        ["moved", str(start + 18)] for start, _ in sorted(SPANS)
    ]
    assert last == "4 passages: 4 moved; the text is not the one on record"


@pytest.mark.parametrize(
    ("old", "new", "states"),
    [
        ("second", "Second", {"ok": 2, "changed": 2}),
        ("\nA third: the end.", "", {"ok": 2, "missing": 2}),
        ("Ahoy! ", "", {"changed": 1, "moved": 3}),
        ("Ahoy! One", "Ahoy! Two", {"ok": 3, "changed": 1}),
    ],
)
def test_what_changed_is_told_apart(old: str, new: str, states: dict[str, int]) -> None:
    Path("text.txt").write_bytes(TEXT.replace(old, new).encode())
    done = kg("verify", "herald", "text.txt", "--format", "json")
    assert done.code == 1
    passages = done.object["passages"]
    assert isinstance(passages, list)
    found = [passage["state"] for passage in passages]
    assert {state: found.count(state) for state in found} == states


def test_json_carries_what_a_script_needs() -> None:
    data = kg("verify", "herald", "text.txt", "--format", "json").object
    assert data["source"] == "https://w3id.org/foedus/id/source/herald-2021-04-13"
    assert data["sha256"] == data["document_sha256"] == hashlib.sha256(TEXT.encode()).hexdigest()
    first = {"paragraph": 1, "start": 0, "end": 10, "state": "ok", "found_at": None}
    passages = data["passages"]
    assert isinstance(passages, list)
    assert passages[0] == {"evidence": "https://w3id.org/foedus/id/evidence/herald-p01", **first}


def test_csv_has_every_passage() -> None:
    rows = list(csv.DictReader(io.StringIO(kg("verify", "herald", "text.txt", "--format", "csv").out)))
    assert [(row["evidence"], row["state"]) for row in rows][:2] == [
        ("evidence:herald-p01", "ok"),
        ("evidence:herald-p02", "ok"),
    ]
    assert len(rows) == 4


def test_show_prints_the_words() -> None:
    done = kg("verify", "herald", "text.txt", "--show")
    assert "The second 문장 follows." in done.out
    assert "문장" not in kg("verify", "herald", "text.txt").out


def test_without_a_text_what_is_on_record_is_listed() -> None:
    sources = kg("verify")
    assert sources.code == 0
    assert "source:herald-2021-04-13" in sources.out
    assert sources.err == "2 sources; 1 can be verified, given the text\n"
    passages = kg("verify", "herald")
    assert passages.code == 0
    assert passages.out.count("unread") == 4
    assert [row["with_offsets"] for row in kg("verify", "--format", "json").rows] == [4, 0]


def test_a_source_without_offsets_has_nothing_to_compare() -> None:
    done = kg("verify", "press-2020", "text.txt")
    assert (done.code, done.out.splitlines()[-1]) == (
        0,
        "1 passage: 1 not-held; the text is not the one on record",
    )


def test_a_text_in_another_encoding() -> None:
    Path("text.txt").write_bytes("caf\u00e9".encode("latin-1"))
    done = kg("verify", "herald", "text.txt")
    assert (done.code, done.out) == (3, "")
    assert done.err.startswith("text.txt:1:4: error: byte 0xE9 is not UTF-8; ")
