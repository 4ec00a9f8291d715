#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# What programs and scripts say in German, from the build folder: all of it, but not in JSON.
#
#   language-test.sh LOCALES PROGRAM...
set -euo pipefail

export LECTERN_LOCALEDIR=$1
shift
mapfile -t programs < <(readlink -f -- "$@")
folder=$(mktemp -d)
trap 'rm -rf -- "$folder"' EXIT
cd "$folder"
# C.UTF-8, which every machine has, in a country that there is not: as C.UTF-8 it would be English with
# glibc 2.41. None would generate the locales of all languages.
export LC_ALL=C_ZZ.UTF-8 XDG_RUNTIME_DIR=$folder
unset DISPLAY WAYLAND_DISPLAY

fail() {
  echo "failed: $*"
  exit 1
}

# LANGUAGE FILE COMMAND...
run() {
  local language=$1 file=$2 status=0
  shift 2
  LANGUAGE=$language timeout 20 "$@" >"$file" 2>&1 </dev/null || status=$?
  ((status < 124)) || fail "status $status of: $*"
  echo "exit status $status" >>"$file"
}

# FILE: one phrase a line; those of GLib, GStreamer and the C library (of Debian's package libc-l10n),
# which need not speak German here, are left out
phrases() {
  sed -E 's/   *|: /\n/g' "$1" | grep -vE '^(Usage:?|Help Options:|Show (all )?help options|Application Options:|Show GApplication options|Show GStreamer Options|No such file or directory\.?)$'
}

# COMMAND...: no phrase of two words and more is the same in both languages
is_german() {
  run '' english "$@"
  run de german "$@"
  [[ $(tail -n 1 english) == "$(tail -n 1 german)" ]] || fail "another $(tail -n 1 german) in German: $*"
  ! cmp -s english german || fail "the same in German: $*: $(cat german)"
  same=$(phrases german | grep -Fx -f <(phrases english) | grep -vE '^exit status|^lectern' | grep -E "[[:lower:]]{2,} [[:lower:]]{2,}" || true)
  [[ -z $same ]] || fail "English in German: $*: $same"
}

# COMMAND...: the same in both languages, but for measured times
is_english() {
  run '' english "$@"
  run de german "$@"
  diff <(sed -E 's/"seconds":[0-9.]+//' english) <(sed -E 's/"seconds":[0-9.]+//' german) || fail "not English: $*"
}

# and where the environment asks for a locale that this machine has not
is_german_without_locale() {
  [[ $(env -u LC_ALL -u LANGUAGE LANG=de_DE.UTF-8 "$1" --help) == "$(LANGUAGE=de "$1" --help)" ]] || fail "LANG=de_DE.UTF-8 is not German: $1"
}

printf 'v=1\n' >bad.sdp
for program in "${programs[@]}"; do
  is_german "$program" --help
  is_german_without_locale "$program"
  case $(basename "$program") in
    play) is_german "$program" missing.sdp ;;
    lectern) is_german "$program" x.sdp ;;
    lectern-cast)
      is_german "$program"
      is_german "$program" --test --to example.org
      is_german "$program" --test --ttl 300
      is_german "$program" --test --interface nowhere
      is_german "$program" --test --interface lo --write-sdp no/folder.sdp
      ;;
    lectern-guide)
      is_german "$program"
      is_german "$program" bad.sdp missing.sdp
      # a mark keeps the name of the file from turning a sentence written from right to left around
      [[ $(LANGUAGE=he "$program" bad.sdp 2>&1) == *$'\xe2\x80\x8f'*bad.sdp:* ]] || fail 'no mark of direction in Hebrew'
      is_german "$program" --convert doc x.sdp
      is_german "$program" udp://10.0.0.1@232.1.1.1:1234
      is_english "$program" --json bad.sdp missing.sdp udp://10.0.0.1@232.1.1.1:1234
      is_english "$program" --json --convert sdp x.sdp
      ;;
    lectern-tune)
      is_german "$program"
      is_german "$program" --latency no x.sdp
      is_english "$program" --json --latency no x.sdp
      is_english "$program" --json missing.sdp
      ;;
  esac
done
