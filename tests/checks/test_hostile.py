"""Whatever a file holds, the check ends with findings: no crash, no foreign log, no silence."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.checks.run import check_paths
from tests.checks.conftest import GOOD

TEXT = GOOD.read_text(encoding="utf-8")
HEAD = "".join(f"{line}\n" for line in TEXT.splitlines() if line.startswith("@prefix"))
LINE = HEAD.count("\n") + 1

#: What stands in graph:reference -> the rule that says so, what it says, and at what it points.
CASES = [
    ('id:x a kg:Estimate ; kg:low "many"^^xsd:integer ; kg:high 5 .', "bad-value", "'many'", '"many"'),
    (
        'id:x a kg:Estimate ; kg:low 5 ; kg:high "2025-01-01"^^xsd:date .',
        "value-outside-range",
        "kg:high",
        '"2025',
    ),
    ('id:x kg:unnamed "yes"^^xsd:boolean .', "bad-value", "write true or false", '"yes"'),
    ('id:x kg:url "no address"^^xsd:anyURI .', "bad-value", "'no address'", '"no'),
    ('id:x kg:holdsFrom "2025-02-30"^^xsd:date .', "bad-date", "'2025-02-30'", '"2025'),
    ('id:x kg:url "noon"^^xsd:dateTime .', "value-outside-range", "kg:url", '"noon'),
    ("id:x rdfs:seeAlso <<( id:x a kg:Place )>> .", "triple-term", "'rdfs:seeAlso'", "rdfs:seeAlso"),
    ("id:x rdfs:seeAlso date: .", "bad-date", "''", "date:"),
    ("[] a kg:Place .", "blank-node", "a thing has no name", ""),
    ("id: a kg:Nothing .", "unknown-term", "'kg:Nothing'", "kg:Nothing"),
]


@pytest.mark.parametrize(("text", "rule", "says", "points_at"), CASES)
def test_a_strange_value_is_a_finding(
    text: str, rule: str, says: str, points_at: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file = tmp_path / "a.trig"
    line = f"GRAPH graph:reference {{ {text} }}"
    file.write_text(f"{HEAD}{line}\n", encoding="utf-8")
    everything = check_paths([file], background=())
    found = [finding for finding in everything if finding.rule == rule]
    assert len(found) == 1
    if rule != "value-outside-range":  # of a value that is no value nothing more is said
        assert [finding.rule for finding in everything if finding.value == found[0].value != ""] in (
            [],
            [rule],
        )
    assert says in str(found[0])
    assert found[0].position
    if points_at:
        assert (found[0].position.line, found[0].position.column) == (LINE, line.index(points_at) + 1)
    assert caplog.records == []


def test_a_date_that_cannot_be_placed_is_told_all_the_same(tmp_path: Path) -> None:
    file = tmp_path / "a.trig"
    bad = "date:2025-03-21\u2100"
    text = f"{HEAD}GRAPH graph:reference {{\n id:x kg:holdsFrom {bad} .\n}}\n"
    file.write_text(text, encoding="utf-8")
    (found,) = (finding for finding in check_paths([file], shapes=False) if finding.rule == "bad-date")
    assert found.position
    assert found.position.file == str(file)
    assert found.position.line == LINE + 1


def test_a_strange_value_hides_nothing_else(tmp_path: Path) -> None:
    file = tmp_path / "a.trig"
    text = 'id:x a kg:Estimate ; kg:low "many"^^xsd:integer ; kg:high 5 . id:y a kg:Place .'
    file.write_text(f"{HEAD}GRAPH graph:reference {{ {text} }}\n", encoding="utf-8")
    told = [finding.what for finding in check_paths([file], background=())]
    assert "it has no English label: 'id:y'" in told


def test_a_number_of_any_length_is_a_number(tmp_path: Path) -> None:
    file = tmp_path / "a.trig"
    file.write_text(TEXT.replace("kg:high 500", f"kg:high {'9' * 400}"), encoding="utf-8")
    assert check_paths([file]) == []


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_a_file_that_lost_or_won_a_piece_is_judged_to_the_end(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(TEXT)))
    end = data.draw(st.integers(start, min(len(TEXT), start + 400)))
    piece = data.draw(
        st.sampled_from(["", "}", ". ", '"', "\ufeff", "kg:x", "<a>", "[", "date:2025-13", "\x00"])
    )
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "a.trig"
        file.write_text(TEXT[:start] + piece + TEXT[end:], encoding="utf-8")
        for finding in check_paths([file], background=()):
            assert "\n" not in str(finding)
            assert finding.position is None or finding.position.file == str(file)


@settings(max_examples=60, deadline=None)
@given(content=st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_any_bytes_are_judged(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "a.trig"
        file.write_bytes(content)
        check_paths([file], background=())


def test_a_letter_that_the_readers_take_differently_has_a_position_all_the_same(tmp_path: Path) -> None:
    """The parser takes U+FEFF into a name, the tokenizer of positions ends the name before it."""
    file = tmp_path / "odd.trig"
    odd = f'{HEAD}GRAPH graph:reference {{ id:x a kg:State .\n id:x a kg:S\ufeffen , "x"@fr . }}\n'
    file.write_text(odd, encoding="utf-8")
    assert "two-entities-one-iri" in {finding.rule for finding in check_paths([file])}
