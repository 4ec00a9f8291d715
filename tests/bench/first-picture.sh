#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# How long after the first complete key frame on the wire the first picture is shown: of RTP, of the
# test lecture as Windows Media, and of files that FFmpeg has made, joined somewhere in the middle.
# Prints five of each; [ms] from the first datagram.
# shellcheck source=tests/lan/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lan/lib.sh"
needs ffmpeg

measure() { # ANNOUNCEMENT
  await "$1"
  for i in 1 2 3 4 5; do
    sleep "0.$((i * 17 % 10))"
    viewer timeout 30 "$LECTERN_BUILD/tests/bench/first-picture" "$1"
  done
  end_sender
}

film() { # PICTURES-BETWEEN-KEY-FRAMES FILE
  ffmpeg -nostdin -loglevel error -f lavfi -i testsrc2=s=640x360:r=25 -f lavfi -i sine=r=44100 -t 90 \
    -c:v wmv2 -b:v 700k -g "$1" -c:a wmav2 -b:a 64k -packet_size 1400 -f asf "$2"
}

story "the test lecture, RTP"
send "$cast" --test --to 239.77.15.1 --write-sdp a.sdp
measure a.sdp

story "the test lecture, Windows Media"
send "$cast" --test --to 239.77.15.2 --write-nsc b.nsc --fec-span 10
measure b.nsc

for interval in 25 100; do
  story "a film, Windows Media, a key frame each $interval pictures"
  film $interval $interval.wmv
  send "$cast" --to "239.77.15.$interval" --loop --write-nsc $interval.nsc $interval.wmv
  measure $interval.nsc
done
