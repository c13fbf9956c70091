"""The page's own texts, in English or French, and dates as people write them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache

from kg.errors import UsageError
from kg.page.theme import PHRASES


def languages() -> list[str]:
    """The languages of the interface."""
    return sorted(file.stem for file in PHRASES.glob("*.json"))


#: A text, the months, or texts by code.
Text = str | list[str] | dict[str, str]


@cache
def phrases(lang: str) -> Mapping[str, Text]:
    """The texts of a language; ``fr-CA`` reads ``fr``.

    :raises UsageError: unknown-language, when the page has no texts in it.
    """
    name = lang.lower().partition("-")[0]
    if name not in languages():
        known = ", ".join(languages())
        raise UsageError(
            f"the page has no texts in {lang!r}", mend=f"ask for one of {known}", rule="unknown-language"
        )
    held: Mapping[str, Text] = json.loads((PHRASES / f"{name}.json").read_text(encoding="utf-8"))
    return held


def phrase(lang: str, name: str, **values: object) -> str:
    """One text with its values filled in; what a value holds is never read as a pattern.

    >>> phrase("fr", "until", date="3 mars")
    '3 mars au plus tard'
    """
    text = phrases(lang)[name]
    assert isinstance(text, str), name
    return re.sub(r"\{(\w+)\}", lambda found: str(values[found[1]]), text)


def short_date(lexical: str, lang: str) -> str:
    """The same where there is little room.

    >>> short_date("2025-03-21", "fr"), short_date("2024-10-08..2024-10-13", "en")
    ('21 mars 2025', '8–13 Oct 2024')
    """
    if ".." not in lexical:
        for word in ("from", "until"):
            if lexical.startswith(f"{word}-"):
                return phrase(lang, word, date=short_date(lexical.removeprefix(f"{word}-"), lang))
        return _short(lexical.split("-"), lang)
    start, end = (part.split("-") for part in lexical.split(".."))
    same = 0
    while same < min(len(start), len(end)) and start[same] == end[same]:
        same += 1
    if same == len(start):
        return _short(end, lang)
    # what both have in common is said once, with the end: 8–13 Oct 2024
    first = (
        _day(start[2], lang) if same == 2 and len(start) == 3 else _short(start, lang, with_year=same == 0)
    )
    return f"{first}–{_short(end, lang)}"


def _short(parts: list[str], lang: str, *, with_year: bool = True) -> str:
    if not all(part.isdigit() for part in parts) or len(parts) > 3:
        return "-".join(parts)
    months = phrases(lang)["months_short"]
    assert isinstance(months, list)
    year = [parts[0]] if with_year or len(parts) == 1 else []
    month = [months[int(parts[1]) - 1]] if len(parts) > 1 else []
    return " ".join([*(_day(day, lang) for day in parts[2:]), *month, *year])


def spoken_date(lexical: str, lang: str) -> str:
    """A date of our data as a reader of this language writes it.

    >>> spoken_date("2024-10-01", "fr"), spoken_date("2024-10-01", "en")
    ('1er octobre 2024', '1 October 2024')
    >>> spoken_date("2025-03-21", "fr"), spoken_date("2025-03", "en"), spoken_date("until-2025-04-27", "en")
    ('21 mars 2025', 'March 2025', 'by 27 April 2025')
    """
    if not lexical:
        return ""
    for word in ("from", "until"):
        if lexical.startswith(f"{word}-"):
            return phrase(lang, word, date=spoken_date(lexical.removeprefix(f"{word}-"), lang))
    if ".." in lexical:
        start, _, end = lexical.partition("..")
        return phrase(lang, "between", start=spoken_date(start, lang), end=spoken_date(end, lang))
    parts = lexical.split("-")
    if not all(part.isdigit() for part in parts) or len(parts) > 3:
        return lexical
    months = phrases(lang)["months"]
    assert isinstance(months, list)
    if len(parts) == 1:
        return lexical
    month = months[int(parts[1]) - 1]
    if len(parts) == 2:
        return f"{month} {parts[0]}"
    return phrase(lang, "day", day=_day(parts[2], lang), month=month, year=parts[0])


def _day(digits: str, lang: str) -> str:
    """The day of a month: in French the first has a word of its own."""
    return phrase(lang, "first") if int(digits) == 1 else str(int(digits))
