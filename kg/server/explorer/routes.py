"""The routes of the explorer: documents for people, and under ``/api/`` the verbs as JSON.

A document has one address for each perspective. What a form leaves empty is dropped from it, by a redirect, so
that two readers who ask for the same see the same address. What is wrong with an address is told in a document.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from urllib.parse import quote, urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse
from starlette.routing import BaseRoute, Route

from kg.errors import KgError
from kg.server.asgi import parameters_of
from kg.server.asked import take_perspective
from kg.server.messages import Json
from kg.server.problem import bad_parameter, problem_of, status_of
from kg.server.protocol import refuse_others
from kg.server.service import Service, TaskReply
from kg.server.tasks import Task

#: Verbs of the API -> their parameters, beside those of a perspective, ``lang`` and ``limit``.
VERBS = {
    "find": ("q", "type"),
    "show": ("thing",),
    "claims": ("thing", "by", "stance"),
    "disputes": ("thing",),
    "timeline": ("thing", "from", "to"),
    "treaty": ("thing",),
    "terms": (),
}
_SEVERAL = ("type",)
_LANGUAGES = ("en", "fr")
_MOST = {"limit": 100_000, "depth": 4}
_ONLY = ("undisputed", "disputed")
_FLAGS = (*_ONLY, "exactly", "infer")

Parameters = dict[str, list[str]]
Handler = Callable[[Request], Coroutine[None, None, RedirectResponse | TaskReply]]


def routes(service: Service) -> list[BaseRoute]:
    """Every document and every verb."""
    return [
        Route("/", _document(service, "explorer-graph", ())),
        Route("/disputes", _document(service, "explorer-disputes", ("thing", "limit"))),
        Route("/query", _document(service, "explorer-query", ("query", "question"))),
        Route("/about", _document(service, "explorer-about", ())),
        Route("/things", _document(service, "explorer-names", ("q",))),
        Route("/things/{thing:path}", _document(service, "explorer-around", ("depth",))),
        *(Route(f"/api/{verb}", _verb(service, verb)) for verb in VERBS),
    ]


def _document(service: Service, task: str, takes: Sequence[str]) -> Handler:
    async def handle(request: Request) -> RedirectResponse | TaskReply:
        given = parameters_of(request.scope["query_string"])
        parameters = _as_one_address(given)
        if parameters != given:
            query = urlencode(parameters, doseq=True, quote_via=quote)
            return RedirectResponse(request.url.path + (f"?{query}" if query else ""), status_code=303)
        lang, says_lang = _language(request, parameters)
        told: dict[str, Json] = {"lang": lang, "says_lang": says_lang}
        try:
            asked = take_perspective(parameters)
            told |= _own(parameters, takes)
            refuse_others(parameters)
        except KgError as fault:
            problem = problem_of(fault)
            told |= {"status": status_of(fault), "what": problem.what, "mend": fault.mend, "rule": fault.rule}
            return service.reply(Task("explorer-fault", arguments=told))
        if thing := request.path_params.get("thing"):
            told["thing"] = thing
        if task == "explorer-about":
            told["endpoint"] = f"{request.url.scheme}://{request.url.netloc}"
        return service.reply(Task(task, asked, told))

    return handle


def _verb(service: Service, verb: str) -> Handler:
    async def handle(request: Request) -> TaskReply:
        parameters = parameters_of(request.scope["query_string"])
        lang, _ = _language(request, parameters, default="en")
        asked = take_perspective(parameters)
        told: dict[str, Json] = {"verb": verb, "lang": lang}
        told |= _own(parameters, (*VERBS[verb], "limit"))
        refuse_others(parameters)
        return service.reply(Task("explorer-api", asked, told))

    return handle


def _as_one_address(given: Parameters) -> Parameters:
    """The parameters without what a form left empty, and with ``only`` as the word that it names."""
    kept = {name: [value.strip() for value in values if value.strip()] for name, values in given.items()}
    kept |= {word: ["true"] for word in _FLAGS if given.get(word) == [""]}  # '?disputed' says it by its name
    for word in kept.pop("only", []):
        if word in _ONLY:
            kept[word] = ["true"]
    return {name: values for name, values in kept.items() if values or name in ("q", "query")}


def _own(parameters: Parameters, takes: Sequence[str]) -> dict[str, Json]:
    """The parameters that this address has besides the perspective.

    :raises Problem: bad-parameter.
    """
    told: dict[str, Json] = {}
    for name in takes:
        values = parameters.pop(name, [])
        if name in _SEVERAL:
            told[name] = values
        elif len(values) > 1:
            raise bad_parameter(name, "give it once")
        elif values and name in _MOST:
            if not (
                values[0].isascii()
                and values[0].isdigit()
                and len(values[0]) < 10
                and 0 < int(values[0]) <= _MOST[name]
            ):
                raise bad_parameter(name, f"give a number from 1 to {_MOST[name]}")
            told[name] = str(int(values[0]))
        elif values:
            told[name] = values[0]
    return told


def _language(request: Request, parameters: Parameters, *, default: str = "") -> tuple[str, bool]:
    """The language that the address names, else the first that the browser wants and we have."""
    given = parameters.pop("lang", [])
    if given:
        return (given[0], True) if given[0] in _LANGUAGES or default else ("en", False)
    if default:
        return default, False
    for part in request.headers.get("accept-language", "").split(","):
        code = part.partition(";")[0].strip().lower()[:2]
        if code in _LANGUAGES:
            return code, False
    return "en", False
