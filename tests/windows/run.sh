#!/bin/bash
# Run the tests that need Windows, under Wine: tests/windows/run.sh [PYTEST-ARGUMENT...]
#
# Without a path among the arguments it is tests/windows that runs; other tests may be named too.
# Sets up .wine in the repository first (or the folder WINE_DIR names), which takes a minute the
# first time. Ends with pytest's closing line and pytest's exit status.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
repo=$(cd "$here/../.." && pwd)
dir=${WINE_DIR:-$repo/.wine}
install='apt-get install -y --no-install-recommends wine wine64 xvfb xauth gcc-mingw-w64-x86-64'

for program in wineserver xvfb-run xauth x86_64-w64-mingw32-gcc; do
    command -v "$program" >/dev/null && continue
    if [ "$(id -u)" -ne 0 ]; then
        echo "run.sh: $program is not installed; run: sudo $install" >&2
        exit 1
    fi
    export DEBIAN_FRONTEND=noninteractive
    # A fresh machine has no package lists yet.
    $install >/dev/null 2>&1 || { apt-get update >/dev/null && $install >/dev/null; }
    break
done

# One run at a time: two would fight over the same keyboard, focus and hotkeys.
mkdir -p "$dir"
exec 9>"$dir/lock"
flock 9

"$here/setup.sh" "$dir" 9>&-
. "$dir/env.sh"
# Left over from a run that was cut off, Wine's desktop would draw on a screen that is gone.
wineserver -k 2>/dev/null 9>&- || true

cd "$repo"
paths=(tests/windows)
for argument in "$@"; do
    [ -e "${argument%%::*}" ] && paths=()
done
# Python under Wine dies of a terminal: its input is empty and its output a pipe. Wine goes before
# the screen does, or it would have the last word with a complaint about it.
xvfb-run -a bash -c '
    status=0
    "$WINE" "$WINPY" -m pytest -p no:cacheprovider -o faulthandler_timeout=120 "$@" || status=$?
    wineserver -k
    exit $status
' pytest "${paths[@]}" "$@" </dev/null 2>&1 9>&- | cat
