/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a text announces: its channels, and what the reader of its format has to say of it. A plain
 * value that the readers of the formats fill in. */
#pragma once

#include "announce/warnings.h"
#include "channel/channel.h"

G_BEGIN_DECLS

#define LEC_MAX_ANNOUNCEMENT (1024 * 1024) /* [bytes] longer texts are refused */
#define LEC_MAX_ENTRIES 10000              /* of a list, repeats counted */

/**
 * LecWhenDone:
 * @LEC_WHEN_DONE_RESUME: go back to where the event broke in
 * @LEC_WHEN_DONE_NEXT: go on with the next channel of the list
 * @LEC_WHEN_DONE_BREAK: leave the repeated part, or end
 *
 * What happens at the end of an event of a metafile.
 */
typedef enum {
  LEC_WHEN_DONE_RESUME,
  LEC_WHEN_DONE_NEXT,
  LEC_WHEN_DONE_BREAK,
} LecWhenDone;

/* What a station may call up by name while one of the channels plays (EVENT of an ASX). */
typedef struct
{
  char *name;
  LecWhenDone when_done;
  GPtrArray *channels; /* (element-type LecChannel) */
} LecEvent;

/**
 * LecAnnouncement:
 * @format: (not nullable): `sdp`, `asx`, `nsc`, `m3u`, `pls`, `xspf`, `shortcut`, `address`, or `media`
 *   where what was opened is no text but what is to be played
 * @title: (nullable): of a list as a whole
 * @uri: (nullable): where it was found, set by whoever opens it
 * @channels: (element-type LecChannel): at least one
 * @repeat_from: the first of @channels that are played over and over
 * @repeat_to: the one behind the last of these; the same as @repeat_from where nothing is repeated
 * @events: (element-type LecEvent): may be empty
 * @warnings: what was ignored
 */
typedef struct
{
  const char *format;
  char *title;
  char *uri;
  GPtrArray *channels;
  guint repeat_from;
  guint repeat_to;
  GPtrArray *events;
  LecWarnings *warnings;
} LecAnnouncement;

LecAnnouncement *lec_announcement_new (const char *format) G_GNUC_WARN_UNUSED_RESULT;
void lec_announcement_free (LecAnnouncement *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecAnnouncement, lec_announcement_free)

/* Appends an event without channels; it belongs to the announcement. */
LecEvent *
lec_announcement_add_event (LecAnnouncement *self, const char *name, LecWhenDone when_done);

/**
 * lec_announcement_set_title:
 * @title: (nullable): hostile text; it becomes one line of at most #LEC_MAX_TEXT bytes
 *
 * For the readers of the formats.
 */
void lec_announcement_set_title (LecAnnouncement *self, const char *title);

G_END_DECLS
