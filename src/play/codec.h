/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The coded media that are played, and what of GStreamer takes them.
 *
 * The list is closed: an announcement or a stream never chooses an element that is not in it. */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

typedef struct
{
  const char *caps;    /* of what is coded */
  const char *parser;  /* (nullable): element that cuts it into units */
  const char *package; /* of Debian, with a decoder of it */
  gboolean has_sets;   /* nothing is a unit before parameter sets have come */
  gboolean asks_ahead; /* the parser gives nothing before it knows what would be taken behind it */
} LecCodecEntry;

/**
 * lec_codec_find:
 * @caps: fixed, of one medium
 *
 * Returns: (nullable) (transfer none): NULL: none of the media that are played
 */
const LecCodecEntry *lec_codec_find (const GstCaps *caps);

/* Returns: whether @caps are of pictures or sounds that need no decoder */
gboolean lec_codec_is_raw (const GstCaps *caps);

/* Returns: of a medium with @caps; %GST_STREAM_TYPE_UNKNOWN for what is neither picture nor sound
 */
GstStreamType lec_codec_get_type (const GstCaps *caps);

/**
 * lec_codec_new_decoder:
 * @caps: as they come out of the parser, where there is one
 * @attempt: 0 for the one that ranks first, then the next ones; after the last the first again
 *
 * Returns: (nullable) (transfer floating): a decoder that is in order here, by its rank; NULL: none
 */
GstElement *lec_codec_new_decoder (const GstCaps *caps, guint attempt);

/* Returns: (transfer full): what @caps are, for a person: “H.264” */
char *lec_codec_describe (const GstCaps *caps);

G_END_DECLS
