/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a session does with packets of Windows Media: knows which format each one is of, when
 * another stream begins, and what parity rebuilds; and makes each packet what a demuxer for files
 * wants on the way out, where script commands leave it too.
 *
 * Knows no clock; not thread-safe. */
#pragma once

#include "channel/channel-info.h"
#include "wire/cue.h"
#include "wire/packet.h"
#include "wire/stats.h"

G_BEGIN_DECLS

typedef struct _LecMsbIntake LecMsbIntake;

/**
 * LecMsbAnswer:
 * @LEC_MSB_MEDIA: it is of the present stream, or of a sender that is not known yet
 * @LEC_MSB_SWITCH: with it the sender begins another stream
 * @LEC_MSB_BEHIND: it is of the stream before, and was overtaken by the present one
 * @LEC_MSB_PARITY: it is parity of the present stream
 * @LEC_MSB_ASIDE: it is parity of no use, or the sender's in a format that is not announced
 * @LEC_MSB_STRAY: it is somebody else's in a format that is not announced
 * @LEC_MSB_MALFORMED: its format has no packets of that size
 * @LEC_MSB_HASTY: it is of another stream, so soon that no station means it
 */
typedef enum {
  LEC_MSB_MEDIA,
  LEC_MSB_SWITCH,
  LEC_MSB_BEHIND,
  LEC_MSB_PARITY,
  LEC_MSB_ASIDE,
  LEC_MSB_STRAY,
  LEC_MSB_MALFORMED,
  LEC_MSB_HASTY,
} LecMsbAnswer;

/* @msb: what was announced; read during the call only */
LecMsbIntake *lec_msb_intake_new (const LecMsb *msb) G_GNUC_WARN_UNUSED_RESULT;
void lec_msb_intake_free (LecMsbIntake *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecMsbIntake, lec_msb_intake_free)

/* Forgets which stream is received, as another sender begins; counters stay. */
void lec_msb_intake_reset (LecMsbIntake *self);

/* A beacon came at @now_ns. */
void lec_msb_intake_note_beacon (LecMsbIntake *self, gint64 now_ns);

/**
 * lec_msb_intake_sort:
 * @packet: parsed, as it came
 * @is_ours: it comes from whom the stream is taken from
 */
LecMsbAnswer lec_msb_intake_sort (LecMsbIntake *self, const LecPacket *packet, gboolean is_ours);

/* Returns: whether the sender was heard with formats that are not announced, since the present
 *   stream: who knows how it has numbered them */
gboolean lec_msb_intake_has_skipped (const LecMsbIntake *self);

/* The stream of @packet is the present one from it on. */
void lec_msb_intake_begin (LecMsbIntake *self, const LecPacket *packet);

/**
 * lec_msb_intake_note:
 * @packet: media that belongs to the present stream
 *
 * Returns: (transfer full) (nullable): a packet that could be rebuilt now
 */
LecPacket *lec_msb_intake_note (LecMsbIntake *self, const LecPacket *packet);

/**
 * lec_msb_intake_repair:
 * @parity: (transfer full)
 *
 * Returns: (transfer full) (nullable): a packet that could be rebuilt with it
 */
LecPacket *lec_msb_intake_repair (LecMsbIntake *self, LecPacket *parity);

/* Returns: whether packet @id was rebuilt not long ago; asked once, it is forgotten */
gboolean lec_msb_intake_take_back (LecMsbIntake *self, guint32 id);

/* Returns: [ns] how much later than a packet its parity comes; 0: that is not known, or nothing was
 * missing so far: who loses nothing need not see all later */
gint64 lec_msb_intake_get_repair_time (const LecMsbIntake *self);

/* Returns: [ns] how long a gap is worth waiting for beyond that: the first one as long as parity
 * takes, and in the first spans, as little is known of how long that is, for longer */
gint64 lec_msb_intake_get_patience (const LecMsbIntake *self);

/* What leaves from now on does not go on from what left before. */
void lec_msb_intake_break (LecMsbIntake *self);

/**
 * lec_msb_intake_process:
 * @packet: (transfer full): the next one of those that leave, with pts_ns set
 *
 * Makes it whole, as wire/asf-rewriter.h says; begins_epoch is set where its times have nothing to
 * do with those before.
 *
 * Returns: (transfer full): the packet, or another one in its place
 */
LecPacket *lec_msb_intake_process (LecMsbIntake *self, LecPacket *packet) G_GNUC_WARN_UNUSED_RESULT;

/**
 * lec_msb_intake_take_cue:
 *
 * Returns: (transfer full) (nullable): the next command of those that have left; NULL: none now
 */
LecCue *lec_msb_intake_take_cue (LecMsbIntake *self, gint64 now_ns) G_GNUC_WARN_UNUSED_RESULT;

/* Adds what is known here. */
void lec_msb_intake_read (const LecMsbIntake *self, LecStats *stats);

G_END_DECLS
