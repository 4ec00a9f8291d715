#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# Faults made for real, all at the same time: each on a group of its own, and what befalls a cable or
# a computer on a viewer of its own. The doctor names each of them, and nothing where nothing is
# wrong.
# shellcheck source=lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
needs ffmpeg
stations=$lan/doctor-station.py
patients=()

# The station's plug becomes a switch, with a port for each viewer.
station ip link add hub type bridge mcast_snooping 0
station ip addr flush dev eth0
station ip link set eth0 master hub
station ip addr add "$STATION4/24" dev hub
station ip addr add 10.77.0.9/24 dev hub
station ip link set hub up
station ip route add default dev hub
number=10
new_viewer() { # NAME
  new_host "$1"
  station ip link add "$1" type veth peer name peer
  station ip link set peer netns "$folder/net/$1" name eth0
  station ip link set "$1" master hub
  station ip link set "$1" up
  plug_in "$1" "10.77.0.$((number++))" "fd77::$number"
}

describe() { # FILE GROUP MEDIA-LINE...
  local file=$1 group=$2
  shift 2
  printf 'v=0\no=- 1 1 IN IP4 %s\ns=%s\nc=IN IP4 %s/1\nt=0 0\n' "$STATION4" "$file" "$group" >"$file.sdp"
  printf '%s\n' "$@" >>"$file.sdp"
}

# CODES NAME VIEWER TUNE-ARGUMENT...: tunes in on that viewer until one of these codes is named; and
# where nothing is to be wrong, for a while. HELD: what comes is not read for so many seconds, again
# and again. SLOWED: it has ever less of the processor. BEHIND: a command that changes what it sees.
patient() {
  local codes=$1 name=$2 host=$3
  local -a behind
  read -ra behind <<<"${BEHIND:-}"
  shift 3
  (
    mkdir "case-$name"
    cd "case-$name"
    sdp=$(realpath "../${sdp:-$name}.sdp")
    nsenter --net="$folder/net/$host" -- \
      "${behind[@]}" python3 "$ward" "$codes" "$bin/lectern-tune" --json "$@" "$sdp"
  ) >"$name.log" 2>&1 &
  patients+=("$! $name $codes")
}

ward=$folder/ward.py
cat >"$ward" <<'PYTHON'
import json, os, signal, subprocess, sys, threading, time

PATIENCE, WELL = 60, 5  # seconds: a busy computer takes its time
wanted, command = sys.argv[1].split("|"), sys.argv[2:]
tune = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=open("err.txt", "w"), text=True)


def hold(away, back):
    tune.send_signal(signal.SIGSTOP)
    time.sleep(away)
    tune.send_signal(signal.SIGCONT)
    time.sleep(back)


