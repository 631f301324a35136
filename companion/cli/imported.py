"""What an import did, for people and for programs."""

from companion.cli.context import Answer
from companion.session.importing import ImportReport
from companion.ui.words import Words


def told(report: ImportReport, dry_run: bool, words: Words) -> Answer:
    """The counts, and in words where something was not carried over as it stood."""
    counts = {"added": report.added, "updated": report.updated, "skipped": report.skipped}
    lines = [words.say("cli.said.would_import" if dry_run else "cli.said.imported", **counts)]
    for problem in report.problems:
        place = f"{problem.line}: " if problem.line else ""
        name = f"{problem.name}: " if problem.name else ""
        lines.append(f"- {place}{name}{words.say(f'problem.{problem.kind}')}")
    return Answer(report, "\n".join(lines))
