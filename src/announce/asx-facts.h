/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the elements of a metafile say about the entry, the reference or the show they stand in. */
#pragma once

#include "announce/asx-playlist.h"
#include "announce/asx-tags.h"

G_BEGIN_DECLS

typedef enum {
  LEC_ASX_REPEAT_NOT_SEEN,
  LEC_ASX_REPEAT_OPEN,
  LEC_ASX_REPEAT_DONE, /* only the first of a file counts */
} LecAsxRepeat;

typedef struct
{
  LecTags tags;
  LecAsxPlaylist *playlist; /* borrowed */
  LecWarnings *warnings;    /* borrowed */
  GPtrArray *entries;       /* borrowed: where entries go; NULL in an event that is dropped */
  LecAsxEntry *entry;       /* the open one; NULL: the show */
  LecAsxRef *ref;           /* the open one */
  gboolean in_event;
  gboolean in_banner; /* its texts belong to a picture */
  char **text_target; /* where the text of the open element goes; NULL: nowhere */
  GString *text;
  LecAsxRepeat repeat;
  guint repeat_depth; /* of repeats inside the one that counts */
} LecAsxReader;

/**
 * lec_asx_facts_handle:
 * @self: at a start or an end tag
 *
 * Returns: whether the tag is one of a fact, and dealt with
 */
gboolean lec_asx_facts_handle (LecAsxReader *self);

/* Keeps the text that @self is at, where it belongs to a fact. */
void lec_asx_facts_take_text (LecAsxReader *self);

/* Closes TITLE and the like, whose end tags are often missing. */
void lec_asx_facts_close_text (LecAsxReader *self);

/* Whether the open tag has @attribute with the value @word, compared without case. */
gboolean lec_asx_reader_says (const LecAsxReader *self, const char *attribute, const char *word);

G_END_DECLS
