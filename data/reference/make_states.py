"""Make states.trig and capitals.trig: names from CLDR (through babel), codes and further names from the two tables.

Run it as ``python data/reference/make_states.py`` after a change of a table, or when babel brings a newer CLDR.
The same tables and the same babel give the same bytes; README.md says where each column comes from.
"""

from __future__ import annotations

import csv
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TypeAlias

from babel.core import Locale, get_global

HERE = Path(__file__).resolve().parent
#: Languages that have a label; the first two must be there for every thing.
LABELLED = ("en", "fr", "ko", "ru", "uk")
#: Languages whose names are only found by.
FURTHER = ("ar", "de", "es", "ja", "zh")
#: Which of several codes in CLDR is in force: the others are of states that are no more.
IN_FORCE = {"CD": "COD", "DE": "DEU", "FR": "FRA", "MM": "MMR", "TL": "TLS", "YE": "YEM"}
IN_FORCE_NUMBERS = {"DE": "276", "ET": "231", "FR": "250", "SD": "729", "YE": "887"}
#: Codes that ISO has not assigned, though CLDR uses one.
NOT_ASSIGNED = {"XK"}
#: What stands for a vowel that is left out.
APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)")
#: How a city is told from the state of the same name.
CITY = {"en": "{} (city)", "fr": "{} (ville)", "ko": "{} (도시)", "ru": "{} (город)", "uk": "{} (місто)"}
#: Whose capital it is said to be is disputed, or what it lies in: the place stands without an "in".
NO_STATE_OF = {"jerusalem"}

#: The names of one thing: language -> kind (label, alias, weak) -> names.
Names: TypeAlias = dict[str, dict[str, list[str]]]

HEAD = """\
# {what}
# Made by make_states.py from CLDR {cldr} (Unicode-3.0) and the tables beside it: change those, not this file.

PREFIX kg:    <https://w3id.org/foedus/ontology#>
PREFIX id:    <https://w3id.org/foedus/id/>
PREFIX graph: <https://w3id.org/foedus/graph/>
PREFIX rdfs:  <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos:  <http://www.w3.org/2004/02/skos/core#>

GRAPH graph:reference {{
"""


def main() -> None:
    """Write both files beside this one, or into the folder that is named."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE
    for name, text in made().items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


def made() -> dict[str, str]:
    """The text of each file by its name."""
    states = rows("states.tsv")
    own = _own_names(rows("names.tsv"))
    locales = {language: Locale.parse(language) for language in (*LABELLED, *FURTHER)}
    weak = {name for names in own.values() for of in names.values() for name in of.get("weak", ())}
    named = {row["id"]: _names(_territory(locales, row["iso2"]), own.pop(row["id"], {})) for row in states}
    for names in named.values():  # what is weak in one language is not strong in one that we did not look at
        for language in FURTHER:
            names[language]["alias"] = [name for name in names[language]["alias"] if name not in weak]
    taken = {
        (lang, name)
        for names in named.values()
        for lang in names
        for kind in ("label", "alias")
        for name in names[lang][kind]
    }
    cities, lies_in = _cities(states, locales, own, taken)
    if own:
        raise SystemExit(f"names.tsv names what is not there: {sorted(own)}")
    kind = {row["id"]: "kg:Actor" if row["list"] == "other" else "kg:State" for row in states}
    codes = {row["id"]: _codes(row) for row in states}
    head = {"cldr": get_global("cldr")["version"]}
    return {
        "states.trig": HEAD.format(what="States: names and codes. Identity only.", **head)
        + "".join(_block(thing, kind[thing], named[thing], codes[thing]) for thing in sorted(named))
        + "}\n",
        "capitals.trig": HEAD.format(what="Capitals of states: names, and what they lie in.", **head)
        + "".join(_block(city, "kg:Place", cities[city], lies_in[city]) for city in sorted(cities))
        + "}\n",
    }


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a table."""
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def _own_names(table: Iterable[Mapping[str, str]]) -> dict[str, Names]:
    own: dict[str, Names] = defaultdict(lambda: defaultdict(lambda: defaultdict(list)))
    for row in table:
        own[row["id"]][row["lang"]][row["kind"]].append(row["name"])
    return dict(own)


