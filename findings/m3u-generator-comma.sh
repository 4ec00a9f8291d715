#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# One expects: a comma inside the quotes of an attribute (group-title="Halls, large") belongs to the attribute; the title is what
# comes behind the comma after it, as VLC, Kodi and the other parsers of IPTV lists have it.
# What happens: m3u-parser-generator takes the first comma of the line. The channel is called ` large",Hall`, its group is gone, and
# when the list is written again the line has a quote too many and stays broken for all who read it next.
# Versions: m3u-parser-generator 5.0.2, iptv-playlist-parser 0.15.2 (npm), on nodejs 18.20.4+dfsg-1~deb12u3.
# Seen on 2026-11-29, #EXTINF:-1 tvg-id="one" group-title="Halls, large",Hall:
#   title read:  large",Hall
#   group read: none
#   written: #EXTINF:-1 tvg-id="one", large",Hall
#   iptv-playlist-parser: Hall in Halls, large
set -euo pipefail

root=$(mktemp -d) # all of it is installed there, and taken away at the end
# shellcheck source=findings/lib
. "$(dirname "$0")/lib"

command -v npm >/dev/null || { echo "npm is needed" >&2; exit 1; }
debian bookworm nodejs=18.20.4+dfsg-1~deb12u3
npm install --silent --ignore-scripts --cache "$root/tmp/cache" --prefix "$root/tmp" m3u-parser-generator@5.0.2 iptv-playlist-parser@0.15.2 >"$root/tmp/said"
cat >"$root/tmp/read.mjs" <<'JAVASCRIPT'
import parser from "iptv-playlist-parser";
import { M3uParser } from "m3u-parser-generator";

const list = ["#EXTM3U", '#EXTINF:-1 tvg-id="one" group-title="Halls, large",Hall', "udp://@239.1.1.1:1234", ""].join("\n");
const playlist = new M3uParser().parse(list);
const [channel] = playlist.medias;
console.log(channel.name);
console.log(channel.group ?? channel.attributes["group-title"] ?? "none");
console.log(playlist.getM3uString().split("\n")[1]);
const [item] = parser.parse(list).items;
console.log(`${item.name} in ${item.group.title}`);
JAVASCRIPT
mapfile -t seen < <(inside node /tmp/read.mjs)
still "title read" ' large",Hall' "${seen[0]}"
still "group read" none "${seen[1]}"
still written '#EXTINF:-1 tvg-id="one", large",Hall' "${seen[2]}"
still iptv-playlist-parser "Hall in Halls, large" "${seen[3]}"
