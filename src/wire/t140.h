/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Text as it is typed (ITU-T T.140), from RTP (RFC 4103): packets in order in, what stands on a
 * screen of a few lines out.
 *
 * What was sent before fills what was lost, where it is redundant (RFC 2198); what it does not fill
 * is shown as missing. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LEC_T140_LINES 3
#define LEC_T140_TEXT 480 /* [bytes] on the screen; what is older leaves it */

/* To be embedded; all zero before the first packet. */
typedef struct
{
  char text[LEC_T140_TEXT + 1]; /* valid UTF-8, lines separated by '\n' */
  gsize length;                 /* [bytes] */

  /* ---- its own ---- */
  gboolean begun;
  guint16 sequence; /* of the newest packet */
  guint state;      /* what is in the middle of being read */
  guint n_ignored;  /* characters of a control string so far */
} LecT140;

/**
 * lec_t140_feed:
 * @sequence: of a packet, in order
 * @bytes: its payload, of type t140; any bytes at all
 *
 * Returns: whether `text` has changed
 */
gboolean lec_t140_feed (LecT140 *self, guint16 sequence, const guint8 *bytes, gsize length);

/* The same for a payload of type red. */
gboolean
lec_t140_feed_redundant (LecT140 *self, guint16 sequence, const guint8 *bytes, gsize length);

G_END_DECLS
