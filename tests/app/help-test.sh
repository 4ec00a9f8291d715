#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# What --help, the manual pages and the completion of bash know of each other: all options, and none
# that there is not. Each program tells its version.
#
#   help-test.sh DATA VERSION PROGRAM...
set -euo pipefail

data=$1 version=$2
shift 2
mapfile -t programs < <(readlink -f -- "$@")
folder=$(mktemp -d)
trap 'rm -rf -- "$folder"' EXIT
cd "$folder"
export LC_ALL=C LANGUAGE=''
unset DISPLAY WAYLAND_DISPLAY

fail() {
  echo "failed: $*"
  exit 1
}

# SENTENCE WANTED FOUND: both are lists, a line each
same() {
  diff <(sort -u <<<"$2") <(sort -u <<<"$3") || fail "$1"
}

options_of_help() {
  "$1" --help | grep -oE '^ +(-[a-z], )?--[a-z-]+' | grep -oE -- '--[a-z-]+'
}

# what stands before the texts: the lines behind .TP, without the macros and the escapes of roff
options_of_page() {
  sed -nE '/^\.TP$/{n;s/\\f.|"//g;s/\\-/-/g;p}' "$1" | grep -oE -- '--[a-z-]+'
}

# WORD...: what bash offers for the last of them
complete_words() {
  COMP_WORDS=("$@")
  COMP_CWORD=$(($# - 1))
  COMPREPLY=()
  _lectern "$1"
  printf '%s\n' "${COMPREPLY[@]}"
}

# shellcheck source=data/completions/lectern
. "$data/completions/lectern"
mkdir lectures
touch hall.sdp HALL.ASX hall.pcap notes.txt 'main hall.sdp' film.mp4

for program in "${programs[@]}"; do
  name=$(basename "$program")
  page=$data/man/$name.1
  [[ $("$program" --version) == "$name $version" ]] || fail "$name --version: $("$program" --version)"
  same "options of $name in --help (<) and in its page (>)" "$(options_of_help "$program")" "$(options_of_page "$page")"
  [[ -z $(LC_ALL=C.UTF-8 man --warnings -E UTF-8 -l "$page" 2>&1 >/dev/null) ]] || fail "$page: $(man --warnings -l "$page" 2>&1 >/dev/null)"
  head -n 2 "$page" | grep -q "\"Lectern $version\"" || fail "$page is not of version $version"
  complete -p "$name" | grep -q -- '-F _lectern ' || fail "bash does not complete $name"
  missing=$(comm -23 <(options_of_help "$program" | sort) <(complete_words "$program" -- | sort) || true)
  [[ -z $missing ]] || fail "$name: bash does not offer $missing"
  # an option that has a value offers values of that kind, or none: never the files to be played
  for option in $("$program" --help | grep -oE -- '--[a-z-]+=' | tr -d =); do
    case $option in
      --write-sdp) continue ;;
    esac
    ! complete_words "$program" "$option" '' | grep -qxE 'hall.sdp|film.mp4' || [[ $option == --output ]] ||
      fail "$name $option takes a channel, says bash"
  done
  case $name in
    lectern-cast) same "files of $name" $'film.mp4\nlectures' "$(complete_words "$program" '')" ;;
    *) same "files of $name" $'HALL.ASX\nhall.sdp\nlectures\nmain hall.sdp' "$(complete_words "$program" '')" ;;
  esac
done
same "formats" $'asx' "$(complete_words "${programs[0]}" --convert as)"
same "formats behind a sign" $'asx\nm3u\nnsc\nsdp' "$(complete_words "${programs[0]}" --convert =)"
complete_words "${programs[0]}" --interface l | grep -qx lo || fail "bash does not offer lo"
