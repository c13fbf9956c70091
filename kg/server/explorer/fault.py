"""What goes wrong in the explorer, told in a document: a browser would show a problem as bare JSON."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from kg.errors import KgError
from kg.server.explorer import documents
from kg.server.explorer.asked import Place, place_of
from kg.server.explorer.documents import Document
from kg.server.explorer.french import said
from kg.server.problem import problem_of, status_of
from kg.server.reply import Reply
from kg.server.work import Work

Make = Callable[[Work, Reply, Place], None]


def told_as_document(path: str) -> Callable[[Make], Callable[[Work, Reply], None]]:
    """Make a task of a document at a path: what goes wrong is told in a document too."""

    def decorate(make: Make) -> Callable[[Work, Reply], None]:
        @wraps(make)
        def task(work: Work, reply: Reply) -> None:
            place = place_of(work, path)
            try:
                make(work, reply, place)
            except KgError as fault:
                if fault.rule == "no-claims" and path == "/":  # a plain dataset has nothing but its queries
                    reply.start("text/html; charset=utf-8", status=303, headers=(("location", "/query"),))
                    return
                problem = problem_of(fault)
                send_fault(
                    reply, place, status=status_of(fault), what=problem.what, mend=fault.mend, rule=fault.rule
                )

        return task

    return decorate


def send_fault(reply: Reply, place: Place, *, status: int, what: str, mend: str, rule: str) -> None:
    """Tell what went wrong, where a browser shows it."""
    told = {
        "bar": place.bar(),
        "what": said(place.lang, what),
        "mend": said(place.lang, mend),
        "rule": rule,
    }
    document = Document("fault", documents.text(place.lang, "fault"), told=told, status=status)
    documents.send(reply, document, {}, lang=place.lang)


def fault(work: Work, reply: Reply) -> None:
    """A fault that the front found already; arguments: ``status``, ``what``, ``mend``, ``rule``."""
    status, what, mend, name = (work.text(word) for word in ("status", "what", "mend", "rule"))
    send_fault(reply, place_of(work, "/"), status=int(status), what=what, mend=mend, rule=name)
