"""A real Chromium imports the HTML that we export: its own importer, at its first start."""

import json
import subprocess
from pathlib import Path

import pytest

from companion.bookmarks.browsers import Browser
from companion.formats import netscape
from companion.formats.items import BookmarkItem
from companion.session.browser_reading import read_from
from tests.e2e.desktop import Desktop, wait_for
from tests.e2e.piped_chromium import chromium, needed

pytestmark = needed

ITEMS = [
    BookmarkItem("查订单 <A&B>", "https://order.test/?a=1&copy=2", ("售后",), (), 1_700_000_000),
    BookmarkItem(
        "物流 “快”", "https://wuliu.test/#/%E5%8D%95", ("售后", "快递"), (), 1_700_000_001
    ),
    BookmarkItem("引号 \"x\" 'y'", "https://q.test/%22", (), (), 1_700_000_002),
    BookmarkItem("emoji 🙂", "https://e.test/", ("空 格",), (), 1_700_000_003),
    BookmarkItem("脚本", "javascript:alert(1)", (), (), 1_700_000_004),
]


def can_mount() -> bool:
    """Whether a folder can be put in the place of another for one program alone."""
    try:
        asked = ["unshare", "--mount", "--map-root-user", "true"]
        return subprocess.run(asked, check=False, capture_output=True).returncode == 0
    except OSError:
        return False


@pytest.mark.skipif(not can_mount(), reason="this machine lets no program have mounts of its own")
def test_our_export_is_what_chromium_imports(tmp_path: Path) -> None:
    exported = tmp_path / "ours.html"
    exported.write_bytes(netscape.write_bookmarks(ITEMS).data)
    # Where those who set a desk up tell Chromium what to begin with.
    begin = tmp_path / "etc"
    begin.mkdir()
    wanted = {"distribution": {"import_bookmarks_from_file": str(exported)}}
    for name in ("initial_preferences", "master_preferences"):
        (begin / name).write_text(json.dumps(wanted), encoding="utf-8")
    desktop = Desktop(tmp_path)
    try:
        with chromium(tmp_path / "data", desktop, begin) as browser:
            wait_for(lambda: len(browser.titles()) == 8, 30.0)
    finally:
        desktop.close()
    parsed = read_from(Browser("Chromium", "x", str(tmp_path / "data" / "Default")))
    assert sorted(parsed.bookmarks, key=lambda one: one.added) == ITEMS
    assert set(parsed.folders) == {("售后",), ("售后", "快递"), ("空 格",)}
