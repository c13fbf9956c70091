"""How answers leave: files whole or not at all, colour only where it is wanted, data that cannot steer a terminal."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import re
import select
import subprocess
import sys
from pathlib import Path

import pytest

from kg.commands.main import VERBS
from kg.commands.reference import reference
from kg.commands.tables import Section, render, visible, width
from tests.commands.door import kg, kg_process

ROOT = Path(__file__).resolve().parents[2]
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")


def on_a_terminal(*words: str, **env: str) -> str:
    """What ``kg WORDS`` sends to a terminal."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "kg.commands.main", *words]
    plain = {key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "TERM")}
    with subprocess.Popen(
        command, stdout=theirs, stderr=theirs, env={**plain, "TERM": "xterm", **env}
    ) as process:
        os.close(theirs)
        sent = b""
        while select.select([ours], [], [], 60)[0]:
            try:
                sent += os.read(ours, 65536)
            except OSError:  # the other end is closed
                break
        assert process.wait(timeout=60) == 0
    os.close(ours)
    return sent.decode("utf-8").replace("\r\n", "\n")


def test_colour_is_for_terminals_that_want_it() -> None:
    assert "\x1b[" in on_a_terminal("claims", "--by", "Ukraine")
    assert "\x1b[" not in on_a_terminal("claims", "--by", "Ukraine", NO_COLOR="1")
    assert "\x1b[" not in on_a_terminal("claims", "--by", "Ukraine", TERM="dumb")
    assert "\x1b[" not in kg("claims", "--by", "Ukraine").out


def test_a_terminal_gets_the_same_words_as_a_pipe() -> None:
    assert on_a_terminal("claims", "--by", "Ukraine", NO_COLOR="1") == kg("claims", "--by", "Ukraine").out


@pytest.mark.parametrize("format", ["csv", "json"])
def test_a_terminal_cannot_be_steered_by_the_data(hostile: str, format: str) -> None:
    sent = on_a_terminal("show", "id:mallory", "--store", hostile, "--format", format, NO_COLOR="1")
    assert "deed" in sent
    assert not CONTROL.search(sent)


def test_nor_by_the_answer_of_a_query(hostile: str) -> None:
    query = "SELECT ?l { ?x rdfs:label ?l }"
    for format in ("table", "csv", "tsv", "json"):
        sent = on_a_terminal("query", "-e", query, "--store", hostile, "--format", format, NO_COLOR="1")
        assert "lory" in sent
        assert not CONTROL.search(sent.replace("\r", ""))


@pytest.mark.parametrize(
    "words",
    [
        ("find", "evil state"),
        ("show", "id:mallory"),
        ("show", "claim:evil"),
        ("claims",),
        ("timeline",),
        ("list", "statements"),
        ("list", "sources"),
        ("list", "people"),
        ("path", "id:mallory", "id:evil-deed"),
    ],
)
def test_tables_and_json_hold_no_control_characters(hostile: str, words: tuple[str, ...]) -> None:
    table, as_json = kg(*words, "--store", hostile), kg(*words, "--store", hostile, "--format", "json")
    assert table.code == as_json.code == 0
    for text in (table.out, as_json.out):
        assert text
        assert not CONTROL.search(text)
    assert json.loads(as_json.out)


def test_csv_keeps_the_data_as_they_are(hostile: str) -> None:
    rows = list(
        csv.reader(io.StringIO(kg("list", "people", "--store", hostile, "--format", "csv").out, newline=""))
    )
    assert rows[1][0] == "Mal\x1b[31mlory\x07\x9b2J\u202eevil"


def test_an_error_cannot_steer_the_terminal(hostile: str) -> None:
    done = kg("find", "\x1b[31mnobody\x07\n", "--store", hostile)
    assert done.err.count("\n") == 1
    assert not CONTROL.search(done.err)


def test_nor_can_one_that_names_a_file() -> None:
    done = kg("query", "\x1b[31mnowhere\x07.rq")
    assert done.code == 2
    assert not CONTROL.search(done.err)


