"""Measures what a sync costs: requests with nothing new, requests and bytes up after an edit."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from build_spec.bench.figures import Figure, percentile, say
from build_spec.bench.stores import PASSPHRASE, Traffic, counted, fill, new_profile
from companion.session.sitting import open_here

PHRASES, EDITS = 5_000, 20
_BYTES_BAR, _PUTS_BAR = 2_048.0, 2.0


def measure(folder: Path) -> Iterator[Figure]:
    """The figures of a profile of 5,000 phrases on a folder store."""
    say("sync: nothing new, then edit after edit")
    home, store = folder / "home", folder / "store"
    fill(new_profile(home, store), PHRASES, 500, 500)
    traffic = Traffic()
    session = open_here(counted(home, store, traffic), PASSPHRASE)
    # The first sync after opening the profile may still fetch or send.
    session.sync()
    requests = session.sync().requests
    how = f"SyncReport.requests, {PHRASES:,} phrases, folder store"
    yield Figure("sync with nothing new", requests, "requests", how, 1)
    ids = [phrase.id for phrase in session.profile.phrases()][:EDITS]
    sent: list[Traffic] = []
    asked: list[float] = []
    for number, id in enumerate(ids):
        traffic.puts = traffic.bytes = 0
        session.profile.change(id, body=f"第 {number} 次改动:您的退款已加急提交,3 个工作日内到账。")
        asked.append(session.sync().requests)
        sent.append(replace(traffic))
    puts, sizes = [one.puts for one in sent], [one.bytes for one in sent]
    how = f"a body changed, then sync, {EDITS} times; puts counted at the store"
    yield Figure("sync of one edit, median, up", percentile(puts, 0.5), "requests", how, _PUTS_BAR)
    yield Figure("sync of one edit, median, up", percentile(sizes, 0.5), "bytes", how, _BYTES_BAR)
    yield Figure("sync of one edit, median, all", percentile(asked, 0.5), "requests", how)
    how = f"of the same {EDITS}: the sync that put the packs together"
    yield Figure("sync of one edit, worst, up", max(puts), "requests", how, _PUTS_BAR)
    yield Figure("sync of one edit, worst, up", max(sizes), "bytes", how, _BYTES_BAR)
    yield Figure("sync of one edit, worst, all", max(asked), "requests", how)
