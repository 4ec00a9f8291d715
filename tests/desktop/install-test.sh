#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# What is installed: all that a desktop needs, which then knows announcements by their names; and that
# nothing of it is left after it was removed.
#
#   install-test.sh BUILD PREFIX
set -euo pipefail

build=$1 prefix=$2
folder=$(mktemp -d)
log=$build/meson-logs/install-log.txt # of the viewer's own installation: ninja uninstall reads it
kept=
clean_up() {
  rm -f "$log"
  [[ -z $kept ]] || mv "$kept" "$log"
  rm -rf -- "$folder"
}
trap clean_up EXIT
if [[ -f $log ]]; then
  kept=$folder.log
  cp -p "$log" "$kept"
fi

fail() {
  echo "failed: $*"
  exit 1
}

# GLOB: one file of that name is installed, and not empty
has() {
  local -a found
  mapfile -t found < <(compgen -G "$root/$1")
  [[ ${#found[@]} == 1 && -s ${found[0]} ]] || fail "not installed: $1"
}

# FILE TYPE: by its name alone, as fast-content-type has it, and by its bytes
is_of_type() {
  local by_name by_bytes
  by_name=$(gio info -a standard::fast-content-type "$folder/files/$1" | sed -n 's/.*fast-content-type: //p')
  by_bytes=$(gio info -a standard::content-type "$folder/files/$1" | sed -n 's/.* standard::content-type: //p')
  [[ $1 != *.* || $by_name == "$2" ]] || fail "$1 is $by_name by its name"
  [[ $by_bytes == "$2" ]] || fail "$1 is $by_bytes by its bytes"
}

DESTDIR=$folder/root meson install -C "$build" --no-rebuild --quiet
root=$folder/root$prefix
[[ $(ls -A "$folder/root") == "$(cut -d / -f 2 <<<"$prefix")" ]] || fail "files outside of $prefix: $(ls -A "$folder/root")"
for name in lectern lectern-cast lectern-guide lectern-tune; do
  has "bin/$name"
  has "share/man/man1/$name.1"
  has "share/bash-completion/completions/$name"
done
has "lib*/*/gstreamer-1.0/*lectern.so"
has share/applications/org.lectern.Lectern.desktop
has share/dbus-1/services/org.lectern.Lectern.service
has share/icons/hicolor/scalable/apps/org.lectern.Lectern.svg
has share/icons/hicolor/symbolic/apps/org.lectern.Lectern-symbolic.svg
has share/locale/de/LC_MESSAGES/lectern.mo
has share/metainfo/org.lectern.Lectern.metainfo.xml
has share/mime/packages/org.lectern.Lectern.xml
grep -qx "Exec=$prefix/bin/lectern --gapplication-service" "$root/share/dbus-1/services/org.lectern.Lectern.service" || fail "the bus starts something else"
desktop-file-validate "$root/share/applications/org.lectern.Lectern.desktop"

# a desktop has the types of freedesktop.org, and these
mkdir -p "$folder/data/mime/packages" "$folder/files" "$folder/home"
cp /usr/share/mime/packages/freedesktop.org.xml "$root/share/mime/packages/org.lectern.Lectern.xml" "$folder/data/mime/packages"
export XDG_DATA_DIRS=$folder/data XDG_DATA_HOME=$folder/home
said=$(PKGSYSTEM_ENABLE_FSYNC=0 update-mime-database "$folder/data/mime" 2>&1) || fail "update-mime-database: $said"
[[ -z $said ]] || fail "update-mime-database: $said"
sdp='v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=Hall\r\nt=0 0\r\n'
# shellcheck disable=SC2059  # the formats are the files
{
  printf "$sdp" >"$folder/files/hall.sdp"
  printf "\xef\xbb\xbf$sdp" >"$folder/files/marked.sdp"
  printf "\r\n$sdp" >"$folder/files/blank"
  printf '[Address]\r\nName=x\r\n' >"$folder/files/hall.nsc"
  printf '[address]\nname=x\n' >"$folder/files/small"
  printf '<asx version="3"><entry/></asx>\n' >"$folder/files/hall.asx"
}
for file in hall.sdp marked.sdp blank; do is_of_type "$file" application/sdp; done
for file in hall.nsc small; do is_of_type "$file" application/x-netshow-channel; done
is_of_type hall.asx audio/x-ms-asx
for type in application/sdp application/x-netshow-channel audio/x-ms-asx; do
  grep -q "^MimeType=.*$type;" "$root/share/applications/org.lectern.Lectern.desktop" || fail "the desktop file has no $type"
done

ninja -C "$build" uninstall >"$folder/said" 2>&1 || fail "uninstall: $(cat "$folder/said")"
left=$(find "$folder" -path "$folder/root/*" -not -type d)
[[ -z $left ]] || fail "left behind: $left"
