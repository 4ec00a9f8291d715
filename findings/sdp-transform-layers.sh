#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# One expects: sdp-transform, by which most JavaScript programs read session descriptions, knows all forms of
# media and connection lines that RFC 8866 shows, or says that it does not.
# What happens: a medium with a number of ports (m=video 5004/2, its 5.14, one of its examples) loses kind, port and
# protocol without an error, and is written as "m=undefined NaN undefined". Of two connections, one for each
# layer, the last remains, and time to live and count stay in the address: "239.1.1.1/5/2" is no address.
# Version: sdp-transform 3.0.0 (npm), on nodejs 18.20.4+dfsg-1~deb12u3.
# Seen on 2026-11-28:
#   kind, port, address read: undefined undefined 239.1.1.1/5/2
#   written: m=undefined NaN undefined
set -euo pipefail

root=$(mktemp -d) # all of it is installed there, and taken away at the end
# shellcheck source=findings/lib
. "$(dirname "$0")/lib"

command -v npm >/dev/null || { echo "npm is needed" >&2; exit 1; }
debian bookworm nodejs=18.20.4+dfsg-1~deb12u3
npm pack --silent --cache "$root/tmp/cache" --pack-destination "$root/tmp" sdp-transform@3.0.0 >"$root/tmp/name"
tar -xzf "$root/tmp/$(cat "$root/tmp/name")" -C "$root/tmp"
cat >"$root/tmp/read.mjs" <<'JAVASCRIPT'
import { parse, write } from "./package/lib/index.js";

const lines = ["v=0", "o=- 1 1 IN IP4 192.0.2.1", "s=Hall", "c=IN IP4 239.1.1.1/5/2", "t=0 0", "m=video 5004/2 RTP/AVP 96", "a=rtpmap:96 H264/90000", ""];
const session = parse(lines.join("\r\n"));
console.log(session.media[0].type, session.media[0].port, session.connection.ip);
console.log(write(session).split("\r\n").find((line) => line.startsWith("m=")).trim());
JAVASCRIPT
mapfile -t seen < <(inside node /tmp/read.mjs)
still "kind, port, address read" "undefined undefined 239.1.1.1/5/2" "${seen[0]}"
still written "m=undefined NaN undefined" "${seen[1]}"
