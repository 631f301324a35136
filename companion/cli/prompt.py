"""The commands that need no profile: the prompt for a message, the check of a reply."""

from argparse import Namespace
from collections.abc import Callable, Iterator

from companion.cli.arguments import Branch
from companion.cli.context import Answer, Context
from companion.empathy.drafts import Draft, check
from companion.empathy.prompts import Prompt, prompt
from companion.formats.encoding import clean
from companion.ui.words import Words


def register(commands: Branch) -> None:
    """Add ``prompt`` and ``draft``."""
    for name, act in (("prompt", _prompt), ("draft", _draft)):
        commands.verb(name, act, opens=False).takes_text("TEXT")


def _prompt(args: Namespace, context: Context) -> Answer | Iterator[object]:
    if args.each_line:
        return _each(lambda text: {"situations": prompt(text)}, context)
    return told(prompt(context.text()), context)


def told(found: list[Prompt], context: Context) -> Answer:
    """The cards of a message."""
    words = context.words
    each = (card_lines(card, f"{card.name} {card.score:.2f}", words) for card in found)
    said = "\n\n".join("\n".join(lines) for lines in each)
    return Answer({"situations": found}, said or words.say("cli.said.no_prompt"))


def card_lines(card: Prompt, name: str, words: Words) -> list[str]:
    """A card for people, under a name."""
    lines = [f"{name}  {card.need} · {card.emotion}"]
    lines += [f"  ? {card.ask}"] if card.ask else []
    lines += [f"  “{opening}”" for opening in card.openings]
    lines.append(words.say("cli.said.next", text=card.next))
    return [*lines, words.say("cli.said.avoid", text=" / ".join(card.avoid))]


def _draft(args: Namespace, context: Context) -> Answer | Iterator[object]:
    if args.each_line:
        return _each(check, context)
    text = context.text()
    found = check(text)
    tier = context.words.say(f"cli.tier.{found.tier}")
    return Answer(found, "\n".join([tier, *finding_lines(text, found)]))


def finding_lines(text: str, draft: Draft) -> list[str]:
    """What was found in a text, for people: the words, why, and how to say it."""
    lines: list[str] = []
    for found in draft.findings:
        lines += [f"- {text[found.start : found.end]}: {found.why}", f"  → {found.rewrite}"]
    return lines


def _each(look: Callable[[str], object], context: Context) -> Iterator[object]:
    return (look(clean(line.rstrip("\r\n"))) for line in context.lines())
