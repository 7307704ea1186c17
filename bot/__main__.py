"""The bot's command line, and the one place where its parts are wired together: ask · doctor.

Exit status: 0 done (an answer and "not in the sources" alike) · 2 wrong usage or settings · 3 the knowledge
base cannot be opened.
"""

from __future__ import annotations

import datetime
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from knowledge.errors import KnowledgeBaseError, OnRecordError, SettingsError

if TYPE_CHECKING:
    from knowledge.settings import Settings

EXIT_FAILED, EXIT_USAGE, EXIT_KNOWLEDGE_BASE, EXIT_INTERRUPTED = 1, 2, 3, 130

app = typer.Typer(
    name="bot",
    rich_markup_mode=None,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="On Record: answers on cases against online platforms, charges and convictions kept apart.",
)

Data = Annotated[
    Path | None, typer.Option("--data", help="Folder of the knowledge base.", show_default=False)
]
Json = Annotated[bool, typer.Option("--json", help="One JSON object on standard output, nothing else there.")]
Quiet = Annotated[bool, typer.Option("--quiet", help="No messages on standard error.")]


def _settings(data: Path | None) -> Settings:
    from knowledge.settings import load_settings

    return load_settings(knowledge_dir=data)


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="The question, in quotation marks.")],
    as_of: Annotated[
        str | None, typer.Option("--as-of", help="Answer as on this day, YYYY-MM-DD.", show_default=False)
    ] = None,
    data: Data = None,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Answer one question from the knowledge base, with citations."""
    from bot.answer_json import answer_to_dict
    from bot.logs import configure_logging
    from knowledge.answer import Answerer
    from knowledge.store.library import open_library

    if not question.strip():
        raise SettingsError(
            'The question is empty: put it in quotation marks, as in: bot ask "Was X convicted?"'
        )
    day = _day(as_of)
    settings = _settings(data)
    configure_logging("ERROR" if quiet else settings.log_level)
    with open_library(settings, create=False) as library:
        answer = Answerer(library).answer(question, as_of=day)
        degraded = library.degraded
    if degraded and not quiet:
        typer.echo(f"Note: {degraded}", err=True)
    if as_json:
        typer.echo(json.dumps(answer_to_dict(answer), ensure_ascii=False))
        return
    from rich.console import Console

    from bot.terminal import print_answer

    print_answer(answer, Console(highlight=False))


def _day(text: str | None) -> str | None:
    if text is None:
        return None
    try:
        return datetime.date.fromisoformat(text).isoformat()
    except ValueError:
        raise SettingsError(
            f"--as-of {text}: not a day; write it as YYYY-MM-DD, for example 2024-04-23."
        ) from None


@app.command()
def doctor(
    data: Data = None,
    as_json: Json = False,
    offline: Annotated[bool, typer.Option("--offline", help="Do not ask Discord about the token.")] = False,
) -> None:
    """Say what is configured, what works, and what to mend."""
    import httpx
    from rich.console import Console
    from rich.text import Text

    from bot.doctor import Check, Health, examine, worst

    settings = _settings(data)
    styles = {Health.OK: "green", Health.WARNING: "yellow", Health.BROKEN: "bold red"}
    console = Console(highlight=False)
    seen: list[Check] = []
    with httpx.Client(timeout=5.0) as client:
        for check in examine(settings, None if offline else client):
            seen.append(check)
            if as_json:
                row = {
                    "check": check.name,
                    "health": check.health.value,
                    "finding": check.finding,
                    "advice": check.advice,
                }
                typer.echo(json.dumps(row, ensure_ascii=False))
                continue
            console.print(
                Text.assemble(
                    (f"{check.health.value:8}", styles[check.health]), f"{check.name}: {check.finding}"
                )
            )
            if check.advice:
                console.print(Text(f"         → {check.advice}", style="dim"))
    raise typer.Exit(1 if worst(seen) is Health.BROKEN else 0)


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; every error leaves as one sentence on standard error and an exit status."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        status = app(args=arguments, prog_name="python -m bot", standalone_mode=False)
    except typer.TyperException as error:  # wrong usage
        return _fail(f"{error.format_message()} Try `python -m bot --help`.", EXIT_USAGE)
    except KnowledgeBaseError as error:
        return _fail(str(error), EXIT_KNOWLEDGE_BASE)
    except OnRecordError as error:
        return _fail(str(error), EXIT_USAGE)
    except KeyboardInterrupt:
        return _fail("Interrupted.", EXIT_INTERRUPTED)
    except Exception as error:  # noqa: BLE001 — the outermost edge: no traceback reaches a user
        what = f"{type(error).__name__}: {error}".strip().rstrip(".:")
        return _fail(f"Something went wrong that should not have ({what}).", EXIT_FAILED)
    return status if isinstance(status, int) else 0


def _fail(message: str, status: int) -> int:
    typer.echo(message, err=True)
    return status


if __name__ == "__main__":
    sys.exit(main())
