"""The command to practise: five minutes with a person, or one step of it for a script."""

from argparse import Namespace
from collections.abc import Collection
from contextlib import suppress
from time import monotonic, time
from typing import Any, Protocol

import msgspec

from companion.cli.arguments import Branch, UsageError, whole_number
from companion.cli.context import Answer, Context, Forward
from companion.cli.forwarding import forwarded
from companion.cli.prompt import card_lines, finding_lines
from companion.empathy.drafts import Draft, check
from companion.empathy.practice import EACH, SITTING_S, Line, Practice, line
from companion.empathy.prompts import card
from companion.empathy.schedule import RATINGS
from companion.empathy.scorer import CRISIS
from companion.empathy.shipped import LANGUAGES
from companion.errors import AppNotRunning, NothingFound
from companion.folding import fold
from companion.formats.encoding import clean
from companion.session.session import Session
from companion.ui.words import Words

# What a person types to see another line.
_OTHER = "-"
_RATED = [str(number) for number in range(1, len(RATINGS) + 1)]
_DAY_S = 24 * 3600


class Keeper(Protocol):
    """What decides on the next line and notes how the last one went."""

    @property
    def keeps(self) -> bool:
        """Whether what is practised is kept."""

    def next(self, without: Collection[str] = ()) -> Line:
        """The line to practise now."""

    def of(self, situation: str) -> Line:
        """The line of a situation whose turn it is."""

    def rate(self, situation: str, rating: int) -> int:
        """Note how it went, 1 to 4; when it is due again (Unix seconds)."""


def register(commands: Branch) -> None:
    """Add ``practice``."""
    # It works without a profile, and a person is asked in the shell, whatever runs: what is to be
    # kept is handed to the app step by step.
    verb = commands.verb("practice", _practice, opens=False)
    verb.takes("--situation", metavar="ID", type=clean)
    verb.takes("--line", metavar="N", type=whole_number(1, EACH))
    verb.takes("--reply", metavar="TEXT", type=clean)
    verb.takes("--rating", metavar="N", type=whole_number(1, len(RATINGS)))
    verb.takes("--without", metavar="ID", type=clean, action="append", default=[])
    verb.takes("--language", choices=LANGUAGES)


def _practice(args: Namespace, context: Context) -> Answer:
    step = args.json or args.reply is not None or args.rating is not None
    if args.situation is None and (args.reply is not None or args.rating is not None):
        what = context.words.say("cli.wrong.required", name="--situation")
        raise UsageError(what, "companion practice --situation ID …")
    if not step and context.talk is not None:
        return _sitting(args, context)
    return _step(args, context)


def _step(args: Namespace, context: Context) -> Answer:
    """One step: the line; with a reply, what the check and the card say; with a rating, when the
    situation is due again.
    """
    language = args.language or context.words.language
    keeper = _keeper(context, language)
    shown = _line(args, keeper, language)
    document: dict[str, object] = {
        "situation": shown.situation,
        "line": shown.number,
        "text": shown.text,
        "language": language,
        "keeps": keeper.keeps,
    }
    said = [] if args.reply is not None else [context.words.say("practice.says", text=shown.text)]
    if args.reply is not None:
        reply = args.reply if args.reply != "-" else clean("".join(context.lines())).rstrip("\r\n")
        draft, found = check(reply), card(shown.situation, language, shown.text)
        document |= {"draft": draft, "card": found}
        said += [
            *_checked(reply, draft, context.words),
            *card_lines(found, found.name, context.words),
        ]
    if args.rating is not None:
        due = keeper.rate(shown.situation, args.rating)
        document |= {"rating": args.rating, "due": due}
        said.append(_noted(due, context.words))
    return Answer(document, "\n".join(said))


def _line(args: Namespace, keeper: Keeper, language: str) -> Line:
    if args.situation is None:
        return keeper.next(args.without)
    if args.line:
        return line(args.situation, language, args.line)
    # Without a profile nobody knows which line a script has shown: it is always the first.
    return keeper.of(args.situation) if keeper.keeps else line(args.situation, language, 1)


def _keeper(context: Context, language: str) -> Keeper:
    """The app that runs with a profile open, the profile that files open, or nothing at all."""
    if context.forward is not None:
        running = _Running(context, context.forward, language)
        with suppress(AppNotRunning):
            if running.ask()["keeps"]:
                return running
    session = context.session
    if not context.in_app and (context.args.passphrase_file or context.args.pin_file):
        session = context.open()
    return Practice(None, language) if session is None else _Opened(context, session, language)


