"""What the parser complains of, in our words, with the position that it gives."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import DataError
from kg.rdf.faults import decode, read_bytes
from kg.rdf.trig import parse_trig

HEAD = "@prefix kg: <http://k/> .\n"


@pytest.mark.parametrize(
    ("text", "where", "what", "mend"),
    [
        ("kgg:a kg:b kg:c .", "2:1", "the prefix 'kgg:' has not been declared", "did you mean 'kg:'?"),
        ("zzzzzz:a kg:b kg:c .", "2:1", "'zzzzzz:'", "declare it at the head"),
        ("id:a kg:b kg:c .", "2:1", "'id:'", "add '@prefix id: <https://w3id.org/foedus/id/> .'"),
        ("kg:a kg:b kg:c\nkg:d kg:e kg:f .", "3:1", "has no end", "end it with ."),
        ("kg:g { kg:a kg:b kg:c\nkg:d kg:e kg:f }", "3:1", "has no end", "end it with ."),
        ("kg:g { kg:a kg:b kg:c .", "2:24", "the text ends inside", "close the quote, bracket or brace"),
        ("kg:a kg:b <no iri> .", "2:11", "invalid IRI", "mend the TriG here"),
        ("kg:g { } } kg:a kg:b kg:c .", "2:10", "'}' is not a valid", "mend the TriG here"),
    ],
)
def test_a_fault_of_syntax_says_how_to_mend_it(text: str, where: str, what: str, mend: str) -> None:
    with pytest.raises(DataError) as caught:
        parse_trig((HEAD + text).encode(), name="a.trig")
    assert str(caught.value).startswith(f"a.trig:{where}: error: ")
    assert what in caught.value.what
    assert mend in caught.value.mend
    assert caught.value.rule == "bad-trig"


@pytest.mark.parametrize(
    ("content", "where", "what"),
    [
        ("a\ncaf\u00e9".encode("latin-1"), "2:4", "byte 0xE9 is not UTF-8"),
        (b"\xef\xbb\xbfab\xff", "1:3", "byte 0xFF is not UTF-8"),
        ("abc".encode("utf-16"), "1:1", "the file is UTF-16"),
    ],
)
def test_what_is_not_utf8_says_where(content: bytes, where: str, what: str) -> None:
    with pytest.raises(DataError) as caught:
        decode(content, "a.txt")
    assert str(caught.value).startswith(f"a.txt:{where}: error: {what}; ")


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    assert decode(b"\xef\xbb\xbfab", "a.txt") == "ab"


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(DataError) as caught:
        read_bytes(tmp_path / "a.trig")
    assert caught.value.rule == "no-such-file"
