/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which depayloader takes which encoding.
 *
 * A list by exact name: an announcement names an encoding, never an element. So what can be made to
 * run from outside is what stands here. */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/* Returns: whether there is one for @encoding, in any case of letters */
gboolean lec_depayloader_knows (const char *encoding);

/* Returns: whether @encoding, in any case of letters, is not played although there might be one */
gboolean lec_depayloader_refuses (const char *encoding);

/* Returns: whether that for @encoding, in any case of letters, gives nothing before a key frame */
gboolean lec_depayloader_awaits_key_frame (const char *encoding);

/* Returns: (transfer full): a sentence that says why @encoding, which is not known, does not play
 */
char *lec_depayloader_explain (const char *encoding);

/**
 * lec_depayloader_new:
 * @caps: `application/x-rtp` of one stream
 * @error: #LEC_ERROR_UNSUPPORTED, naming the encoding
 *
 * Returns: (nullable) (transfer floating): set up for packets that are in order already
 */
GstElement *lec_depayloader_new (const GstCaps *caps, GError **error);

/**
 * lec_depayloader_new_filter:
 * @depayloader: what comes out of it is to go through the filter
 *
 * Parameter sets are to stay in the stream, where they can be judged: else the depayloader takes
 * damaged ones for the description.
 *
 * Returns: (transfer floating): one that lets through all that has none
 */
GstElement *lec_depayloader_new_filter (GstElement *depayloader);

G_END_DECLS
