/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "announce/address-option.h"
#include "announce/address.h"
#include "announce/entries.h"
#include "announce/line.h"
#include "announce/playlist.h"
#include "channel/error.h"

#define MAX_ATTRIBUTES 32 /* of an entry */
#define MAX_OPTIONS 32    /* likewise */
#define BLANKS " \t"

typedef struct
{
  LecEntries entries;
  const char *base_uri; /* borrowed */
  gboolean is_extended; /* a line that is no directive names a file, whatever it looks like */
  LecChannelInfo *next; /* what was said of the entry to come */
  char *name;           /* (nullable): of it, where it has no title */
  char *logo;           /* (nullable): of it */
  char *language;       /* (nullable): of it */
  gboolean is_promised; /* it was described, so an address must follow */
  GPtrArray *options;   /* what programs are to do with it */
  guint n_attributes;
  char *group; /* (nullable): the heading that entries stand under from here on */
} Reader;

static void
begin_entry (Reader *self)
{
  if (self->is_promised)
    lec_entries_skip (&self->entries, self->next->title != NULL ? self->next->title : self->name);
  self->is_promised = FALSE;
  lec_channel_info_free (self->next);
  self->next = lec_channel_info_new ();
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->logo, g_free);
  g_clear_pointer (&self->language, g_free);
  self->n_attributes = 0;
}

static void
reader_clear (Reader *self)
{
  lec_entries_clear (&self->entries);
  lec_channel_info_free (self->next);
  g_free (self->name);
  g_free (self->logo);
  g_free (self->language);
  g_ptr_array_unref (self->options);
  g_free (self->group);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reader, reader_clear)

static gboolean
starts_with (const char *text, const char *start)
{
  return g_ascii_strncasecmp (text, start, strlen (start)) == 0;
}

static void
set_once (char **fact, const char *value)
{
  if (*fact == NULL && value[0] != '\0')
    *fact = g_strdup (value);
}

/* What is not for the viewer is kept as a detail. */
static void
apply_attribute (Reader *self, const char *name, const char *value)
{
  if (value[0] == '\0' || self->n_attributes++ >= MAX_ATTRIBUTES)
    return;
  if (g_ascii_strcasecmp (name, "tvg-logo") == 0 || g_ascii_strcasecmp (name, "logo") == 0) {
    set_once (&self->logo, value);
    return;
  }
  if (g_ascii_strcasecmp (name, "group-title") == 0) {
    set_once (&self->next->category, value);
    return;
  }
  if (g_ascii_strcasecmp (name, "tvg-name") == 0)
    set_once (&self->name, value);
  else if (g_ascii_strcasecmp (name, "tvg-language") == 0)
    set_once (&self->language, value);
  lec_channel_info_add_detail (self->next, name, value);
}

/* Reads `name="value"`, `name=value`; returns what is behind it. */
static const char *
read_attribute (Reader *self, const char *p)
{
  gsize length = strcspn (p, BLANKS "=");
  g_autofree char *name = g_strndup (p, length);
  g_autofree char *value = NULL;
  char stop[2] = "";

  p += length;
  if (*p != '=')
    return p + strspn (p, BLANKS);
  p++;
  if (*p == '"' || *p == '\'')
    stop[0] = *p++;
  length = strcspn (p, stop[0] != '\0' ? stop : BLANKS);
  value = g_strndup (p, length);
  if (name[0] != '\0')
    apply_attribute (self, name, g_strstrip (value));
  p += length;
  if (*p != '\0' && stop[0] != '\0')
    p++;
  return p + strspn (p, BLANKS);
}

/* The comma in front of the title: the first one outside of quotes; with an odd quote, the last. */
static const char *
find_comma (const char *text)
{
  char quote = '\0';

  for (const char *p = text; *p != '\0'; p++) {
    if (quote != '\0')
      quote = *p == quote ? '\0' : quote;
    else if ((*p == '"' || *p == '\'') && p > text && p[-1] == '=')
      quote = *p;
    else if (*p == ',')
      return p;
  }
  return strrchr (text, ',');
}

