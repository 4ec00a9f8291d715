/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "announce/xspf.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "announce/entries.h"
#include "announce/reference.h"
#include "channel/error.h"

#define MAX_DEPTH 32
#define MAX_OPTIONS 32 /* of a track */

typedef struct
{
  LecEntries entries;
  char *bases[MAX_DEPTH + 1]; /* (nullable): what is relative to what, for each depth */
  guint depth;
  LecChannelInfo *track; /* (nullable): the open one */
  GPtrArray *locations;  /* of the open one, with the base of each behind it */
  GPtrArray *options;    /* of the open one: what VLC is to do with it */
  char *logo;            /* (nullable): of the open one */
  char *title;           /* (nullable): of the list */
  GString *text;         /* of the innermost element */
  gboolean is_full;
} Reader;

static void
reader_clear (Reader *self)
{
  lec_entries_clear (&self->entries);
  for (guint i = 0; i < G_N_ELEMENTS (self->bases); i++)
    g_free (self->bases[i]);
  lec_channel_info_free (self->track);
  g_ptr_array_unref (self->locations);
  g_ptr_array_unref (self->options);
  g_free (self->logo);
  g_free (self->title);
  g_string_free (self->text, TRUE);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reader, reader_clear)

gboolean
lec_xspf_is_xspf (const char *text)
{
  static const char *const starts[] = { "<playlist", "<xspf:playlist" };

  for (guint i = 0; i < G_N_ELEMENTS (starts); i++) {
    gsize length = strlen (starts[i]);

    if (g_ascii_strncasecmp (text, starts[i], length) == 0
        && strchr (" \t\r\n>/", text[length]) != NULL)
      return TRUE;
  }
  return FALSE;
}

/* Prefixes of namespaces are the free choice of whoever writes. */
static const char *
local_name (const char *name)
{
  const char *colon = strchr (name, ':');

  return colon != NULL ? colon + 1 : name;
}

static void
open_track (Reader *self)
{
  lec_channel_info_free (self->track);
  self->track = lec_channel_info_new ();
  g_ptr_array_set_size (self->locations, 0);
  g_ptr_array_set_size (self->options, 0);
  g_clear_pointer (&self->logo, g_free);
}

/* xml:base is relative to the one around it. One that leads nowhere is passed over. */
static char *
find_base (Reader *self, const char **names, const char **values)
{
  const char *outer = self->bases[self->depth - 1];

  for (guint i = 0; names[i] != NULL; i++) {
    if (strcmp (names[i], "xml:base") == 0) {
      char *base = lec_reference_resolve (values[i], outer, NULL);

      return base != NULL ? base : g_strdup (outer);
    }
  }
  return g_strdup (outer);
}

static void
start_element (GMarkupParseContext *context,
               const char *element,
               const char **names,
               const char **values,
               gpointer data,
               GError **error)
{
  Reader *self = data;

  if (self->depth == MAX_DEPTH) {
    g_set_error (error, LEC_ERROR, LEC_ERROR_UNSUPPORTED,
                 N_ ("its elements are nested more than %d deep"), MAX_DEPTH);
    return;
  }
  self->depth++;
  self->bases[self->depth] = find_base (self, names, values);
  g_string_truncate (self->text, 0);
  if (strcmp (local_name (element), "track") == 0)
    open_track (self);
}

static void
set_once (char **fact, const char *value)
{
  if (*fact == NULL && value[0] != '\0')
    *fact = g_strdup (value);
}

static void
close_location (Reader *self, const char *text)
{
  if (self->track == NULL || self->locations->len > 2 * LEC_MAX_ALTERNATIVES)
    return;
  g_ptr_array_add (self->locations, g_strdup (text));
  g_ptr_array_add (self->locations, g_strdup (self->bases[self->depth]));
}

static void
close_title (Reader *self, const char *text)
{
  set_once (self->track != NULL ? &self->track->title : &self->title, text);
}

static void
close_creator (Reader *self, const char *text)
{
  if (self->track != NULL)
    set_once (&self->track->author, text);
}

static void
close_annotation (Reader *self, const char *text)
{
  if (self->track != NULL)
    set_once (&self->track->description, text);
}

static void
close_info (Reader *self, const char *text)
{
  if (self->track != NULL && self->track->more_info == NULL && text[0] != '\0')
    self->track->more_info = lec_reference_resolve_link (text, self->bases[self->depth]);
}

static void
close_image (Reader *self, const char *text)
{
  if (self->track != NULL)
    set_once (&self->logo, text);
}

static void
close_album (Reader *self, const char *text)
{
  if (self->track != NULL && text[0] != '\0' && self->track->details == NULL)
    lec_channel_info_add_detail (self->track, "Album", text);
}

