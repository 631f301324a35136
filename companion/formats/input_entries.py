"""What an input method holds of a phrase: a code, a place among those of the same code, a text."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from companion.formats.encoding import clean, first_line
from companion.formats.items import Parsed, PhraseItem, Problem
from companion.profile import template
from companion.profile.template_dates import Moment

Fit = Callable[[str, str], Problem | None]
"""What is wrong with a code and a text; what does not fit is left out."""
Saying = Callable[[str], tuple[str, Problem | None]]
"""The text that a body of ours becomes, and what is wrong with it.

With anything but FILLED the phrase is left out.
"""

FILLED = Problem("filled_as_text")


@dataclass(frozen=True)
class Entry:
    """One phrase of an input method; ``place`` is 1 for the first of its code."""

    code: str
    place: int
    text: str


def plain(
    body: str,
    say: Callable[[Moment], str] = lambda _: "",
    escape: Callable[[str], str] = str,
) -> tuple[str, Problem | None]:
    """A body of ours as text, and FILLED where something in it will not be filled in any more.

    A slot is its default where it has one; what has none stays to be seen, in its braces. ``say``
    gives a moment in the format's own words, or nothing; all else goes through ``escape``. Enter
    becomes a line break.
    """
    texts: list[str] = []
    lost = False
    for part in template.parse(body):
        if isinstance(part, str):
            texts.append(escape(part))
            continue
        if isinstance(part, Moment) and (moment := say(part)):
            texts.append(moment)
            continue
        lost, said = True, ""
        if isinstance(part, template.Slot) and (part.choices or part.default):
            said = part.choices[0] if part.choices else part.default
        elif isinstance(part, template.Send):
            said = "\n"
        elif not isinstance(part, template.Cursor):
            said = template.render([part])
        texts.append(escape(said))
    return one_break(clean("".join(texts))), FILLED if lost else None


def one_break(text: str) -> str:
    """The text with line feeds only."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def entries(
    items: Iterable[PhraseItem], fit: Fit, say: Saying = plain
) -> tuple[list[Entry], list[Problem]]:
    """What of these phrases a format can hold, and what was left out or changed.

    Problems: empty_skipped, no_code, what ``fit`` finds, filled_as_text.
    """
    made: list[Entry] = []
    problems: list[Problem] = []
    places: dict[str, int] = defaultdict(int)
    for item in items:
        code = clean(item.abbr).strip()
        text, said = say(item.body)
        blank = None if text.strip() else Problem("empty_skipped")
        wrong = blank or (fit(code, text) if code else Problem("no_code")) or said
        if wrong:
            problems.append(replace(wrong, name=item.title))
        if wrong not in (None, FILLED):
            continue
        places[code] += 1
        made.append(Entry(code, places[code], text))
    return made, problems


def take(parsed: Parsed, item: PhraseItem, line: int = 0, kind: str = "") -> None:
    """Add a phrase to what was parsed, named by its text; a blank one is left out.

    ``kind`` is a problem it has.
    """
    title = first_line(item.body.replace("{{", "{").replace("}}", "}")) or item.abbr
    if not item.body.strip():
        parsed.problems.append(Problem("empty_skipped", title, line))
        return
    if kind:
        parsed.problems.append(Problem(kind, title, line))
    parsed.phrases.append(replace(item, title=title))


def placed(parsed: Parsed, places: Sequence[int]) -> None:
    """Put the phrases of one code into the order of their places, each code where it stood."""
    at: dict[str, list[int]] = defaultdict(list)
    for number, item in enumerate(parsed.phrases):
        at[item.abbr].append(number)
    before = list(parsed.phrases)
    for numbers in at.values():
        for number, source in zip(numbers, sorted(numbers, key=places.__getitem__), strict=True):
            parsed.phrases[number] = before[source]
