/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a pad gives of ASF that comes in RTP: buffers of one packet each, of which several may be in
 * one of RTP, or one in several. Used by the pad's thread. */
#pragma once

#include <gst/gst.h>

#include "wire/cue.h"
#include "wire/packet.h"

G_BEGIN_DECLS

typedef struct _LecAsfUnpacker LecAsfUnpacker;

/* @header: (transfer none): as lec_asf_rtp_dup_header() gives it */
LecAsfUnpacker *lec_asf_unpacker_new (GBytes *header) G_GNUC_WARN_UNUSED_RESULT;
void lec_asf_unpacker_free (LecAsfUnpacker *self);

/* Script commands of @header are told as well. Where several have packets of one programme, one of
 * them is to. @header: as above */
void lec_asf_unpacker_read_commands (LecAsfUnpacker *self, GBytes *header);

/* What comes next has to do with nothing before. */
void lec_asf_unpacker_begin (LecAsfUnpacker *self);

/* Something is missing in front of what comes next. */
void lec_asf_unpacker_break (LecAsfUnpacker *self);

/* Returns: whether it must begin anew with the next packet */
gboolean lec_asf_unpacker_is_full (const LecAsfUnpacker *self);

/* @packet: (transfer full): the next one of RTP */
void lec_asf_unpacker_push (LecAsfUnpacker *self, LecPacket *packet);

/**
 * lec_asf_unpacker_pull:
 * @session_ns: (out): when it is to be played, in session time
 *
 * Returns: (transfer full) (nullable): the next packet; NULL: another one of RTP is needed
 */
GstBuffer *lec_asf_unpacker_pull (LecAsfUnpacker *self,
                                  gint64 *session_ns) G_GNUC_WARN_UNUSED_RESULT;

/* Returns: as lec_asf_rtp_get_send_time(), of the packet that was pulled last */
guint32 lec_asf_unpacker_get_send_time (const LecAsfUnpacker *self);

/**
 * lec_asf_unpacker_take_cue:
 *
 * To be called after each lec_asf_unpacker_pull() that gives a packet, until it is NULL.
 *
 * Returns: (transfer full) (nullable): the next script command that is known by now
 */
LecCue *lec_asf_unpacker_take_cue (LecAsfUnpacker *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
