/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Keeps damaged parameter sets of H.264 and H.265 from the decoder.
 *
 * One damaged set, or a slice that damage made look like one, spoils all pictures until the next
 * whole set; where the sets stand only in the description that is for ever. So a set that does not
 * read through is taken out, and the last whole ones, of the description or of the stream, are put
 * in its place. A whole set of the stream that differs from the description's is the sender's
 * right, and passes. As long as no whole set of its kind is known a set is not judged: a decoder
 * may know better.
 *
 * An end of a sequence or stream with something behind it, in the same unit, is damage too: parsers
 * believe it, and lose their place in the rest. It is taken out in any case.
 *
 * Some senders put the sets in front of each slice (GStreamer's rtph264pay with config-interval=-1
 * does, of a picture that x264 has cut for several threads). Between the slices of one picture they
 * have no place (H.264, 7.4.1.2.3), and FFmpeg, where it decodes with a thread for each slice,
 * loses the slices before them. So what is known already is taken out there.
 *
 * It works in the streaming thread of its pad; facts may be asked from any thread. */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

typedef struct _LecParameterGuard LecParameterGuard;

typedef struct
{
  guint64 n_units;     /* access units, or pieces of them as the pad gives them */
  guint64 n_sets;      /* whole parameter sets in them */
  guint64 n_damaged;   /* those that do not read through */
  guint64 n_taken_out; /* those of them that the decoder did not get */
  guint64 n_restored;  /* units in front of which whole ones were put */
} LecParameterFacts;

/**
 * lec_parameter_guard_new:
 * @pad: the source pad of an H.264 or H.265 depayloader or demultiplexer, before a parser; its caps
 *   event is still to come. Without `codec_data` (a byte stream): what stands there is not looked
 * at
 * @description: (nullable): `application/x-rtp` caps: `sprop-parameter-sets` (RFC 6184, 8.1),
 *   `sprop-vps`, `sprop-sps`, `sprop-pps` (RFC 7798, 7.1)
 */
LecParameterGuard *lec_parameter_guard_new (GstPad *pad,
                                            const GstCaps *description) G_GNUC_WARN_UNUSED_RESULT;

/* Takes it off its pad. What is on its way through the pad is let through. */
void lec_parameter_guard_free (LecParameterGuard *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecParameterGuard, lec_parameter_guard_free)

/* Puts the last whole sets in front of the next picture: what comes behind the pad is new. From any
 * thread. */
void lec_parameter_guard_restore (LecParameterGuard *self);

/* From any thread. */
LecParameterFacts lec_parameter_guard_get_facts (LecParameterGuard *self);

G_END_DECLS
