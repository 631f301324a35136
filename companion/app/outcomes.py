"""What an agent is told of an insertion that did not go all the way."""

from companion.desk.ports import Obstacle
from companion.phrases.insertion import Outcome
from companion.ui.words import Words


def said_of(outcome: Outcome, keys: str, words: Words) -> str:
    """Why, and what to do now: ``keys`` paste by hand. Empty where there is nothing to say."""
    if outcome.obstacle in (None, Obstacle.LOCKED):
        return ""
    why = words.say(f"obstacle.{outcome.obstacle.value}")
    if not outcome.copied:
        return why
    if outcome.sent:
        return words.say("note.copied_rest", sent=outcome.sent, why=why, keys=keys)
    return words.say("note.copied", why=why, keys=keys)
