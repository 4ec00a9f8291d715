#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# What every finding needs: a small Debian of pinned packages in a temp folder, in a network of its
# own in which only lo is up. Sourced by the scripts beside it. Needs Debian's apt, dpkg-deb, unshare
# and ip; as root, or where user namespaces are permitted.
set -euo pipefail

root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT

# Puts the packages, and what they depend on, into $root; nothing of the machine's own is used.
#   debian SUITE PACKAGE=VERSION...
debian() {
  local suite=$1 archive=http://deb.debian.org apt=$root/apt i options
  shift
  mkdir -p "$apt"/{lists,archives}/partial
  cat >"$apt/sources.list" <<LIST
deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $archive/debian $suite main
deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $archive/debian-security $suite-security main
LIST
  options=(-qq -o Dir::Etc::sourcelist="$apt/sources.list" -o Dir::Etc::sourceparts=/dev/null
    -o Dir::State::lists="$apt/lists" -o Dir::State::status=/dev/null -o Dir::Cache="$apt" -o Debug::NoLocking=1
    -o Acquire::Languages=none -o APT::Install-Recommends=0 -o APT::Sandbox::User="$(id -un)")
  if ! apt-get "${options[@]}" update || ! apt-get "${options[@]}" -y --download-only install \
    base-files bash coreutils sed grep libc-bin python3-minimal "$@"; then
    echo "not to be had from Debian's mirror (any more): $suite $*" >&2
    exit 1
  fi
  for i in bin sbin lib lib64; do
    mkdir -p "$root/usr/$i"
    ln -sfn "usr/$i" "$root/$i"
  done
  for i in "$apt"/archives/*.deb; do
    # tar, as dpkg-deb would put a folder in the place of the links; without what is large and not used here
    dpkg-deb --fsys-tarfile "$i" | tar -x -C "$root" --keep-directory-symlink --no-same-owner \
      --exclude='./usr/share/'{doc,man,locale,icons,fonts} --exclude='libLLVM*' --exclude='./usr/lib/x86_64-linux-gnu/dri'
  done
  rm -rf "$apt"
  mkdir -p "$root"/{proc,dev,tmp,etc,root}
  ln -sfn bash "$root/usr/bin/sh"
  ln -sfn "$(basename "$(find "$root/usr/bin" -name 'python3.[0-9]*' -not -name '*config' | head -n 1)")" "$root/usr/bin/python3"
  printf '%s localhost\n' 127.0.0.1 >"$root/etc/hosts"
  echo "root:x:0:0::/root:/bin/sh" >"$root/etc/passwd"
  printf 'installed:'
  printf ' %s' "$@"
  printf '\n'
}

# Runs a command in $root, in a network of its own: lo, and a cable called lan, 192.0.2.1 and
# 2001:db8::1, at whose other end nobody listens; what is sent to a group is heard by who has joined it
# here. A command that is not over after 100 seconds is ended.
inside() {
  local how=(--net --mount --pid --fork --kill-child)
  [[ $(id -u) == 0 ]] || how+=(--user --map-root-user)
  # shellcheck disable=SC2016
  unshare "${how[@]}" -- bash -c 'ip link set lo up
    ip link add lan type veth peer name end && ip link set end up && ip link set lan up
    ip addr add 192.0.2.1/24 dev lan; ip -6 addr add 2001:db8::1/64 dev lan nodad; ip route add default dev lan
    mount -t proc proc "$1/proc"; mount --rbind /dev "$1/dev"
    exec env -i PATH=/usr/bin:/usr/sbin HOME=/root LC_ALL=C.UTF-8 \
      LD_LIBRARY_PATH=/usr/lib/x86_64-linux-gnu/blas:/usr/lib/x86_64-linux-gnu/lapack:/usr/lib/x86_64-linux-gnu/pulseaudio \
      timeout 100 chroot "$@"' - "$root" "$@"
}

# Prints what was seen, and ends with 1 where it is not what was seen before.
#   still WHAT SEEN-BEFORE SEEN-NOW
still() {
  printf '%s: %s\n' "$1" "$3"
  if [[ $2 != "$3" ]]; then
    echo "this has changed: $1 was: $2" >&2
    exit 1
  fi
}
