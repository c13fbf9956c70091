"""The command ``kg``: the table of verbs, each loaded when it is called, and one way out for every fault."""

from __future__ import annotations

import errno
import gc
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from typing import NoReturn

import click

from kg.errors import KgError, UsageError
from kg.version import VERSION

#: Exit codes besides those of the error classes.
DONE, OUR_FAULT, INTERRUPTED = 0, 70, 130

#: The verbs in the order of the help: name -> what it does, in one line. Each lies in kg/commands/NAME.py.
VERBS: dict[str, str] = {
    "view": "Write one self-contained interactive page.",
    "find": "Find things by name, in any script.",
    "show": "Show one thing: names, offices, relations, and who claims each fact.",
    "claims": "List claims: who said what, for whom, when, in which source.",
    "disputes": "Show where parties contradict each other, side by side.",
    "timeline": "List events, treaty acts and statements in order of time.",
    "path": "Find the chains of relations that connect two things.",
    "network": "Count relations: opponents, obligations, meetings ...; who is central, who brokers.",
    "compare": "Compare two parties, or two days: agree, differ, silent; gained, lost.",
    "treaty": "Show treaties, or one: parties, life cycle, articles, obligations, invocations.",
    "query": "Run a SPARQL 1.1 query under any perspective.",
    "check": "Check data and ontology: syntax, shapes, rules, competency questions.",
    "load": "Load a dossier into a store, all or nothing.",
    "verify": "Re-check the passages of a source against its text.",
    "export": "Write a perspective as RDF, a network file or a table.",
    "serve": "Serve the store over HTTP: a SPARQL 1.1 endpoint and an explorer.",
    "mcp": "Give the look-ups to an AI agent as tools (Model Context Protocol).",
    "list": "List parties, sources, claims, people, formats and more.",
    "terms": "Show the terms of the ontology.",
}


class Verbs(click.Group):
    """The group ``kg``: knows its verbs by name and imports one only to run it or to show its help."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The verbs in the order of the help."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The verb of this name, imported now; None when there is none."""
        if cmd_name not in VERBS:
            return None
        command = import_module(f"kg.commands.{cmd_name}").command
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The verb that the first word names.

        :raises UsageError: unknown-verb, when there is none.
        """
        name = args[0]
        if name not in VERBS and not name.startswith("-"):
            raise UsageError(f"there is no verb {name!r}", mend=_nearest_verb(name), rule="unknown-verb")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of verbs, without importing any of them."""
        with formatter.section("Verbs"):
            formatter.write_dl(list(VERBS.items()))


def _nearest_verb(name: str) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, VERBS, n=1, cutoff=0.5)
    return f"did you mean '{near[0]}'?" if near else "'kg --help' lists the verbs"


def _print_version(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        click.echo(f"kg {VERSION}")
        ctx.exit()


@click.group(cls=Verbs, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_version,
    help="Print the version and leave.",
)
@click.pass_context
def cli(ctx: click.Context) -> None:
    """Ask a graph of claims: actors, treaties and events, and who says so, when, in which source.

    THING is an IRI, a CURIE such as id:kim-jong-un, or a name in any language and script.

    \b
    kg find Шойгу
    kg show "Kim Jong Un"
    kg claims --by Ukraine --as-of 2025-04-27
    kg VERB --help
    """
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


def _usage_fault(fault: click.ClickException, words: Sequence[str]) -> UsageError:
    """Click's complaint in our one-line form."""
    verb = next((word for word in words if word in VERBS), "")
    mend = f"see 'kg {verb} --help'" if verb else "see 'kg --help'"
    if isinstance(fault, click.NoSuchOption):
        what = f"there is no option '{fault.option_name}'"
        near = fault.possibilities
        if near:
            mend = f"did you mean '{sorted(near)[0]}'?"
    else:
        what = fault.format_message().strip().rstrip(".")
        what = what[:1].lower() + what[1:]
    return UsageError(what, mend=mend, rule="bad-option")


def _complain(fault: KgError) -> int:
    sys.stderr.write(f"{_visible(str(fault))}\n")
    return fault.exit_code


def _visible(text: str) -> str:
    """A fault may quote hostile data: nothing in it may steer the terminal."""
    return "".join(c if c.isprintable() or c == " " else f"\\u{ord(c):04x}" for c in text)


def _speak_utf8() -> None:
    """Names come in every script, so the answer is UTF-8 whatever the locale says; a closed stream takes all.

    One that is closed for reading has nothing; its number must be taken, or a file of ours would pass for it.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # gets the lowest number that is free
    sys.stdin = sys.stdin or open(os.devnull, encoding="utf-8")  # noqa: SIM115 - for the process's life
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")


def _hang_up() -> None:
    """The reader of our output has gone: nothing more to say, and nothing to complain of."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):
        return


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command line and return its exit code; whatever goes wrong becomes one line on stderr."""
    _speak_utf8()
    words = sys.argv[1:] if arguments is None else arguments
    try:
        _obey(words)
        sys.stdout.flush()
    except BrokenPipeError:
        _hang_up()
    except (Exception, KeyboardInterrupt) as end:
        _flush()  # what was answered before the end is part of the answer, and stands before the complaint
        return _exit_code(end, words)
    return DONE


def _exit_code(end: BaseException, words: Sequence[str]) -> int:
    """What the process leaves with when its command came to this end; said on stderr when it is a fault."""
    match end:
        case KgError():
            return _complain(end)
        case click.exceptions.Exit():
            return end.exit_code
        case click.Abort() | KeyboardInterrupt():
            return INTERRUPTED
        case click.ClickException():
            return _complain(_usage_fault(end, words))
        case OSError(errno=errno.ENOSPC | errno.EIO | errno.EFBIG | errno.EBADF):
            what = f"cannot write the answer: {(end.strerror or str(end)).lower()}"
            return _complain(UsageError(what, mend="give it another place", rule="cannot-write"))
        case _:
            return _confess(end)


def _flush() -> None:
    """Send off what waits on stdout; if nobody takes it, that must not hide why the command ended."""
    try:
        sys.stdout.flush()
    except OSError:
        _hang_up()


def _obey(arguments: Sequence[str]) -> None:
    if "_KG_COMPLETE" in os.environ:  # the shell asks for completions
        cli.main(prog_name="kg")
    # Not cli.main: it would take a broken pipe and an interrupt out of our hands.
    with cli.make_context("kg", list(arguments)) as context:
        cli.invoke(context)


def _confess(fault: BaseException) -> int:
    """An exception that is not ours to raise is a fault of ours."""
    if os.environ.get("KG_DEBUG"):
        import traceback

        traceback.print_exception(fault)
    first = f"{type(fault).__name__}: {fault}".partition("\n")[0]
    sys.stderr.write(
        _visible(
            f"error: this is a fault in kg {VERSION} ({first}); "
            "please report it with the traceback that KG_DEBUG=1 prints [internal-fault]"
        )
        + "\n"
    )
    return OUR_FAULT


def main() -> NoReturn:
    """Run the command line of this process and leave with its exit code.

    It leaves at once: to take the interpreter and the store down piece by piece costs a look-up a fifth of its
    time, and a worker thread may still be inside the query engine, which only the end can stop.
    """
    gc.set_threshold(100_000)  # a command is too short to be worth collecting after
    code = run()
    _flush()  # nothing does it for us when the process ends by os._exit
    with suppress(OSError):
        sys.stderr.flush()
    if os.environ.get("KG_DEBUG"):
        sys.exit(code)  # a profiler or debugger has things to do at the end
    os._exit(code)


if __name__ == "__main__":
    main()
