/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Makes of ASF data packets as they are sent what a demuxer for files wants.
 *
 * Senders take the padding away, which makes packets of different sizes; a demuxer cuts the stream
 * into pieces of one size. And times begin anywhere and wrap after 49 days; here they begin at one
 * that any demuxer shows at once. What all that is needed for is the demuxers of GStreamer. */
#pragma once

#include <glib.h>

#include "wire/asf-header.h"

G_BEGIN_DECLS

#define LEC_ASF_ROOM 2 /* [bytes] that there must be in front of a packet */

typedef struct
{
  guint32 packet_size; /* [bytes] of each packet, then */
  guint32 start_ms;    /* send time of the first packet, then */
  guint32 shift_ms;    /* that all times are moved by */
  guint32 send_time;   /* of the newest, then */
  gboolean has_begun;
} LecAsfRewriter;

/**
 * lec_asf_rewriter_init:
 * @header: that packets belong to
 */
void lec_asf_rewriter_init (LecAsfRewriter *self, const LecAsfHeader *header);

/* What comes next is the first packet: its times have to do with none before. */
void lec_asf_rewriter_begin (LecAsfRewriter *self);

/**
 * lec_asf_rewriter_nears_wrap:
 *
 * Returns: whether so much time has passed since the first packet, or times have gone so far back,
 *   that it is time to begin anew
 */
gboolean lec_asf_rewriter_nears_wrap (const LecAsfRewriter *self);

/**
 * lec_asf_rewriter_write:
 * @bytes: (array length=size): a packet, with LEC_ASF_ROOM in front that may be written to
 * @capacity: [bytes] from @bytes on that may be written to
 *
 * Returns: (nullable): where the packet stands then, with as many bytes as each has; NULL: it is
 *   none, or a parity packet, or larger than it may be; it is as it was
 */
guint8 *lec_asf_rewriter_write (LecAsfRewriter *self, guint8 *bytes, gsize size, gsize capacity)
    G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
