/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "announce/asx-document.h"

#include <string.h>

#include "announce/asx-tags.h"
#include "announce/asx.h"
#include "announce/cursor.h"
#include "announce/reference.h"

#define MAX_HOURS G_GUINT64_CONSTANT (1000000) /* keeps every time in 64 bits of microseconds */

/* [bytes] of a text before it is cleaned and cut; it is copied for every entry. */
#define MAX_STORED (4 * LEC_MAX_TEXT)

typedef enum {
  REPEAT_NOT_SEEN,
  REPEAT_OPEN,
  REPEAT_DONE, /* only the first of a file counts */
} Repeat;

typedef struct
{
  LecTags tags;
  LecAsxPlaylist *playlist;      /* borrowed */
  LecAnnouncement *announcement; /* borrowed */
  LecAsxEntry *entry;            /* the open one; NULL: the show */
  LecAsxRef *ref;                /* the open one */
  gboolean in_event;  /* its entries are played when the stream calls for them: not here */
  gboolean in_banner; /* its texts belong to a picture that is not shown */
  char **text_target; /* where the text of the open element goes; NULL: nowhere */
  GString *text;
  Repeat repeat;
  guint repeat_count;
  guint repeat_from; /* where in the order the repeated entries begin */
} Reader;

static LecAsxFacts *
get_facts (Reader *self)
{
  return self->entry != NULL ? &self->entry->facts : &self->playlist->facts;
}

/* Closes TITLE and the like, whose end tags are often missing. */
static void
close_text (Reader *self)
{
  if (self->text_target != NULL && *self->text_target == NULL) {
    g_strstrip (self->text->str);
    *self->text_target = g_strndup (self->text->str, MAX_STORED);
  }
  self->text_target = NULL;
  g_string_truncate (self->text, 0);
}

static void
open_text (Reader *self, char **target)
{
  close_text (self);
  if (!self->in_banner && !self->in_event && !self->tags.closed && *target == NULL)
    self->text_target = target;
}

static void
close_entry (Reader *self)
{
  close_text (self);
  self->in_banner = FALSE;
  self->ref = NULL;
  self->entry = NULL;
}

static gboolean
has_room (Reader *self)
{
  if (self->playlist->order->len < LEC_MAX_ENTRIES)
    return TRUE;
  lec_announcement_warn (self->announcement, "only the first %d entries are listed",
                         LEC_MAX_ENTRIES);
  return FALSE;
}

static void
add_ref (Reader *self)
{
  g_autofree char *address = lec_tags_dup_attribute (&self->tags, "href");

  if (address == NULL || address[0] == '\0' || self->entry == NULL)
    return;
  if (self->entry->refs->len < LEC_MAX_ALTERNATIVES)
    self->ref = lec_asx_entry_add_ref (self->entry, address);
  else
    lec_announcement_warn (self->announcement, "only the first %d references of an entry are tried",
                           LEC_MAX_ALTERNATIVES);
}

static void
open_entry (Reader *self)
{
  close_entry (self);
  if (self->in_event || !has_room (self))
    return;
  self->entry = lec_asx_playlist_add_entry (self->playlist);
  add_ref (self); /* the documentation itself has <ENTRY HREF=…> */
  self->ref = NULL;
  if (self->tags.closed)
    close_entry (self);
}

/* An item that stands by itself: ENTRYREF, or a REF outside of all entries. */
static void
add_lone_ref (Reader *self)
{
  close_entry (self);
  if (self->in_event || !has_room (self))
    return;
  self->entry = lec_asx_playlist_add_entry (self->playlist);
  add_ref (self);
  self->entry = NULL;
  self->ref = NULL;
}

static void
open_ref (Reader *self)
{
  close_text (self);
  self->in_banner = FALSE;
  self->ref = NULL;
  if (self->entry == NULL)
    add_lone_ref (self);
  else
    add_ref (self);
  if (self->tags.closed)
    self->ref = NULL;
}

/* `[[hh:]mm:]ss[.fraction]` as Windows Media Player takes it: no limits to minutes and seconds,
 * anything after the third number or the fraction is passed over. */
static gboolean
parse_time (const char *text, gint64 *time_us)
{
  LecCursor cursor;
  guint64 seconds = 0;
  gint64 fraction_us = 0;
  guint fields = 0;

  lec_cursor_init (&cursor, text);
  do {
    seconds = seconds * 60 + lec_cursor_number (&cursor, MAX_HOURS);
    fields++;
  } while (fields < 3 && lec_cursor_skip (&cursor, ':'));
  if (cursor.failed)
    return FALSE;
  if (lec_cursor_skip (&cursor, '.')) {
    for (gint64 unit = 100000; unit > 0 && g_ascii_isdigit (*cursor.at); unit /= 10)
      fraction_us += unit * g_ascii_digit_value (*cursor.at++);
  }
  *time_us = (gint64) seconds * G_USEC_PER_SEC + fraction_us;
  return TRUE;
}

static void
read_time (Reader *self, gint64 *time_us)
{
  g_autofree char *value = lec_tags_dup_attribute (&self->tags, "value");
  gint64 parsed_us;

  if (time_us == NULL || *time_us >= 0 || value == NULL)
    return;
  if (parse_time (value, &parsed_us))
    *time_us = parsed_us;
  else
    lec_announcement_warn (self->announcement, "“%.20s” is no time and was passed over", value);
}

