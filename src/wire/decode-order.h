/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* When is a frame due to be decoded, as its sender goes by? RTP only tells when it is presented.
 *
 * Frames that are predicted from later ones (B-frames) are sent after those, so time stamps go back
 * and forth, by as much as the encoder has put them out of order. Frames are sent at the time of
 * their decoding, though, which goes on evenly; and a decoder that holds back as many frames as
 * need be gives one out for each that it takes, in order of presentation. So that one's time stamp
 * tells the time of decoding, whatever the codec is. How many need be is learnt from the stream.
 *
 * Knows no clock; not thread-safe. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LEC_DECODE_ORDER_DEPTH 16  /* frames held back at most, as in H.264 and H.265 */
#define LEC_DECODE_ORDER_RECENT 64 /* frames whose time is known: another leg brings them later */

/* A plain struct to be embedded; zeroed is empty. All fields are private. */
typedef struct
{
  guint depth;   /* frames held back */
  gint64 top;    /* latest time stamp */
  gint64 newest; /* of the newest frame */
  gint64 last;   /* given out last */
  gboolean running;
  gint64 waiting[LEC_DECODE_ORDER_DEPTH + 2]; /* held back, earliest first */
  guint n_waiting;
  struct
  {
    gint64 media, decode;
  } recent[LEC_DECODE_ORDER_RECENT];
  guint n_recent;
} LecDecodeOrder;

/**
 * LecDecodeOrderAnswer:
 * @LEC_DECODE_ORDER_SAME: the packet is of the frame that is the newest already
 * @LEC_DECODE_ORDER_NEXT: it begins another one, whose time of decoding is known
 * @LEC_DECODE_ORDER_DEEPER: likewise, and times before it were too early: frames are put further
 *   out of order than was known
 * @LEC_DECODE_ORDER_UNKNOWN: it begins another one, whose time is not known
 */
typedef enum {
  LEC_DECODE_ORDER_SAME,
  LEC_DECODE_ORDER_NEXT,
  LEC_DECODE_ORDER_DEEPER,
  LEC_DECODE_ORDER_UNKNOWN,
} LecDecodeOrderAnswer;

/* Another epoch begins, and perhaps another encoder. */
void lec_decode_order_begin (LecDecodeOrder *self);

/**
 * lec_decode_order_note:
 * @media: extended time stamp of a packet that is ahead of all before
 * @far: a step further than that is no order but a jump [as @media]
 * @decode: (out): with %LEC_DECODE_ORDER_NEXT and %LEC_DECODE_ORDER_DEEPER, when it is decoded, on
 *   the time line of @media
 */
LecDecodeOrderAnswer
lec_decode_order_note (LecDecodeOrder *self, gint64 media, gint64 far, gint64 *decode);

/* Returns: when the frame of time stamp @media is decoded, which was noted; @media itself where
 *   that is not known */
gint64 lec_decode_order_find (const LecDecodeOrder *self, gint64 media);

/* Returns: how far ahead of the present time of decoding frames are presented at most */
gint64 lec_decode_order_get_lead (const LecDecodeOrder *self);

G_END_DECLS
