# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash
# Sentences of scripts, in the language of the environment. They come from the sources of the
# translations: on a fresh machine nothing is built yet.

translations=$(dirname "${BASH_SOURCE[0]}")/../po

# TEXT: its translation
translate() {
  local locale=${LC_ALL:-${LC_MESSAGES:-${LANG:-C}}} language=
  [[ $locale == C || $locale == POSIX ]] || language=${LANGUAGE:-$locale}
  TEXT=$1 awk '
    function unquote (line) {
      sub (/^[^"]*"/, "", line); sub (/"$/, "", line)
      gsub (/\\n/, "\n", line); gsub (/\\"/, "\"", line)
      return line
    }
    function end_message () {
      if (!found && id == ENVIRON["TEXT"] && text != "") { printf "%s", text; found = 1 }
      id = text = ""
    }
    /^#/ { next }
    /^msg/ { part = $1 }
    part == "msgid" { id = id unquote($0) }
    part == "msgstr" { text = text unquote($0) }
    /^$/ { part = ""; end_message() }
    END { end_message(); if (!found) printf "%s", ENVIRON["TEXT"] }
  ' "$(find_translations "${language%%[_.:@]*}")"
}

# LANGUAGE: the file with its translations, an empty one where there is none
find_translations() {
  if [[ -n $1 && -r $translations/$1.po ]]; then
    echo "$translations/$1.po"
  else
    echo /dev/null
  fi
}

# FORMAT ARGUMENT...: a line, translated
say() {
  local format
  format=$(translate "$1")
  shift
  # shellcheck disable=SC2059  # it is a format
  printf "$format\n" "$@"
}
