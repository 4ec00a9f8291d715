/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* When is each packet of a stream to be shown? From the sender's time stamps to session time:
 * whether they run at all, in what order frames are decoded, the clock that they follow, and where
 * another epoch begins.
 *
 * Knows no clock; not thread-safe. */
#pragma once

#include "wire/clock.h"
#include "wire/decode-order.h"
#include "wire/interarrival.h"
#include "wire/stamp-check.h"
#include "wire/timeline.h"

G_BEGIN_DECLS

/* A plain struct to be embedded. clock, timeline, stamps and order may be asked, and clock stopped.
 */
typedef struct
{
  gboolean pictures; /* frames may be sent in another order, and in many packets */
  LecStampCheck stamps;
  LecDecodeOrder order;
  gint64 decode_media;  /* when the newest frame is decoded */
  gint64 arrival_media; /* when the newest packet came, as a time stamp that ran would tell */
  LecClock clock;
  LecTimeline timeline;

  /* of the packet that went out last, without sync offset */
  gint64 out_media, out_pts_ns;
  gboolean out_valid;
} LecMediaTime;

/**
 * LecMediaTimeChange:
 * @LEC_MEDIA_TIME_GOES_ON: as it did
 * @LEC_MEDIA_TIME_SHIFTED: frames are sent earlier than was thought, so that all times are others
 * @LEC_MEDIA_TIME_BEGINS: another epoch does
 */
typedef enum {
  LEC_MEDIA_TIME_GOES_ON,
  LEC_MEDIA_TIME_SHIFTED,
  LEC_MEDIA_TIME_BEGINS,
} LecMediaTimeChange;

/**
 * lec_media_time_init:
 * @rate: [Hz] of the time stamps
 * @pictures: frames may be sent in another order, and in many packets
 */
void lec_media_time_init (LecMediaTime *self, guint rate, gboolean pictures);

/* Another epoch begins. */
void lec_media_time_begin_epoch (LecMediaTime *self);

/* Returns: whether @rate is another one, which makes every estimate void: another epoch begins */
gboolean lec_media_time_set_rate (LecMediaTime *self, guint rate);

/**
 * lec_media_time_stamp:
 * @packet: with media_time set, which becomes what stands for it where time stamps do not run: it
 * is of the time when it comes, and what was overtaken of the time of what came before it
 * @newest: it is ahead of all before
 * @pictures: as above, of this packet
 *
 * Returns: whether another epoch begins
 */
gboolean
lec_media_time_stamp (LecMediaTime *self, LecPacket *packet, gboolean newest, gboolean pictures);

/**
 * lec_media_time_observe:
 * @packet: the newest one, as it was stamped
 * @most_ns: what comes more than so late is too late to be shown
 * @may_grow: whether that can be helped by showing everything later
 * @interarrival: is told of it
 *
 * Learns from it.
 */
LecMediaTimeChange lec_media_time_observe (LecMediaTime *self,
                                           const LecPacket *packet,
                                           gint64 most_ns,
                                           gboolean may_grow,
                                           LecInterarrival *interarrival);

/* Returns: when the packet would have arrived undelayed; its arrival, until it is known what to
 * make of a time stamp far off, or of time stamps that seem to stand still */
gint64 lec_media_time_present (LecMediaTime *self, const LecPacket *packet);

/**
 * lec_media_time_place:
 * @packet: one that was rebuilt; gets its time
 * @late_ns: so much later than it was sent it may come
 *
 * Returns: FALSE where its time stamp is none of now
 */
gboolean lec_media_time_place (LecMediaTime *self, LecPacket *packet, gint64 late_ns);

/* @packet goes out: those of one frame share one time, though the estimate went on between them;
 * and time does not go back while the sender's goes on. */
void lec_media_time_settle (LecMediaTime *self, LecPacket *packet);

G_END_DECLS
