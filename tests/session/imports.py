"""Planning an import and carrying it out at once, as most tests of either want it."""

from companion.formats.items import Parsed
from companion.profile.profile import Profile
from companion.session.importing import ImportReport, carry_out, report_of
from companion.session.planning import Choices, plan_bookmarks, plan_phrases


def import_phrases(profile: Profile, items: Parsed, into: str | None = None) -> ImportReport:
    plan = plan_phrases(profile, items, Choices(into))
    carry_out(profile, plan)
    return report_of(plan)


def import_bookmarks(profile: Profile, items: Parsed, into: str | None = None) -> ImportReport:
    plan = plan_bookmarks(profile, items, Choices(into))
    carry_out(profile, plan)
    return report_of(plan)