def hold_up():
    while not received:
        time.sleep(0.1)
    while "HELD" in os.environ:
        hold(float(os.environ["HELD"]), 3)
    for n in range(10000 if "SLOWED" in os.environ else 0):
        share = max(0.1 * 0.5 ** (n // 50), 0.003)  # half as much after each two seconds and a half
        hold(0.05 * (1 - share), 0.05 * share)


received = False
threading.Thread(target=hold_up, daemon=True).start()
end, well_since, found = time.monotonic() + PATIENCE, None, {"code": "nothing at all", "message": ""}
with open("out.txt", "w") as out:
    for line in tune.stdout:
        out.write(line)
        now = time.monotonic()
        found = json.loads(line)["diagnosis"]
        received = received or any(stream["out"] > 100 for stream in json.loads(line)["streams"])
        well_since = (well_since or now) if found["code"] == "fine" else None
        if found["code"] in wanted and (found["code"] != "fine" or now - well_since >= WELL) or now > end:
            break
tune.kill()
tune.wait()
print(found["code"], "-", found["message"])
sys.exit(found["code"] not in wanted)
PYTHON

h264=(-pix_fmt yuv420p -c:v libx264 -preset ultrafast -tune zerolatency -b:v 300k)
picture=(-nostdin -loglevel error -re -f lavfi -i testsrc=s=160x120:r=25)
key=MDEyMzQ1Njc4OWFiY2RlZmdoaWprbG1ub3BxcnN0 other=MDEyMzQ1Njc4OWFiY2RlZmdoaWprbG1ub3BxcnNV
video=('m=video 5004 RTP/AVP 96' 'a=rtpmap:96 H264/90000')
secure=('m=video 5004 RTP/SAVP 96' 'a=rtpmap:96 H264/90000')

# who sends
send "$cast" --test --interface hub --to 239.77.20.1 --write-sdp fine.sdp
send "$cast" --test --interface hub --to 239.77.20.2 --write-sdp ended.sdp
ending=$sender
send python3 "$stations" reports 239.77.20.3 5005
send python3 "$stations" narrow 239.77.20.4 5004
send python3 "$stations" bursts 239.77.20.9 5004
send python3 "$stations" damaged 239.77.20.11 5004
send "$cast" --test --drop 6 --interface hub --to 239.77.20.10 --write-sdp lossy.sdp
send python3 "$stations" flood 239.77.20.13 5004
send ffmpeg -nostdin -loglevel error -re -f lavfi -i testsrc2=s=1280x720:r=25 "${h264[@]}" -g 25 -f rtp "rtp://239.77.20.14:5004?ttl=1"
send ffmpeg "${picture[@]}" "${h264[@]}" -g 25 -f rtp "rtp://239.77.20.5:5004?ttl=1"
send ffmpeg "${picture[@]}" "${h264[@]}" -g 9999 -f rtp "rtp://239.77.20.6:5004?ttl=1"
send ffmpeg "${picture[@]}" "${h264[@]}" -g 25 -f rtp -srtp_out_suite AES_CM_128_HMAC_SHA1_80 -srtp_out_params "$key" "srtp://239.77.20.7:5004?ttl=1"
send ffmpeg "${picture[@]}" "${h264[@]}" -g 25 -f rtp "rtp://239.77.20.8:5004?ttl=1&localaddr=$STATION4"
send ffmpeg "${picture[@]}" "${h264[@]}" -g 25 -f rtp "rtp://239.77.20.8:5004?ttl=1&localaddr=10.77.0.9"

# what befalls cables and computers: each on a viewer of its own
for name in unplugged off; do new_viewer "$name"; done
station ip link set unplugged down
on off ip link set eth0 down

new_viewer gone
on gone ip link del eth0
new_viewer deaf
on deaf ip link set eth0 multicast off
new_viewer limited
on limited sysctl -qw net.ipv4.igmp_max_memberships=0
new_viewer stranger # to which the way back to the station is not the one by which it is heard
on stranger ip route flush all
on stranger sysctl -qw net.ipv4.conf.all.rp_filter=1 net.ipv4.conf.eth0.rp_filter=2
new_viewer holder
nsenter --net="$folder/net/holder" -- python3 -c 'import socket, time
held = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
held.bind(("", 5004))
print("held", flush=True)
time.sleep(60)' >held.txt &
new_viewer naked
on naked ip addr flush dev eth0
new_viewer only-six
on only-six ip -4 addr flush dev eth0
new_viewer only-four
on only-four sh -c 'echo 1 >/proc/sys/net/ipv6/conf/eth0/disable_ipv6'
new_viewer two-cards # the cable is out of the one that is used
on two-cards ip link add eth1 type veth peer name nobody
on two-cards ip link set nobody up
on two-cards ip addr add 10.78.0.1/24 dev eth1
on two-cards ip link set eth1 up
station ip link set two-cards down
new_viewer elsewhere
walls=()
# NAME COMMAND...: a viewer with a firewall, by what nft is told
wall() {
  local host=$1
  shift
  new_viewer "$host"
  printf '%s\n' "$@" | on "$host" nft -f -
  walls+=("$host")
}
if command -v nft >/dev/null; then
  wall input 'table inet guard { chain way-in { type filter hook input priority 0; policy drop; }; }'
  wall early 'table ip guard { chain first { type filter hook prerouting priority -300; meta l4proto udp drop; }; }'
  wall card 'table netdev guard { chain card { type filter hook ingress device eth0 priority 0; meta l4proto udp drop; }; }'
  wall six 'table ip6 guard { chain way-in { type filter hook input priority 0; ct state invalid,new drop; }; }'
  wall some 'table inet guard { chain way-in { type filter hook input priority 0; udp dport 5004 numgen random mod 100 < 20 drop; }; }'
  wall part 'table inet guard { chain way-in { type filter hook input priority 0; udp dport 5004-5005 drop; }; }'
else
  echo "== no nft here: firewalls are not tried"
fi

# what was announced
describe nobody 239.77.20.99 "${video[@]}"
describe other-port 239.77.20.5 'm=video 5010 RTP/AVP 96' 'a=rtpmap:96 H264/90000'
describe damaged 239.77.20.11 "${video[@]}"
for when in over later; do
  describe "$when" 239.77.20.98 "${video[@]}"
done
sed -i 's/^t=.*/t=3155673600 3155677200/' over.sdp  # an hour of 2000
sed -i 's/^t=.*/t=4260211200 4260214800/' later.sdp # and of 2035
describe flood 239.77.20.13 "${video[@]}"
describe large 239.77.20.14 "${video[@]}"
describe paused 239.77.20.3 "${video[@]}"
describe narrow 239.77.20.4 "${video[@]}"
describe bursts 239.77.20.9 "${video[@]}"
describe plain 239.77.20.5 "${video[@]}"
describe payload 239.77.20.5 'm=video 5004 RTP/AVP 98' 'a=rtpmap:98 H264/90000'
describe clear 239.77.20.5 "${secure[@]}" "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:$key"
describe keyframe 239.77.20.6 "${video[@]}"
describe wrong-key 239.77.20.7 "${secure[@]}" "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:$other"
describe no-key 239.77.20.7 "${video[@]}"
describe rivals 239.77.20.8 "${video[@]}"
printf '%s\n' v=0 "o=- 1 1 IN IP6 $STATION6" s=six 'c=IN IP6 ff15::77:20' 't=0 0' "${video[@]}" >six.sdp
describe other-source 239.77.20.5 "a=source-filter: incl IN IP4 239.77.20.5 10.77.0.99" "${video[@]}"
describe missing 239.77.20.5 "${video[@]}" 'm=audio 5006 RTP/AVP 0' 'c=IN IP4 239.77.20.98/1'
await held.txt
await fine.sdp
await ended.sdp
await lossy.sdp
sleep 2 # the first key frame has gone by

patient fine fine viewer
sdp=fine patient fine fine-decoded viewer --decode
patient ended ended viewer
patient nothing-arrives nobody viewer
sdp=nobody patient no-address naked naked
sdp=nobody patient no-address only-six only-six
sdp=six patient no-address only-four only-four
sdp=fine patient no-carrier two-cards two-cards
patient other-port other-port elsewhere
patient damaged damaged viewer
patient over over viewer
patient not-yet later viewer
patient paused paused viewer
patient other-source other-source viewer
patient fine plain viewer # another program here has the firewall tried on this group
patient other-payload payload viewer
patient not-encrypted clear viewer
patient key-wrong wrong-key viewer
patient key-missing no-key viewer
patient several-stations rivals viewer
patient stream-missing missing viewer
# they come with key frames alone
patient no-parameter-sets keyframe viewer --decode
sdp=fine GST_PLUGIN_FEATURE_RANK=avdec_h264:NONE,openh264dec:NONE patient no-decoder decoder viewer --decode # the sound plays on
patient network-loss lossy viewer
patient burst-loss bursts viewer
patient narrow-link narrow viewer
# a cable that the system shows as it shows a radio: no kernel has one for a namespace alone
cat >as-radio.sh <<'SHELL'
mount -t tmpfs none /sys/class/net
mkdir -p /sys/class/net/eth0/phy80211
exec "$@"
SHELL
sdp=bursts BEHIND="unshare --mount sh $PWD/as-radio.sh" patient burst-loss radio viewer
new_viewer busy
# who is busy for a moment loses what there is no room for, and who is slow decodes too late
if (($(sysctl -n net.core.rmem_max) < 6000000)); then
  # the administrator's programs have as much as they ask for
  sdp=flood HELD=3 BEHIND="setpriv --bounding-set=-net_admin" patient buffer held busy
fi
sdp=large SLOWED=1 patient cpu slowed busy --decode
sdp=fine patient no-carrier unplugged unplugged
sdp=fine patient interface-down off off
sdp=fine patient interface-down off-named off --interface eth0
sdp=fine patient interface-down gone gone
sdp=fine patient no-multicast deaf deaf
sdp=fine patient join-limit limited limited
sdp=fine patient reverse-path stranger stranger
sdp=fine patient port-held holder holder
patient nothing-arrives six viewer
for wall in "${walls[@]}"; do
  sdp=$([[ $wall == six ]] && echo six || echo fine) patient firewall "wall-$wall" "$wall"
done
# of these one stream ends alone, when it has come for a while
halves=()
for how in rests muffled mute; do
  send python3 "$stations" "$how" 239.77.20.12 "$((port = ${port:-5100} + 10))"
  halves+=("$sender")
  describe "$how" 239.77.20.12 "m=video $port RTP/AVP 96" 'a=rtpmap:96 H264/90000' \
    "m=audio $((port + 2)) RTP/AVP 97" 'a=rtpmap:97 L16/48000'
done
patient paused rests viewer
patient stream-missing muffled viewer
patient stream-missing mute viewer
for how in rests muffled mute; do
  until_true grep -q '"media":"audio".*"out":[1-9][0-9][0-9]' "case-$how/out.txt"
done
kill -USR1 "${halves[@]}"
until_true grep -q '"out":[1-9]' case-ended/out.txt # however long it takes to begin
kill "$ending"

failed=0
for patient in "${patients[@]}"; do
  read -r pid name codes <<<"$patient"
  wait "$pid" || failed=1
  echo "== $name ($codes): $(cat "$name.log")"
done
[[ $failed == 0 ]] || fail "some were not named"

grep -q 'as happens over Wi-Fi' radio.log || fail "the radio is not named"
! grep -q 'Wi-Fi' bursts.log || fail "a cable is taken for a radio"

# What is printed is typed, and all comes.
remedy() { # NAME
  python3 -c 'import json, re, sys
for line in open(sys.argv[1]):
    remedy = json.loads(line)["diagnosis"].get("remedy", "") if line.startswith("{") else ""
print("\n".join(re.findall("“([^”]+)”", remedy)))' "case-$1/out.txt"
}
patients=()
for name in stranger "${walls[@]/#/wall-}"; do
  [[ $name != wall-six ]] || continue # nobody sends to it
  host=${name#wall-}
  command=$(remedy "$name")
  story "$host: $command"
  on "$host" bash -ec "$command"
  sdp=fine patient fine "$host-cured" "$host"
done
for patient in "${patients[@]}"; do
  read -r pid name codes <<<"$patient"
  wait "$pid" || failed=1
  echo "== $name ($codes): $(cat "$name.log")"
done
[[ $failed == 0 ]] || fail "what was printed does not help"
