/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What an ASF header tells ahead of the media: script commands and markers (ASF specification, 3.6
 * and 3.7).
 *
 * A bounded look at hostile bytes. What is damaged takes nothing with it that stands before it. */
#pragma once

#include "wire/asf-script.h"

G_BEGIN_DECLS

#define LEC_ASF_COMMANDS_MAX 1024 /* of each kind; those behind are left out */

#define LEC_ASF_AHEAD_MS 30000 /* so long before its time a command of the header is told */

/* The commands of a header on their way: where the stream is among them. To be embedded. */
typedef struct
{
  const GArray *commands; /* (element-type LecAsfCommand): borrowed */
  guint next;
} LecAsfAhead;

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
 * lec_asf_ahead_begin:
 * @commands: of lec_asf_commands_read(); must outlive it
 * @now: [ms] send time of the first packet
 *
 * What is past is left out, but for the last URL: it is what belongs to the picture.
 */
void lec_asf_ahead_begin (LecAsfAhead *self, const GArray *commands, guint32 now);

/**
 * lec_asf_ahead_take:
 * @now: [ms] send time of the newest packet
 * @command: (out caller-allocates): borrowed from the commands
 *
 * Returns: whether there is one that is due within #LEC_ASF_AHEAD_MS
 */
gboolean lec_asf_ahead_take (LecAsfAhead *self, guint32 now, LecAsfCommand *command);

/**
 * lec_asf_markers_read:
 * @header: likewise
 *
 * Returns: (transfer full) (element-type LecAsfMarker): in the order of their numbers, which begin
 *   with 1; may be empty
 */
GArray *lec_asf_markers_read (const guint8 *header, gsize size) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
