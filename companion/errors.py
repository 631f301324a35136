"""The kinds of failure Companion knows: facts only, their words are in resources/i18n."""

from typing import ClassVar


class CompanionError(Exception):
    """A failure and its facts, never private words; ``error.CODE.…`` of the catalogues says it."""

    code: ClassVar[str]

    def __init__(self, **facts: str | int) -> None:
        super().__init__(f"{self.code} {facts}" if facts else self.code)
        self.facts = facts


class WrongPassphrase(CompanionError):
    """The passphrase or recovery code opens no key slot."""

    code = "wrong_passphrase"


class PassphraseTooShort(CompanionError):
    """A new passphrase is below the least length. Facts: least."""

    code = "passphrase_too_short"


class HeaderDamaged(CompanionError):
    """profile.json or a key slot cannot be understood. Facts: name."""

    code = "header_damaged"


class HeaderMissing(CompanionError):
    """Packs are there but profile.json or the key slots are not. Facts: place, name."""

    code = "header_missing"


class NewerFormat(CompanionError):
    """Written by a newer Companion; it is left untouched. Facts: found, known."""

    code = "newer_format"


class UnsafeKdf(CompanionError):
    """Key derivation parameters below the floor or above the ceiling. Facts: name."""

    code = "unsafe_kdf"


class PackDamaged(CompanionError):
    """A pack's bytes are not what its name says, or do not open. Facts: name."""

    code = "pack_damaged"


class StoreMissing(CompanionError):
    """The store's folder is not there. Facts: place."""

    code = "store_missing"


class StoreEmpty(CompanionError):
    """The store holds no profile. Facts: place."""

    code = "store_empty"


class StoreTaken(CompanionError):
    """A profile is already in the store that a new one was to be made in. Facts: place."""

    code = "store_taken"


class StoreOfAnother(CompanionError):
    """The store holds another profile than this desk's. Facts: place."""

    code = "store_of_another"


class StoreDenied(CompanionError):
    """The store refuses to be read or written. Facts: place, act ("read" or "write")."""

    code = "store_denied"


class StoreFull(CompanionError):
    """No room is left in the store. Facts: place."""

    code = "store_full"


class StoreUnreachable(CompanionError):
    """The store does not answer. Facts: place, reason (an error's name)."""

    code = "store_unreachable"


class StoreLoginRefused(CompanionError):
    """The store does not accept the login. Facts: place."""

    code = "store_login_refused"


class StoreBusy(CompanionError):
    """The store asks to come back later, or holds a lock. Facts: place, seconds (0 unknown)."""

    code = "store_busy"


class StoreUntrusted(CompanionError):
    """Nobody this desk trusts vouches for the store's certificate. Facts: place, reason."""

    code = "store_untrusted"


class StoreUnencrypted(CompanionError):
    """The address would send the login in clear over a network. Facts: place."""

    code = "store_unencrypted"


class StoreAnswerStrange(CompanionError):
    """Something answers that is no store: a login page, a redirect. Facts: place, reason."""

    code = "store_answer_strange"


class StoreKindUnknown(CompanionError):
    """No store speaks this address. Facts: scheme."""

    code = "store_kind_unknown"


class ObjectMissing(CompanionError):
    """The store does not hold an object of this name. Facts: name."""

    code = "object_missing"


class CardDamaged(CompanionError):
    """A seat card is cut short, mistyped or not a seat card."""

    code = "card_damaged"


class NotSignedIn(CompanionError):
    """No profile is on this desk."""

    code = "not_signed_in"


class AlreadySignedIn(CompanionError):
    """Another profile is on this desk; it must sign out first."""

    code = "already_signed_in"


class DeskBusy(CompanionError):
    """The app or another command has this profile open and does not answer. Facts: pid."""

    code = "desk_busy"


class FileUnreadable(CompanionError):
    """A file that was named cannot be read. Facts: place, reason."""

    code = "file_unreadable"


class FileTooLarge(CompanionError):
    """A file holds more than is read. Facts: place, most (megabytes)."""

    code = "file_too_large"


class FileUnwritable(CompanionError):
    """A file that was named cannot be written. Facts: place, reason."""

    code = "file_unwritable"


class FormatUnknown(CompanionError):
    """No format reads this file. Facts: place."""

    code = "format_unknown"


class FormatBroken(CompanionError):
    """A file is of a known format and broken. Facts: place, format, line (0 when unknown)."""

    code = "format_broken"


class FormatPartlyBroken(CompanionError):
    """Only a part of a file can be read. Facts: place, format, line, good (entries)."""

    code = "format_partly_broken"


class SettingsBroken(CompanionError):
    """The settings file of this desk cannot be read. Facts: place, line."""

    code = "settings_broken"


class HotkeyTaken(CompanionError):
    """Another program holds this hotkey. Facts: keys."""

    code = "hotkey_taken"


class HotkeyUnknown(CompanionError):
    """A hotkey's text names a key this desk does not have. Facts: keys."""

    code = "hotkey_unknown"


class HotkeyRefused(CompanionError):
    """The desktop asks the agent, and did not give this hotkey. Facts: keys."""

    code = "hotkey_refused"


class HotkeysUnavailable(CompanionError):
    """The desktop gives programs no hotkeys. Facts: keys, command (what starts Companion)."""

    code = "hotkeys_unavailable"


class SecretsUnavailable(CompanionError):
    """The desk's secret store is missing, locked or silent. Facts: reason."""

    code = "secrets_unavailable"


class AppNotRunning(CompanionError):
    """The command needs the running app."""

    code = "app_not_running"


class AppLocked(CompanionError):
    """The running app is locked or signed out."""

    code = "app_locked"


class NothingFound(CompanionError):
    """A query that must name something finds nothing. Facts: kind."""

    code = "nothing_found"


class ClipboardUnavailable(CompanionError):
    """A command cannot reach the clipboard of this desk."""

    code = "clipboard_unavailable"


class NotInserted(CompanionError):
    """The focused window did not take a phrase; its text is on the clipboard."""

    code = "not_inserted"


class SlotsOpen(CompanionError):
    """A phrase leaves slots open; their names are for who asked and for no log. Facts: names."""

    code = "slots_open"

    def __init__(self, names: str) -> None:
        super().__init__()
        self.facts = {"names": names}


class InputInvalid(CompanionError):
    """A value that was given is outside what is allowed. Facts: name, allowed."""

    code = "input_invalid"


class ImageTooLarge(CompanionError):
    """An image is larger than a phrase may carry. Facts: size, most (bytes)."""

    code = "image_too_large"


class Stopped(CompanionError):
    """The agent stopped a long work."""

    code = "stopped"


class DisplayMissing(CompanionError):
    """There is no screen to show a window on."""

    code = "display_missing"
