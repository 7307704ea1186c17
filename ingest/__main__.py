"""`python -m ingest`: the commands, each thin. What they take and print: docs, and `--help`."""

from __future__ import annotations

import logging
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from ingest.fetch import Input, expand, starter_inputs
from ingest.terminal import Terminal, event_lines, event_record, one_line, source_lines, source_record
from ingest.text import Limits, extract_document
from ingest.text.metadata import metadata_from
from knowledge.errors import InputError, KnowledgeBaseError, OnRecordError, SettingsError

if TYPE_CHECKING:
    from ingest.pipeline import Result
    from knowledge.model import DocumentMetadata
    from knowledge.settings import Settings
    from knowledge.store.library import Library

NO_SOURCE = "there is no source with this id, or several begin so; `python -m ingest list` shows them all"
EXIT_FAILED, EXIT_USAGE, EXIT_KNOWLEDGE_BASE, EXIT_INTERRUPTED = 1, 2, 3, 130

app = typer.Typer(
    name="ingest",
    help="Reads documents into the knowledge base and says what is in it.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


@dataclass(slots=True)
class Common:
    """The options that every command takes, before or after its name."""

    data: Path | None = None
    as_json: bool = False
    quiet: bool = False
    debug: bool = False

    def take(self, data: Path | None, as_json: bool, quiet: bool, debug: bool) -> None:
        self.data = data or self.data
        self.as_json |= as_json
        self.quiet |= quiet
        self.debug |= debug
        _log(debug=self.debug)

    def terminal(self) -> Terminal:
        return Terminal(as_json=self.as_json, quiet=self.quiet)

    def settings(self) -> Settings:
        from knowledge.settings import load_settings

        return load_settings(knowledge_dir=self.data)


Data = Annotated[Path | None, typer.Option("--data", metavar="DIR", help="Folder of the knowledge base.")]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object per line on standard output.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No messages but of what failed.")]
Debug = Annotated[bool, typer.Option("--debug", help="Show where an unexpected error happened.")]


@app.callback()
def common_options(
    context: typer.Context, data: Data = None, as_json: AsJson = False, quiet: Quiet = False, debug: Debug = False
) -> None:
    """Reads documents into the knowledge base and says what is in it."""
    context.obj.take(data, as_json, quiet, debug)


@app.command()
def add(
    context: typer.Context,
    inputs: Annotated[
        list[str] | None,
        typer.Argument(metavar="PATH|-...", help="Files, folders, or - for standard input. (Web addresses: not yet.)"),
    ] = None,
    starter: Annotated[bool, typer.Option("--starter", help="Add the case briefs of the program.")] = False,
    title: Annotated[str | None, typer.Option(help="Title (one document only).")] = None,
    author: Annotated[str | None, typer.Option(help="Author.")] = None,
    publisher: Annotated[str | None, typer.Option(help="Who published it.")] = None,
    published: Annotated[str | None, typer.Option(help="Day of publication: YYYY-MM-DD.")] = None,
    url: Annotated[str | None, typer.Option(help="Its address on the web (one document only).")] = None,
    kind: Annotated[str | None, typer.Option(help="Kind of source: news, court_record, ...")] = None,
    data: Data = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Read documents into the knowledge base. The same document twice changes nothing."""
    common = _common(context, data, as_json, quiet, debug)
    from ingest.pipeline import Outcome, Pipeline
    from ingest.publishers import load_publishers

    settings = common.settings()
    publishers = load_publishers(settings.publishers_file)
    limits = Limits.of_megabytes(settings.max_document_mb)
    said = _options(title=title, author=author, publisher=publisher, published=published, url=url, kind=kind)
    found = [*expand(inputs or [], limits, _stdin), *(starter_inputs() if starter else [])]
    if not inputs and not starter:
        raise SettingsError("Name at least one file or folder to add, or - for standard input, or --starter.")
    if len(found) > 1 and (title or url):
        raise SettingsError(f"--title and --url are for one document, and these are {len(found)}.")
    terminal = common.terminal()
    counted: dict[Outcome, int] = {}
    with _library(settings, create=True) as library, terminal.progress() as progress:
        pipeline = Pipeline(library, publishers, limits=limits)
        for result in pipeline.add_all(found, said, progress):
            counted[result.outcome] = counted.get(result.outcome, 0) + 1
            _report(terminal, result)
    if len(found) > 1:
        terminal.note(", ".join(f"{count} {outcome}" for outcome, count in sorted(counted.items())) + ".")
    if counted.get(Outcome.FAILED):
        raise typer.Exit(EXIT_FAILED)


@app.command("list")
def list_sources(
    context: typer.Context, data: Data = None, as_json: AsJson = False, quiet: Quiet = False, debug: Debug = False
) -> None:
    """List the sources in the knowledge base."""
    common = _common(context, data, as_json, quiet, debug)
    terminal = common.terminal()
    with _library(common.settings(), create=False) as library:
        sources = library.list_sources()
    for source in sources:
        terminal.record(asdict(source))
        by = ", ".join(part for part in (source.publisher, source.published) if part)
        terminal.line(f"{source.id}  {one_line(source.title)}" + (f" ({one_line(by)})" if by else ""))
        terminal.line(f"{'':12}  {source.kind}, {source.passages} passages, {source.events} events")
    if not sources:
        terminal.note("The knowledge base is empty: add documents with `python -m ingest add PATH`.")


@app.command()
def show(
    context: typer.Context,
    source: Annotated[str, typer.Argument(metavar="ID", help="Id of a source, or its beginning.")],
    text: Annotated[bool, typer.Option("--text", help="Print its whole text instead.")] = False,
    data: Data = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Show one source with its passages and procedural events."""
    common = _common(context, data, as_json, quiet, debug)
    terminal = common.terminal()
    with _library(common.settings(), create=False) as library:
        source_id = library.resolve(source)
        document = library.current(source_id) if source_id else None
        if source_id is None or document is None:
            raise InputError(source, NO_SOURCE)
        passages = [stored.passage for stored in library.source_passages(source_id)]
        events = [stored.event for stored in library.source_events(source_id)]
    if common.as_json:
        terminal.record(source_record(document, passages, events, with_text=text))
    elif text:
        # To a file or a pipe, the text goes out exactly as it is stored: quotes are checked against it.
        sys.stdout.write(document.text) if not sys.stdout.isatty() else terminal.line(document.text)
    else:
        for line in source_lines(document, passages, events):
            terminal.line(line)


@app.command()
def remove(
    context: typer.Context,
    sources: Annotated[list[str], typer.Argument(metavar="ID...", help="Ids of sources, or their beginnings.")],
    data: Data = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Take sources out of the knowledge base."""
    common = _common(context, data, as_json, quiet, debug)
    terminal = common.terminal()
    failed = False
    with _library(common.settings(), create=False) as library:
        for given in sources:
            source_id = library.resolve(given)
            removed = source_id is not None and library.remove(source_id)
            failed |= not removed
            terminal.record({"input": given, "source_id": source_id, "removed": removed})
            if removed:
                terminal.note(f"removed {source_id}")
            else:
                terminal.fail(f"{given}: {NO_SOURCE}")
    if failed:
        raise typer.Exit(EXIT_FAILED)


@app.command()
def extract(
    context: typer.Context,
    inputs: Annotated[list[str], typer.Argument(metavar="PATH...", help="Files, folders, or -.")],
    data: Data = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Print the procedural events of documents. Needs no knowledge base."""
    common = _common(context, data, as_json, quiet, debug)
    terminal = common.terminal()
    limits = Limits.of_megabytes(common.settings().max_document_mb)
    failed = False
    for item in expand(inputs, limits, _stdin):
        try:
            if isinstance(item, InputError):
                raise item
            _extract_one(item, limits, terminal)
        except InputError as error:
            terminal.fail(str(error))
            failed = True
    if failed:
        raise typer.Exit(EXIT_FAILED)


@app.command()
def verify(
    context: typer.Context,
    repair: Annotated[bool, typer.Option("--repair", help="Rebuild what is derived from the ledger.")] = False,
    data: Data = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Hold ledger, vectors and full-text index against each other."""
    common = _common(context, data, as_json, quiet, debug)
    terminal = common.terminal()
    with _library(common.settings(), create=False) as library, terminal.progress() as progress:
        report = library.repair(progress("repairing") if progress else None) if repair else library.verify()
    terminal.record(asdict(report))
    for finding in report.findings:
        terminal.line(finding)
    if not report.ok:
        raise typer.Exit(EXIT_FAILED)
    terminal.note("Ledger, vectors and full text agree.")


def _common(context: typer.Context, data: Path | None, as_json: bool, quiet: bool, debug: bool) -> Common:
    common: Common = context.obj
    common.take(data, as_json, quiet, debug)
    return common


def _stdin() -> BinaryIO:
    return sys.stdin.buffer


@contextmanager
def _library(settings: Settings, *, create: bool) -> Iterator[Library]:
    from knowledge.store.library import open_library

    library = open_library(settings, create=create)
    try:
        yield library
    finally:
        library.close()


def _options(**given: str | None) -> DocumentMetadata:
    try:
        return metadata_from(given)
    except ValueError as error:
        raise SettingsError(f"In the options {error}.") from None


def _report(terminal: Terminal, result: Result) -> None:
    terminal.record(asdict(result))
    name, title = result.input, one_line(result.title or "")
    if result.reason is not None:
        terminal.fail(f"{name}: {result.reason}")
    elif result.same_as is not None:
        terminal.note(f"{name}: same text as “{title}” ({result.same_as}); not stored twice")
    elif result.passages is None:
        terminal.note(f"{name}: unchanged")
    else:
        terminal.note(
            f"{name}: {result.outcome} as {result.source_id} “{title}”, "
            f"{result.passages} passages, {result.events} events"
        )


def _extract_one(item: Input, limits: Limits, terminal: Terminal) -> None:
    from ingest.pipeline import read
    from ingest.text.metadata import overlaid

    fetched = item.read()
    document = extract_document(fetched.data, fetched.name, limits)
    reading = read(replace(document, metadata=overlaid(document.metadata, fetched.sidecar)))
    count = len(reading.events)
    terminal.line(f"{item.name}: {count or 'no'} procedural event{'' if count == 1 else 's'}")
    for event in reading.events:
        terminal.record(event_record(event, source=item.name))
        for line in event_lines(event):
            terminal.line(line)


def _log(*, debug: bool) -> None:
    """Libraries speak to nobody unless somebody is looking for an error."""
    if debug:
        logging.basicConfig(level=logging.INFO, stream=sys.stderr)
    else:
        logging.lastResort = None
        if not sys.warnoptions:
            warnings.simplefilter("ignore")


def main(arguments: list[str] | None = None) -> int:
    """Runs one command; returns its exit status. The outermost edge: no traceback leaves it unasked."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    common = Common()
    errors = Terminal()
    try:
        status = app(args=arguments, prog_name="python -m ingest", standalone_mode=False, obj=common)
        sys.stdout.flush()
    except typer.TyperException as error:  # wrong usage
        errors.fail(f"{error.format_message()} Try `python -m ingest --help`.")
        return EXIT_USAGE
    except SettingsError as error:
        errors.fail(str(error))
        return EXIT_USAGE
    except KnowledgeBaseError as error:
        errors.fail(str(error))
        return EXIT_KNOWLEDGE_BASE
    except OnRecordError as error:
        errors.fail(str(error))
        return EXIT_FAILED
    except KeyboardInterrupt:
        status = EXIT_INTERRUPTED
    except Exception as error:  # the outermost edge
        if common.debug:
            raise
        what = f"{type(error).__name__}: {error}".strip().rstrip(".:")
        errors.fail(f"Something went wrong that should not have ({what}); --debug shows where.")
        return EXIT_FAILED
    if status == EXIT_INTERRUPTED:
        errors.fail("Interrupted: what was reported as added is stored whole, and nothing else is.")
    return status if isinstance(status, int) else 0


if __name__ == "__main__":
    sys.exit(main())
