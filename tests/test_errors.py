"""Bad input through the door that users take: one clear line, the right exit code, and nothing is lost."""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from kg.paths import ontology_folder
from kg.store.lock import writing

GOOD = ontology_folder() / "examples" / "good" / "norland-sudmark.trig"
#: A fault: where, what, how to mend it, the rule's name; all on one line.
LINE = re.compile(
    r"(?:(?P<where>[^\n]+?): )?error: (?P<what>[^\n]+?); (?P<mend>[^\n]+) \[(?P<rule>[a-z-]+)\]"
)


@dataclass(frozen=True, slots=True)
class Outcome:
    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        return self.err.splitlines()


def kg(*words: str | Path, folder: Path) -> Outcome:
    command = [sys.executable, "-m", "kg.commands.main", *map(str, words)]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8", timeout=120)
    assert "Traceback" not in done.stderr, done.stderr
    assert "\x1b" not in done.stderr + done.stdout
    return Outcome(done.returncode, done.stdout, done.stderr)


def fault(outcome: Outcome) -> re.Match[str]:
    """The one line of stderr, taken apart."""
    assert len(outcome.lines) == 1, outcome.err
    match = LINE.fullmatch(outcome.lines[0])
    assert match, f"not in the form of a fault: {outcome.err!r}"
    return match


