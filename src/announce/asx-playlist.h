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
  char *description;
  char *more_info;
  char *base;
} LecAsxFacts;

typedef struct
{
  char *address;
  gint64 start_us;    /* -1: not said */
  gint64 duration_us; /* -1: not said */
} LecAsxRef;

typedef struct
{
  LecAsxFacts facts;
  gint64 start_us;    /* -1: not said */
  gint64 duration_us; /* -1: not said */
  GPtrArray *refs;    /* of LecAsxRef, in order */
} LecAsxEntry;

typedef struct
{
  LecAsxFacts facts;
  GPtrArray *entries; /* of LecAsxEntry, as written */
  GPtrArray *order;   /* of LecAsxEntry (borrowed), as played: repeats are in it several times */
} LecAsxPlaylist;

LecAsxPlaylist *lec_asx_playlist_new (void) G_GNUC_WARN_UNUSED_RESULT;
void lec_asx_playlist_free (LecAsxPlaylist *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecAsxPlaylist, lec_asx_playlist_free)

/* Each appends an empty item and returns it, owned by its parent. */
LecAsxEntry *lec_asx_playlist_add_entry (LecAsxPlaylist *self);
LecAsxRef *lec_asx_entry_add_ref (LecAsxEntry *entry, const char *address);

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