/* `#EXTINF:SECONDS attributes,Title`: how long it lasts says nothing about what is live. */
static void
read_info (Reader *self, const char *text)
{
  const char *comma = find_comma (text);
  g_autofree char *head = g_strndup (text, comma != NULL ? (gsize) (comma - text) : strlen (text));
  const char *p = head + strspn (head, BLANKS);

  begin_entry (self);
  self->is_promised = TRUE;
  p += strspn (p, "+-.0123456789");
  p += strspn (p, BLANKS);
  if (comma != NULL) {
    g_autofree char *title = g_strstrip (g_strdup (comma + 1));

    set_once (&self->next->title, title);
  } else if (strchr (p, '=') == NULL) {
    set_once (&self->next->title, p);
    return;
  }
  while (*p != '\0')
    p = read_attribute (self, p);
}

static void
read_group (Reader *self, const char *text)
{
  g_free (self->group);
  self->group = g_strdup (text);
}

static void
read_picture (Reader *self, const char *text)
{
  set_once (&self->logo, text);
}

static void
read_artist (Reader *self, const char *text)
{
  set_once (&self->next->author, text);
}

static void
read_title (Reader *self, const char *text)
{
  if (self->entries.announcement->title == NULL)
    lec_announcement_set_title (self->entries.announcement, text);
}

/* What VLC is to do; of its many options some say what the channel is. */
static void
read_option (Reader *self, const char *text)
{
  if (self->options->len < MAX_OPTIONS)
    g_ptr_array_add (self->options, g_strdup (text));
}

/* Kodi's are named for the part of it that they are for: `inputstream.ffmpegdirect.NAME=VALUE`. */
static void
read_property (Reader *self, const char *text)
{
  const gsize named = strcspn (text, "=");
  const char *dot = g_strrstr_len (text, (gssize) named, ".");
  const char *option = dot != NULL ? dot + 1 : text;

  if (lec_address_option_is_known (option))
    read_option (self, option);
  else
    lec_warnings_add (self->entries.announcement->warnings, _ ("options for Kodi were ignored"));
}

/* All others are comments. */
static const struct
{
  const char *start;
  void (*read) (Reader *self, const char *text);
} directives[] = {
  { "#EXTINF:", read_info },       { "#EXTGRP:", read_group },
  { "#EXTIMG:", read_picture },    { "#EXTALBUMARTURL:", read_picture },
  { "#EXTART:", read_artist },     { "#PLAYLIST:", read_title },
  { "#EXTVLCOPT:", read_option },  { "#EXTVLCOPT--", read_option },
  { "#KODIPROP:", read_property },
};

