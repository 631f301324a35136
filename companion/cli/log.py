"""The commands on the agent's private log: add, list, insights, export."""

from argparse import Namespace
from datetime import datetime

import msgspec

from companion.cli import files
from companion.cli.arguments import Branch, whole_number
from companion.cli.context import Answer, Context
from companion.formats.encoding import clean
from companion.profile.records import Reflection
from companion.reflection import log
from companion.reflection.insights import LEAST_ENTRIES, LEAST_TIMES, Sentence, insights
from companion.reflection.writing import FIELDS, written
from companion.ui.words import Words

_TEXTS = ("need", "helped", "next", "follow_up", "feeling")


def register(commands: Branch) -> None:
    """Add the verbs of ``log``."""
    entries = commands.branch("log")
    add = entries.verb("add", _add)
    add.takes("--hard", metavar="N", type=whole_number(1, log.HARDEST), default=0)
    add.takes("--lens", metavar="L", choices=log.LENSES, default="")
    for name in _TEXTS:
        add.takes(f"--{name.replace('_', '-')}", metavar="T", default="", type=clean)
    entries.verb("list", _list)
    entries.verb("insights", _insights)
    entries.verb("export", _export).takes("file", metavar="FILE")


def _add(args: Namespace, context: Context) -> Answer:
    session = context.open()
    kept = log.add(
        session.profile,
        hard=args.hard,
        need=args.need,
        helped=args.helped,
        lens=args.lens,
        next_words=args.next,
        follow_up=args.follow_up,
        feeling=args.feeling,
    )
    context.saved(session)
    words = context.words
    lines = [words.say("cli.said.logged")]
    lines += [words.say(f"masked.{kind}", count=count) for kind, count in kept.masked.items()]
    return Answer(kept, "\n".join(lines))


def _list(_args: Namespace, context: Context) -> Answer:
    entries = log.entries(context.open().profile)
    lines = [_line(entry, context.words) for entry in entries]
    return Answer(
        {"entries": [_row(entry) for entry in entries]},
        "\n".join(lines) or context.words.say("cli.said.no_entries"),
    )


def _row(entry: Reflection) -> dict[str, object]:
    row: dict[str, object] = {"id": entry.id, "at": entry.at}
    return row | {name: getattr(entry, name) for name in FIELDS}


def _line(entry: Reflection, words: Words) -> str:
    time = datetime.fromtimestamp(entry.at).astimezone().strftime("%Y-%m-%d %H:%M")
    parts = [time, "●" * entry.hard]
    parts += [words.say(f"lens.{entry.lens}")] if entry.lens in log.LENSES else []
    parts += [entry.need, entry.helped, entry.next_words, entry.follow_up, entry.feeling]
    return "  ".join(part for part in parts if part)


def _insights(_args: Namespace, context: Context) -> Answer:
    words = context.words
    found = insights(context.open().profile.reflections())
    sentences = [_sentence(one, words) for one in found.sentences]
    rule = words.say("insight.rule", entries=LEAST_ENTRIES, times=LEAST_TIMES)
    document = msgspec.to_builtins(found) | {"sentences": sentences, "rule": rule}
    lines = [words.say("insight.entries", count=found.entries)]
    for name in ("hard", "need", "lens", "helped"):
        counted = ", ".join(f"{key} × {count}" for key, count in document[name].items())
        lines += [f"{words.say(f'reflection.{name}')}: {counted}"] if counted else []
    return Answer(document, "\n".join([*lines, *sentences, rule]))


def _sentence(sentence: Sentence, words: Words) -> str:
    facts = dict(sentence.facts)
    if sentence.key == "lens":
        facts["name"] = words.say(f"lens.{facts['name']}")
    return words.say(f"insight.{sentence.key}", **facts)


def _export(args: Namespace, context: Context) -> Answer:
    words = context.words
    path = context.path(args.file)
    names = {name: words.say(f"reflection.{name}") for name in (*FIELDS, "at", "title")}
    entries = context.open().profile.reflections()
    files.write(path, written(entries, path.suffix, names))
    return Answer(
        {"file": str(path), "exported": len(entries)},
        words.say("cli.said.exported", count=len(entries), file=path),
    )
