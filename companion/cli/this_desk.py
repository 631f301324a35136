"""The commands on this desk's input methods and browsers: list, lend, take back."""

from argparse import Namespace
from collections.abc import Sequence

import msgspec

from companion.bookmarks.browsers import Browser, browsers
from companion.bookmarks.running import is_running
from companion.cli.arguments import Branch
from companion.cli.context import Answer, Context
from companion.errors import InputInvalid, NothingFound
from companion.formats.encoding import clean
from companion.formats.items import Problem
from companion.input_methods.finding import InputMethod, found
from companion.session import desk_places
from companion.session.desk_places import Outcome
from companion.ui.remaining import what_remains
from companion.ui.words import Words


class Place(msgspec.Struct):
    """An input method or a browser profile of this desk; ``lent``: it has something of ours."""

    name: str
    kind: str
    file: str
    profile: str = ""
    running: bool = False
    lent: bool = False


def register(commands: Branch) -> None:
    """Add the verbs of ``desk``."""
    desk = commands.branch("desk")
    desk.verb("list", _list, opens=False)
    lend = desk.verb("lend", _lend)
    lend.takes_one_of("--input-method", "--browser", metavars=("NAME", "NAME"))
    lend.takes("--browser-profile", metavar="P", type=clean)
    lend.takes("--set", metavar="S", action="append", default=[], type=clean)
    lend.takes("--folder", metavar="F", action="append", default=[], type=clean)
    lend.takes("--even-synced", action="store_true")
    desk.verb("take-back", _take_back)


def browser_named(name: str, profile: str | None) -> Browser:
    """The browser of this desk that is called so. Raises NothingFound."""
    fit = [one for one in browsers() if one.browser.casefold() == name.casefold()]
    if profile is not None:
        fit = [one for one in fit if one.profile == profile]
    if not fit:
        raise NothingFound(kind="browser")
    return fit[0]


def _list(_args: Namespace, context: Context) -> Answer:
    loans = context.seat().loans()
    methods, folders = loans.methods(), loans.folders()
    say = context.words.say
    inputs = [Place(one.name, one.kind, one.file, lent=one.name in methods) for one in found()]
    marks = [
        Place(b.browser, b.engine, b.folder, b.profile, is_running(b), b.folder in folders)
        for b in browsers()
    ]
    lines = [_line(say(f"input_method.{one.name}"), one, context.words) for one in inputs]
    lines += [_line(f"{one.name} · {one.profile}", one, context.words) for one in marks]
    return Answer(
        {"input_methods": inputs, "browsers": marks},
        "\n".join(lines) or say("cli.said.no_desk"),
    )


def _line(name: str, place: Place, words: Words) -> str:
    ours = f" {words.say('cli.said.has_ours')}" if place.lent else ""
    return f"{name}{ours}\t{place.file}"


def _lend(args: Namespace, context: Context) -> Answer:
    if args.input_method is not None:
        method = _method_named(args.input_method, context.words)
        lend_to, wanted = desk_places.Place(method), args.set
    else:
        browser = browser_named(args.browser, args.browser_profile)
        lend_to, wanted = desk_places.Place(browser), args.folder
    session = context.open()
    names = desk_places.shares(session.profile, lend_to.holds)
    unknown = [name for name in wanted if name not in names]
    if unknown:
        option = "--set" if lend_to.holds == desk_places.PHRASES else "--folder"
        raise InputInvalid(name=option, allowed=", ".join(filter(None, names)))
    left_out = [name for name in names if wanted and name not in wanted]
    outcome = desk_places.put(session, lend_to, left_out, args.even_synced)
    context.saved(session)
    if isinstance(lend_to.what, Browser):
        return _lent_bookmarks(lend_to.what, outcome, context.words)
    return _lent_phrases(lend_to.what, outcome, context.words)


def _method_named(name: str, words: Words) -> InputMethod:
    methods = found()
    for method in methods:
        if name.casefold() in (method.name, words.say(f"input_method.{method.name}").casefold()):
            return method
    raise InputInvalid(name="--input-method", allowed=" ".join(one.name for one in methods))


def _lent_phrases(method: InputMethod, put: Outcome, words: Words) -> Answer:
    name = words.say(f"input_method.{method.name}")
    lines = [words.say("cli.said.lent_phrases", name=name, count=put.count)]
    if not put.told:
        lines.append(words.say("cli.said.not_told"))
    lines += _said(put.problems, words)
    document = {"input_method": method.name, "count": put.count, "told": put.told}
    return Answer(document | {"problems": put.problems}, "\n".join(lines))


def _lent_bookmarks(browser: Browser, put: Outcome, words: Words) -> Answer:
    document = {"browser": browser.browser, "profile": browser.profile, "count": put.count}
    document["refused"] = put.refused.value if put.refused else ""
    document |= {"problems": put.problems, "remains": put.remains}
    if put.refused:
        why = words.say(f"browser.refused.{put.refused.value}")
        return Answer(document, f"{browser.browser}: {why}")
    if put.remains:
        return Answer(document, "\n".join(what_remains(put.remains, words)))
    lines = [words.say("cli.said.lent_bookmarks", name=browser.browser, count=put.count)]
    return Answer(document, "\n".join([*lines, *_said(put.problems, words)]))


def _said(problems: Sequence[Problem], words: Words) -> list[str]:
    return [f"- {one.name}: {words.say(f'problem.{one.kind}')}" for one in problems]


def _take_back(_args: Namespace, context: Context) -> Answer:
    session, say = context.open(), context.words.say
    before = len(session.loans.methods()) + len(session.loans.folders())
    remains = session.take_back_loans()
    context.saved(session)
    gone = before - len(remains)
    lines = [say("cli.said.taken", count=gone) if before else say("cli.said.nothing_lent")]
    lines += what_remains(remains, context.words)
    return Answer({"gone": gone, "remains": remains}, "\n".join(lines))
