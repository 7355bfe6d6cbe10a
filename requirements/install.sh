#!/bin/sh
# Makes .venv and installs one lock into it: sh requirements/install.sh base|dev
# Tools that hold other versions of the same packages have a venv of their own: scan in .venv-scan, audit in .venv-audit.
# A stamp holds the checksum of the lock that is installed, so an unchanged lock costs nothing.
set -eu

lock=$1
case $lock in
    base | dev) venv=.venv ;;
    *) venv=.venv-$lock ;;
esac
# Some of what a scanner needs comes as source alone.
binary=--only-binary=:all:
[ "$lock" = scan ] && binary="$binary --no-binary=pyperclip,urwid-mitmproxy,yaswfp"

say() { printf '%s\n' "$@" >&2; }

# The first Python of 3.11 or newer that can also make a virtual environment.
find_python() {
    without_venv=
    for name in python3 python3.14 python3.13 python3.12 python3.11 python; do
        command -v "$name" >/dev/null 2>&1 || continue
        "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 || continue
        if "$name" -c 'import venv, ensurepip' >/dev/null 2>&1; then
            printf '%s\n' "$name"
            return 0
        fi
        without_venv=$name
    done
    if [ -n "$without_venv" ]; then
        say "Máy có $without_venv nhưng thiếu phần tạo môi trường riêng (venv). Trên Debian, Ubuntu: sudo apt install python3-venv" \
            "$without_venv is here, but its venv module is not. On Debian and Ubuntu: sudo apt install python3-venv"
    else
        say "Cần Python 3.11 trở lên nhưng máy này chưa có. Trên Debian, Ubuntu: sudo apt install python3 python3-venv" \
            "Python 3.11 or newer is needed and was not found. On Debian and Ubuntu: sudo apt install python3 python3-venv"
    fi
    return 1
}

stamped() { [ -f "$venv/.installed-$1" ] && [ "$(cat "$venv/.installed-$1")" = "$(cksum <"requirements/$1.txt")" ]; }
stamp() { cksum <"requirements/$1.txt" >"$venv/.installed-$1"; }

# A venv whose Python was taken away by a system upgrade, or that was never finished, is made anew.
if ! "$venv/bin/python" -m pip --version >/dev/null 2>&1; then
    python=$(find_python)
    rm -rf "$venv"
    say "Đang tạo môi trường riêng trong $venv … (making $venv)"
    "$python" -m venv "$venv"
fi

stamped "$lock" && exit 0

say "Đang cài các gói trong requirements/$lock.txt, chờ chừng một phút … (installing requirements/$lock.txt)"
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-input \
    --require-hashes $binary -r "requirements/$lock.txt"
# dev.txt repeats every line of base.txt (a repository test keeps it so).
[ "$lock" = dev ] && stamp base
stamp "$lock"