static void
read_start_time (Reader *self)
{
  if (self->ref != NULL)
    read_time (self, &self->ref->start_us);
  else if (self->entry != NULL)
    read_time (self, &self->entry->start_us);
}

static void
read_duration (Reader *self)
{
  if (self->ref != NULL)
    read_time (self, &self->ref->duration_us);
  else if (self->entry != NULL)
    read_time (self, &self->entry->duration_us);
}

static void
read_link (Reader *self, char **target)
{
  g_autofree char *link = NULL;

  if (self->in_banner || self->in_event || *target != NULL)
    return;
  link = lec_tags_dup_attribute (&self->tags, "href");
  if (link != NULL && strlen (link) <= LEC_MAX_REFERENCE)
    *target = g_steal_pointer (&link);
  else if (link != NULL)
    lec_announcement_warn (self->announcement, "a link of more than %d bytes was passed over",
                           LEC_MAX_REFERENCE);
}

/* COUNT is how often the entries are played; without one they are played for ever, which a list of
 * channels shows as once. */
static void
open_repeat (Reader *self)
{
  g_autofree char *count = lec_tags_dup_attribute (&self->tags, "count");
  LecCursor cursor;

  close_entry (self);
  if (self->repeat != REPEAT_NOT_SEEN || self->tags.closed || self->in_event)
    return;
  self->repeat = REPEAT_OPEN;
  self->repeat_from = self->playlist->order->len;
  self->repeat_count = 1;
  if (count == NULL)
    return;
  lec_cursor_init (&cursor, count);
  self->repeat_count = (guint) lec_cursor_number (&cursor, G_MAXUINT32);
  if (!lec_cursor_done (&cursor))
    lec_announcement_warn (self->announcement, "“%.20s” is no count and was passed over", count);
}

static void
close_repeat (Reader *self)
{
  GPtrArray *order = self->playlist->order;
  guint length = order->len - self->repeat_from;

  close_entry (self);
  if (self->repeat != REPEAT_OPEN)
    return;
  self->repeat = REPEAT_DONE;
  for (guint i = 1; i < self->repeat_count && length > 0; i++) {
    for (guint j = 0; j < length; j++) {
      if (!has_room (self))
        return;
      g_ptr_array_add (order, g_ptr_array_index (order, self->repeat_from + j));
    }
  }
}

static void
open_event (Reader *self)
{
  close_entry (self);
  self->in_event = !self->tags.closed;
}

static void
close_event (Reader *self)
{
  close_entry (self);
  self->in_event = FALSE;
}

static void
open_banner (Reader *self)
{
  close_text (self);
  self->in_banner = !self->tags.closed;
}

static void
open_title (Reader *self)
{
  self->in_banner = FALSE; /* a banner has no title: its end tag is missing */
  open_text (self, &get_facts (self)->title);
}

static void
open_author (Reader *self)
{
  self->in_banner = FALSE;
  open_text (self, &get_facts (self)->author);
}

static void
open_abstract (Reader *self)
{
  open_text (self, &get_facts (self)->description);
}

static void
open_more_info (Reader *self)
{
  close_text (self);
  read_link (self, &get_facts (self)->more_info);
}

static void
open_base (Reader *self)
{
  close_text (self);
  read_link (self, &get_facts (self)->base);
}

static void
close_banner (Reader *self)
{
  close_text (self);
  self->in_banner = FALSE;
}

static void
close_ref (Reader *self)
{
  self->ref = NULL;
}

/* What an element does where it begins and where it ends; of all others only the text is kept, for
 * the element they stand in. */
static const struct
{
  const char *name;
  void (*open) (Reader *self);
  void (*close) (Reader *self);
} elements[] = {
  { "asx", close_text, close_repeat },
  { "entry", open_entry, close_entry },
  { "ref", open_ref, close_ref },
  { "entryref", add_lone_ref, NULL },
  { "repeat", open_repeat, close_repeat },
  { "event", open_event, close_event },
  { "banner", open_banner, close_banner },
  { "title", open_title, close_text },
  { "author", open_author, close_text },
  { "abstract", open_abstract, close_text },
  { "copyright", close_text, close_text },
  { "moreinfo", open_more_info, NULL },
  { "base", open_base, NULL },
  { "starttime", read_start_time, NULL },
  { "duration", read_duration, NULL },
};

static void
handle_tag (Reader *self)
{
  gboolean end = self->tags.kind == LEC_TAG_END;

  for (guint i = 0; i < G_N_ELEMENTS (elements); i++) {
    if (strcmp (elements[i].name, self->tags.name) != 0)
      continue;
    if (!end)
      elements[i].open (self);
    else if (elements[i].close != NULL)
      elements[i].close (self);
  }
}

static void
handle_text (Reader *self)
{
  g_autofree char *text = NULL;

  if (self->text_target == NULL)
    return;
  text = lec_tags_dup_text (&self->tags);
  g_string_append (self->text, text);
}

void
lec_asx_document_read (const char *text, LecAsxPlaylist *playlist, LecAnnouncement *announcement)
{
  Reader reader = { .playlist = playlist, .announcement = announcement };

  reader.text = g_string_new (NULL);
  lec_tags_init (&reader.tags, text);
  while (lec_tags_next (&reader.tags) != LEC_TAG_NONE) {
    if (reader.tags.kind == LEC_TAG_TEXT)
      handle_text (&reader);
    else
      handle_tag (&reader);
  }
  close_repeat (&reader); /* the end of the text closes all */
  g_string_free (reader.text, TRUE);
}