@pytest.mark.parametrize("format", ["table", "json", "csv"])
def test_a_file_gets_what_stdout_would(tmp_path: Path, format: str) -> None:
    file = tmp_path / "answer"
    words = ("claims", "--by", "Ukraine", "--format", format)
    done = kg(*words, "-o", str(file))
    assert (done.code, done.out) == (0, "")
    assert file.read_bytes().decode("utf-8") == kg(*words).out
    assert list(tmp_path.iterdir()) == [file]


def test_a_file_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    done = kg("claims", "-o", str(tmp_path / "no" / "such" / "file"))
    assert (done.code, done.out) == (2, "")
    assert done.err.endswith("name a file in a folder that you may write [cannot-write]\n")


def test_an_old_file_is_replaced_whole_and_a_link_is_followed(tmp_path: Path) -> None:
    file, link = tmp_path / "old.json", tmp_path / "link.json"
    file.write_text("old", "utf-8")
    link.symlink_to(file)
    assert kg("find", "Shoigu", "--format", "json", "-o", str(link)).code == 0
    assert link.is_symlink()
    assert json.loads(file.read_text("utf-8"))


def test_a_device_takes_the_answer() -> None:
    assert kg("claims", "-o", os.devnull).code == 0


def test_columns_line_up_in_every_script() -> None:
    lines = render(
        [Section("", ("name", "id"), [("김정은", "1"), ("Шойгу", "2"), ("Kim Chŏng-ŭn", "3")])]
    ).splitlines()
    starts = {width(line[: line.rindex(line.split()[-1])]) for line in lines}
    assert len(starts) == 1


def test_a_narrow_terminal_wraps_and_loses_nothing() -> None:
    row = ("a word and another word and one more", "x" * 50, "김정은 " * 10)
    for columns in (30, 60, 100):
        text = render([Section("", ("a", "b", "id"), [row])], columns=columns)
        assert max(map(width, text.splitlines())) <= columns
        assert text.count("x") == 50
        assert text.count("김정은") + len(re.findall("김(?!정은)", text)) == 10


def test_what_hides_is_shown() -> None:
    assert visible("a\u202eb\u200bc\x00") == "a\\u202eb\\u200bc\\x00"
    assert visible("Ім'я 김정은 é") == "Ім'я 김정은 é"


def test_columns_sets_the_width(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "70")
    assert max(map(width, kg("claims").out.splitlines())) <= 70


def test_the_manual_is_what_the_program_prints() -> None:
    assert (ROOT / "docs" / "cli.md").read_text("utf-8") == reference()
    assert all(f"\n## kg {verb}\n" in reference() for verb in VERBS)


def test_a_pipe_gets_all_of_it_whatever_the_exit_code(tmp_path: Path) -> None:
    bad = tmp_path / "bad.trig"
    bad.write_text("id:a id:b id:c .", "utf-8")
    for words, code in ((("find", "Shoigu"), 0), (("check", str(bad)), 1), (("show", "nobody at all"), 1)):
        piped, here = kg_process(*words), kg(*words)
        assert piped == here
        assert piped.code == code
    assert "[bad-trig]" in kg_process("check", str(bad)).out
    assert kg_process("frobnicate").code == 2
    assert "[unknown-verb]" in kg_process("frobnicate").err


@pytest.mark.parametrize("words", ["show Russia", "--help", "query -e 'ASK {}'"])
def test_a_full_disk_is_said_and_a_closed_stream_is_no_fault(words: str) -> None:
    command = f"{sys.executable} -m kg.commands.main {words}"
    full = subprocess.run(
        f"{command} > /dev/full", shell=True, capture_output=True, text=True, timeout=60, check=False
    )
    assert full.returncode == 2
    assert full.stderr.endswith("[cannot-write]\n")
    assert full.stderr.count("\n") == 1
    closed = subprocess.run(
        f"{command} >&-", shell=True, capture_output=True, text=True, timeout=60, check=False
    )
    assert (closed.returncode, closed.stderr) == (0, "")
