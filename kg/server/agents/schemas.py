"""What each tool for agents answers, as JSON Schema: the shapes of docs/cli.md, within one frame for all tools."""

from __future__ import annotations

from collections.abc import Mapping

from kg.server.agents.parameters import Schema

#: The types of keys by a short name; ``?`` after one: or null; brackets around one: a list of it.
_TYPES: dict[str, Schema] = {
    "text": {"type": "string"},
    "whole": {"type": "integer"},
    "number": {"type": "number"},
    "flag": {"type": "boolean"},
    "named": {"$ref": "#/$defs/named"},
    "position": {"$ref": "#/$defs/position"},
    "claim": {"anyOf": [{"$ref": "#/$defs/reference"}, {"$ref": "#/$defs/claim"}]},
    "value": {"anyOf": [{"$ref": "#/$defs/named"}, {"type": "string"}]},
    "object": {"type": "object"},
    "any": {},
}

_NAMED = {"iri": "text", "label": "text"}
_POSITION = {
    "iri": "text",
    "label": "text",
    "stance": "text",
    "by": "named",
    "on": "text?",
    "source": "named?",
    "paragraph": "whole?",
}
_REFERENCE = {"claim": "text", "stance": "text", "stance_of": "named"}
_CITATION = {
    "text": "text",
    "claimant": "named",
    "on_behalf_of": "named?",
    "stated_on": "text?",
    "source": "named?",
    "paragraph": "whole?",
    "start": "whole?",
    "end": "whole?",
}
_CITATION_IF_ANY = {
    "published_on": "text",
    "epistemic_status": "text",
    "quotation": "text",
    "relayed_by": "[named]",
    "confirmed_by": "[position]",
    "denied_by": "[position]",
}
#: A claim in full has these keys besides: docs/cli.md has what they hold.
CLAIM = (
    *_REFERENCE,
    *_CITATION,
    *_CITATION_IF_ANY,
    "precision",
    "date_resolved_from",
    "not_denied_by",
    "declined_by",
    "stances",
    "statement",
    "medium",
    "addressees",
    "issues",
    "contradicts",
    "supersedes",
    "evidence",
)

#: Tool -> whether the answer is a list, and the keys of it or of each of its members.
ANSWERS: dict[str, tuple[bool, dict[str, str]]] = {
    "find": (
        True,
        {
            **_NAMED,
            "types": "[text]",
            "score": "number",
            "matched": "text",
            "lang": "text",
            "why": "text",
            "claim": "text?",
        },
    ),
    "show": (
        False,
        {
            **_NAMED,
            "types": "[named]",
            "names": "[object]",
            "offices": "[object]",
            "facts": "[object]",
            "claims": "[claim]",
        },
    ),
    "claims": (True, {}),
    "disputes": (
        True,
        {"issue": "named", "kind": "text", "day": "text?", "sides": "[object]", "conflicts": "[object]"},
    ),
    "timeline": (
        True,
        {
            "date": "text",
            "precision": "text",
            "kind": "text",
            "iri": "text",
            "label": "text",
            "claims": "[claim]",
        },
    ),
    "treaty": (False, {}),
    "compare": (
        False,
        {
            "left": "object",
            "right": "object",
            "change": "flag",
            "counts": "object",
            "issues": "[object]",
            "claims": "[object]",
            "facts": "[object]",
        },
    ),
    "query": (False, {}),
}

#: The keys of a treaty; a brief list of treaties has the first of them only.
TREATY = {
    **_NAMED,
    "parties": "[named]",
    "status": "text",
    "status_on": "text?",
    "replaces": "[named]",
}
_TREATY_PARTS = {
    "lifecycle": "[object]",
    "status_by_party": "[object]",
    "articles": "[object]",
    "invocations": "[claim]",
    "casus_foederis": "[object]",
}

_SAYS = {
    "perspective": "Of which perspective this is; null where there is none to choose.",
    "answer": "The answer: keys as in the JSON of 'kg'; null or empty where there is none.",
    "claims": "With detail=brief: each claim that the answer refers to, by IRI, with what a citation needs.",
    "given": "How many members are given.",
    "total": "How many there are; null when that is not known.",
    "truncated": "Whether there are more than are given.",
    "note": "What to do where there is nothing.",
}


def output_schema(tool: str) -> Schema:
    """The JSON Schema of what a tool answers."""
    frame: dict[str, Schema] = {
        "perspective": {"type": ["object", "null"]},
        "answer": _answer(tool),
        "claims": _claims(tool),
        "given": {"type": "integer", "minimum": 0},
        "total": {"type": ["integer", "null"], "minimum": 0},
        "truncated": {"type": "boolean"},
        "note": {"type": "string"},
    }
    found: Schema = {
        "type": "object",
        "properties": {key: {"description": _SAYS[key], **form} for key, form in frame.items()},
        "required": list(frame),
        "additionalProperties": False,
    }
    if tool not in ("find", "query"):  # a model pays for every word, so none that nothing refers to
        claim: Schema = {"type": "object", "required": list(CLAIM)}
        found["$defs"] = {
            "named": _object(_NAMED),
            "position": _object(_POSITION),
            "reference": _object(_REFERENCE),
            "citation": _object(_CITATION, if_any=_CITATION_IF_ANY),
            "claim": claim,
        }
    return found


def _claims(tool: str) -> Schema:
    if tool in ("find", "query"):
        return {"type": "object", "maxProperties": 0}
    return {"type": "object", "additionalProperties": {"$ref": "#/$defs/citation"}}


def _answer(tool: str) -> Schema:
    if tool == "claims":
        return {"type": "array", "items": _TYPES["claim"]}
    if tool == "treaty":
        listed = {"type": "array", "items": _object(TREATY, if_any=_TREATY_PARTS)}
        return {"anyOf": [{"type": "null"}, listed, _object({**TREATY, **_TREATY_PARTS})]}
    if tool == "query":
        return {"type": ["object", "array", "null"]}
    is_list, keys = ANSWERS[tool]
    if is_list:
        return {"type": "array", "items": _object(keys)}
    return {"anyOf": [{"type": "null"}, _object(keys)]}


def _object(keys: Mapping[str, str], *, if_any: Mapping[str, str] | None = None) -> Schema:
    """An object with these keys, and perhaps some others that the shapes of docs/cli.md may gain."""
    return {
        "type": "object",
        "properties": {key: _type(code) for key, code in {**keys, **(if_any or {})}.items()},
        "required": list(keys),
    }


def _type(code: str) -> Schema:
    """The schema of a type by its short name.

    >>> _type("[text]"), _type("text?")
    ({'type': 'array', 'items': {'type': 'string'}}, {'anyOf': [{'type': 'string'}, {'type': 'null'}]})
    """
    if code.startswith("["):
        return {"type": "array", "items": _type(code[1:-1])}
    if code.endswith("?"):
        return {"anyOf": [_type(code[:-1]), {"type": "null"}]}
    return _TYPES[code]
