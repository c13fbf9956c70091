"""What is wrong with a file, in our words: the only place that reads the parser's complaints and bad bytes."""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path

from kg.errors import DataError, Position
from kg.rdf.vocabulary import PREFIXES

_MARK = b"\xef\xbb\xbf"
_WHERE = re.compile(
    r"^.*?(?:line \d+ column \d+|between .*?columns? \d+(?: and (?:line \d+ column )?\d+)?): "
)
_NO_PREFIX = re.compile(r"The prefix (\S*): has not been declared")


def syntax_error(cause: SyntaxError, name: str, declared: Collection[str] = ()) -> DataError:
    """A complaint of the parser as our error; ``declared`` are the prefixes that the file has.

    >>> print(syntax_error(SyntaxError("The prefix kgg: has not been declared"), "a.trig", ["kg"]))
    a.trig: error: the prefix 'kgg:' has not been declared; declare it, or did you mean 'kg:'? [bad-trig]
    """
    what = _WHERE.sub("", cause.msg)
    mend = "mend the TriG here or just before"
    if match := _NO_PREFIX.fullmatch(what):
        what, mend = f"the prefix '{match[1]}:' has not been declared", _prefix_mend(match[1], declared)
    elif "dot is expected" in what or "at the end of a graph block" in what:
        what, mend = "the statement before this has no end", "end it with . or go on with ; or ,"
    elif "nexpected end" in what:
        what = "the text ends inside a statement, a quotation or a graph"
        mend = "end it with ., or close the quote, bracket or brace that is open"
    elif what[1:2].islower():
        what = what[:1].lower() + what[1:]
    what = re.sub(r"^(\S+) is not", r"'\1' is not", what)
    position = Position(name, cause.lineno or 0, cause.offset or 0)
    return DataError(what, mend=mend, rule="bad-trig", position=position)


def decode(content: bytes, name: str) -> str:
    """The text of a file, without a byte order mark.

    :raises DataError: bad-encoding, when it is not UTF-8.
    """
    content = content.removeprefix(_MARK)  # editors on Windows write it, and no grammar has room for it
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as cause:
        if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
            what, line, column = "the file is UTF-16", 1, 1
        else:
            before = content[: cause.start]
            what = f"byte 0x{content[cause.start]:02X} is not UTF-8"
            line = before.count(b"\n") + 1
            column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8")) + 1
        position = Position(name, line, column)
        raise DataError(
            what, mend="save the file as UTF-8", rule="bad-encoding", position=position
        ) from cause


def read_bytes(path: Path) -> bytes:
    """The bytes of a file.

    :raises DataError: no-such-file, when it is not there or is closed to us.
    """
    try:
        return path.read_bytes()
    except OSError as cause:
        what = f"cannot read '{path}': {(cause.strerror or str(cause)).lower()}"
        raise DataError(what, mend="check its name and its rights", rule="no-such-file") from cause


def _prefix_mend(prefix: str, declared: Collection[str]) -> str:
    if prefix in PREFIXES:
        return f"add '@prefix {prefix}: <{PREFIXES[prefix]}> .' at the head of the file"
    import difflib  # only a fault needs it

    near = difflib.get_close_matches(prefix, sorted({*declared, *PREFIXES}), n=1)
    return f"declare it, or did you mean '{near[0]}:'?" if near else "declare it at the head of the file"
