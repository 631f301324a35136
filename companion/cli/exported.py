"""Taking what the profile holds out into a file or a folder of another program."""

from argparse import Namespace
from pathlib import Path

from companion.cli import files
from companion.cli.arguments import Branch
from companion.cli.context import Answer, Context
from companion.errors import InputInvalid
from companion.formats.detection import (
    bookmark_writer_named,
    writer_by_ending,
    writer_named,
    writer_names,
)
from companion.formats.items import Written
from companion.session.exporting import LEFT_OUT, export_bookmarks, export_phrases


def register(commands: Branch, holds: str) -> None:
    """Add ``export`` to a noun; ``holds`` is "phrases" or "bookmarks"."""
    put = commands.verb("export", lambda args, context: _export(args, context, holds))
    put.takes("file", metavar="FILE")
    put.takes("--format", metavar="F", choices=writer_names(holds))


def _export(args: Namespace, context: Context, holds: str) -> Answer:
    path = context.path(args.file)
    format = args.format or _by_ending(path, holds)
    profile = context.open().profile
    if holds == "phrases":
        phrases = export_phrases(profile)
        written, count = writer_named(format).write_phrases(phrases), len(phrases)
    else:
        marks = export_bookmarks(profile)
        written, count = bookmark_writer_named(format).write_bookmarks(marks), len(marks)
    _keep(path, written)
    count -= sum(problem.kind in LEFT_OUT for problem in written.problems)
    said = context.words.say("cli.said.exported", count=count, file=path)
    lines = [f"- {p.name}: {context.words.say(f'problem.{p.kind}')}" for p in written.problems]
    return Answer(
        {"file": str(path), "format": format, "exported": count, "problems": written.problems},
        "\n".join([said, *lines]),
    )


def _by_ending(path: Path, holds: str) -> str:
    """The format that a file's name stands for. Raises InputInvalid."""
    writer = writer_by_ending(holds, path.suffix.lower())
    if writer is None:
        raise InputInvalid(name="--format", allowed=" ".join(writer_names(holds)))
    return writer.NAME


def _keep(path: Path, written: Written) -> None:
    """Write a file, or a folder with its files. Raises FileUnwritable."""
    if not written.files:
        files.write(path, written.data)
        return
    files.make_folder(path)
    for name, data in written.files.items():
        for above in reversed((path / name).relative_to(path).parents[:-1]):
            files.make_folder(path / above)
        files.write(path / name, data)
