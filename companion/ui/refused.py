"""Says why the app does not start here."""

from companion.ui.messages import Message
from companion.ui.parts import Form, button, label
from companion.ui.words import Words


class Refused(Form):
    """One sentence on what is, and what can be done; the app ends with it."""

    def __init__(self, words: Words, message: Message) -> None:
        super().__init__(420, 24)
        self.setWindowTitle(words.say("app.name"))
        self.column.setSpacing(12)
        self.column.addWidget(label(message.what, "heading", wrap=True))
        text = str(Message(message.safe, message.do, ""))
        self.column.addWidget(label(text, "soft", wrap=True))
        self.column.addSpacing(4)
        self.close_it = button(words.say("leaving.close"), "primary", self.close)
        self.add_buttons(self.close_it)
        self.turn_to(self.close_it)
