"""What a tool for agents may be asked: each parameter once, as JSON Schema and as the check of what was given."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from kg.errors import UsageError

#: What a parameter may hold, once checked.
Value: TypeAlias = bool | int | str | tuple[str, ...]

#: A JSON Schema.
Schema: TypeAlias = dict[str, object]

_DAY = r"^\d{4}(-\d{2}(-\d{2})?)?$"
_LONGEST = 100_000  # characters of a text: a query, the longest of them, is far shorter


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter: ``kind`` is text, texts, day, flag or count; ``most`` bounds a count or the number of texts."""

    name: str
    kind: str
    says: str
    is_required: bool = False
    choices: tuple[str, ...] = ()
    default: Value | None = None
    most: int | None = None

    def schema(self) -> Schema:
        """Its JSON Schema, with the sentence that tells a model what it does."""
        found: Schema = {"description": self.says, **self._form()}
        if self.choices:
            found["enum"] = list(self.choices)
        if self.default is not None:
            found["default"] = self.default
        return found

    def _form(self) -> Schema:
        match self.kind:
            case "flag":
                return {"type": "boolean"}
            case "count":
                return {"type": "integer", "minimum": 1, "maximum": self.most}
            case "texts":
                bounded: Schema = {} if self.most is None else {"maxItems": self.most}
                return {"type": "array", "items": {"type": "string", "minLength": 1}, **bounded}
            case "day":
                return {"type": "string", "pattern": _DAY}
            case _:
                return {"type": "string", "minLength": 1, "maxLength": _LONGEST}

    def check(self, given: object) -> Value:
        """What was given, if it is as the schema has it.

        :raises UsageError: bad-argument; bad-date, for what is no date.
        """
        match self.kind, given:
            case "flag", bool():
                return given
            case "count", int() if not isinstance(given, bool):
                if 1 <= given <= (self.most or given):
                    return given
                raise self._refusal(str(given), f"give a number from 1 to {self.most}")
            case "texts", list() if all(isinstance(text, str) and text.strip() for text in given):
                if self.most is None or len(given) <= self.most:
                    return tuple(given)
                raise self._refusal(f"a list of {len(given)}", f"give at most {self.most}")
            case "day", str():
                return self._day(given)
            case "text", str() if given.strip() and len(given) <= _LONGEST:
                if self.choices and given not in self.choices:
                    raise self._refusal(repr(given), f"choose one of {', '.join(self.choices)}")
                return given
        raise self._refusal(_short(given), f"give {_WANTED[self.kind]}")

    def _day(self, given: str) -> str:
        from kg.dates import parse_day

        if not re.match(_DAY, given):
            raise UsageError(
                f"the argument '{self.name}' is {given[:40]!r}, which is not a date",
                mend="write YYYY, YYYY-MM or YYYY-MM-DD",
                rule="bad-date",
            )
        parse_day(given)
        return given

    def _refusal(self, what: str, mend: str) -> UsageError:
        return UsageError(f"the argument '{self.name}' is {what}", mend=mend, rule="bad-argument")


_WANTED = {
    "flag": "true or false",
    "count": "a whole number",
    "texts": "a list of names",
    "day": "a date: YYYY, YYYY-MM or YYYY-MM-DD",
    "text": "a text that is not empty",
}


def _short(given: object) -> str:
    text = repr(given)
    return text if len(text) <= 40 else f"{text[:37]}..."


def input_schema(parameters: Sequence[Parameter]) -> Schema:
    """The strict JSON Schema of a tool with these parameters."""
    found: Schema = {
        "type": "object",
        "properties": {parameter.name: parameter.schema() for parameter in parameters},
        "additionalProperties": False,
    }
    if required := [parameter.name for parameter in parameters if parameter.is_required]:
        found["required"] = required
    return found


def checked(parameters: Sequence[Parameter], given: Mapping[str, object]) -> dict[str, Value]:
    """The arguments of a call: those that were given, checked, and the defaults of the others.

    An argument that is null is as if it were not given: models send it so.

    :raises UsageError: bad-argument, bad-date.
    """
    known = {parameter.name: parameter for parameter in parameters}
    for name in given:
        if name not in known:
            raise UsageError(
                f"there is no argument '{name[:40]}'",
                mend=f"choose from {', '.join(known)}",
                rule="bad-argument",
            )
    found: dict[str, Value] = {}
    for name, parameter in known.items():
        value = given.get(name)
        if value is not None:
            found[name] = parameter.check(value)
        elif parameter.is_required:
            raise UsageError(
                f"the argument '{name}' is missing", mend=f"give {parameter.says}", rule="bad-argument"
            )
        elif parameter.default is not None:
            found[name] = parameter.default
    return found
