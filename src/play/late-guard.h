/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Keeps a decoder from leaving out more than what is late.
 *
 * A sink tells how late a picture was, and video decoders of GStreamer leave out twice as much: who
 * was late by the three seconds in which this computer stood still is shown nothing for three more.
 * Told less, they catch up in short steps, and stop when they have. */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/* Guards the decoder whose source pad is @pad. */
void lec_late_guard_attach (GstPad *pad);

G_END_DECLS