/* `http://...`, `rtsp://...` */
static gboolean
is_uri (const char *text)
{
  gsize length = strspn (text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-.");

  return length > 1 && g_ascii_isalpha (text[0]) && g_str_has_prefix (text + length, "://");
}

static void
read_directive (Reader *self, const char *line)
{
  for (guint i = 0; i < G_N_ELEMENTS (directives); i++) {
    if (starts_with (line, directives[i].start)) {
      const char *text = line + strlen (directives[i].start);

      directives[i].read (self, text + strspn (text, BLANKS));
      return;
    }
  }
  if (is_uri (line + 1) || lec_address_is_address (line + 1))
    self->is_promised = FALSE; /* whoever wrote the list has switched it off */
}

/* Some lists write headers for a request behind a bar: `http://a.example/x|User-Agent=...`. */
static void
drop_headers (Reader *self, char *address)
{
  char *bar = strchr (address, '|');

  if (bar == NULL || !is_uri (address) || lec_address_is_address (address))
    return; /* which an address tells itself */
  *bar = '\0';
  lec_warnings_add (self->entries.announcement->warnings,
                    _ ("the part of an address behind “|” was ignored"));
}

/* Only a tag of RFC 5646 is a language here; a name such as “English” is kept as a detail alone. */
static void
set_language (const Reader *self, LecAlternative *alternative)
{
  gsize length
      = self->language != NULL
            ? strspn (self->language, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
            : 0;

  if (alternative == NULL || alternative->streams->len == 0)
    return;
  if ((length == 2 || length == 3) && strchr ("-", self->language[length]) != NULL)
    ((LecStream *) g_ptr_array_index (alternative->streams, 0))->language
        = g_strdup (self->language);
}

/* Returns whether there is room for more. */
static gboolean
finish_entry (Reader *self, char *address)
{
  LecAlternative *alternative;
  LecChannelInfo *info;
  gboolean room;

  drop_headers (self, address);
  alternative = lec_entries_add_address (&self->entries, self->next, address, self->base_uri);
  set_language (self, alternative);
  lec_entries_apply_options (&self->entries, self->next, self->options);
  g_ptr_array_set_size (self->options, 0);
  lec_entries_set_logo (&self->entries, self->next, self->logo, self->base_uri);
  if (self->next->title == NULL)
    self->next->title = g_steal_pointer (&self->name);
  if (self->next->category == NULL)
    self->next->category = g_strdup (self->group);
  info = g_steal_pointer (&self->next);
  self->is_promised = FALSE;
  room = lec_entries_take (&self->entries, self->entries.announcement->channels, info);
  begin_entry (self);
  return room;
}

/* Returns whether to read on. RealAudio's lists have an end of their own. */
static gboolean
read_line (Reader *self, char *line)
{
  if (line[0] == '#') {
    read_directive (self, line);
    return TRUE;
  }
  if (strcmp (line, "--stop--") == 0)
    return FALSE;
  if (self->is_extended || is_uri (lec_address_skip_player (line)) || lec_address_is_address (line))
    return finish_entry (self, line);
  lec_warnings_add (self->entries.announcement->warnings,
                    _ ("“%.40s” is not a valid address and was ignored"), line);
  return TRUE;
}

static gboolean
is_extended (const char *text)
{
  return starts_with (text, "#EXTM3U") || starts_with (text, "#EXTINF:")
         || starts_with (text, "#PLAYLIST:") || starts_with (text, "#EXTGRP:");
}

gboolean
lec_m3u_is_m3u (const char *text)
{
  char *next;

  if (is_extended (text))
    return TRUE;
  while ((next = lec_line_next (&text)) != NULL) {
    g_autofree char *line = next;

    if (line[0] != '#')
      return is_uri (lec_address_skip_player (line)) || lec_address_is_address (line);
    if (is_extended (line))
      return TRUE;
  }
  return FALSE;
}

static gboolean
is_hls_line (const char *line)
{
  static const char *const tags[] = { "TARGETDURATION", "STREAM-INF",    "I-FRAME-STREAM-INF",
                                      "MEDIA-SEQUENCE", "PLAYLIST-TYPE", "MEDIA:",
                                      "VERSION",        "ENDLIST",       "INDEPENDENT-SEGMENTS" };

  if (!g_str_has_prefix (line, "#EXT-X-"))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (tags); i++) {
    if (starts_with (line + strlen ("#EXT-X-"), tags[i]))
      return TRUE;
  }
  return FALSE;
}

/* Whether a list is the recipe of one video in pieces (RFC 8216): some of these are in each. */
static gboolean
is_hls (const char *text)
{
  char *next;

  while ((next = lec_line_next (&text)) != NULL) {
    g_autofree char *line = next;

    if (is_hls_line (line))
      return TRUE;
  }
  return FALSE;
}

LecAnnouncement *
lec_m3u_parse (const char *text, const char *base_uri, GError **error)
{
  g_autoptr (LecAnnouncement) announcement = lec_announcement_new ("m3u");
  g_auto (Reader) reader = { .base_uri = base_uri,
                             .is_extended = is_extended (text),
                             .options = g_ptr_array_new_with_free_func (g_free) };
  gboolean going_on = TRUE;
  char *next;

  if (is_hls (text)) {
    g_set_error_literal (error, LEC_ERROR, LEC_ERROR_UNSUPPORTED,
                         _ ("this is an HLS playlist of a web server, not a list of channels; open "
                            "its address in a browser"));
    return NULL;
  }
  lec_entries_init (&reader.entries, announcement);
  begin_entry (&reader);
  while (going_on && (next = lec_line_next (&text)) != NULL) {
    g_autofree char *line = next;

    going_on = read_line (&reader, line);
  }
  begin_entry (&reader);
  if (!lec_entries_finish (&reader.entries, error))
    return NULL;
  return g_steal_pointer (&announcement);
}