class _Opened(Practice):
    """The agent's profile, which is saved after each step."""

    def __init__(self, context: Context, session: Session, language: str) -> None:
        self._context, self._session = context, session
        super().__init__(session.profile, language)

    def rate(self, situation: str, rating: int) -> int:
        """Note how it went, and save it."""
        due = super().rate(situation, rating)
        self._context.saved(self._session)
        return due


class _Running:
    """The app that runs at this desk and keeps it: a step of this command for each question."""

    keeps = True

    def __init__(self, context: Context, forward: Forward, language: str) -> None:
        self._context, self._forward, self._language = context, forward, language

    def next(self, without: Collection[str] = ()) -> Line:
        """As Practice.next(). Raises AppNotRunning where the app has ended meanwhile."""
        return self._line(*(part for id in without for part in ("--without", id)))

    def of(self, situation: str) -> Line:
        """As Practice.of(). Raises AppNotRunning."""
        line(situation, self._language, 1)
        return self._line("--situation", situation)

    def rate(self, situation: str, rating: int) -> int:
        """As Practice.rate(). Raises AppNotRunning."""
        return int(self.ask("--situation", situation, "--rating", str(rating))["due"])

    def ask(self, *options: str) -> dict[str, Any]:
        """The document of a step. Raises AppNotRunning where no app does it."""
        argv = ["practice", "--json", "--language", self._language, *options]
        reply = forwarded(argv, self._context, self._forward)
        if reply is None or reply.exit:
            raise AppNotRunning
        return msgspec.json.decode(reply.out, type=dict[str, Any])

    def _line(self, *options: str) -> Line:
        said = self.ask(*options)
        return line(str(said["situation"]), self._language, int(said["line"]))


def _sitting(args: Namespace, context: Context) -> Answer:
    """Five minutes with a person: line by line, until the time is over or they leave."""
    words, language = context.words, args.language or context.words.language
    keeper = _keeper(context, language)
    kept = "practice.kept" if keeper.keeps else "practice.not_kept"
    lead = [words.say("practice.begin", minutes=SITTING_S // 60), words.say(kept), ""]
    begun, done, passed = monotonic(), 0, list(args.without)
    wanted = keeper.of(args.situation) if args.situation else None
    try:
        while monotonic() - begun < SITTING_S:
            shown, wanted = wanted or keeper.next(passed), None
            if not _one(shown, lead, keeper, context):
                passed.append(shown.situation)
            else:
                done += 1
    except (EOFError, KeyboardInterrupt, NothingFound):
        # They leave, or want nothing of what there is: either ends it as kindly as the clock does.
        lead = [""]
    return Answer({"done": done}, "\n".join([*lead, words.say("practice.end", count=done)]))


def _one(shown: Line, lead: list[str], keeper: Keeper, context: Context) -> bool:
    """One line, from the customer's words to how it went; False where another was wanted.

    ``lead`` is what is to be said before it, and is taken out.
    """
    words, talk = context.words, context.talk
    if talk is None:
        return False
    said = [*lead, words.say("practice.crisis")] if shown.situation == CRISIS else [*lead]
    lead.clear()
    said += [words.say("practice.says", text=shown.text), words.say("practice.you")]
    reply = clean(talk("\n".join(said))).strip()
    if reply == _OTHER:
        return False
    found = card(shown.situation, shown.language, shown.text)
    said = ["", *(_checked(reply, check(reply), words) if reply else [])]
    said += [*card_lines(found, found.name, words), "", words.say("practice.how")]
    rating = ""
    while rating not in _RATED:
        rating = fold(talk("\n".join(said))).strip()
        said = [words.say("practice.how")]
    due = keeper.rate(shown.situation, _RATED.index(rating) + 1)
    lead += [_noted(due, words), ""]
    return True


def _checked(reply: str, draft: Draft, words: Words) -> list[str]:
    """What the check says of a reply."""
    tier = "practice.clean" if draft.tier == "ok" else f"cli.tier.{draft.tier}"
    return [words.say(tier), *finding_lines(reply, draft)]


def _noted(due: int, words: Words) -> str:
    """When it comes again, in words."""
    days = round((due - time()) / _DAY_S)
    return words.say("practice.due", days=days) if days > 0 else words.say("practice.due_soon")
