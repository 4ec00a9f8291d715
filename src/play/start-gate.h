/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Lets a decoder begin where it can, and says from which picture on its pictures may be shown.
 *
 * Decoders, parsers and depayloaders have a rule each, and most know only IDR pictures; streams of
 * real encoders have open groups of pictures and gradual refresh, with no IDR after the first. So:
 *
 * - IDR, BLA, CRA, a key frame, an intra picture that is a recovery point of count 0: decoded from
 *   it, shown from its PTS;
 * - a recovery point of count N (H.264, D.2.8; H.265, D.3.8): decoded from it, shown from the PTS
 * of the picture N later;
 * - a recovery point of count 0 that is no intra picture, or parameter sets that are repeated with
 * a picture that is no key frame: decoded from it, shown from the PTS of the next of these;
 * - an intra picture, after 2 s with nothing of the above: decoded from it, shown from its PTS;
 * - nothing of these: decoded after 2 s, shown after 5 s;
 * - a key frame of which packets are missing: decoded from it, shown from the next that is whole,
 *   or from the picture 4 s later. Its holes stay for as long as its group of pictures, and most
 *   stations send a key frame every 1 to 3 s. Where they are seldom, or none comes through whole, a
 *   picture with holes helps a viewer more than none;
 * - Windows Media: from what its container marks as a key frame; of all else after 15 s.
 *
 * All that is in front is dropped. What is decoded, but not to be shown yet, is for the owner to
 * drop behind the decoder, by lec_start_gate_get_first_shown(): so are the leading pictures of an
 * open group, which come after its intra picture and are shown before it.
 *
 * It works in the streaming thread of its pad; the functions may be called from any thread. */
#pragma once

#include <gst/gst.h>

#include "play/loss-marks.h"
#include "wire/picture.h"

G_BEGIN_DECLS

typedef struct _LecStartGate LecStartGate;

typedef enum {
  LEC_AWAITED_NOTHING,
  LEC_AWAITED_PARAMETER_SETS,
  LEC_AWAITED_KEY_FRAME,
  LEC_AWAITED_RECOVERY, /* decoding has begun; the picture is not clean yet */
} LecAwaited;

typedef struct
{
  guint64 n_units;          /* pictures, or what a buffer is of other media */
  guint64 n_key_frames;     /* those from which decoding can begin, gradual refresh too */
  guint64 n_parameter_sets; /* whole ones, in the stream and in the caps */
  guint64 n_malformed;      /* units with something that cannot be read */
  guint64 n_dropped;        /* units that the decoder did not get */
  LecEntry entry;           /* what the last unit is, if it is whole */
  LecAwaited awaited;
  gint64 awaited_since_us; /* monotonic */
} LecStartFacts;

/**
 * lec_start_gate_new:
 * @pad: the source pad of a parser that gives whole access units (`alignment=au`), or of a
 *   depayloader or demultiplexer where there is no parser; its caps event is still to come
 * @losses: (nullable): of the packets that the units are made of; NULL: none is cut
 */
LecStartGate *lec_start_gate_new (GstPad *pad, LecLossMarks *losses) G_GNUC_WARN_UNUSED_RESULT;

/* Takes it off its pad, which lets everything through from then on. */
void lec_start_gate_free (LecStartGate *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecStartGate, lec_start_gate_free)

/* Begins waiting anew: the decoder is another one. It is given the last parameter sets then. */
void lec_start_gate_reset (LecStartGate *self);

LecStartFacts lec_start_gate_get_facts (LecStartGate *self);

/**
 * lec_start_gate_make_first:
 * @buffer: (transfer full): a unit that it has let through
 *
 * Returns: (transfer full): it, such that another decoder can begin with it: with the last
 *   parameter sets
 */
GstBuffer *lec_start_gate_make_first (LecStartGate *self, GstBuffer *buffer);

/* Returns: the PTS of the first picture to be shown: what a decoder gives with a lower one is not
 *   clean. 0 when the stream has no PTS; GST_CLOCK_TIME_NONE as long as nothing may be shown */
GstClockTime lec_start_gate_get_first_shown (LecStartGate *self);

G_END_DECLS
