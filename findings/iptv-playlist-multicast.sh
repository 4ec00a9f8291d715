#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# One expects: a parser of IPTV lists knows the addresses that IPTV of a network has, udp:// and rtp:// with a group, or hands on
# whatever address it finds, as M3U has no list of schemes.
# What happens: @iptv/playlist ("M3U playlist parser and generator") takes a line for an address only where it begins with http. A
# channel by udp://, rtp:// or rtsp:// is not in the result: no entry, no error, nothing counted. A list of a hotel or a
# university, multicast only, is empty. What it writes itself, with such an address, it reads as nothing. iptv-playlist-parser
# reads the same list whole.
# Versions: @iptv/playlist 1.2.1, iptv-playlist-parser 0.15.2 (npm), on nodejs 18.20.4+dfsg-1~deb12u3.
# Seen on 2026-11-29, four channels, by udp, rtp, rtsp and http:
#   @iptv/playlist: http://192.0.2.1/four
#   iptv-playlist-parser: udp://@239.1.1.1:1234 rtp://239.1.1.2:5004 rtsp://192.0.2.1/three http://192.0.2.1/four
#   written with udp://@239.1.1.1:1234, and read again, channels: 0
set -euo pipefail

root=$(mktemp -d) # all of it is installed there, and taken away at the end
# shellcheck source=findings/lib
. "$(dirname "$0")/lib"

command -v npm >/dev/null || { echo "npm is needed" >&2; exit 1; }
debian bookworm nodejs=18.20.4+dfsg-1~deb12u3
npm install --silent --ignore-scripts --cache "$root/tmp/cache" --prefix "$root/tmp" @iptv/playlist@1.2.1 iptv-playlist-parser@0.15.2 >"$root/tmp/said"
cat >"$root/tmp/read.mjs" <<'JAVASCRIPT'
import { parseM3U, writeM3U } from "@iptv/playlist";
import parser from "iptv-playlist-parser";

const addresses = ["udp://@239.1.1.1:1234", "rtp://239.1.1.2:5004", "rtsp://192.0.2.1/three", "http://192.0.2.1/four"];
const list = ["#EXTM3U", ...addresses.flatMap((address, i) => [`#EXTINF:-1 tvg-id="${i}",Hall ${i}`, address]), ""].join("\n");
console.log(parseM3U(list).channels.map((channel) => channel.url).join(" "));
console.log(parser.parse(list).items.map((item) => item.url).join(" "));
const written = writeM3U({ channels: [{ name: "Hall", duration: -1, url: addresses[0] }], headers: {} });
console.log(written.includes(addresses[0]) ? parseM3U(written).channels.length : "not written");
JAVASCRIPT
mapfile -t seen < <(inside node /tmp/read.mjs)
still @iptv/playlist "http://192.0.2.1/four" "${seen[0]}"
still iptv-playlist-parser "udp://@239.1.1.1:1234 rtp://239.1.1.2:5004 rtsp://192.0.2.1/three http://192.0.2.1/four" "${seen[1]}"
still "written with udp://@239.1.1.1:1234, and read again, channels" 0 "${seen[2]}"
