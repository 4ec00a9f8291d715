#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# What every file has in common: a licence line, no tabs, no blanks at the end of a line, scripts
# that shellcheck finds nothing in.
#
#   style.sh ROOT
set -euo pipefail
cd "$1"

bad=0
complain() {
  echo "$1:"
  sed 's/^/  /'
  bad=1
}

mapfile -t sources < <(find app src ui tests data findings .ci meson.build meson_options.txt -type f \
  \( -name '*.[ch]' -o -name '*.in' -o -name '*.sh' -o -name '*.py' -o -name 'meson*' -o -name '*.ui' -o -name '*.css' \
  -o -name '*.supp' -o -name '*.xml' -o -path app/play -o -path tests/run -o -path tests/fresh-machine -o -path tests/package -o -path data/completions/lectern -o -path findings/lib -o -path .ci/run -o -path data/install-dependencies \) \
  -not -path 'tests/data/*' | sort)
mapfile -t scripts < <(grep -lE '^#!.*\b(ba)?sh$' "${sources[@]}")

found=$(grep -LE 'SPDX-License-Identifier: (LGPL-2.1-or-later|CC0-1.0)' "${sources[@]}" || true)
[[ -z $found ]] || complain "no licence line" <<<"$found"
if found=$(grep -nP '\t' "${sources[@]}" | cut -c1-120); then complain "tabs" <<<"$found"; fi
if found=$(grep -nP ' +$' "${sources[@]}" | cut -c1-120); then complain "blanks at the end" <<<"$found"; fi
if found=$(grep -nwE 'TO[D]O|FIX[M]E|XX[X]' "${sources[@]}"); then complain "left undone" <<<"$found"; fi

# what strangers write must not be kept for ever: lec_reference_dup_scheme()
if found=$(grep -nE '\bg_uri_peek_scheme +\(|\bg_intern_string|\bg_quark_from_string' src -r); then complain "keeps what it is shown" <<<"$found"; fi

if command -v shellcheck >/dev/null; then
  # SC1111: typographic quotes are meant, in sentences for people
  found=$(shellcheck -e SC1111 -x -P SCRIPTDIR "${scripts[@]}") || complain "shellcheck" <<<"$found"
fi
exit "$bad"
