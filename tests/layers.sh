#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# Includes run one way: says which lines of which file break the order of the folders.
#
#   layers.sh ROOT     checks the sources below ROOT
#   layers.sh          checks that it would notice: on a small tree made up to be wrong
set -euo pipefail

gst='gst/[a-z0-9/_-]+\.h'
sockets='(gio|glib-unix|sys/socket|sys/epoll|netinet|net/if|linux|ifaddrs|poll|pthread|time)\b.*'
gtk='(gtk|gdk|graphene|adwaita)\b.*'

# FOLDER: what its files may include of ours, and what they must not of others, as patterns of
# whole names. System headers that neither names are free.
rule() {
  case $1 in
    src/wire) ours='wire/.*' never="$gst|$sockets|$gtk|json-glib.*|libsoup.*" ;;
    src/announce) ours='(wire|announce)/.*' never="gst/(gst|base|app|video|audio|net|rtp)[/.].*|$sockets|$gtk|json-glib.*|libsoup.*" ;;
    src/lan) ours='(wire|announce|lan)/.*' never="$gst|$gtk|json-glib.*" ;;
    src/element) ours='(wire|announce|element)/.*|lan/(receiver|fetch|interfaces)\.h' never="$gtk|json-glib.*|libsoup.*" ;;
    src/play) ours='play/.*|wire/(channel|stats|error)\.h|lan/fetch\.h|announce/announcement\.h' never="$gtk|json-glib.*|libsoup.*" ;;
    src/cast) ours='cast/.*|lan/(sender|discovery|channel-list)\.h|announce/sap\.h|wire/(channel|error)\.h' never="$gtk|json-glib.*|libsoup.*" ;;
    ui) ours='ui/.*|[a-z-]+\.h|play/(player|figures|history|reception|verdict)\.h|wire/(channel|stats|error)\.h|lan/channel-(list|item)\.h|announce/sdp-print\.h' never="$gst" ;;
    *) return 1 ;;
  esac
}

is_header_of() { [[ -e $1/src/$2 || -e $1/ui/$2 || -e $1/app/$2 || -e $1/$2 ]]; }

# Prints FILE:LINE: NAME for each include of folder $2 below $1 that is not allowed.
check_folder() {
  local root=$1 folder=$2 file line name ours never
  rule "$folder"
  while IFS=: read -r file line name; do
    name=$(sed -E 's/^[^<"]*[<"]([^>"]*)[>"].*/\1/' <<<"$name")
    # the one file of the ui that turns frames into textures
    if [[ $folder == ui && $(basename "$file") == video-sink.* && $name =~ ^($gst)$ ]]; then
      continue
    fi
    # the one file that takes zlib through GIO
    if [[ $folder == src/announce && $(basename "$file") == inflate.c && $name == gio/gio.h ]]; then
      continue
    fi
    if is_header_of "$root" "$name" || is_header_of "$root" "${folder#src/}/$name" || [[ $name =~ ^app/ ]]; then
      [[ $name =~ ^($ours)$ ]] || echo "$file:$line: $folder must not include $name"
    elif [[ $name =~ ^($never)$ ]]; then
      echo "$file:$line: $folder must not include $name"
    fi
  done < <(grep -nEH '^[[:space:]]*#[[:space:]]*include' -r "$root/$folder" --include='*.[ch]' || true)
}

report=$(mktemp)
trap 'rm -f -- "$report"' EXIT

check_tree() {
  local folder
  for folder in src/wire src/announce src/lan src/element src/play src/cast ui; do
    [[ -d $1/$folder ]] || continue
    check_folder "$1" "$folder"
  done >"$report"
  cat "$report"
  [[ ! -s $report ]]
}

# A folder without a rule would be one that nobody watches.
check_known() {
  local folder
  for folder in "$1"/src/*/; do
    rule "src/$(basename "$folder")" || { echo "src/$(basename "$folder") has no rule in tests/layers.sh"; return 1; }
  done
}

notices() {
  local file=$1 include=$2 root
  root=$(mktemp -d)
  mkdir -p "$root"/{src/{wire,announce,lan,element,play,cast},ui,app}
  touch "$root"/src/{wire/channel,wire/session,announce/sdp,lan/receiver,lan/discovery,element/channelsrc,play/player}.h "$root/app/tune.h"
  printf '#include <glib.h>\n#include %s\n' "$include" >"$root/$file"
  if check_tree "$root" >/dev/null; then
    echo "not noticed: $file with #include $include"
    rm -rf "$root"
    return 1
  fi
  rm -rf "$root"
}

accepts() {
  ! notices "$@" >/dev/null || { echo "refused: $1 with #include $2"; return 1; }
}

if [[ $# -gt 0 ]]; then
  check_known "$1"
  check_tree "$1"
  exit
fi

notices src/wire/x.c '<gio/gio.h>'
notices src/wire/x.c '<sys/socket.h>'
notices src/wire/x.h '<gst/gst.h>'
notices src/wire/x.c '"announce/sdp.h"'
notices src/announce/x.c '"lan/receiver.h"'
notices src/announce/x.c '<gst/gst.h>'
notices src/lan/x.c '"element/channelsrc.h"'
notices src/lan/x.c '<gst/gst.h>'
notices src/lan/x.c '<gtk/gtk.h>'
notices src/element/x.c '"lan/discovery.h"'
notices src/element/x.c '"play/player.h"'
notices src/play/x.c '"lan/receiver.h"'
notices src/play/x.c '"element/channelsrc.h"'
notices src/cast/x.c '"play/player.h"'
notices ui/x.c '"wire/session.h"'
notices ui/x.c '<gst/gst.h>'
notices ui/x.c '"app/tune.h"'
accepts ui/video-sink.c '<gst/gst.h>'
accepts ui/x.c '"play/player.h"'
accepts src/announce/x.c '<gst/sdp/gstsdpmessage.h>'
accepts src/lan/x.c '<gio/gio.h>'
accepts src/wire/x.c '"wire/channel.h"'
