#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# One expects: a full-screen window of GTK 4 fills the screen.
# What happens: on X11 without a compositor, as on many a thin client and kiosk, a window with a header bar of its own keeps
# a light frame of four or five pixels all around, also in full screen: the style sheets of GTK and of
# libadwaita give such windows (window.solid-csd) a frame that one can take hold of, with no exception for those
# that nobody can resize. A picture of the screen's own size is scaled down for it. A window without decoration has none.
# Version: GTK 4.8.3, libadwaita 1.2.2-1 (Debian 12); openbox 3.6.1-10 as window manager.
# Seen on 2026-11-29, black full-screen windows, by the pixel in the middle of the left edge:
#   GTK, without decoration: black
#   GTK, with a header bar: not black
#   libadwaita: not black
set -euo pipefail

root=$(mktemp -d) # all of it is installed there, and taken away at the end
# shellcheck source=findings/lib
. "$(dirname "$0")/lib"

debian bookworm libadwaita-1-0=1.2.2-1 gir1.2-adw-1=1.2.2-1 libgtk-4-1=4.8.3+ds-2+deb12u1 python3=3.11.2-1+b1 \
  python3-gi=3.42.2-3+b1 openbox=3.6.1-10 xvfb imagemagick xkb-data fonts-dejavu-core dbus procps
cat >"$root/tmp/window.py" <<'PYTHON'
import sys

import gi

gi.require_version("Gtk", "4.0")
gi.require_version("Adw", "1")
from gi.repository import Adw, Gdk, GLib, Gtk

if sys.argv[1] == "adw":
    Adw.init()
else:
    Gtk.init()
style = Gtk.CssProvider()
style.load_from_data(b".all { background: black; }")
Gtk.StyleContext.add_provider_for_display(Gdk.Display.get_default(), style, 600)
black = Gtk.Box(hexpand=True, vexpand=True)
black.add_css_class("all")
if sys.argv[1] == "adw":
    window = Adw.Window(content=black)
elif sys.argv[1] == "gtk":
    window = Gtk.Window(child=black, titlebar=Gtk.HeaderBar())
else:
    window = Gtk.Window(child=black, decorated=False)
window.fullscreen()
window.present()
while True:
    GLib.MainContext.default().iteration(True)
PYTHON
cat >"$root/tmp/screen" <<'SH'
export DISPLAY=:9 GSK_RENDERER=cairo XDG_RUNTIME_DIR=/tmp/run GSETTINGS_BACKEND=memory GTK_A11Y=none
mkdir -p /tmp/run /tmp/.X11-unix; chmod 700 /tmp/run
Xvfb :9 -screen 0 640x480x24 >/dev/null 2>&1 &
sleep 2
openbox >/dev/null 2>&1 &
sleep 1
for i in plain gtk adw; do
  python3 /tmp/window.py $i >/tmp/$i.log 2>&1 &
  window=$!
  sleep 5
  import-im6.q16 -window root /tmp/$i.png
  echo "$i $(convert-im6.q16 /tmp/$i.png -format '%[fx:p{0,240}.intensity<0.02]%[fx:p{320,240}.intensity<0.02]' info:)"
  kill $window
done
SH
mapfile -t seen < <(inside bash /tmp/screen)
# the edge, and the middle of the screen: 1 is black
still "GTK, without decoration" "plain 11" "${seen[0]}"
still "GTK, with a header bar" "gtk 01" "${seen[1]}"
still libadwaita "adw 01" "${seen[2]}"
