/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a metafile says, collected: titles may stand behind what they name. */
#pragma once

#include "announce/announcement.h"

G_BEGIN_DECLS

/* Texts that a playlist and each of its entries may have; the first of each kind counts. */
typedef struct
{
  char *title;
  char *author;
  char *copyright;
  char *description;
  char *more_info;
  char *banner;
  char *logo;
  char *base;
  char *command_base;  /* BaseURL of old lists: for script commands only */
  GPtrArray *log_urls; /* (nullable): addresses */
  GPtrArray *params;   /* (nullable): name, value, name ... */
} LecAsxFacts;

/* Which part of recorded media is played. */
typedef struct
{
  gint64 start_us;    /* -1: not said */
  gint64 duration_us; /* -1: not said */
  char *start_marker; /* (nullable) */
  char *end_marker;   /* (nullable) */
} LecAsxSpan;

typedef struct
{
  char *address;
  LecAsxSpan span; /* beats that of the entry */
} LecAsxRef;

typedef struct
{
  LecAsxFacts facts;
  LecAsxSpan span;
  LecEntryFlags flags;
  GPtrArray *refs; /* of LecAsxRef, in order */
} LecAsxEntry;

typedef struct
{
  char *name;
  LecWhenDone when_done;
  GPtrArray *entries; /* of LecAsxEntry */
} LecAsxEvent;

typedef struct
{
  LecAsxFacts facts;
  GPtrArray *entries; /* of LecAsxEntry, as written */
  GPtrArray *events;  /* of LecAsxEvent */
  guint repeat_from;  /* the first of @entries that are repeated */
  guint repeat_to;    /* the one behind the last of these */
  guint repeat_count; /* how often they are played; 0: for ever */
} LecAsxPlaylist;

LecAsxPlaylist *lec_asx_playlist_new (void) G_GNUC_WARN_UNUSED_RESULT;
void lec_asx_playlist_free (LecAsxPlaylist *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecAsxPlaylist, lec_asx_playlist_free)

/**
 * lec_asx_playlist_add_entry:
 * @entries: those of the playlist, or of an event
 *
 * Appends an empty entry and returns it, owned by @entries.
 */
LecAsxEntry *lec_asx_playlist_add_entry (GPtrArray *entries);

/* Each appends an item and returns it, owned by its parent. */
LecAsxRef *lec_asx_entry_add_ref (LecAsxEntry *entry, const char *address);
LecAsxEvent *
lec_asx_playlist_add_event (LecAsxPlaylist *self, const char *name, LecWhenDone when_done);

/**
 * lec_asx_playlist_build:
 * @base_uri: (nullable): where the metafile came from
 * @announcement: gets a channel for each entry that can be opened, and the warnings
 * @error: why nothing is left
 */
gboolean lec_asx_playlist_build (const LecAsxPlaylist *self,
                                 const char *base_uri,
                                 LecAnnouncement *announcement,
                                 GError **error);

G_END_DECLS
