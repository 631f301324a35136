"""Puts a body of ours together from a foreign text, so that no word of ours acts by accident."""

from companion.formats import dates
from companion.profile import template

_NEAR = str.maketrans("{}\r\n\t;", "()   ,")
_MOST, _MOST_STEPS = 4_000_000, 400_000


class Body:
    """A body that grows part by part; ``kinds`` are the problems met on the way.

    ``english`` is the language its dates and words of ours speak: that of the text around them.
    """

    def __init__(self, around: str) -> None:
        self.english = dates.is_english(around)
        self.kinds: list[str] = []
        self._parts: list[str] = []
        self._length = 0
        self._steps = 0

    @property
    def text(self) -> str:
        """The body as far as it has grown."""
        return "".join(self._parts)

    @property
    def cost(self) -> int:
        """How much work it was, in characters: what a file repeats in itself adds up."""
        return self._length + 16 * self._steps

    @property
    def is_full(self) -> bool:
        """Whether it is longer than any phrase: what a file repeats in itself has to end."""
        return self._length > _MOST or self._steps > _MOST_STEPS

    def say(self, text: str) -> None:
        """Text that is only text."""
        self._add(template.literal(text))

    def keep(self, text: str, kind: str = "variable_kept_as_text") -> None:
        """What is not translated: it stays to be seen, and is told."""
        self.say(text)
        self.tell(kind)

    def tell(self, kind: str) -> None:
        """A problem of this kind."""
        if kind not in self.kinds:
            self.kinds.append(kind)

    def slot(self, asked: str, default: str = "", choices: tuple[str, ...] = ()) -> bool:
        """A place to fill in; False where nothing of its name can be one, and nothing is added."""
        asked = asked.strip()
        name = template.slot_name(asked)
        if not name:
            return False
        if name != asked:
            self.tell("slot_renamed")
        near = tuple(choice.translate(_NEAR).strip() for choice in choices)
        if len(near) < 2:
            default, near = (choices[0] if choices else default), ()
        first = near[0] if near else default.translate(_NEAR)
        asked_for = tuple(choice.strip() for choice in choices) if near else default
        if asked_for != (near or first):
            self.tell("slot_simplified")
        try:
            self._add(template.render([template.Slot(name, first, near)]))
        except ValueError:
            self.tell("slot_simplified")
            self._add(template.gap(name))
        return True

    def clipboard(self) -> None:
        """The text on the clipboard."""
        self._add("{clipboard}" if self.english else "{剪贴板}")

    def cursor(self) -> None:
        """Where the cursor stands in the end."""
        self._add("{cursor}" if self.english else "{光标}")

    def other(self, name: str, text: str) -> None:
        """Another phrase by its title or code; ``text`` stays where ours cannot name it so."""
        word = "phrase" if self.english else "短语"
        try:
            self._add(template.render([template.Other(name.strip(), word)]))
        except ValueError:
            self.keep(text)

    def date(self, format: str, text: str, count: int = 0, unit: str = "day") -> None:
        """A strftime format, so many units from now; ``text`` stays where ours cannot say it."""
        said = dates.body_of(format, self.english, count, unit)
        if said is None:
            self.keep(text)
            return
        self._add(said[0])
        if not said[1]:
            self.tell("date_form_changed")

    def _add(self, body: str) -> None:
        self._parts.append(body)
        self._length += len(body)
        self._steps += 1
