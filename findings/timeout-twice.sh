#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# One expects: “timeout -s INT 3600 gst-launch-1.0 -e … ! matroskamux ! filesink …” records for an hour, and ends the file as
# Ctrl-C does.
# What happens: now and then the file is not ended. timeout sends the signal to the program, and then once more to the group of
# processes that both are in. gst-launch takes the first as the wish for an end (EOS), and dies of the second,
# unless that comes while the first is still waiting to be delivered, when the kernel makes one of them. “timeout --foreground”
# sends it once, and all files are whole.
# Versions: coreutils 9.1-1, gstreamer1.0-tools 1.22.0-2+deb12u1 (Debian 12).
# Seen on 2026-11-29, two cores, load 4: of 60 recordings 15, and in another run 8, without their end; with --foreground none.
set -euo pipefail

root=$(mktemp -d) # all of it is installed there, and taken away at the end
# shellcheck source=findings/lib
. "$(dirname "$0")/lib"

debian bookworm coreutils=9.1-1 gstreamer1.0-tools=1.22.0-2+deb12u1 gstreamer1.0-plugins-base=1.22.0-3+deb12u7
inside gst-inspect-1.0 >"$root/tmp/plugins" 2>&1 || true

# OPTION...: how many of 60 recordings were not ended
unfinished() {
  local i count=0
  for ((i = 0; i < 60; i++)); do
    inside timeout "$@" -s INT 0.3 gst-launch-1.0 -e audiotestsrc is-live=true ! fakesink >"$root/tmp/said" 2>&1 || true
    grep -q 'Got EOS' "$root/tmp/said" || count=$((count + 1))
  done
  echo "$count"
}

still "some recordings are not ended" yes "$([[ $(unfinished) -gt 0 ]] && echo yes || echo no)"
still "with --foreground all are" 0 "$(unfinished --foreground)"
