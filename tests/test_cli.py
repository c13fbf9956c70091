"""The command line as a whole: every verb has help, an answer, an empty answer and an error; the way out is clean."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kg.commands import main as program
from kg.commands.main import VERBS
from kg.version import VERSION
from tests.commands.door import kg, kg_process

ROOT = Path(__file__).resolve().parents[1]

#: An endless query: it counts the cube of all triples.
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . FILTER(?a != ?d || ?d != ?g) }"

#: verb -> (words that bring an answer, words that bring an empty one, words that are wrong), over the dossier.
CASES: dict[str, tuple[list[str], list[str] | None, list[str]]] = {
    "find": (["Шойгу"], ["zzzzqqqq"], ["Shoigu", "--type", "Persn"]),
    "show": (["Kim Jong Un"], ["claim:euronews-p04-1", "--as-of", "1900"], ["Kim"]),
    "claims": (["Kursk deployment"], ["--as-of", "1900"], ["--by", "Nobody At All"]),
    "disputes": (["Kursk Oblast"], ["--as-of", "1900"], ["--as-of", "soon"]),
    "timeline": (["csp-2024"], ["--as-of", "1900"], ["--from", "2025", "--to", "2024"]),
    "path": (
        ["Kim Jong Un", "Ukraine"],
        ["Kim Jong Un", "Ukraine", "--as-of", "1900"],
        ["Ukraine", "Ukraine"],
    ),
    "compare": (
        ["Russia", "Ukraine"],
        ["Russia", "Ukraine", "--as-of", "1900"],
        ["Russia", "--as-of", "2025"],
    ),
    "treaty": (["csp-2024"], ["Kim Jong Un"], ["--on", "2024-02-30"]),
    "network": (["opponents"], ["opponents", "--as-of", "1900"], ["friends"]),
    "query": (["-e", "ASK { ?d a kg:Deployment }"], None, ["-e", "SELECT"]),
    "export": (["--format", "turtle"], None, ["-o", "answer.unknown"]),
    "list": (["parties"], ["parties", "--as-of", "1900"], ["persons"]),
    "terms": (["denies"], ["zzzzqqqq"], ["--format", "xml"]),
}


@pytest.mark.parametrize("verb", CASES)
def test_a_verb_answers(verb: str) -> None:
    done = kg(verb, *CASES[verb][0])
    assert (done.code, done.err) == (0, "")
    assert done.out.strip()


@pytest.mark.parametrize("verb", [verb for verb, case in CASES.items() if case[1] is not None])
def test_an_empty_answer_is_a_no(verb: str) -> None:
    words = CASES[verb][1]
    assert words is not None
    done = kg(verb, *words)
    assert done.code == 1
    assert done.out == ""
    assert done.err.startswith("error: ")
    assert done.err.count("\n") == 1


@pytest.mark.parametrize("verb", CASES)
def test_a_wrong_question_is_one_line_with_its_rule(verb: str) -> None:
    done = kg(verb, *CASES[verb][2])
    assert done.code == 2
    assert done.out == ""
    assert done.err.count("\n") == 1
    assert "error: " in done.err
    assert "; " in done.err
    assert done.err.endswith("]\n")


def test_the_cases_cover_what_reads() -> None:
    others = {"view", "check", "load", "verify", "serve", "mcp"}
    assert set(CASES) | others == set(VERBS)


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_help_with_examples(verb: str) -> None:
    done = kg(verb, "--help")
    assert (done.code, done.err) == (0, "")
    assert done.out.count(f"\n  kg {verb}") >= 2, "two examples at least"


def test_without_a_verb_it_helps() -> None:
    assert kg().out == kg("--help").out == kg("-h").out
    assert all(f"\n  {verb} " in kg().out for verb in VERBS)
    assert kg().code == 0


def test_the_version() -> None:
    assert kg("--version").out == f"kg {VERSION}\n"


def test_the_launcher_of_a_clone_is_the_same_program() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "cli.py"), "--version"], capture_output=True, check=True
    )
    assert done.stdout.decode() == f"kg {VERSION}\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["fnd"], "error: there is no verb 'fnd'; did you mean 'find'? [unknown-verb]\n"),
        (["xyz"], "error: there is no verb 'xyz'; 'kg --help' lists the verbs [unknown-verb]\n"),
        (["--versoin"], "error: there is no option '--versoin'; did you mean '--version'? [bad-option]\n"),
        (["find"], "error: missing argument 'NAME...'; see 'kg find --help' [bad-option]\n"),
        (
            ["find", "a", "--fromat", "json"],
            "error: there is no option '--fromat'; did you mean '--format'? [bad-option]\n",
        ),
        (
            ["claims", "--as-of"],
            "error: option '--as-of' requires an argument; see 'kg claims --help' [bad-option]\n",
        ),
        (
            ["claims", "--as-of", "2025-02-30"],
            "error: '2025-02-30' is not a day of the calendar; write YYYY, YYYY-MM or YYYY-MM-DD [bad-date]\n",
        ),
    ],
)
def test_a_slip_is_told_in_one_line_with_its_mend(words: list[str], said: str) -> None:
    done = kg(*words)
    assert (done.code, done.out, done.err) == (2, "", said)


def test_a_fault_of_ours_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("boom\n\x1b[31mred")

    monkeypatch.setattr("kg.graph.open", fail)
    done = kg("find", "Shoigu")
    assert done.code == 70
    assert done.err.count("\n") == 1
    assert f"this is a fault in kg {VERSION} (RuntimeError: boom)" in done.err
    assert "Traceback" not in done.err
    monkeypatch.setenv("KG_DEBUG", "1")
    assert "Traceback" in kg("find", "Shoigu").err


def test_an_interrupt_is_silent(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("kg.graph.open", interrupt)
    done = kg("find", "Shoigu")
    assert (done.code, done.out, done.err) == (130, "", "")


@contextmanager
def started(*words: str) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", "kg.commands.main", *words]
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # tests in the background ignore it
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        signal.signal(signal.SIGINT, before)
        try:
            yield process
        finally:
            process.kill()


def test_ctrl_c_is_heard_while_the_engine_works() -> None:
    kg("find", "Shoigu")  # the store is built before, so that it is the query that runs
    with started("query", "-e", ENDLESS) as process:
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(timeout=2)
        process.send_signal(signal.SIGINT)
        begin = time.monotonic()
        out, err = process.communicate(timeout=20)
        assert time.monotonic() - begin < 5
    assert (process.returncode, out, err) == (130, b"", b"")


@pytest.mark.parametrize("words", [("find", "Shoigu"), ("export", "--format", "nquads"), ("--help",)])
def test_who_stops_reading_gets_no_complaint(words: tuple[str, ...]) -> None:
    ours, theirs = os.pipe()
    os.close(ours)  # nobody will ever read
    command = [sys.executable, "-m", "kg.commands.main", *words]
    try:
        done = subprocess.run(command, stdout=theirs, stderr=subprocess.PIPE, timeout=60, check=False)
    finally:
        os.close(theirs)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize(
    "env", [{"LC_ALL": "C", "LANG": "C"}, {"PYTHONIOENCODING": "ascii"}, {"PYTHONUTF8": "0"}]
)
def test_answers_are_utf_8_in_every_locale(env: dict[str, str]) -> None:
    done = kg_process("find", "김정은", "--format", "json", env={"PYTHONCOERCECLOCALE": "0", **env})
    assert done.code == 0
    assert '"matched": "김정은"' in done.out


def test_a_name_that_is_no_text_is_not_found() -> None:
    if os.name != "posix":
        pytest.skip("only there may a word be bytes that are no text")
    done = kg("find", "\udcff\udcfe")
    assert done.code == 1
    assert done.err.count("\n") == 1


def test_the_verbs_are_loaded_only_when_called() -> None:
    code = "import sys, kg.commands.main\nprint(*(m for m in sys.modules if m.startswith('kg.commands.')))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["kg.commands.main"]


def test_a_verb_and_its_file_are_one() -> None:
    folder = Path(program.__file__).parent
    assert [verb for verb in VERBS if not (folder / f"{verb}.py").is_file()] == []
    assert len(VERBS) >= 14
