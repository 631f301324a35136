"""The commands that need no profile: the prompt for a message, the check of a reply."""

from argparse import Namespace
from collections.abc import Callable, Iterator

from companion.cli.arguments import Branch
from companion.cli.context import Answer, Context
from companion.empathy.drafts import check
from companion.empathy.prompts import Prompt, prompt
from companion.formats.encoding import clean


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
    said = "\n\n".join(_card(card, context) for card in found)
    return Answer({"situations": found}, said or context.words.say("cli.said.no_prompt"))


def _draft(args: Namespace, context: Context) -> Answer | Iterator[object]:
    if args.each_line:
        return _each(check, context)
    text = context.text()
    found = check(text)
    lines = [context.words.say(f"cli.tier.{found.tier}")]
    for finding in found.findings:
        marked = text[finding.start : finding.end]
        lines += [f"- {marked}: {finding.why}", f"  → {finding.rewrite}"]
    return Answer(found, "\n".join(lines))


def _each(look: Callable[[str], object], context: Context) -> Iterator[object]:
    return (look(clean(line.rstrip("\r\n"))) for line in context.lines())


def _card(card: Prompt, context: Context) -> str:
    lines = [f"{card.name} {card.score:.2f}  {card.need} · {card.emotion}"]
    lines += [f"  ? {card.ask}"] if card.ask else []
    lines += [f"  “{opening}”" for opening in card.openings]
    lines.append(context.words.say("cli.said.next", text=card.next))
    lines.append(context.words.say("cli.said.avoid", text=" / ".join(card.avoid)))
    return "\n".join(lines)
