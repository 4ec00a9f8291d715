#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# One expects: who paints one picture after the other to a window, by Cairo on X11, has memory for that once; Cairo
# keeps pools of shared memory (MIT-SHM) for it.
# What happens: a pool is let go as soon as nothing in it is in use, which is after each picture where nothing else is
# drawn. The next picture gets a new pool, and so a page fault for each 4 KiB of it, here and in the X server. GTK 4
# with its Cairo renderer paints in this way; a player without a graphics card spends a quarter of its time so. As long as a small
# image made by cairo_surface_create_similar_image() lives in the same pool, there is none of that.
# Version: libcairo2 1.16.0-7 (Debian 12), Xvfb of the same.
# Seen on 2026-11-29, pictures of 1280x720 (3600 KiB, 900 pages), page faults for each of 50:
#   nothing kept: 900 or more
#   a small image kept: fewer than 10
set -euo pipefail

root=$(mktemp -d) # all of it is installed there, and taken away at the end
# shellcheck source=findings/lib
. "$(dirname "$0")/lib"

debian bookworm libcairo2=1.16.0-7 libx11-6 python3=3.11.2-1+b1 xvfb xkb-data
cat >"$root/tmp/paint.py" <<'PYTHON'
import ctypes
import resource
import sys

WIDTH, HEIGHT, RGB24 = 1280, 720, 1
cairo = ctypes.CDLL("libcairo.so.2")
x11 = ctypes.CDLL("libX11.so.6")
for function in ("cairo_xlib_surface_create", "cairo_image_surface_create", "cairo_create",
                 "cairo_surface_create_similar_image"):
    getattr(cairo, function).restype = ctypes.c_void_p
for function in ("XOpenDisplay", "XDefaultVisual"):
    getattr(x11, function).restype = ctypes.c_void_p
x11.XDefaultRootWindow.restype = x11.XCreateSimpleWindow.restype = ctypes.c_ulong
pointer = ctypes.c_void_p

display = pointer(x11.XOpenDisplay(None))
root = ctypes.c_ulong(x11.XDefaultRootWindow(display))
window = ctypes.c_ulong(x11.XCreateSimpleWindow(display, root, 0, 0, WIDTH, HEIGHT, 0, ctypes.c_ulong(0),
                                                ctypes.c_ulong(0)))
x11.XMapWindow(display, window)
x11.XSync(display, 0)


def target():
    visual = pointer(x11.XDefaultVisual(display, 0))
    return pointer(cairo.cairo_xlib_surface_create(display, window, visual, WIDTH, HEIGHT))


def paint(picture):
    surface = target()
    context = pointer(cairo.cairo_create(surface))
    cairo.cairo_set_source_surface(context, picture, ctypes.c_double(0), ctypes.c_double(0))
    cairo.cairo_paint(context)
    cairo.cairo_destroy(context)
    cairo.cairo_surface_flush(surface)
    cairo.cairo_surface_destroy(surface)
    x11.XSync(display, 0)


picture = pointer(cairo.cairo_image_surface_create(RGB24, WIDTH, HEIGHT))
if sys.argv[1] == "kept":
    surface = target()
    large = pointer(cairo.cairo_surface_create_similar_image(surface, RGB24, WIDTH, HEIGHT))
    small = pointer(cairo.cairo_surface_create_similar_image(surface, RGB24, 128, 128))
    cairo.cairo_surface_destroy(large)
for _ in range(5):
    paint(picture)
before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
for _ in range(50):
    paint(picture)
print((resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before) // 50)
PYTHON
cat >"$root/tmp/screen" <<'SH'
export DISPLAY=:9
mkdir -p /tmp/.X11-unix
Xvfb :9 -screen 0 1280x720x24 >/dev/null 2>&1 &
sleep 2
python3 /tmp/paint.py nothing
python3 /tmp/paint.py kept
SH
mapfile -t seen < <(inside bash /tmp/screen)
echo "page faults for each picture: ${seen[*]}"
still "nothing kept" yes "$([ "${seen[0]}" -ge 900 ] && echo yes)"
still "a small image kept" yes "$([ "${seen[1]}" -lt 10 ] && echo yes)"
