#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# One expects: when an image surface ends that was drawn in a recording surface, and the recording has ended before, nobody
# needs its pixels any more, so that ending it costs nothing.
# What happens: the image keeps the snapshot that the recording took, for the next one, and makes a copy of all pixels for it
# when it ends; then that ends, too. GTK 4 records what gtk_snapshot_append_cairo() draws, so that a player copies each picture
# for nothing. Of cairo_pattern_create_raster_source() no snapshot is taken.
# Version: libcairo2 1.16.0-7 (Debian 12).
# Seen on 2026-11-29, an image of 4000x4000 (62500 KiB, 15625 pages), page faults while it ends:
#   not recorded: fewer than 100
#   recorded, the recording has ended: 15625 or more
#   recorded by a raster source: fewer than 100
set -euo pipefail

root=$(mktemp -d) # all of it is installed there, and taken away at the end
# shellcheck source=findings/lib
. "$(dirname "$0")/lib"

debian bookworm libcairo2=1.16.0-7 python3=3.11.2-1+b1
cat >"$root/tmp/record.py" <<'PYTHON'
import ctypes
import resource

SIZE, RGB24, COLOR, COLOR_ALPHA = 4000, 1, 0x1000, 0x3000
cairo = ctypes.CDLL("libcairo.so.2")
pointer = ctypes.c_void_p
for function in ("cairo_image_surface_create_for_data", "cairo_recording_surface_create", "cairo_create", "cairo_surface_reference",
                 "cairo_pattern_create_raster_source", "cairo_pattern_create_for_surface"):
    getattr(cairo, function).restype = pointer
ACQUIRE = ctypes.CFUNCTYPE(pointer, pointer, pointer, pointer, pointer)
RELEASE = ctypes.CFUNCTYPE(None, pointer, pointer, pointer)
acquire = ACQUIRE(lambda pattern, image, target, extents: cairo.cairo_surface_reference(pointer(image)))
release = RELEASE(lambda pattern, image, acquired: cairo.cairo_surface_destroy(pointer(acquired)))
pixels = ctypes.create_string_buffer(4 * SIZE * SIZE)


def draw(image, is_raster):
    extents = (ctypes.c_double * 4)(0, 0, SIZE, SIZE)
    recording = pointer(cairo.cairo_recording_surface_create(COLOR_ALPHA, extents))
    context = pointer(cairo.cairo_create(recording))
    if is_raster:
        pattern = pointer(cairo.cairo_pattern_create_raster_source(image, COLOR, SIZE, SIZE))
        cairo.cairo_raster_source_pattern_set_acquire(pattern, acquire, release)
    else:
        pattern = pointer(cairo.cairo_pattern_create_for_surface(image))
    cairo.cairo_set_source(context, pattern)
    cairo.cairo_paint(context)
    for end, what in (("pattern", pattern), ("", context), ("surface", recording)):
        getattr(cairo, f"cairo_{end}_destroy".replace("__", "_"))(what)


for kind in ("not", "surface", "raster"):
    image = pointer(cairo.cairo_image_surface_create_for_data(pixels, RGB24, SIZE, SIZE, 4 * SIZE))
    if kind != "not":
        draw(image, kind == "raster")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    cairo.cairo_surface_destroy(image)
    print(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)
PYTHON
mapfile -t seen < <(inside python3 /tmp/record.py)
echo "page faults: ${seen[*]}"
still "not recorded" yes "$([ "${seen[0]}" -lt 100 ] && echo yes)"
still "recorded" yes "$([ "${seen[1]}" -ge 15625 ] && echo yes)"
still "recorded by a raster source" yes "$([ "${seen[2]}" -lt 100 ] && echo yes)"
