"""How a service starts, and what keeps it from starting: one line, and nothing made or said before it is certain."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kg.server.plain import make_plain
from tests.commands.door import kg
from tests.server.door import serving

VERB = [sys.executable, "-m", "kg.commands.main", "serve"]
OPTIONS = ("--store", ":shipped:", "--workers", "1")
TOKEN = "let-me-write"


def start(*words: str, folder: Path, **more: str) -> tuple[int, str]:
    """A service that cannot start: what it says."""
    done = subprocess.run(
        [*VERB, *words],
        cwd=folder,
        env={**os.environ, **more},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stderr.count("\n") == 1, done.stderr
    return done.returncode, done.stderr


def test_what_keeps_it_from_starting_is_told(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        code, said = start("--port", str(taken.getsockname()[1]), folder=tmp_path)
    assert code == 2
    assert "[bad-address]" in said
    code, said = start("--port", "0", "--store", "nosuch", folder=tmp_path)
    assert code == 4
    assert "[no-such-store]" in said
    assert start("--port", "0", "--writable", folder=tmp_path)[0] == 2
    assert "[no-token]" in start("--port", "0", "--writable", folder=tmp_path, KG_TOKEN="short")[1]
    assert "[bad-option]" in start("--port", "0", "--store", ":memory:", folder=tmp_path)[1]
    assert "[bad-option]" in start("--port", "0", "--store", "a", "--plain", "b", folder=tmp_path)[1]
    assert "[cannot-write]" in start("--port", "0", "--access-log", "nosuch/log", folder=tmp_path)[1]


BAD = [
    ("--cors", "foo"),
    ("--cors", "null"),
    ("--cors", ""),
    ("--cors", "http://a.example/"),
    ("--cors", "http://a.example:99999"),
    ("--cors", "http://a.example, http://b.example"),
    ("--memory", "10"),
    ("--memory", "2GB"),
    ("--time-limit", "nan"),
    ("--grace", "inf"),
    ("--workers", "99999"),
    ("--behind-proxy", "a.example"),
    ("--behind-proxy", "10.0.0.1/8"),
    ("--behind-proxy", "*"),
    ("--name", "kg.example:80"),
    ("--allow-host", "a b"),
]


@pytest.mark.parametrize(("option", "value"), BAD, ids=map("=".join, BAD))
def test_a_value_that_an_option_cannot_have_is_refused(option: str, value: str) -> None:
    done = kg(
        "serve", "--port", "0", "--store", "nosuch", option, value
    )  # nothing would be served in any case
    assert done.code == 2
    assert done.err.endswith("[bad-option]\n")
    assert done.err.count("\n") == 1


def test_nothing_is_said_or_made_where_nothing_can_listen(tmp_path: Path) -> None:
    with socket.create_server(("", 0)) as taken:
        words = ("--host", "0.0.0.0", "--port", str(taken.getsockname()[1]), "--plain", "new", "--writable")
        code, said = start(*words, folder=tmp_path, KG_TOKEN=TOKEN)
    assert code == 2
    assert said.startswith("error: cannot listen")
    assert not (tmp_path / "new").exists()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="a named pipe keeps it between two of its steps")
def test_of_two_that_start_at_once_one_says_that_the_other_was_first(tmp_path: Path) -> None:
    log = tmp_path / "log"
    os.mkfifo(log)
    with socket.socket() as first:
        first.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        first.bind(("127.0.0.1", 0))
        port = first.getsockname()[1]
        words = [*VERB, "--port", str(port), "--access-log", str(log), *OPTIONS]
        process = subprocess.Popen(words, cwd=tmp_path, stderr=subprocess.PIPE, text=True)
        with log.open():  # waits until it opens its log, which comes after the address
            first.listen()
            said = process.communicate(timeout=30)[1]
    assert process.returncode == 2
    assert said.startswith(f"error: cannot listen at 127.0.0.1:{port}")
    assert said.count("\n") == 1


def test_who_lets_others_in_is_warned(tmp_path: Path) -> None:
    said = first_lines("--host", "0.0.0.0", *OPTIONS, folder=tmp_path)
    assert said[0].startswith("warning: whoever can reach 0.0.0.0")
    assert said[1].startswith("serving at")


def test_a_dataset_is_begun_only_by_who_may_write_it(tmp_path: Path) -> None:
    code, said = start("--port", "0", "--plain", "TYPO", folder=tmp_path)
    assert code == 4
    assert said.endswith("[no-such-store]\n")
    assert not (tmp_path / "TYPO").exists()
    words = ("--plain", "new", "--writable", "--workers", "1")
    assert first_lines(*words, folder=tmp_path)[0] == "'new' is a new dataset, with nothing in it yet\n"
    assert first_lines(*words, folder=tmp_path, count=1)[0].startswith("serving at")  # it is there now


def first_lines(*words: str, folder: Path, count: int = 2) -> list[str]:
    """What a service says first, when it starts."""
    environment = {**os.environ, "KG_TOKEN": TOKEN}
    command = [*VERB, "--port", "0", *words]
    with subprocess.Popen(command, cwd=folder, env=environment, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr
        said = [process.stderr.readline() for _ in range(count)]
        process.terminate()
        process.communicate(timeout=20)
    return said


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ((), "127.0.0.1"),
        (("--behind-proxy", "127.0.0.0/8"), "9.9.9.9"),
        (("--behind-proxy", "10.0.0.1"), "127.0.0.1"),
    ],
)
def test_in_whose_name_a_proxy_asks_is_believed_of_those_that_are_named(
    options: tuple[str, ...], expected: str, tmp_path: Path
) -> None:
    make_plain(tmp_path / "plain")
    with serving(tmp_path, "--plain", "plain", "--workers", "1", "--per-client", "1", *options) as server:
        headers = {"x-forwarded-for": "9.9.9.9", "x-forwarded-proto": "https"}
        got = server.ask("/sparql", headers={**headers, "accept": "text/turtle"})
        logged = server.logged()
        is_believed = expected == "9.9.9.9"
        assert re.findall(r"^\S+ (\S+) GET /sparql 200 ", logged, re.MULTILINE) == [expected]
        assert (f"<https://127.0.0.1:{server.port}/sparql>" in got.text) is is_believed
        server.ask("/health/live", headers={"x-forwarded-for": "1.1.1.1 GET /forged 200"})
        assert " GET /forged " not in server.logged()  # nobody writes the fields of a line
        # One request of an address may be under way: in other names there may be more of them.
        with server.connect() as slow:
            slow.sendall(
                b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\nX-Forwarded-For: 1.2.3.4\r\n"
                b"Content-Type: application/sparql-query\r\n\r\nASK"
            )
            time.sleep(0.2)
            assert server.ask("/sparql", headers={"x-forwarded-for": "4.3.2.1"}).status == (
                200 if is_believed else 429
            )


def test_a_standard_stream_that_is_closed_is_no_fault(tmp_path: Path) -> None:
    make_plain(tmp_path / "plain")
    log = tmp_path / "log"
    words = "serve --port 0 --plain plain --workers 1 --access-log log"
    for verb, streams in (("mcp", "<&-"), (words, "<&- >&-")):
        command = f"exec {sys.executable} -m kg.commands.main {verb} {streams}"
        with subprocess.Popen(
            command, shell=True, cwd=tmp_path, stderr=subprocess.PIPE, text=True
        ) as process:
            assert process.stderr
            if verb == "mcp":  # its client has gone
                assert process.communicate(timeout=60)[1] == ""
            else:
                port = int(process.stderr.readline().rpartition(":")[2].strip("/\n"))
                with socket.create_connection(("127.0.0.1", port), timeout=20) as asking:
                    asking.sendall(b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: localhost\r\n\r\n")
                    assert asking.recv(12) == b"HTTP/1.1 200"
                process.terminate()
                process.communicate(timeout=20)
        assert process.returncode == 0
    assert log.exists()
