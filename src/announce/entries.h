/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The entries of a list becoming channels: what the readers of all kinds of lists do alike.
 *
 * What cannot be used is passed over with a warning, and the entries that nothing is left of are
 * counted and named; the first reason is kept, and becomes the error where nothing is left at all.
 */
#pragma once

#include "announce/announcement.h"

G_BEGIN_DECLS

typedef struct
{
  LecAnnouncement *announcement; /* borrowed: gets the channels and the warnings */
  GError *reason;                /* (nullable): why the first thing was passed over */
  guint n_refused;               /* references passed over */
  char *refused;                 /* (nullable): what could not be used of the present entry */
  GString *skipped;              /* names of entries left out */
  guint n_skipped;
  gsize held; /* [bytes] of the texts of the channels taken */
} LecEntries;

/**
 * lec_entries_init:
 * @announcement: (transfer none): must outlive the entries
 */
void lec_entries_init (LecEntries *self, LecAnnouncement *announcement);
void lec_entries_clear (LecEntries *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LecEntries, lec_entries_clear)

/**
 * lec_entries_add_address:
 * @info: the entry; gets one more alternative, or two: what a relay hands on (announce/relay.h) is
 * a group, and the relay comes after it
 * @reference: what the list names: a group (lec_address_add()), or something to open
 *   (lec_reference_resolve())
 * @base: (nullable): what a relative one is relative to
 *
 * Returns: (nullable) (transfer none): the first alternative; NULL where it was passed over
 */
LecAlternative *lec_entries_add_address (LecEntries *self,
                                         LecChannelInfo *info,
                                         const char *reference,
                                         const char *base);

/**
 * lec_entries_apply_options:
 * @info: the entry, with its alternatives
 * @options: (element-type utf8): what VLC is to do with them, each `NAME=VALUE`
 *
 * What says where or how the channel is received becomes part of it; what only tunes buffers is
 * nobody's concern; all else is passed over with a warning.
 */
void lec_entries_apply_options (LecEntries *self, LecChannelInfo *info, const GPtrArray *options);

/**
 * lec_entries_set_logo:
 * @reference: (nullable): of a picture; empty ones are none
 * @base: (nullable): what it is relative to
 */
void lec_entries_set_logo (LecEntries *self,
                           LecChannelInfo *info,
                           const char *reference,
                           const char *base);

/**
 * lec_entries_take:
 * @channels: where the channel goes: those of the announcement, or of an event
 * @taken: (transfer full): without alternatives it is left out; in silence where it named none
 *
 * Returns: whether there is room for more
 */
gboolean lec_entries_take (LecEntries *self, GPtrArray *channels, LecChannelInfo *taken);

/* Notes that an entry, whose name is @name (nullable), is left out. */
void lec_entries_skip (LecEntries *self, const char *name);

/**
 * lec_entries_finish:
 * @error: why nothing is left
 *
 * Says how many entries were left out, and which ones.
 *
 * Returns: whether the announcement has a channel
 */
gboolean lec_entries_finish (LecEntries *self, GError **error);

G_END_DECLS
