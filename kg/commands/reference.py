"""Prints docs/cli.md from the verbs themselves: ``python -m kg.commands.reference > docs/cli.md``."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module

import click

from kg.commands.json_shapes import CLAIM, NAMED, POSITION, VERB_SHAPES
from kg.commands.main import VERBS, cli

_HEAD = """\
# The command line

<!-- Printed by the program: python -m kg.commands.reference > docs/cli.md -->

`kg VERB [THING] [options]`. THING is an IRI, a CURIE such as `id:kim-jong-un`, an identifier such as
`kim-jong-un`, or a name in any language, script or romanisation; a name that several things share is refused
with the candidates. Answers go to stdout, all else to stderr; colour and signs of progress only to a terminal
(`NO_COLOR` is respected, `COLUMNS` sets the width of tables). The output is UTF-8.

Two dates, never mixed: `--as-of DATE` asks what had been **said** and was public by a day; `--on DATE` asks
what is said to **hold** on a day. [Perspectives](perspectives.md) says exactly what each option admits.

| exit code | meaning |
|---|---|
| 0 | done |
| 1 | done, and the answer is no: nothing found, findings, verification failed |
| 2 | asked wrongly: verb, option, query, an unknown party, an ambiguous name |
| 3 | the data break a rule |
| 4 | the store is locked, missing, damaged or cannot be written |
| 70 | a fault of ours (`KG_DEBUG=1` prints the traceback) |
| 130 | stopped by Ctrl-C (`kg serve`, which ends so, leaves with 0) |

Each error is one line, `POSITION: error: WHAT; MEND [RULE]`; [errors](errors.md) has every RULE.

| environment | meaning |
|---|---|
| `KG_STORE` | the store when `--store` is not given |
| `KG_CACHE` | the folder in which the store of the shipped dossier and the perspectives of large stores are kept |
| `KG_CACHE_BYTES` | the most bytes that these perspectives may take together (8 GiB if not given) |
| `KG_TOKEN` | the token without which `kg serve --writable` takes no update |
| `KG_AUTHORIZATION` | of a store behind an endpoint: the header that lets us in; [more of these](scaling.md) |
| `KG_DEBUG` | print tracebacks |
| `NO_COLOR` | no colour |
"""

_JSON_HEAD = """\
## JSON

These keys and those of each verb are stable; more may come. `null` stands for what is not known. An answer with
nothing in it is an empty list, and the exit code is 1.
"""


def reference() -> str:
    """The whole page."""
    parts = [_HEAD, *(_verb(name) for name in VERBS), _JSON_HEAD]
    parts += [_shape("NAMED", NAMED), _shape("CLAIM", CLAIM), _shape("POSITION", POSITION)]
    return "\n".join(parts)


def _verb(name: str) -> str:
    command = import_module(f"kg.commands.{name}").command
    assert isinstance(command, click.Command)
    context = click.Context(
        command, info_name=name, parent=cli.make_context("kg", [], resilient_parsing=True)
    )
    lines = [f"## kg {name}", "", f"`{_usage(command, context)}`", "", *_prose(command.help or "")]
    lines += ["", "| option | meaning |", "|---|---|", *_options(command, context), ""]
    if name in VERB_SHAPES:
        what, keys = VERB_SHAPES[name]
        lines += [f"JSON: {what}{':' if keys else '.'}", ""]
        lines += [*_table(keys), ""] if keys else []
    return "\n".join(lines)


def _usage(command: click.Command, context: click.Context) -> str:
    return " ".join([context.command_path, *command.collect_usage_pieces(context)])


def _prose(text: str) -> Iterator[str]:
    """The help as Markdown: what click keeps as it is, the examples, becomes a block."""
    for number, paragraph in enumerate(text.strip().split("\n\n")):
        if number:
            yield ""
        lines = [line.strip() for line in paragraph.splitlines()]
        if lines[0] == "\b":
            yield from ["```text", *lines[1:], "```"]
        else:
            yield _escaped(" ".join(lines))


def _options(command: click.Command, context: click.Context) -> Iterator[str]:
    for parameter in command.get_params(context):
        record = parameter.get_help_record(context) if isinstance(parameter, click.Option) else None
        if record:
            names, meaning = record
            yield f"| `{names.replace('|', ' or ')}` | {_escaped(meaning)} |"


def _table(keys: Mapping[str, str]) -> Iterable[str]:
    return ["| key | what |", "|---|---|", *(f"| `{key}` | {_escaped(what)} |" for key, what in keys.items())]


def _shape(name: str, keys: Mapping[str, str]) -> str:
    return "\n".join([f"### {name}", "", *_table(keys), ""])


def _escaped(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;").replace("*", "\\*")


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]  # it is a text file here
    sys.stdout.write(reference())
