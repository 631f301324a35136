"""The one door for errors: what happened, what is safe, what to do, in the agent's language."""

from dataclasses import dataclass

from companion.errors import CompanionError, HotkeyTaken
from companion.ui.key_names import spelled
from companion.ui.words import Words


@dataclass(frozen=True)
class Message:
    """An error in words."""

    what: str
    safe: str
    do: str

    def __str__(self) -> str:
        text = " ".join(part for part in (self.what, self.safe, self.do) if part)
        # A Chinese full stop brings its own space.
        return text.replace("\u3002 ", "\u3002")


def reason_in_words(reason: str, words: Words) -> str:
    """Why something did not work; what has no words is the name of a class, for IT."""
    key = f"reason.{reason}"
    return words.say(key) if words.knows(key) else reason


def explain(error: BaseException, words: Words) -> Message:
    """The words for an error; one that Companion does not know is named by its class only.

    The text of a foreign error is not shown: it could hold private words.
    """
    if isinstance(error, CompanionError):
        code, facts = error.code, dict(error.facts)
        for fact, name in ((fact, f"{fact}.{facts.get(fact)}") for fact in ("format", "reason")):
            if words.knows(name):
                facts[fact] = words.say(name)
        if isinstance(error, HotkeyTaken):
            facts["keys"] = spelled(str(facts["keys"]), words)
    else:
        code, facts = "unexpected", {"name": type(error).__name__}
    what = f"error.{code}.what"
    if facts.get("line") == 0 and words.knows(f"{what}_somewhere"):
        what += "_somewhere"
    keys = (what, f"error.{code}.safe", f"error.{code}.do")
    # What is looked for in vain may have words of its own.
    kind = f"_{facts.get('kind')}"
    parts = (words.say(key + kind if words.knows(key + kind) else key, **facts) for key in keys)
    return Message(*parts)
