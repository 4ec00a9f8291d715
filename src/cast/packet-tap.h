/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Looks at each RTP packet that goes by a pad, alone or in a list. */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

typedef void (*LecPacketTapFunc) (const guint8 *bytes, gsize size, gpointer data);

/**
 * lec_packet_tap_add:
 * @look: called for each packet, in its streaming thread
 * @destroy: (nullable): of @data, when the tap is removed
 *
 * Returns: for gst_pad_remove_probe(); it ends with its pad too
 */
gulong
lec_packet_tap_add (GstPad *pad, LecPacketTapFunc look, gpointer data, GDestroyNotify destroy);

G_END_DECLS