/* An extension of VLC; it numbers its tracks in the same way, which is of no use here. */
static void
close_option (Reader *self, const char *text)
{
  if (self->track != NULL && text[0] != '\0' && self->options->len < MAX_OPTIONS)
    g_ptr_array_add (self->options, g_strdup (text));
}

static void
close_track (Reader *self, const char *text)
{
  LecChannelInfo *track = self->track;

  if (track == NULL)
    return;
  if (self->locations->len == 0)
    lec_entries_skip (&self->entries, track->title);
  for (guint i = 0; i < self->locations->len; i += 2)
    lec_entries_add_address (&self->entries, track, g_ptr_array_index (self->locations, i),
                             g_ptr_array_index (self->locations, i + 1));
  lec_entries_apply_options (&self->entries, track, self->options);
  lec_entries_set_logo (&self->entries, track, self->logo, self->bases[self->depth]);
  self->track = NULL;
  if (!self->is_full)
    self->is_full = !lec_entries_take (&self->entries, self->entries.announcement->channels, track);
  else
    lec_channel_info_free (track);
}

/* What each element does where it ends. How long a track lasts is of no use here. */
static const struct
{
  const char *name;
  void (*close) (Reader *self, const char *text);
} elements[] = {
  { "location", close_location },     { "title", close_title },   { "creator", close_creator },
  { "annotation", close_annotation }, { "info", close_info },     { "image", close_image },
  { "album", close_album },           { "option", close_option }, { "track", close_track },
};

static void
end_element (GMarkupParseContext *context, const char *element, gpointer data, GError **error)
{
  Reader *self = data;
  const char *text = g_strstrip (self->text->str);

  for (guint i = 0; i < G_N_ELEMENTS (elements); i++) {
    if (strcmp (elements[i].name, local_name (element)) == 0)
      elements[i].close (self, text);
  }
  g_string_truncate (self->text, 0);
  g_clear_pointer (&self->bases[self->depth], g_free);
  self->depth--;
}

static void
add_text (GMarkupParseContext *context,
          const char *text,
          gsize length,
          gpointer data,
          GError **error)
{
  Reader *self = data;

  g_string_append_len (self->text, text, (gssize) length);
}

/* Verbatim text comes here with its marks. */
static void
add_verbatim (GMarkupParseContext *context,
              const char *text,
              gsize length,
              gpointer data,
              GError **error)
{
  static const char begin[] = "<![CDATA[";
  Reader *self = data;

  if (length >= sizeof begin - 1 + 3 && memcmp (text, begin, sizeof begin - 1) == 0)
    g_string_append_len (self->text, text + sizeof begin - 1,
                         (gssize) (length - (sizeof begin - 1) - 3));
}

static const GMarkupParser parser = { .start_element = start_element,
                                      .end_element = end_element,
                                      .text = add_text,
                                      .passthrough = add_verbatim };

/* A bad tail does not take away what was read before it; GMarkup knows no entities but the five. */
static void
read_markup (Reader *self, const char *text)
{
  g_autoptr (GMarkupParseContext) context = g_markup_parse_context_new (&parser, 0, self, NULL);
  g_autoptr (GError) error = NULL;
  int line;

  if (g_markup_parse_context_parse (context, text, (gssize) strlen (text), &error)
      && g_markup_parse_context_end_parse (context, &error))
    return;
  g_markup_parse_context_get_position (context, &line, NULL);
  if (error->domain != LEC_ERROR) {
    g_clear_error (&error);
    g_set_error (
        &error, LEC_ERROR, LEC_ERROR_MALFORMED,
        _ ("the XML breaks in line %d; ask for the playlist in another format, such as .m3u"),
        line);
  }
  lec_warnings_add (self->entries.announcement->warnings,
                    _ ("only the tracks before line %1$d are listed: %2$s"), line, error->message);
  if (self->entries.reason == NULL)
    self->entries.reason = g_steal_pointer (&error);
}

LecAnnouncement *
lec_xspf_parse (const char *text, const char *base_uri, GError **error)
{
  g_autoptr (LecAnnouncement) announcement = lec_announcement_new ("xspf");
  g_auto (Reader) reader = { .locations = g_ptr_array_new_with_free_func (g_free),
                             .options = g_ptr_array_new_with_free_func (g_free),
                             .text = g_string_new (NULL),
                             .bases = { g_strdup (base_uri) } };

  lec_entries_init (&reader.entries, announcement);
  read_markup (&reader, text);
  lec_announcement_set_title (announcement, reader.title);
  if (!lec_entries_finish (&reader.entries, error))
    return NULL;
  return g_steal_pointer (&announcement);
}
