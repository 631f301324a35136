"""The cards of a message for one agent: his own openings first, what he refused a little behind."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

from companion.empathy.classifier import classify
from companion.empathy.features import language_of
from companion.empathy.leaning import Counts, leant
from companion.empathy.scorer import CRISIS
from companion.empathy.situations import Situation, situation
from companion.empathy.slots import facts
from companion.phrases.expanding import Surroundings
from companion.phrases.filled import Filled
from companion.phrases.filling import Filling
from companion.phrases.material import Material, Wording
from companion.profile.profile import Profile
from companion.profile.template import Part, Slot, parse, render

MANNERS = ("own", "team", "written", "brief", "spoken", "ask")
"""Whose words they are, or where they fit best; each has a word in the catalogue."""
_HIDDEN = "prompt_hidden."
_REFUSED, _UNREFUSED, _TAKEN = "prompt_refused:", "prompt_unrefused:", "prompt_taken:"

Undo = Callable[[], object]


@dataclass(frozen=True)
class Line:
    """Something to say: ``raw`` with its slots, ``body`` with those filled in that are known.

    ``filled`` is the same to be looked at. ``id`` is of the record, empty where it is not his own.
    """

    raw: str
    body: str
    filled: Filled
    manner: str
    id: str = ""


@dataclass(frozen=True)
class Card:
    """A situation, as it is shown: ``ask`` is None where there is nothing to be found out first."""

    id: str
    name: str
    need: str
    emotion: str
    ask: Line | None
    openings: tuple[Line, ...]
    next: str
    avoid: tuple[str, ...]
    language: str
    hidden: bool = False

    @property
    def safety(self) -> bool:
        """Whether somebody's life may be at stake: it is never hidden and never refused."""
        return self.id == CRISIS

    @property
    def lines(self) -> tuple[Line, ...]:
        """Everything that can be said, as it stands on the card."""
        return (*((self.ask,) if self.ask else ()), *self.openings)


@dataclass(frozen=True)
class Own:
    """What an agent's profile and teams say of prompts, as of one moment.

    ``openings`` are (id, text) by situation, ``shared`` texts by language and situation
    (``zh ship_urge``).
    """

    openings: Mapping[str, Sequence[tuple[str, str]]] = field(default_factory=dict)
    shared: Mapping[str, Sequence[str]] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()
    counts: Mapping[str, Counts] = field(default_factory=dict)

    def said(self, situation: str, language: str) -> list[tuple[str, str, str]]:
        """(text, manner, id) of each opening in a language, the agent's own before the teams'."""
        mine = self.openings.get(situation, ())
        theirs = self.shared.get(f"{language} {situation}", ())
        return [
            *((text, "own", id) for id, text in mine if _in(text, language)),
            *((text, "team", "") for text in theirs),
        ]


def own_of(profile: Profile, shared: Mapping[str, Sequence[str]]) -> Own:
    """What a profile says of prompts; takes its lock, so off the GUI thread."""
    openings: dict[str, list[tuple[str, str]]] = {}
    for one in profile.openings():
        openings.setdefault(one.situation, []).append((one.id, one.text))
    uses = {id: count for id, (count, _) in profile.uses().items()}
    said = {
        id.removeprefix(start)
        for id in uses
        for start in (_REFUSED, _TAKEN)
        if id.startswith(start)
    }
    counts = {
        id: Counts(
            uses.get(_REFUSED + id, 0) - uses.get(_UNREFUSED + id, 0), uses.get(_TAKEN + id, 0)
        )
        for id in said
    }
    hidden = {
        name.removeprefix(_HIDDEN)
        for name, value in profile.options().items()
        if name.startswith(_HIDDEN) and value is True
    }
    return Own(openings, shared, frozenset(hidden - {CRISIS}), counts)


def cards(
    text: str, own: Own, around: Surroundings, without: Collection[str] = frozenset()
) -> list[Card]:
    """Up to three cards for a message in its own language, best first: those of found_in()."""
    language = language_of(text)
    return [card(one, language, text, own, around) for one in found_in(text, own, without)]


def found_in(text: str, own: Own, without: Collection[str] = frozenset()) -> list[str]:
    """The ids of the situations that a message may be, up to three, best first.

    Those hidden are left out, and those ``without``; a crisis never is.
    """
    gone = (own.hidden | set(without)) - {CRISIS}
    return [one.id for one in leant(classify(text), own.counts) if one.id not in gone]


def card(id: str, language: str, text: str, own: Own, around: Surroundings) -> Card:
    """The card of a situation, slots filled from a message, which may be empty.

    Raises NothingFound for an id that is not known.
    """
    found = situation(id, language)
    values = facts(text, language)

    def line(raw: str, manner: str, id: str = "") -> Line:
        body = _known(raw, values)
        wording = Wording("", raw)
        filling = Filling(Material(id, (wording,)), wording, around)
        return Line(raw, body, filling.fill(values), manner, id)

    return Card(
        id=id,
        name=found.name,
        need=found.need,
        emotion=found.emotion,
        ask=line(found.ask, "ask") if found.ask else None,
        openings=tuple(line(*each) for each in (*own.said(id, language), *_ours(found))),
        next=found.next,
        avoid=found.avoid,
        language=language,
        hidden=id in own.hidden,
    )


def _ours(found: Situation) -> list[tuple[str, str]]:
    """The openings that come with us and their manners, in the order of Openings.all()."""
    openings = found.openings
    parts = (("written", openings.written), ("brief", openings.brief), ("spoken", openings.spoken))
    return [(said, manner) for manner, texts in parts for said in texts]


def _in(said: str, language: str) -> bool:
    """Whether an agent's own opening is of a language; one that is all slots is of any."""
    bare = "".join(part for part in parse(said) if isinstance(part, str))
    return not any(sign.isalpha() for sign in bare) or language_of(bare) == language


def _known(raw: str, values: Mapping[str, str]) -> str:
    """An opening with the slots filled in that the message or their default fills.

    What has choices, and what stays open, is asked for when it goes out.
    """
    parts: list[Part] = []
    for part in parse(raw):
        put: Part = part
        if isinstance(part, Slot) and (part.name in values or (part.default and not part.choices)):
            put = values.get(part.name, part.default)
        before = parts[-1] if parts else None
        if isinstance(put, str) and isinstance(before, str):
            parts[-1] = before + put
        elif put != "":
            parts.append(put)
    try:
        return render(parts)
    except ValueError:
        # Braces that no body can say: the form asks for everything.
        return raw


def refuse(profile: Profile, id: str) -> Undo:
    """Count that a situation was not the right one."""
    profile.count_use(_REFUSED + id)
    return lambda: profile.count_use(_UNREFUSED + id)


def take(profile: Profile, id: str) -> None:
    """Count that something was said from the card of a situation."""
    profile.count_use(_TAKEN + id)


def hide(profile: Profile, id: str, hidden: bool = True) -> Undo:
    """Prompt for a situation no more, or again."""
    profile.set_option(_HIDDEN + id, hidden)
    return lambda: profile.set_option(_HIDDEN + id, not hidden)


def keep_opening(profile: Profile, situation: str, text: str, id: str = "") -> Undo:
    """Keep an opening of the agent's own, new or in the place of ``id``; an empty text ends it."""
    if not text:
        profile.trash(id)
        return lambda: profile.restore(id)
    if id:
        before = profile.value(id, "text")
        profile.change(id, text=text)
        return lambda: profile.change(id, text=before)
    made = profile.add("opening", situation=situation, text=text)
    return lambda: profile.trash(made)
