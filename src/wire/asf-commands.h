/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What an ASF header tells ahead of the media: script commands and markers (ASF specification, 3.6
 * and 3.7).
 *
 * A bounded look at hostile bytes. What is damaged takes nothing with it that stands before it. */
#pragma once

#include "wire/asf-script.h"

G_BEGIN_DECLS

#define LEC_ASF_COMMANDS_MAX 1024 /* of each kind; those behind are left out */

/* A place in a recording that has a name: a chapter. */
typedef struct
{
  gint64 time_ms; /* from the beginning of the media; never negative */
  char *name;     /* hostile text in valid UTF-8; may be empty */
} LecAsfMarker;

/**
 * lec_asf_commands_read:
 * @header: (array length=size): a Header Object, and what follows it
 *
 * Returns: (transfer full) (element-type LecAsfCommand): in the order of their times, which wrap
 *   nowhere; may be empty
 */
GArray *lec_asf_commands_read (const guint8 *header, gsize size) G_GNUC_WARN_UNUSED_RESULT;

/**
 * lec_asf_markers_read:
 * @header: likewise
 *
 * Returns: (transfer full) (element-type LecAsfMarker): in the order of their numbers, which begin
 *   with 1; may be empty
 */
GArray *lec_asf_markers_read (const guint8 *header, gsize size) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
