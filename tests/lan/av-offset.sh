#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# Sound and picture belong together: flash and beep of the test lecture meet within 40 ms.
# shellcheck source=lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

av_offset=$LECTERN_BUILD/tests/lan/av-offset

story "the test lecture, from its first second on"
send "$cast" --test --to 239.77.1.9 --write-sdp a.sdp
await a.sdp
viewer timeout 25 "$av_offset" a.sdp 8 >apart.txt || fail "no eight pairs of flash and beep"
are_in_step apart.txt
end_sender

story "the test lecture as Windows Media"
send "$cast" --test --to 239.77.1.10 --write-nsc a.nsc
await a.nsc
viewer timeout 25 "$av_offset" a.nsc 3 >apart.txt || fail "no three pairs of flash and beep"
are_in_step apart.txt
