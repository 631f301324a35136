"""One line of the phrase list: its title, star and code, and the beginning of its text below."""

from companion.session.library import Row
from companion.ui.two_lines import Sign, TwoLines


class RowDelegate(TwoLines):
    """Paints a phrase, or what stands in its place in the trash and among the conflicts."""

    def texts(self, row: object) -> tuple[str, str]:
        """Its title, and what stands below."""
        return (row.title, self.second(row)) if isinstance(row, Row) else ("", "")

    def signs(self, row: object) -> tuple[Sign, ...]:
        """The star, then the code."""
        if not isinstance(row, Row):
            return ()
        star = "★" if row.favourite else ""
        return (star, self._tokens.amber), (row.abbr, self._tokens.soft)

    def second(self, row: Row) -> str:
        """What stands below the title."""
        say = self._words.say
        if row.fields:
            names = (say(f"library.field.{name}") for name in row.fields if self._known(name))
            return say("list.between").join(names) or row.text
        if row.kind == "set":
            return say("library.gone_set", count=row.count)
        if row.kind != "phrase":
            return f"{say(f'library.kind.{row.kind}')} · {row.text}".strip(" ·")
        return row.text

    def _known(self, field: str) -> bool:
        return self._words.knows(f"library.field.{field}")
