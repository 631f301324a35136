"""Words that stand nowhere else, in everything an agent can write, and the search for them."""

import base64
import json
import shutil
from pathlib import Path

from companion.desk.recording import RecordingSecrets
from companion.session.card import Card
from companion.session.seat import Seat
from companion.session.session import Session
from companion.session.sitting import create
from companion.wiring.seats import full_address, open_store

PASSPHRASE = "correct horse battery"


class Canaries:
    """Words that stand nowhere else, in every field of every kind."""

    def __init__(self) -> None:
        self.words: list[str] = [PASSPHRASE]

    def word(self, field: str) -> str:
        made = f"金丝雀 {field.replace('_', '')} canary {len(self.words)}"
        self.words.append(made)
        return made

    def fill(self, session: Session) -> None:
        profile, word = session.profile, self.word
        group = profile.add("set", title=word("set"))
        fields = {name: word(name) for name in ("title", "body", "abbr")}
        phrase = profile.add("phrase", parent=group, tags=(word("tag"),), **fields)
        profile.change(phrase, body=word("later body"))
        folder = profile.add("folder", title=word("folder"))
        profile.add(
            "bookmark", parent=folder, title=word("mark"), url=f"https://{word('url')}.example/"
        )
        names = ("need", "helped", "lens", "next_words", "follow_up", "feeling")
        profile.add("reflection", at=1, hard=3, **{name: word(name) for name in names})
        profile.set_option(word("option"), word("option value"))
        profile.trash(profile.add("phrase", title=word("trashed"), body=word("trashed body")))

    def in_files(self, *folders: Path) -> list[tuple[Path, str]]:
        """Every file whose name or content holds one, as UTF-8, UTF-16 or JSON writes it."""
        coded = {
            word: {
                word.encode(),
                word.encode("utf-16-le"),
                json.dumps(word)[1:-1].encode(),
                base64.b64encode(word.encode())[:-4],
            }
            for word in self.words
        }
        return [
            (path, word)
            for folder in folders
            for path in folder.rglob("*")
            for word, forms in coded.items()
            if word in path.name
            or (path.is_file() and any(form in path.read_bytes() for form in forms))
        ]


def made(folder: Path, canaries: Canaries) -> Card:
    """A profile with a canary in every field, in a store below the folder."""
    seat = Seat(folder / "elsewhere", open_store, RecordingSecrets())
    address, agent = full_address("store", folder), canaries.word("agent")
    session, _ = create(seat, address, agent, PASSPHRASE)
    canaries.fill(session)
    session.sync()
    shutil.rmtree(folder / "elsewhere")
    return Card(session.profile.id, agent, address)
