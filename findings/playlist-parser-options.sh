#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# One expects: the npm package playlist-parser ("m3u, m3u extended, and pls") reads the list of channels that VLC and most servers of a
# network's television write: title behind the comma of #EXTINF, an option for the player (#EXTVLCOPT) in between.
# What happens: it knows titles of the form "artist - title" only. "Hall" alone becomes "-1,Hall"; with an option in
# between the title is the option, the channel's own line is a null among the entries, on which a loop over them ends; and
# an address without an #EXTINF of its own is dropped. The addresses of the others are right.
# Version: playlist-parser 0.0.12 (npm), on nodejs 18.20.4+dfsg-1~deb12u3.
# Seen on 2026-11-29, titles read, in order, of three entries each called Hall:
#   #EXTINF:-1,Hall: -1,Hall
#   the same with an option in between: null, network-caching=1000
#   the same, and an address behind it without a title: -1,Hall
set -euo pipefail

root=$(mktemp -d) # all of it is installed there, and taken away at the end
# shellcheck source=findings/lib
. "$(dirname "$0")/lib"

command -v npm >/dev/null || { echo "npm is needed" >&2; exit 1; }
debian bookworm nodejs=18.20.4+dfsg-1~deb12u3
npm install --silent --ignore-scripts --cache "$root/tmp/cache" --prefix "$root/tmp" playlist-parser@0.0.12 >"$root/tmp/said"
cat >"$root/tmp/read.js" <<'JAVASCRIPT'
const { M3U } = require("playlist-parser");

const titles = (...lines) =>
  M3U.parse(["#EXTM3U", "#EXTINF:-1,Hall", ...lines, ""].join("\n"))
    .map((entry) => entry?.title ?? "null")
    .join(", ");
console.log(titles("udp://@239.1.1.1:1234"));
console.log(titles("#EXTVLCOPT:network-caching=1000", "udp://@239.1.1.1:1234"));
console.log(titles("udp://@239.1.1.1:1234", "udp://@239.1.1.2:1234"));
JAVASCRIPT
mapfile -t seen < <(inside node /tmp/read.js)
still "#EXTINF:-1,Hall" "-1,Hall" "${seen[0]}"
still "with an option in between" "null, network-caching=1000" "${seen[1]}"
still "with an address behind it without a title" "-1,Hall" "${seen[2]}"
