"""Bringing a file in and taking that back, the same for phrases and for bookmarks."""

from argparse import Namespace

from companion.cli.arguments import Branch, Verb
from companion.cli.context import Answer, Context
from companion.errors import FormatPartlyBroken
from companion.formats.detection import reader_names
from companion.formats.encoding import clean
from companion.formats.items import Parsed
from companion.formats.reading import read_path, read_table
from companion.session.importing import ImportReport, report_of
from companion.session.planning import Choices, plan_bookmarks, plan_phrases
from companion.ui.words import Words

_MOST_PLACES = 8


def register(commands: Branch, holds: str) -> None:
    """Add the verbs to a noun; ``holds`` is "phrases" or "bookmarks"."""
    get = commands.verb("import", lambda args, context: _import(args, context, holds))
    get.takes("file", metavar="FILE")
    get.takes("--format", metavar="F", choices=reader_names(holds))
    if holds == "phrases":
        get.takes("--columns", metavar="C", type=clean)
    takes_choices(get)
    commands.verb("undo-import", lambda args, context: _take_back(context, holds))


def takes_choices(get: Verb) -> None:
    """Add what the agent decides on every import."""
    get.takes("--into", metavar="S", type=clean)
    get.takes("--dry-run", action="store_true")
    get.takes("--keep-good", action="store_true")
    get.takes("--no-duplicates", action="store_true")
    get.takes("--no-changes", action="store_true")


def _import(args: Namespace, context: Context, holds: str) -> Answer:
    path = context.path(args.file)
    columns = getattr(args, "columns", None)
    if columns:
        parsed = read_table(path, columns, args.format)
    else:
        _, parsed = read_path(path, holds, args.format)
    return bring(parsed, path.name, args, context, holds)


def bring(parsed: Parsed, name: str, args: Namespace, context: Context, holds: str) -> Answer:
    """Take in what was read; ``name`` is what it is called when it is taken back."""
    if parsed.broken is not None and not args.keep_good:
        raise FormatPartlyBroken(**parsed.broken.facts, good=_entries(parsed))
    session = context.open()
    choices = Choices(args.into, doubles=not args.no_duplicates, changes=not args.no_changes)
    make = plan_phrases if holds == "phrases" else plan_bookmarks
    plan = make(session.profile, parsed, choices)
    if args.dry_run:
        return told(report_of(plan), True, context.words)
    report = session.imports.bring(plan, holds, name)
    context.saved(session)
    return told(report, False, context.words)


def _take_back(context: Context, holds: str) -> Answer:
    session = context.open()
    last = session.imports.last(holds)
    taken = session.imports.take_back(holds)
    context.saved(session)
    key = "taken_back_kept" if taken.kept else "taken_back"
    facts = {"undone": taken.undone, "kept": taken.kept}
    name = last.name if last else ""
    return Answer({"file": name, **facts}, context.words.say(f"cli.said.{key}", name=name, **facts))


def told(report: ImportReport, dry_run: bool, words: Words) -> Answer:
    """The counts, and in words where it went and what was not carried over as it stood."""
    counts = {"added": report.added, "updated": report.updated, "skipped": report.skipped}
    lines = [words.say("cli.said.would_import" if dry_run else "cli.said.imported", **counts)]
    if not (any(counts.values()) or report.problems):
        lines = [words.say("cli.said.nothing_in_it")]
    if report.duplicates:
        lines.append(words.say("cli.said.doubles", count=report.duplicates))
    if report.places:
        places = [
            f"{place or words.say('cli.said.no_set')} {count}"
            for place, count in report.places.items()
        ]
        if len(places) > _MOST_PLACES:
            more = len(places) - _MOST_PLACES
            places[_MOST_PLACES:] = [words.say("cli.said.and_more", count=more)]
        lines.append(words.say("cli.said.places", places=" · ".join(places)))
    for problem in report.problems:
        line = words.say("cli.said.problem_line", line=problem.line)
        place = f"{line}: " if problem.line else ""
        name = f"{problem.name}: " if problem.name else ""
        lines.append(f"- {place}{name}{words.say(f'problem.{problem.kind}')}")
    return Answer(report, "\n".join(lines))


def _entries(parsed: Parsed) -> int:
    return len(parsed.phrases) + len(parsed.bookmarks)
