"""Tokens of SPARQL: what is a keyword and what only looks like one."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.rdf.tokens import prologue, tokens

HIDDEN = [
    "ASK { ?s ?p 'SERVICE' }",
    'ASK { ?s ?p "a \\" SERVICE" }',
    "ASK { ?s ?p '''it's SERVICE ''' }",
    'ASK { ?s ?p """a "SERVICE" ""b""" }',
    "ASK { ?s ?p 'x' } # SERVICE",
    "ASK { ?s <http://a.example/SERVICE> ?o }",
    "ASK { ?SERVICE ?p $SERVICE }",
    "ASK { ?s kg:SERVICE SERVICE:x }",
    "ASK { ?s ?p _:SERVICE }",
    "ASK { ?s ?p 'x'@SERVICE }",
]
SHOWN = [
    "ASK { SERVICE <http://a.example/> {} }",
    "ASK { service silent ?x {} }",
    "ASK { ?s ?p '''x''' . SERVICE ?x {} }",
    'ASK { ?s ?p "x\\\\" . SERVICE ?x {} }',
    "ASK { # comment\n SERVICE ?x {} }",
    "ASK { FILTER(?a<?b) SERVICE ?x {} FILTER(?c>?d) }",
    "ASK { ?s kg:a.SERVICE ?x {} }".replace("kg:a.SERVICE", "kg:a . SERVICE"),
]


@pytest.mark.parametrize("text", HIDDEN)
def test_a_word_in_another_token_is_no_keyword(text: str) -> None:
    assert not [token for token in tokens(text) if token.is_word("SERVICE")]


@pytest.mark.parametrize("text", SHOWN)
def test_a_keyword_is_seen(text: str) -> None:
    assert [token for token in tokens(text) if token.is_word("SERVICE")]


@given(st.text())
def test_no_letter_is_lost(text: str) -> None:
    found = list(tokens(text))
    assert all(text[token.start : token.end] == token.text for token in found)
    gaps = text
    for token in reversed(found):
        gaps = gaps[: token.start] + gaps[token.end :]
    assert all(line.lstrip().startswith("#") or not line.strip() for line in re.split(r"[\r\n]", gaps))


def test_the_prologue_is_read_to_the_verb() -> None:
    head = prologue(
        list(tokens("# hi\nBASE <http://b.example/> PREFIX : <http://a.example/>\nprefix x: <y> SELECT * {}"))
    )
    assert head.prefixes == {"": "http://a.example/", "x": "y"}
    assert head.verb is not None
    assert head.verb.text == "SELECT"
    assert prologue([]).verb is None