def bytes_of(store: Path) -> str:
    digest = hashlib.sha256()
    for file in sorted(path for path in store.rglob("*") if path.is_file() and path.name != "lock"):
        digest.update(str(file.relative_to(store)).encode() + file.read_bytes())
    return digest.hexdigest()


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with ``store.kg``, which holds the good example."""
    folder = tmp_path_factory.mktemp("loaded")
    outcome = kg("load", GOOD, "--store", "store.kg", folder=folder)
    assert outcome.code == 0, outcome.err
    return folder


@pytest.fixture
def here(loaded: Path, tmp_path: Path) -> Path:
    shutil.copytree(loaded / "store.kg", tmp_path / "store.kg")
    return tmp_path


def still_answers(folder: Path) -> None:
    outcome = kg("find", "Norland", folder=folder)
    assert outcome.code == 0, outcome.err
    assert "id:norland" in outcome.out


PREFIXES = "".join(f"{line}\n" for line in GOOD.read_text("utf-8").splitlines() if line.startswith("@prefix"))
CLAIM = """GRAPH claim:new-1 { id:shells-sent a kg:MaterialTransfer . }
GRAPH graph:record {
  claim:new-1 a kg:Claim ; rdfs:label "A new claim"@en , "Une nouvelle affirmation"@fr ;
    kg:claimant id:herald ; kg:onBehalfOf id:herald ; kg:statedIn statement:herald-2021-04-13 ;
    kg:supportedBy evidence:herald-p04 .
}
"""
CLAIM_LINE = len(PREFIXES.splitlines()) + 3

EVIDENCE = " ;\n    kg:supportedBy evidence:herald-p04 ."
REFERENCE = "GRAPH graph:reference {\n"
TWICE = """ id:x a kg:Person ; rdfs:label "X"@en , "X"@fr .
 id:x a kg:Place ; rdfs:label "X"@en , "X"@fr .
}
"""
ANOTHER = """ id:herald a kg:MediaOrganization ; rdfs:label "Herald"@en , "Héraut"@fr .
}
"""

#: What is replaced in the claim -> the rule, the line from the claim's on, and what the finding must hold.
LOADS: dict[str, tuple[str, str, str, str, str]] = {
    "malformed TriG": ("claimant id:herald ;", "claimant id:herald", "bad-trig", "+1", "no end"),
    "undeclared prefix": ("kg:claimant", "kgg:claimant", "bad-trig", "+1:5", "'kgg:'"),
    "claim without source": (EVIDENCE, " .", "claim-has-evidence", "+0:3", "kg:supportedBy"),
    "claim without claimant": ("kg:claimant id:herald ; ", "", "claim-has-claimant", "+0:3", "kg:claimant"),
    "impossible date": (EVIDENCE, f"; kg:about date:2025-02-30 {EVIDENCE}", "bad-date", "+1", "'2025-02-30'"),
    "unknown term": ("kg:claimant", "kg:claiment", "unknown-term", "+1:5", "'kg:claimant'"),
    "unknown code": (
        EVIDENCE,
        f"; kg:epistemicStatus code:tru {EVIDENCE}",
        "unknown-term",
        "+1",
        "'code:tru'",
    ),
    "unknown thing": ("claimant id:herald", "claimant id:heralt", "unknown-thing", "+1:17", "'id:herald'"),
    "two things, one IRI": ("}\n", f"}}\n{REFERENCE}{TWICE}", "two-entities-one-iri", "+1:9", "kg:Person"),
    "a name the store has for another": (
        "}\n",
        f"}}\n{REFERENCE}{ANOTHER}",
        "two-entities-one-iri",
        "+0:48",
        "in the store",
    ),
}


@pytest.mark.parametrize("case", LOADS)
def test_what_breaks_a_rule_is_not_loaded(case: str, here: Path) -> None:
    old, new, rule, where, says = LOADS[case]
    assert old in CLAIM
    (here / "new.trig").write_text(PREFIXES + CLAIM.replace(old, new, 1), encoding="utf-8")
    before = bytes_of(here / "store.kg")
    outcome = kg("load", "new.trig", folder=here)
    assert (outcome.code, outcome.out) == (3, "")
    *told, last = outcome.lines
    assert last.endswith("the store is as it was [not-loaded]")
    assert all(LINE.fullmatch(line) for line in told), outcome.err
    line, _, column = where.removeprefix("+").partition(":")
    position = f"new.trig:{CLAIM_LINE + int(line)}:{column}"
    fitting = [t for t in told if t.startswith(position) and t.endswith(f"[{rule}]") and says in t]
    assert fitting, outcome.err
    assert bytes_of(here / "store.kg") == before
    still_answers(here)


def test_the_claim_that_the_cases_break_is_good(here: Path) -> None:
    (here / "new.trig").write_text(PREFIXES + CLAIM, encoding="utf-8")
    outcome = kg("load", "new.trig", folder=here)
    assert (outcome.code, outcome.err) == (0, ""), outcome.err


def test_another_encoding(here: Path) -> None:
    (here / "new.trig").write_bytes((PREFIXES + CLAIM.replace("A new", "Ä new")).encode("latin-1"))
    outcome = kg("load", "new.trig", folder=here)
    assert outcome.code == 3
    assert outcome.lines[0].startswith(f"new.trig:{CLAIM_LINE}:40: error: byte 0xC4 is not UTF-8; ")
    still_answers(here)


def test_two_files_and_one_bad_load_nothing(here: Path) -> None:
    (here / "a.trig").write_text(PREFIXES + CLAIM, encoding="utf-8")
    (here / "b.trig").write_text(PREFIXES + "GRAPH", encoding="utf-8")
    before = bytes_of(here / "store.kg")
    assert kg("load", "a.trig", "b.trig", folder=here).code == 3
    assert bytes_of(here / "store.kg") == before


def test_another_claim_under_an_iri_of_the_store(here: Path) -> None:
    text = CLAIM.replace("claim:new-1", "claim:herald-1")
    (here / "new.trig").write_text(PREFIXES + text, encoding="utf-8")
    outcome = kg("load", "new.trig", folder=here)
    assert outcome.code == 3
    assert "[duplicate-claim]" in outcome.err or "[two-entities-one-iri]" in outcome.err
    still_answers(here)


def test_a_locked_store(here: Path) -> None:
    with writing(here / "store.kg"):
        outcome = kg("load", GOOD, folder=here)
        assert outcome.code == 4
        assert fault(outcome)["rule"] == "store-locked"
        still_answers(here)
    assert kg("load", GOOD, folder=here).code == 0


@pytest.mark.parametrize(
    "damage", ["CURRENT", "MANIFEST-*", "manifest.json", "quads.nq", "names.index", "current"]
)
def test_a_damaged_store(damage: str, here: Path) -> None:
    files = sorted((here / "store.kg").rglob(damage))
    assert files, f"there is no {damage} to damage"
    for file in files:
        file.write_bytes(file.read_bytes()[:3])
    outcome = kg("query", "-e", "SELECT ?s { ?s ?p ?o } LIMIT 1", folder=here)
    assert (outcome.code, outcome.out) == (4, "")
    match = fault(outcome)
    assert match["rule"] == "store-damaged"
    assert "store.kg" in match["what"]


#: The words of a command -> exit code, rule, and what the line must hold.
QUESTIONS = [
    (["show", "Ana Ferol"], 1, "unknown-name", "did you mean 'Ana Ferrol'?"),
    (["show", "id:ana-ferol"], 1, "unknown-name", "did you mean"),
    (["claims", "--according-to", "Nordland"], 2, "unknown-party", "did you mean 'Norland'?"),
    (["find", "zzzzz"], 1, "unknown-name", "'zzzzz'"),
    (["show", "Pact"], 2, "ambiguous-name", "id:pact-1990"),
    (["query", "-e", "SELECT ?x { ?x a }"], 2, "bad-query", "-e:1:19: error: "),
    (["query", "-e", "SELECT ?x { ?x nn:y ?z }"], 2, "bad-query", "-e:1:"),
    (["query", "nowhere.rq"], 2, "bad-option", "'nowhere.rq'"),
    (["query", "-e", "DROP ALL"], 2, "query-update", "DROP"),
    (["claims", "--stance", "agrees"], 2, "bad-option", "'agrees'"),
    (["claims", "--as-of", "2025-02-30"], 2, "bad-date", "'2025-02-30'"),
    (["claims", "--on", "yesterday"], 2, "bad-date", "'yesterday'"),
    (["claims", "--format", "yaml"], 2, "bad-option", "'yaml'"),
    (["claims", "--frmat", "csv"], 2, "bad-option", "did you mean '--format'?"),
    (["claims", "--limit", "0"], 2, "bad-option", "0"),
    (["claims", "--disputed", "--undisputed"], 2, "opposite-options", "--undisputed or --disputed"),
    (["clams"], 2, "unknown-verb", "did you mean 'claims'?"),
    (["claims", "--store", "nowhere"], 4, "no-such-store", "'nowhere'"),
    (["claims", "-o", "nowhere/x.csv"], 2, "cannot-write", "nowhere/x.csv"),
    (["claims", "--by", "Westria", "--stance", "retracts"], 1, "nothing-found", "no claim fits"),
    (["load"], 2, "bad-option", "PATH"),
    (["load", "nowhere.trig"], 3, "no-such-file", "'nowhere.trig'"),
    (["check", "nowhere"], 3, "no-such-file", "'nowhere'"),
    (["check", "empty"], 3, "nothing-to-check", "'empty'"),
    (["check", "--fail-on", "INFO"], 2, "bad-option", "'INFO'"),
    (["verify", "Herald", "nowhere.txt"], 3, "no-such-file", "'nowhere.txt'"),
    (["verify", "Tribune"], 1, "unknown-name", "'Tribune'"),
    (["verify", "id:norland"], 1, "unknown-source", "'id:norland'"),
]


@pytest.mark.parametrize(("words", "code", "rule", "says"), QUESTIONS, ids=lambda value: str(value)[:40])
def test_what_is_asked_wrongly(words: list[str], code: int, rule: str, says: str, loaded: Path) -> None:
    (loaded / "empty").mkdir(exist_ok=True)
    outcome = kg(*words, folder=loaded)
    assert (outcome.code, outcome.out) == (code, ""), outcome.err
    match = fault(outcome)
    assert match["rule"] == rule
    assert says in outcome.err


def test_an_empty_answer_is_a_no(loaded: Path) -> None:
    outcome = kg("query", "-e", "SELECT ?x { ?x a kg:Nothing }", "--format", "csv", folder=loaded)
    assert (outcome.code, outcome.out.split()) == (1, ["x"])
    assert outcome.err.endswith("[nothing-found]\n")


def test_a_hostile_value_cannot_steer_the_terminal(here: Path) -> None:
    hostile = CLAIM.replace("kg:claimant id:herald", "kg:claimant id:\\u001b[31m")
    (here / "new.trig").write_text(PREFIXES + hostile, encoding="utf-8")
    (here / "\x1b[2J.trig").write_text(PREFIXES + "GRAPH \x1b[31m", encoding="utf-8")
    assert kg("load", "new.trig", "\x1b[2J.trig", folder=here).code == 3
    assert kg("check", "new.trig", "\x1b[2J.trig", folder=here).code == 1
    assert kg("show", "\x1b[31mred", folder=here).code == 1
