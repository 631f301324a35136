"""What of a profile can be found: phrases and bookmarks, in their sets and folders."""

from companion.phrases.entries import entries_of
from companion.phrases.search import Index
from companion.profile.profile import Profile


def found(index: Index, query: str) -> list[str]:
    return [hit.entry.id for hit in index.find(query)]


def test_phrases_and_bookmarks_of_a_profile_are_in_the_list() -> None:
    profile = Profile("desk")
    group = profile.add("set", title="售后")
    phrase = profile.add("phrase", title="退款", body="{称呼}好", abbr="tk", parent=group)
    folder = profile.add("folder", title="网址")
    address = "https://x.example/{id}"
    mark = profile.add("bookmark", title="", url=address, parent=folder)
    profile.count_use(mark)
    entries = {entry.id: entry for entry in entries_of(profile)}
    assert entries[phrase].kind == "phrase"
    assert entries[phrase].set == "售后"
    assert entries[phrase].abbr == "tk"
    assert entries[mark].kind == "bookmark"
    assert (entries[mark].title, entries[mark].set) == (address, "网址")
    assert entries[mark].uses == 1
    index = Index(entries.values())
    assert found(index, "") == [mark, phrase]
    assert found(index, "x.example") == [mark]
    assert found(index, "shouhou") == [phrase]
    assert found(index, "sh") == [phrase]


def test_what_a_set_or_folder_stands_in_is_searched_too() -> None:
    profile = Profile("desk")
    outer = profile.add("set", title="大促")
    phrase = profile.add(
        "phrase", title="退款", parent=profile.add("set", title="预售", parent=outer)
    )
    folder = profile.add("folder", title="网址")
    for title in ("后台", "工单"):
        folder = profile.add("folder", title=title, parent=folder)
    mark = profile.add("bookmark", title="退款页", url="https://x.example", parent=folder)
    entries = {entry.id: entry for entry in entries_of(profile)}
    assert (entries[phrase].set, entries[phrase].above) == ("预售", ("大促",))
    assert (entries[mark].set, entries[mark].above) == ("工单", ("后台", "网址"))
    index = Index(entries.values())
    assert found(index, "大促") == found(index, "@dacu 退款") == [phrase]
    assert found(index, "网址") == found(index, "@wangzhi") == [mark]