def _names(found: Mapping[str, str], own: Names) -> Names:
    """CLDR's names with our own: ours is the label where there is one, and CLDR's then one name more."""
    names: Names = {}
    spelt = {found.get(language, "") for language in LABELLED}
    for language in sorted({*found, *own}):
        given = found.get(language, "")
        mine = own.get(language, {})
        if language == "fr":  # as French is set; who types the straight one finds it as well
            given = APOSTROPHE.sub("’", given)
            mine = {kind: [APOSTROPHE.sub("’", name) for name in given_so] for kind, given_so in mine.items()}
        label = mine.get("label", [given])[0] if language in LABELLED else ""
        others = [given, *mine.get("alias", [])]
        if language == "en":  # as it is written out
            others += [name.replace(" & ", " and ").replace("St. ", "Saint ") for name in others]
        if language in FURTHER:  # what is spelt as in a language that has a label is found by that
            others = [name for name in others if name not in spelt]
        aliases = [name for name in dict.fromkeys(others) if name and name != label]
        names[language] = {
            "label": [label] if label else [],
            "alias": aliases,
            "weak": list(mine.get("weak", [])),
        }
    return names


def _territory(locales: Mapping[str, Locale], code: str) -> dict[str, str]:
    return {language: _plain(locale.territories[code]) for language, locale in locales.items()}


def _cities(
    states: Iterable[Mapping[str, str]],
    locales: Mapping[str, Locale],
    own: dict[str, Names],
    taken: set[tuple[str, str]],
) -> tuple[dict[str, Names], dict[str, list[str]]]:
    """The names of the capitals, and what each lies in."""
    cities: dict[str, Names] = {}
    lies_in: dict[str, list[str]] = {}
    for row in states:
        for entry in row["capitals"].split():
            city, _, zone = entry.partition("=")
            found = _exemplar(locales, zone) if zone else {}
            cities[city] = _told_apart(_names(found, own.pop(city, {})), taken)
            is_told = row["list"] == "member" and city not in NO_STATE_OF
            lies_in[city] = [f"kg:locatedIn  id:{row['id']}"] if is_told else []
    return cities, lies_in


def _exemplar(locales: Mapping[str, Locale], zone: str) -> dict[str, str]:
    """The city by which CLDR names a time zone; where a language has no own name for it, the zone's."""
    last = zone.rpartition("/")[2].replace("_", " ")
    found = {}
    for language, locale in locales.items():
        if name := locale.time_zones.get(zone, {}).get("city"):
            found[language] = _plain(name)
        elif language in ("en", "fr", "de", "es"):  # an own name is left out where it is the zone's
            found[language] = last
    return found


def _told_apart(names: Names, taken: set[tuple[str, str]]) -> Names:
    """A city that is called like a state in a language is labelled as a city there; the name alone is weak."""
    for language, of in names.items():
        shared = [name for name in [*of["label"], *of["alias"]] if (language, name) in taken]
        of["label"] = [CITY[language].format(name) if name in shared else name for name in of["label"]]
        of["alias"] = [name for name in of["alias"] if name not in shared]
        of["weak"] = list(dict.fromkeys([*shared, *of["weak"]]))
    return names


def _plain(name: str) -> str:
    """Without spaces that do not break a line, which nobody types."""
    return name.replace("\u00a0", " ").replace("\u202f", " ").strip()


def _codes(row: Mapping[str, str]) -> list[str]:
    two = row["iso2"]
    found: list[tuple[str, str]] = []
    if two not in NOT_ASSIGNED:
        aliases: Mapping[str, list[str]] = get_global("territory_aliases")
        codes = [code for code, meant in aliases.items() if meant == [two]]
        three = IN_FORCE.get(two) or _only(code for code in codes if len(code) == 3 and code.isalpha())
        number = IN_FORCE_NUMBERS.get(two) or _only(code for code in codes if code.isdigit())
        found += [("iso2", two), ("iso3", three), ("isoNumeric", number)]
    found += [("cowCode", row["cow"]), ("cowAbbreviation", row["cow_letters"]), ("gwCode", row["gw"])]
    return [f'kg:{name}  "{code}"' for name, code in found if code]


def _only(codes: Iterable[str]) -> str:
    (code,) = codes
    return code


def _block(thing: str, kind: str, names: Names, rest: Iterable[str]) -> str:
    said = [f"id:{thing} a {kind}", *_written(names), *rest]
    return "\n  " + " ;\n    ".join(said) + " .\n"


def _written(names: Names) -> Iterator[str]:
    first = {language: n for n, language in enumerate(LABELLED)}
    order = sorted(names, key=lambda language: (first.get(language, len(first)), language))
    for property, kind in (("rdfs:label", "label"), ("skos:altLabel", "alias"), ("kg:weakName", "weak")):
        values = [f"{_quoted(name)}@{tag}" for tag in order for name in names[tag][kind]]
        if values:
            yield f"{property}  " + " , ".join(values)


def _quoted(name: str) -> str:
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'


if __name__ == "__main__":
    main()
