/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What an ASF header says at a glance (ASF specification, sections 2 and 3).
 *
 * A bounded look at hostile bytes; the media inside is for a demuxer. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LEC_ASF_DATA_START 50 /* [bytes] of the Data Object in front of its packets */

typedef struct
{
  gsize size; /* [bytes] of the Header Object */
  gboolean has_video;
  gboolean has_audio;
  gboolean is_encrypted; /* by the rights management of Windows Media */
} LecAsfHeader;

/**
 * lec_asf_header_read:
 * @bytes: (array length=length): a Header Object and what follows it
 * @header: (out caller-allocates): set on success only
 *
 * Returns: whether a whole Header Object is there
 */
gboolean lec_asf_header_read (const guint8 *bytes, gsize length, LecAsfHeader *header);

G_END_DECLS
