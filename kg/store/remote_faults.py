"""What can go wrong between us and an endpoint, in our words: each names the endpoint and what it said."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager

from urllib3.exceptions import (
    ConnectTimeoutError,
    HTTPError,
    NameResolutionError,
    NewConnectionError,
    ReadTimeoutError,
    SSLError,
)
from urllib3.response import BaseHTTPResponse

from kg.errors import StoreError

_SAID = 2_000  # bytes of an error page that are read
_SHOWN = 200  # characters of it that are shown
_MARKUP = re.compile(r"<(style|script)\b.*?</\1>|<[^>]*>", re.DOTALL | re.IGNORECASE)
_TIMED_OUT = (408, 504)
_LATER = (429, 502, 503)
_ENDPOINT = "give the address of the SPARQL endpoint itself, which often ends in '/sparql'"


@contextmanager
def talking(address: str) -> Iterator[None]:
    """Turn what the HTTP library raises while a request is made or its answer read into our error.

    :raises StoreError: remote-unreachable, remote-timeout; remote-answer, when the answer is cut off.
    """
    try:
        yield
    except (ConnectTimeoutError, NewConnectionError, SSLError) as cause:
        raise unreachable(address, cause) from cause
    except ReadTimeoutError as cause:
        raise timed_out(address, "no answer came in time") from cause
    except (HTTPError, OSError) as cause:
        raise unclear(address, f"its answer breaks off: {_cause(cause)}") from cause


def unreachable(address: str, cause: Exception) -> StoreError:
    """The error for an endpoint with which no connection comes about."""
    return StoreError(
        f"cannot reach '{address}': {_cause(cause)}",
        mend="check the address, the network and whether the server runs",
        rule="remote-unreachable",
    )


def timed_out(address: str, what: str) -> StoreError:
    """The error for an endpoint that takes too long."""
    return StoreError(
        f"'{address}' took too long: {what}",
        mend="ask for less, or wait longer by KG_TIMEOUT (seconds)",
        rule="remote-timeout",
    )


def unclear(address: str, what: str) -> StoreError:
    """The error for an answer that is not whole."""
    return StoreError(
        f"'{address}' gave no whole answer: {what}",
        mend="ask again or for less; a server may cut an answer at a limit of its own",
        rule="remote-answer",
    )


def foreign(address: str, kind: str, wanted: str) -> StoreError:
    """The error for an answer of another type, as pages of the web are."""
    return StoreError(
        f"'{address}' does not answer as an endpoint does: with the type '{kind or 'unknown'}' and not '{wanted}'",
        mend=_ENDPOINT,
        rule="remote-answer",
    )


def refused(address: str, response: BaseHTTPResponse) -> StoreError:
    """The error for an answer that says no."""
    status, said = response.status, _said(response)
    if status in _TIMED_OUT:
        return timed_out(address, f"it says {said}")
    if status in (401, 403):
        mend = "set KG_AUTHORIZATION to the value of the header, such as 'Bearer ...'"
    elif status == 404:
        mend = _ENDPOINT
    elif status in _LATER:
        mend = "ask again later, or for less"
    else:
        mend = "see what the server's manual says of it"
    return StoreError(f"'{address}' says no: {said}", mend=mend, rule="remote-refused")


def redirected(address: str, target: str) -> StoreError:
    """The error for a redirection that we do not follow: to another server, or of an update."""
    return StoreError(
        f"'{address}' sends us on to '{target}'",
        mend=_ENDPOINT if target == address else "give that address, if you trust it",
        rule="remote-refused",
    )


def _said(response: BaseHTTPResponse) -> str:
    """The status and the beginning of what a server says of a fault, on one line and without markup."""
    try:
        text = response.read(_SAID, decode_content=True).decode(errors="replace")
    except (HTTPError, OSError):
        text = ""
    finally:
        response.close()
    if "json" in response.headers.get("Content-Type", ""):
        try:
            found = json.loads(text)
            text = str(found.get("detail") or found.get("message") or found.get("title") or text)
        except (ValueError, AttributeError):
            pass
    plain = " ".join("".join(c if c.isprintable() else " " for c in _MARKUP.sub(" ", text)).split())
    shown = plain if len(plain) <= _SHOWN else plain[:_SHOWN].rsplit(" ", 1)[0] + " ..."
    return f"{response.status} {shown or response.reason or ''}".strip()


def _cause(cause: Exception) -> str:
    """The core of what the HTTP library says, which wraps it in the objects of its own."""
    if isinstance(cause, NameResolutionError):
        return "its host has no address"
    inner = cause.__cause__ or cause
    if isinstance(inner, OSError) and inner.strerror:
        return inner.strerror.lower()
    return re.sub(r"^.*?object at 0x[0-9a-f]+>[:,]? ?", "", str(cause)) or type(cause).__name__
