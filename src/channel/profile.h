/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The payload types that have a meaning without any announcement (RFC 3551, tables 4 and 5). */
#pragma once

#include "channel/channel.h"

G_BEGIN_DECLS

typedef struct
{
  guint payload;
  LecMedia media;
  const char *encoding;
  guint clock_rate; /* [Hz] */
  guint channels;   /* 0 for video */
} LecProfileEntry;

/**
 * lec_profile_lookup:
 * @payload: an RTP payload type
 *
 * Returns: (nullable) (transfer none): its meaning, NULL where it has none of its own
 */
const LecProfileEntry *lec_profile_lookup (guint payload);

G_END_DECLS
