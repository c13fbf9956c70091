"""The requests that a lane answers, told from all others by their bytes: a short query, asked in the plainest way.

Whatever is written otherwise - another method or parameter, a header that might change the answer, a body, half a
request or two - is no fault: a lane gives it back, and it is answered as if there were no lanes.
"""

from __future__ import annotations

import re
from binascii import a2b_qp
from collections.abc import Collection
from typing import NamedTuple

from kg.errors import UsageError
from kg.rdf.vocabulary import PREFIXES
from kg.server.asgi import Header, Scope
from kg.server.host import address, refuse_other_hosts
from kg.server.negotiation import ROWS, TRIPLES, Offer, choose
from kg.server.problem import Problem
from kg.store.safety import MAX_DEPTH, check_query

PATH = "/sparql"
#: How the first line of such a request begins and ends.
BEGINNING, _ENDING = b"GET /sparql?query=", b" HTTP/1.1"
_TARGET = re.compile(rb"[!-\"$%'-~]+")  # visible, no '#', and no '&', behind which another parameter stands
# The value ends as it stands there: whether spaces behind it belong to it is for the HTTP library to say.
_FIELD = re.compile(rb"([A-Za-z-]+):[ \t]*((?:[ -~]*[!-~])?)\r\n")
#: Headers that change nothing but what is read here. Any other may.
_KNOWN = frozenset(
    (
        b"accept",
        b"accept-encoding",
        b"accept-language",
        b"cache-control",
        b"connection",
        b"host",
        b"pragma",
        b"referer",
        b"user-agent",
    )
)
#: What may reach another server or choose graphs, or hide that it does: it is read in full elsewhere.
_UNCLEAR = ("service", "from", "\\")
_IN_FULL = re.compile(r"<[A-Za-z][\w+.\-]*://[^\x00-\x20<>\"{}|^`]*>")
_IRI = re.compile(r"<[^\x00-\x20<>\"{}|^`]*>")
_NAMED = re.compile(r"([^\W\d][\w.\-]*)?:")
_OURS = frozenset((*PREFIXES, "_"))
#: What the engine may read as a comparison and a comment or a text, where others see an IRI: see is_ambiguous().
_AMBIGUOUS = re.compile(r"<(?![A-Za-z][\w+.\-]*://)[^\x00-\x20<>\"{}|^`]*['#]")
_MOST_HEADS = 1000


class Fields(NamedTuple):
    """What the headers of a request ask for; clients send the same ones again and again."""

    rows: Offer | None
    triples: Offer | None
    base: str


class Request(NamedTuple):
    """A query and how its answer is wanted."""

    query: str
    query_string: bytes
    fields: Fields


class Reader:
    """Reads requests; ``names`` are those that the header Host may give, none for any."""

    def __init__(self, names: Collection[str]) -> None:
        self._names = names
        self._fields: dict[bytes, Fields | None] = {}

    def read(self, data: bytes) -> Request | None:
        """The request, if these bytes are one whole one that a lane answers."""
        line, _, rest = data.partition(b"\r\n")
        if not (line.startswith(BEGINNING) and line.endswith(_ENDING)):
            return None
        query = line[len(BEGINNING) : -len(_ENDING)]
        if not _TARGET.fullmatch(query):
            return None
        try:
            fields = self._fields[rest]
        except KeyError:
            fields = self._read_fields(rest)
        if fields is None:
            return None
        text = decoded(query)
        if text is None or not is_clear(text):
            return None
        return Request(text, b"query=" + query, fields)

    def _read_fields(self, text: bytes) -> Fields | None:
        if len(self._fields) >= _MOST_HEADS:
            self._fields.clear()
        self._fields[text] = found = _fields(text, self._names)
        return found


def decoded(text: bytes) -> str | None:
    """The text that a value of a query string stands for; None when it is not as it should be.

    Quoted-printable is the same code with another sign, and the standard library reads it in one go: fifty escapes
    take a microsecond, where ``urllib.parse.unquote_to_bytes`` takes five.

    >>> decoded(b"%7B?s+a%20kg:Claim=%3D%C3%A9"), decoded(b"100%"), decoded(b"%ff")
    ('{?s a kg:Claim==é', None, None)
    """
    plain = a2b_qp(text.replace(b"+", b" ").replace(b"=", b"=3D").replace(b"%", b"="))
    if len(text) - len(plain) != 2 * text.count(b"%"):  # an escape of less than two digits
        return None
    try:
        return plain.decode()
    except UnicodeDecodeError:
        return None


def is_clear(query: str) -> bool:
    """Whether a query can neither reach out, choose its graphs, nor nest too deep: mostly seen without reading it.

    The engine takes a keyword that runs into a name, as in 'trueid:x', where we read one long name and refuse it;
    so names that are not of our prefixes are read in earnest.

    >>> [is_clear(text) for text in ("ASK {}", "ASK { SERVICE <a:b> {} }", "ASK { ?from ?p ?o }", "(" * 201)]
    [True, False, False, False]
    >>> [is_clear(text) for text in ("ASK { ?s a <http://a.example/#b> }", "ASK { FILTER(1<2#>a:b\\n) }")]
    [True, False]
    >>> [is_clear(text) for text in ("DESCRIBE id:x", "DESCRIBEid:x", "PREFIX a: <b:c> DESCRIBE a:x")]
    [True, False, True]
    """
    folded = query.casefold()
    if any(mark in folded for mark in _UNCLEAR):
        return False
    if len(query) > MAX_DEPTH and sum(map(query.count, "{([<")) > MAX_DEPTH:
        return False
    rest = _IN_FULL.sub("", query)
    if "<" in rest and _AMBIGUOUS.search(query):
        return False
    if ":" in rest and not _OURS.issuperset(_NAMED.findall(_IRI.sub("", query))):
        try:
            check_query(query)
        except UsageError:
            return False
    return True


def prefixes_for(query: str) -> dict[str, str] | None:
    """Our prefixes, if the query may use one: the engine reads them all anew for every query.

    >>> prefixes_for("SELECT * { <http://a.example/b> ?p ?o }") is None
    True
    """
    return PREFIXES if ":" in _IN_FULL.sub("", query) else None


def _fields(text: bytes, names: Collection[str]) -> Fields | None:
    """The headers behind the first line; None if they may want something that a lane does not do."""
    headers: list[Header] = []
    at = 0
    while match := _FIELD.match(text, at):
        headers.append((match[1].lower(), match[2]))
        at = match.end()
    given = [name for name, _ in headers]
    is_known = text[at:] == b"\r\n" and _KNOWN.issuperset(given) and given.count(b"host") == 1
    connection = [value.lower() for name, value in headers if name == b"connection"]
    if not is_known or connection not in ([], [b"keep-alive"]):
        return None
    scope: Scope = {"headers": headers, "scheme": "http", "path": PATH, "raw_path": PATH.encode()}
    try:
        refuse_other_hosts(scope, names)
        base = address(scope)
    except Problem:
        return None
    accept = b", ".join(value for name, value in headers if name == b"accept").decode("latin-1")
    return Fields(choose(accept, ROWS), choose(accept, TRIPLES), base)
