#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# One expects: lecture.sdp is a session description, application/sdp, for all who ask by its name.
# What happens: two types claim *.sdp with the same weight, and the name alone yields a presentation of
# StarOffice 5: a desktop that asks no further opens the lecture in the office suite. The bytes turn
# it into application/sdp, but only where they begin with v=.
# Versions: shared-mime-info 2.2-1, libglib2.0-0 2.74.6-2+deb12u9 (Debian 12).
# Seen on 2026-11-28:
#   claims: 50:application/sdp:*.sdp 50:application/vnd.stardivision.impress:*.sdp
#   by its name: application/vnd.stardivision.impress
#   by name and bytes: application/sdp
set -euo pipefail

root=$(mktemp -d) # all of it is installed there, and taken away at the end
# shellcheck source=findings/lib
. "$(dirname "$0")/lib"

debian bookworm shared-mime-info=2.2-1 libglib2.0-bin=2.74.6-2+deb12u9
inside update-mime-database /usr/share/mime
printf 'v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=Hall\r\nt=0 0\r\nm=video 5004 RTP/AVP 33\r\nc=IN IP4 239.1.1.1/1\r\n' >"$root/tmp/hall.sdp"
claims=$(grep ':\*\.sdp$' "$root/usr/share/mime/globs2" | sort)
still claims "50:application/sdp:*.sdp 50:application/vnd.stardivision.impress:*.sdp" "${claims//$'\n'/ }"
still "by its name" application/vnd.stardivision.impress \
  "$(inside gio info -a standard::fast-content-type /tmp/hall.sdp | sed -n 's/.*fast-content-type: //p')"
still "by name and bytes" application/sdp "$(inside gio info -a standard::content-type /tmp/hall.sdp | sed -n 's/.* standard::content-type: //p')"
