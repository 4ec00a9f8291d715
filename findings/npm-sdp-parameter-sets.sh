#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# One expects: of a parameter of a=fmtp the name ends at the first equals sign, and the value is all behind it: the parameter sets of
# H.264 (RFC 6184, 8.1) are base64, which ends with equals signs as often as not.
# What happens: the npm package sdp, by which the WebRTC adapters of many programs read descriptions, and sdp-jingle-json beside it,
# keep the value up to the second equals sign. Of two sets, of which the first has padding, the second is gone: the decoder
# that is given them has no picture parameter set, and shows nothing until the sender repeats it, if it does. And
# what sdp writes again is as short. sdp-transform and semantic-sdp read the same value whole.
# Versions: sdp 3.2.2, sdp-jingle-json 3.1.0, sdp-transform 3.0.0 (npm), on nodejs 18.20.4+dfsg-1~deb12u3.
# Seen on 2026-11-29, sprop-parameter-sets=Z0LAHg==,aMuMsg==:
#   sdp: Z0LAHg
#   sdp, written: a=fmtp:96 sprop-parameter-sets=Z0LAHg
#   sdp-jingle-json: Z0LAHg
#   sdp-transform: Z0LAHg==,aMuMsg==
set -euo pipefail

root=$(mktemp -d) # all of it is installed there, and taken away at the end
# shellcheck source=findings/lib
. "$(dirname "$0")/lib"

command -v npm >/dev/null || { echo "npm is needed" >&2; exit 1; }
debian bookworm nodejs=18.20.4+dfsg-1~deb12u3
npm install --silent --ignore-scripts --cache "$root/tmp/cache" --prefix "$root/tmp" sdp@3.2.2 sdp-jingle-json@3.1.0 sdp-transform@3.0.0 >"$root/tmp/said"
cat >"$root/tmp/read.mjs" <<'JAVASCRIPT'
import jingle from "sdp-jingle-json";
import sdp from "sdp";
import { parse, parseParams } from "sdp-transform";

const medium = ["m=video 5004 RTP/AVP 96", "c=IN IP4 239.1.1.1/5", "a=rtpmap:96 H264/90000", "a=fmtp:96 sprop-parameter-sets=Z0LAHg==,aMuMsg=="];
const text = ["v=0", "o=- 1 1 IN IP4 192.0.2.1", "s=Hall", "t=0 0", ...medium, ""].join("\r\n");
const [codec] = sdp.parseRtpParameters(medium.join("\r\n") + "\r\n").codecs;
console.log(codec.parameters["sprop-parameter-sets"]);
console.log(sdp.writeFmtp(codec).trim());
console.log(jingle.toSessionJSON(text, {}).contents[0].application.payloads[0].parameters[0].value);
console.log(parseParams(parse(text).media[0].fmtp[0].config)["sprop-parameter-sets"]);
JAVASCRIPT
mapfile -t seen < <(inside node /tmp/read.mjs)
still sdp Z0LAHg "${seen[0]}"
still "sdp, written" "a=fmtp:96 sprop-parameter-sets=Z0LAHg" "${seen[1]}"
still sdp-jingle-json Z0LAHg "${seen[2]}"
still sdp-transform "Z0LAHg==,aMuMsg==" "${seen[3]}"
