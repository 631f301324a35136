"""The commands on the profile itself: made, opened otherwise, checked, exported, brought back."""

from argparse import Namespace
from pathlib import Path

from companion.cli import files
from companion.cli.arguments import Branch
from companion.cli.context import Answer, Context
from companion.cli.logins import login_for
from companion.errors import InputInvalid
from companion.seat_errors import CardNeedsPassphrase
from companion.session import plain_files
from companion.session.card import Card
from companion.session.card_files import file_name, write_card
from companion.session.session import Session
from companion.session.sitting import create
from companion.sync.store import Login
from companion.wiring.seats import copy_to_clipboard, full_address, user_of


def register(commands: Branch) -> None:
    """Add the verbs of ``profile``."""
    profile = commands.branch("profile")
    new = profile.verb("new", _new, secrets=("first_passphrase", "store_password"))
    new.takes("--store", metavar="URL", required=True)
    new.takes("--name", metavar="N", required=True)
    new.takes("--card-out", metavar="FILE")
    card = profile.verb("card", _card)
    card.takes("--copy", action="store_true")
    card.takes("--out", metavar="FILE")
    card.takes("--qr", metavar="FILE.png")
    profile.verb("store-login", _store_login, secrets=("passphrase", "store_password"))
    profile.verb("passphrase", _passphrase, secrets=("passphrase", "new_passphrase"))
    check = profile.verb("check", _check)
    check.takes("--mend", action="store_true")
    profile.verb("export", _export).takes("folder", metavar="DIR")
    profile.verb("import", _import).takes("file", metavar="FILE")
    profile.verb("take-in", _take_in).takes("file", metavar="FILE")
    profile.verb("recovery", _recovery, secrets=("passphrase",))


def _new(args: Namespace, context: Context) -> Answer:
    address = full_address(args.store, context.cwd)
    secret, login = context.secret("first_passphrase"), login_for(address, context)
    session, code = create(context.seat(), address, args.name, secret, login)
    context.opened(session)
    card = session.card()
    document = {"profile": session.profile.id, "card": card.text(), "recovery_code": code}
    said = [context.words.say("cli.said.new", card=card.text(), code=code)]
    if args.card_out:
        document["file"] = str(_put(card, context.path(args.card_out), context))
        said.append(context.words.say("cli.said.card_file", file=document["file"]))
    return Answer(document, "\n".join(said))


def _card(args: Namespace, context: Context) -> Answer:
    session = context.open()
    card = _card_of(session, context)
    document = {"profile": session.profile.id, "card": card.text()}
    if args.copy:
        copy_to_clipboard(card.text())
    if args.out:
        document["file"] = str(_put(card, context.path(args.out), context))
    if args.qr:
        document["qr"] = str(_draw(card, context.path(args.qr)))
    written = [document[name] for name in ("file", "qr") if name in document]
    said = [context.words.say("cli.said.card_file", file=file) for file in written]
    return Answer(document, "\n".join([card.text(), *said]))


def _card_of(session: Session, context: Context) -> Card:
    try:
        return session.card()
    except CardNeedsPassphrase:
        # In the app nobody can be asked: only what a file says is at hand there.
        if context.in_app and not context.args.passphrase_file:
            raise
        return session.card(context.secret("passphrase"))


def _put(card: Card, file: Path, context: Context) -> Path:
    """Write the card into a file, in a folder under the agent's name."""
    file = file / file_name(card.agent) if file.is_dir() else file
    write_card(card, file, context.words.say("card.file", agent=card.agent).splitlines())
    return file


def _draw(card: Card, file: Path) -> Path:
    from companion.session.card_qr import png

    drawn = png(card.text())
    if not drawn:
        raise InputInvalid(name="--qr", allowed="QR")
    files.write(file, drawn)
    return file


def _store_login(args: Namespace, context: Context) -> Answer:
    session = context.open()
    user = args.store_user or session.access.login.user or user_of(session.status().store)
    login = Login(user, context.secret("store_password"))
    session.change_login(login, context.secret("passphrase"))
    card = session.card().text()
    said = context.words.say("cli.said.store_login", card=card)
    return Answer({"profile": session.profile.id, "card": card}, said)


def _passphrase(_args: Namespace, context: Context) -> Answer:
    session = context.open()
    session.change_passphrase(context.secret("passphrase"), context.secret("new_passphrase"))
    return Answer({"profile": session.profile.id}, context.words.say("cli.said.passphrase"))


def _recovery(_args: Namespace, context: Context) -> Answer:
    session = context.open()
    code = session.renew_recovery(context.secret("passphrase"))
    document = {"profile": session.profile.id, "recovery_code": code}
    return Answer(document, context.words.say("cli.said.recovery", code=code))


def _check(args: Namespace, context: Context) -> Answer:
    report = context.open().check(args.mend)
    facts = {"checked": report.checked, "broken": len(report.broken), "mended": len(report.mended)}
    lines = [context.words.say("cli.said.checked", **facts)]
    lines += [f"{broken.name}\t{broken.reason}" for broken in report.broken]
    return Answer(report, "\n".join(lines))


def _export(args: Namespace, context: Context) -> Answer:
    """Plain files, readable by anybody: only ever written because somebody asked for them."""
    profile, folder = context.open().profile, context.path(args.folder)
    headings = context.words
    written = {
        plain_files.JSON_NAME: plain_files.as_json(profile),
        plain_files.MARKDOWN_NAME: plain_files.as_markdown(
            profile, lambda name: headings.say(f"plain.{name}")
        ).encode(),
        **plain_files.image_files(profile),
    }
    files.make_folder(folder)
    for name, data in written.items():
        files.write(folder / name, data)
    said = context.words.say("cli.said.exported_plain", folder=folder)
    return Answer({"folder": str(folder), "files": sorted(written)}, said)


def _import(args: Namespace, context: Context) -> Answer:
    path = context.path(args.file)
    data = files.read(path)
    session = context.open()
    clock, records = plain_files.from_json(data, path.name)
    session.take_in(clock, records)
    said = context.words.say("cli.said.imported_plain", count=len(records))
    return Answer({"records": len(records)}, said)


def _take_in(args: Namespace, context: Context) -> Answer:
    from companion.session.handing_over import take_in

    path, session = context.path(args.file), context.open()
    taken = take_in(session, path)
    context.saved(session)
    said = context.words.say("cli.said.taken_in", packs=taken.packs, new=taken.new)
    return Answer(taken, said)
