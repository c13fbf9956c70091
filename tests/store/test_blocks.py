"""What is found in canonical text without an index."""

from __future__ import annotations

from random import Random

import pytest

from kg.store.blocks import Blocks

GRAPH = "<https://example.org/g>"
LINES = [
    '<x:a> <x:label> "no <x:p> <x:1> "',
    "<x:a> <x:p> <x:1>",
    "<x:a> <x:p> <x:2>",
    "<x:a> <x:q> <x:3>",
    "<x:ab> <x:p> <x:4>",
    '<x:b> <x:label> "<x:b> <x:p> <x:5>"',
    '<x:b> <x:p> "six"',
    "<x:c> <x:q> <x:7>",
    "<x:d> <x:p> <x:8>",
]


@pytest.fixture
def blocks() -> Blocks:
    before, graph = "<x:z> <x:p> <x:0> <x:other> .\n", "".join(f"{line} {GRAPH} .\n" for line in LINES)
    return Blocks(f"{before}{graph}{before}".encode(), (len(before), len(graph)))


def lines(*numbers: int) -> bytes:
    return "".join(f"{LINES[number]} {GRAPH} .\n" for number in numbers).encode()


def test_the_values_of_a_property_are_things_and_no_words(blocks: Blocks) -> None:
    assert list(blocks.values("x:p")) == [("x:a", "x:1"), ("x:a", "x:2"), ("x:ab", "x:4"), ("x:d", "x:8")]
    assert not list(blocks.values("x:none"))


def test_who_has_a_property_comes_with_all_that_is_said_of_it(blocks: Blocks) -> None:
    assert list(blocks.having("x:p")) == [("x:a", lines(0, 1, 2, 3)), ("x:ab", lines(4)), ("x:d", lines(8))]
    assert list(blocks.having("x:q")) == [("x:a", lines(0, 1, 2, 3)), ("x:c", lines(7))]


def test_what_is_said_of_one_is_found_by_its_name(blocks: Blocks) -> None:
    assert blocks.of(["x:a", "x:b", "x:z", "x:none"]) == {"x:a": lines(0, 1, 2, 3), "x:b": lines(5, 6)}


@pytest.mark.parametrize("seed", range(20))
def test_many_are_found_as_each_by_itself(seed: int) -> None:
    random = Random(seed)
    names = sorted({f"x:{random.randrange(4000)}" for _ in range(1500)}, key=lambda name: f"<{name}>")
    said = {
        name: "".join(
            f'<{name}> <x:p{n}> "{"w" * random.choice((0, 3, 400))}" {GRAPH} .\n'
            for n in range(random.choice((1, 1, 2, 9)))
        )
        for name in names
    }
    before = "<x:0> <x:p> <x:0> <x:other> .\n"
    text = "".join(said.values())
    blocks = Blocks(f"{before}{text}{before}".encode(), (len(before), len(text)))
    asked = [f"x:{random.randrange(4000)}" for _ in range(random.choice((1, 5, 50, 1000)))]
    expected = {name: said[name].encode() for name in asked if name in said}
    assert blocks.of(asked) == expected
    assert list(blocks.of(asked)) == [name for name in names if name in expected]
    assert {name: lines for name in asked for lines in blocks.of([name]).values()} == expected
