"""A whole check: the good dossier passes; each mutant is caught by its rule, at the line broken."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.checks.finding import errors
from kg.checks.run import check_paths
from kg.checks.syntax import read_file
from kg.errors import DataError
from kg.paths import dossiers_folder, ontology_folder
from tests.checks.conftest import GOOD, Broken

FOREIGN, NOT_THERE = "kg:officeOf id:sudmark-foreign-ministry", "kg:officeOf id:sudmark-foriegn-ministry"
TRIGGER, BLANK = "kg:triggeredBy id:threat-to-sudmark", "kg:triggeredBy [ kg:atRequest true ]"
REFERENCE, OUTSIDE = "GRAPH graph:reference {", "id:norland a kg:State .\nGRAPH graph:reference {"

#: rule, old, new, what the finding must say; it must stand on the line of the replacement.
MUTANTS = [
    ("bad-trig", "id:norland a kg:State", "id:norland a kgg:State", "'kgg:'"),
    ("bad-trig", "id:herald a kg:MediaOrganization ;", "id:herald a kg:MediaOrganization .", "predicate"),
    ("bad-date", "date:2021-03-05 ; kg:medium", "date:2025-02-30 ; kg:medium", "'2025-02-30'"),
    ("bad-date", "date:2021-02-25..2021-03-01", "date:2021-03-25..2021-03-01", "before it starts"),
    ("bad-date", "kg:weakName", 'kg:holdsFrom "2025-02-30"^^xsd:date ; kg:weakName', "'2025-02-30'"),
    ("unknown-term", "kg:sendingState", "kg:sendigState", "did you mean 'kg:sendingState'?"),
    ("unknown-term", "a kg:Deployment", "a kg:Deploymnt", "did you mean 'kg:Deployment'?"),
    ("unknown-term", "code:denies", "code:denis", "did you mean 'code:denies'?"),
    ("unknown-term", "rdfs:label", "rdfs:lable", "did you mean 'rdfs:label'?"),
    ("unknown-term", "kg:iso2", "kg:zzzzzz", "'kg terms'"),
    ("unknown-thing", FOREIGN, NOT_THERE, "did you mean"),
    ("unknown-thing", "kg:supportedBy evidence:pact-1", "kg:supportedBy evidence:xx", "describe it"),
    ("bad-graph", REFERENCE, OUTSIDE, "outside every graph"),
    ("bad-graph", "GRAPH claim:council-2 {", "GRAPH graph:council-2 {", "'graph:council-2'"),
    ("bad-graph", "GRAPH claim:council-2 {", "GRAPH graph:ontology {", "'graph:ontology'"),
    ("graph-without-claim", "GRAPH claim:council-2 {", "GRAPH claim:council-22 {", "'claim:council-22'"),
    ("blank-node", TRIGGER, BLANK, "'kg:triggeredBy'"),
]  # fmt: skip


def line_of(file: Path, text: str) -> int:
    whole = file.read_text(encoding="utf-8")
    return whole[: whole.index(text)].count("\n") + 1


def test_the_good_dossier_passes() -> None:
    assert [str(finding) for finding in check_paths([GOOD])] == []


@pytest.mark.parametrize(("rule", "old", "new", "says"), MUTANTS)
def test_a_mutant_is_caught_where_it_was_broken(
    rule: str, old: str, new: str, says: str, broken: Broken
) -> None:
    file = broken(old, new)
    found = [finding for finding in check_paths([file], shapes=False) if finding.rule == rule]
    assert found, f"{rule} did not catch {new!r}"
    first = found[0]
    assert says in str(first)
    assert first.position
    assert first.position.file == str(file)
    expected = line_of(file, new.partition("\n")[0])
    assert expected <= first.position.line <= expected + 1, str(first)


def test_a_claim_recorded_twice_names_the_first(broken: Broken) -> None:
    file = broken("# Sudmark denied", "claim:herald-1 a kg:Claim .\n  # Sudmark denied")
    (found,) = [f for f in check_paths([file], shapes=False) if f.rule == "duplicate-claim"]
    text = file.read_text(encoding="utf-8")
    second = text[: text.index("claim:herald-1 a kg:Claim .")].count("\n") + 1
    assert found.position
    assert found.position.line == second
    assert f"{file}:{line_of(file, 'claim:herald-1 a kg:Claim ;')}:3" in found.what


@pytest.mark.parametrize(
    ("second", "says"),
    [
        ("id:herald a kg:Person .", "'id:herald' is a kg:Person here and a kg:MediaOrganization at"),
        ('id:herald rdfs:label "The Daily Herald"@en .', "is called 'The Daily Herald'@en here and"),
    ],
)
@pytest.mark.parametrize("in_one_file", [True, False])
def test_two_things_under_one_iri(second: str, says: str, in_one_file: bool, broken: Broken) -> None:
    mark = "# Places, treaties, issues."
    file = broken(mark, f"{second}\n{mark}" if in_one_file else mark)
    files = [file]
    if not in_one_file:
        head = "".join(
            f"{line}\n" for line in file.read_text("utf-8").splitlines() if line.startswith("@prefix")
        )
        files.append(file.with_name("other.trig"))
        files[1].write_text(f"{head}GRAPH graph:reference {{\n{second}\n}}\n", encoding="utf-8")
    (found,) = [f for f in check_paths(files, shapes=False) if f.rule == "two-entities-one-iri"]
    assert says in found.what
    assert f"{file}:{line_of(file, 'id:herald a kg:Media')}:" in found.what
    assert found.position
    assert found.position.file == str(files[-1])


def test_a_narrower_type_is_no_second_thing(broken: Broken) -> None:
    file = broken("# Places,", "id:herald a kg:Organization .\n  # Places,")
    assert not [f for f in check_paths([file], shapes=False) if f.rule == "two-entities-one-iri"]


def test_every_file_is_read_even_when_the_first_is_broken(tmp_path: Path) -> None:
    (tmp_path / "a.trig").write_text("id:a kg:b id:c .\n\nid:d kg:e kg:f .", encoding="utf-8")
    (tmp_path / "b.trig").write_bytes('<http://a> <http://b> "caf\u00e9" .'.encode("latin-1"))
    (tmp_path / "c.trig").write_text("<http://a> <http://b> 'x'", encoding="utf-16")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "d.trig").write_text(
        "GRAPH <http://g> { <http://a> <http://b> 'x' ", encoding="utf-8"
    )
    (tmp_path / "e.nq").write_text("", encoding="utf-8")
    found = [
        (str(f.position).removeprefix(f"{tmp_path}/"), f.severity.word, f.rule)
        for f in check_paths([tmp_path])
    ]
    assert found == [
        ("a.trig:1:1", "error", "bad-trig"),
        ("a.trig:3:1", "error", "bad-trig"),
        ("b.trig:1:27", "error", "bad-encoding"),
        ("c.trig:1:1", "error", "bad-encoding"),
        ("e.nq", "warning", "unknown-file-type"),
        ("sub/d.trig:1:7", "error", "bad-graph"),
        ("sub/d.trig:1:46", "error", "bad-trig"),
    ]


def test_a_byte_order_mark_is_no_fault(tmp_path: Path) -> None:
    file = tmp_path / "a.trig"
    file.write_text("\ufeff" + GOOD.read_text(encoding="utf-8"), encoding="utf-8")
    assert check_paths([file], shapes=False) == []


def test_a_file_of_another_type_is_an_error_when_named(tmp_path: Path) -> None:
    file = tmp_path / "a.nq"
    file.write_text("", encoding="utf-8")
    assert [str(f) for f in check_paths([file])] == [
        f"{file}: error: '.nq' files are not read; write TriG and name the file .trig [unknown-file-type]"
    ]


@pytest.mark.parametrize(
    ("name", "rule"),
    [("nowhere.trig", "no-such-file"), ("nowhere", "no-such-file"), (".", "nothing-to-check")],
)
def test_nothing_to_read(name: str, rule: str, tmp_path: Path) -> None:
    with pytest.raises(DataError) as caught:
        check_paths([tmp_path / name])
    assert caught.value.rule == rule


def test_a_dossier_may_refer_to_what_ships(broken: Broken) -> None:
    """What the shipped dossiers describe need not be described again; what nobody describes must be."""
    file = broken("kg:locatedIn id:sudmark .", "kg:locatedIn id:kursk-oblast .")
    assert not errors(check_paths([file], shapes=False))
    found = errors(check_paths([file], shapes=False, background=()))
    assert [f.rule for f in found] == ["unknown-thing"]


def test_a_copy_of_a_shipped_dossier_stands_alone(tmp_path: Path) -> None:
    """Else what a copy lost would be found in the original, and nobody would be told."""
    kept = sorted((dossiers_folder() / "kursk" / "claims").glob("euronews*.trig"))[:1]
    assert kept
    (tmp_path / "copy.trig").write_bytes(kept[0].read_bytes())
    assert "unknown-thing" in {f.rule for f in check_paths([tmp_path], shapes=False)}
    assert "unknown-thing" not in {f.rule for f in check_paths(kept, shapes=False)}


def test_the_examples_are_not_part_of_the_ontology_folder() -> None:
    files = {f.position.file for f in check_paths([ontology_folder()], shapes=False) if f.position}
    assert not [file for file in files if "examples" in file]


def test_what_a_store_calls_otherwise_is_another_thing(broken: Broken) -> None:
    store = read_file(GOOD).quads
    file = broken('"The Island Herald"@en', '"The Daily Herald"@en')
    found = [
        f for f in check_paths([file], shapes=False, background=store) if f.rule == "two-entities-one-iri"
    ]
    assert [f.what for f in found] == [
        "'id:herald' is called 'The Daily Herald' here and 'The Island Herald' in the store"
    ]
    assert check_paths([GOOD], shapes=False, background=store) == []


def test_one_slip_is_told_once(broken: Broken) -> None:
    """Of a name that nothing describes it goes without saying that it has not the right type."""
    file = broken("kg:claimant id:herald ;", "kg:claimant id:heralt ;")
    assert [f.rule for f in check_paths([file])] == ["unknown-thing"]
    file = broken("id:herald a kg:MediaOrganization ;", "id:herald a kg:MediaOrganization .")
    assert {f.rule for f in check_paths([file])} == {"bad-trig"}
