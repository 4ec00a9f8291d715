/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "announce/asx-document.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "announce/asx-facts.h"
#include "announce/cursor.h"

#define MAX_EVENTS 64

static void
close_entry (LecAsxReader *self)
{
  lec_asx_facts_close_text (self);
  self->in_banner = FALSE;
  self->ref = NULL;
  self->entry = NULL;
}

static gboolean
has_room (LecAsxReader *self)
{
  if (self->entries == NULL)
    return FALSE;
  if (self->entries->len < LEC_MAX_ENTRIES)
    return TRUE;
  lec_warnings_add (self->warnings, _ ("only the first %d entries are listed"), LEC_MAX_ENTRIES);
  return FALSE;
}

static void
add_ref (LecAsxReader *self)
{
  g_autofree char *address = lec_tags_dup_attribute (&self->tags, "href");

  if (address == NULL || address[0] == '\0' || self->entry == NULL)
    return;
  if (self->entry->refs->len < LEC_MAX_ALTERNATIVES)
    self->ref = lec_asx_entry_add_ref (self->entry, address);
  else
    lec_warnings_add (self->warnings, _ ("only the first %d references of an entry are tried"),
                      LEC_MAX_ALTERNATIVES);
}

static void
open_entry (LecAsxReader *self)
{
  close_entry (self);
  if (!has_room (self))
    return;
  self->entry = lec_asx_playlist_add_entry (self->entries);
  if (lec_asx_reader_says (self, "clientskip", "no"))
    self->entry->flags |= LEC_ENTRY_NO_SKIP;
  if (lec_asx_reader_says (self, "skipifref", "yes"))
    self->entry->flags |= LEC_ENTRY_NOT_INCLUDED;
  add_ref (self); /* the documentation itself has <ENTRY HREF=…> */
  self->ref = NULL;
  if (self->tags.closed)
    close_entry (self);
}

/* An item that stands by itself. */
static void
add_lone_ref (LecAsxReader *self, LecEntryFlags flags)
{
  close_entry (self);
  if (!has_room (self))
    return;
  self->entry = lec_asx_playlist_add_entry (self->entries);
  self->entry->flags = flags;
  add_ref (self);
  self->entry = NULL;
  self->ref = NULL;
}

static void
open_entry_ref (LecAsxReader *self)
{
  add_lone_ref (self, LEC_ENTRY_INCLUDE);
}

static void
open_ref (LecAsxReader *self)
{
  lec_asx_facts_close_text (self);
  self->in_banner = FALSE;
  self->ref = NULL;
  if (self->entry == NULL)
    add_lone_ref (self, 0);
  else
    add_ref (self);
  if (self->tags.closed)
    self->ref = NULL;
}

/* How often the entries are played; 0 stands for ever here, and for once in the text. */
static guint
read_count (LecAsxReader *self)
{
  g_autofree char *value = lec_tags_dup_attribute (&self->tags, "count");
  LecCursor cursor;
  guint count;

  if (value == NULL)
    return 0;
  lec_cursor_init (&cursor, value);
  count = (guint) lec_cursor_number (&cursor, G_MAXUINT32);
  if (!lec_cursor_done (&cursor))
    lec_warnings_add (self->warnings, _ ("“%.20s” is not a valid count and was ignored"), value);
  return MAX (count, 1);
}

static void
open_repeat (LecAsxReader *self)
{
  close_entry (self);
  if (self->tags.closed || self->in_event)
    return;
  if (self->repeat == LEC_ASX_REPEAT_OPEN)
    self->repeat_depth++;
  if (self->repeat != LEC_ASX_REPEAT_NOT_SEEN)
    return;
  self->repeat = LEC_ASX_REPEAT_OPEN;
  self->playlist->repeat_from = self->playlist->entries->len;
  self->playlist->repeat_count = read_count (self);
}

static void
end_repeat (LecAsxReader *self)
{
  close_entry (self);
  if (self->repeat != LEC_ASX_REPEAT_OPEN)
    return;
  self->repeat = LEC_ASX_REPEAT_DONE;
  self->playlist->repeat_to = self->playlist->entries->len;
}

static void
close_repeat (LecAsxReader *self)
{
  if (self->repeat_depth == 0 || self->in_event)
    end_repeat (self);
  else
    self->repeat_depth--;
}

static gboolean
has_event (const LecAsxReader *self, const char *name)
{
  const GPtrArray *events = self->playlist->events;

  for (guint i = 0; i < events->len; i++) {
    const LecAsxEvent *event = g_ptr_array_index (events, i);

    if (g_ascii_strcasecmp (event->name, name) == 0)
      return TRUE;
  }
  return FALSE;
}

/* Its entries are played when the stream calls for them. The first of a name counts. */
static void
open_event (LecAsxReader *self)
{
  g_autofree char *name = lec_tags_dup_attribute (&self->tags, "name");
  LecWhenDone when_done = LEC_WHEN_DONE_RESUME;
  LecAsxEvent *event;

  close_entry (self);
  self->in_event = !self->tags.closed;
  self->entries = self->in_event ? NULL : self->playlist->entries;
  if (name == NULL || name[0] == '\0' || strlen (name) > LEC_MAX_TEXT || has_event (self, name)
      || self->playlist->events->len == MAX_EVENTS)
    return;
  if (lec_asx_reader_says (self, "whendone", "next"))
    when_done = LEC_WHEN_DONE_NEXT;
  else if (lec_asx_reader_says (self, "whendone", "break"))
    when_done = LEC_WHEN_DONE_BREAK;
  event = lec_asx_playlist_add_event (self->playlist, name, when_done);
  if (self->in_event)
    self->entries = event->entries;
}

static void
close_event (LecAsxReader *self)
{
  close_entry (self);
  self->in_event = FALSE;
  self->entries = self->playlist->entries;
}

static void
close_all (LecAsxReader *self)
{
  close_event (self);
  end_repeat (self);
}

static void
close_ref (LecAsxReader *self)
{
  self->ref = NULL;
}

/* What an element does where it begins and where it ends. */
static const struct
{
  const char *name;
  void (*open) (LecAsxReader *self);
  void (*close) (LecAsxReader *self);
} elements[] = {
  { "asx", lec_asx_facts_close_text, close_all },
  { "entry", open_entry, close_entry },
  { "ref", open_ref, close_ref },
  { "entryref", open_entry_ref, NULL },
  { "repeat", open_repeat, close_repeat },
  { "event", open_event, close_event },
};

static void
handle_tag (LecAsxReader *self)
{
  gboolean end = self->tags.kind == LEC_TAG_END;

  if (lec_asx_facts_handle (self))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (elements); i++) {
    if (strcmp (elements[i].name, self->tags.name) != 0)
      continue;
    if (!end)
      elements[i].open (self);
    else if (elements[i].close != NULL)
      elements[i].close (self);
  }
}

void
lec_asx_document_read (const char *text, LecAsxPlaylist *playlist, LecWarnings *warnings)
{
  LecAsxReader reader
      = { .playlist = playlist, .warnings = warnings, .entries = playlist->entries };

  reader.text = g_string_new (NULL);
  lec_tags_init (&reader.tags, text);
  while (lec_tags_next (&reader.tags) != LEC_TAG_NONE) {
    if (reader.tags.kind == LEC_TAG_TEXT)
      lec_asx_facts_take_text (&reader);
    else
      handle_tag (&reader);
  }
  close_all (&reader); /* the end of the text closes all */
  g_string_free (reader.text, TRUE);
}
