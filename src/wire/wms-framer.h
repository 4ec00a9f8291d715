/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Takes the answer of a Windows Media server over HTTP apart: ASF headers and packets, and where a
 * stream ends ([MS-WMSP], section 2.2.3).
 *
 * Knows no connection; bounded whatever comes. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LEC_WMS_HEADER_MAX (1024 * 1024) /* [bytes] of an ASF header */

typedef enum {
  LEC_WMS_NOTHING, /* what was read is no more than a part, or of no interest */
  LEC_WMS_HEADER,  /* Header Object and the start of the Data Object: packets are of it from now on
                    */
  LEC_WMS_PACKET,  /* an ASF data packet, with its padding or without */
  LEC_WMS_PAUSE,   /* one entry of a playlist has ended, another one will follow */
  LEC_WMS_END,     /* nothing follows */
  LEC_WMS_BROKEN,  /* this is no such answer, and nothing more is to be read */
} LecWmsKind;

typedef struct
{
  LecWmsKind kind;
  const guint8 *bytes; /* of a header or a packet; borrowed until the next call */
  gsize size;
} LecWmsEvent;

typedef struct _LecWmsFramer LecWmsFramer;

LecWmsFramer *lec_wms_framer_new (void) G_GNUC_WARN_UNUSED_RESULT;
void lec_wms_framer_free (LecWmsFramer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecWmsFramer, lec_wms_framer_free)

/**
 * lec_wms_framer_read:
 * @bytes: (array length=size): what has come next, cut anywhere
 * @event: (out caller-allocates): what was in it
 *
 * To be called again with what it leaves.
 *
 * Returns: [bytes] that were read: up to the end of one event, at least one of them
 */
gsize lec_wms_framer_read (LecWmsFramer *self, const guint8 *bytes, gsize size, LecWmsEvent *event);

/* Returns: whether @bytes, the first of an answer, are of one that can be taken apart */
gboolean lec_wms_framer_knows (const guint8 *bytes, gsize size);

G_END_DECLS
