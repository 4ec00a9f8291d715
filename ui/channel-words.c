/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ui/channel-words.h"

#include <glib/gi18n.h>
#include <string.h>

#define DOT " · "

/* Calendar days from @from to @to. */
static int
count_days (GDateTime *from, GDateTime *to)
{
  g_autoptr (GDate) a = g_date_new_dmy ((GDateDay) g_date_time_get_day_of_month (from),
                                        (GDateMonth) g_date_time_get_month (from),
                                        (GDateYear) g_date_time_get_year (from));
  g_autoptr (GDate) b = g_date_new_dmy ((GDateDay) g_date_time_get_day_of_month (to),
                                        (GDateMonth) g_date_time_get_month (to),
                                        (GDateYear) g_date_time_get_year (to));

  return g_date_days_between (a, b);
}

/* As short as it is clear: a time today, a day of the coming week, a date. NULL for what no
 * calendar has. */
static char *
print_time (gint64 then, gint64 now)
{
  g_autoptr (GDateTime) at = g_date_time_new_from_unix_local (then);
  g_autoptr (GDateTime) today = g_date_time_new_from_unix_local (now);
  int days;

  if (at == NULL || today == NULL)
    return NULL;

  days = count_days (today, at);
  if (days == 0) {
    /* Translators: a time of today, as g_date_time_format() wants it */
    return g_date_time_format (at, _ ("%H:%M"));
  }
  if (days > 0 && days < 7) {
    /* Translators: a time within the next days */
    return g_date_time_format (at, _ ("%a %H:%M"));
  }
  if (g_date_time_get_year (at) == g_date_time_get_year (today)) {
    /* Translators: a time on another day of this year */
    return g_date_time_format (at, _ ("%-d %b %H:%M"));
  }
  /* Translators: a day of another year */
  return g_date_time_format (at, _ ("%-d %b %Y"));
}

char *
lec_words_for_state (LecChannelState state, gint64 changes, gint64 now)
{
  g_autofree char *time = changes != 0 ? print_time (changes, now) : NULL;

  switch (state) {
  case LEC_CHANNEL_STATE_NOT_REACHING:
    return g_strdup (_ ("Not received"));
  case LEC_CHANNEL_STATE_LATER:
    /* Translators: when a channel begins, "Later: Mon 14:00" */
    return time != NULL ? g_strdup_printf (_ ("Later: %s"), time) : g_strdup (_ ("Later"));
  case LEC_CHANNEL_STATE_ENDED:
    return g_strdup (_ ("Ended"));
  case LEC_CHANNEL_STATE_NOW:
  default:
    /* Translators: when a channel ends, "On now until 17:30" */
    return time != NULL ? g_strdup_printf (_ ("On now until %s"), time) : g_strdup (_ ("On now"));
  }
}

static const LecAlternative *
best_alternative (const LecChannel *channel)
{
  return g_ptr_array_index (lec_channel_get_info (channel)->alternatives, 0);
}

/* The languages of the streams, each once, "de, en"; NULL where none is said. */
static char *
print_languages (const LecChannel *channel)
{
  const LecAlternative *best = best_alternative (channel);
  g_autoptr (GPtrArray) languages = g_ptr_array_new ();

  for (guint i = 0; i < best->streams->len; i++) {
    const LecStream *stream = g_ptr_array_index (best->streams, i);

    if (stream->language != NULL && *stream->language != '\0'
        && !g_ptr_array_find_with_equal_func (languages, stream->language, g_str_equal, NULL))
      g_ptr_array_add (languages, stream->language);
  }
  if (languages->len == 0)
    return NULL;

  g_ptr_array_add (languages, NULL);
  return g_strjoinv (", ", (char **) languages->pdata);
}

/* Puts a first strong isolate around it, and its end: right-to-left text of an announcement, in
 * Hebrew for example, does not reorder the rest of the line. */
static void
append_foreign (GString *line, const char *text)
{
  if (text != NULL && *text != '\0')
    g_string_append_printf (line, DOT "\u2068%s\u2069", text);
}

/* How it stands, as far as anybody says so. */
static char *
print_standing (LecChannelItem *item, gint64 now)
{
  const LecChannelOrigin origins = lec_channel_item_get_origins (item);
  const LecChannelState state = lec_channel_item_get_state (item);
  const gint64 changes = lec_channel_item_get_changes (item);
  const gboolean is_unsaid = state == LEC_CHANNEL_STATE_NOW && changes == 0;

  if (is_unsaid && origins == LEC_CHANNEL_ORIGIN_KEPT)
    return g_strdup (_ ("Not announced now"));
  if (is_unsaid && (origins & (LEC_CHANNEL_ORIGIN_SAP | LEC_CHANNEL_ORIGIN_DNS_SD)) == 0)
    return g_strdup (_ ("Opened by you"));
  return lec_words_for_state (state, changes, now);
}

char *
lec_words_for_line (LecChannelItem *item, gboolean title_is_duplicate, gint64 now)
{
  const LecChannel *channel = lec_channel_item_get_channel (item);
  g_autofree char *state = print_standing (item, now);
  g_autofree char *languages = print_languages (channel);
  GString *line = g_string_new (state);

  if (title_is_duplicate)
    append_foreign (line, lec_channel_item_get_announcer (item));
  append_foreign (line, lec_channel_get_info (channel)->category);
  append_foreign (line, languages);
  return g_string_free (line, FALSE);
}

static void
append_paragraph (GString *text, const char *paragraph)
{
  if (paragraph != NULL && *paragraph != '\0')
    g_string_append_printf (text, "\n%s", paragraph);
}

char *
lec_words_for_tooltip (LecChannelItem *item, gint64 now)
{
  const LecChannelInfo *info = lec_channel_get_info (lec_channel_item_get_channel (item));
  const char *announcer = lec_channel_item_get_announcer (item);
  g_autofree char *languages = print_languages (lec_channel_item_get_channel (item));
  g_autofree char *standing = NULL;
  GString *text = g_string_new (lec_channel_item_get_title (item));

  append_paragraph (text, info->description);
  append_paragraph (text, info->author);
  if (lec_channel_item_get_changes (item) != 0) {
    standing = print_standing (item, now);
    append_paragraph (text, standing);
  }
  if (languages != NULL) {
    g_string_append_c (text, '\n');
    /* Translators: %s are codes of languages, as in “de, en” */
    g_string_append_printf (text, _ ("Languages: %s"), languages);
  }
  if (lec_channel_item_get_origins (item) & LEC_CHANNEL_ORIGIN_FILE)
    append_paragraph (text, _ ("Opened by you"));
  if (announcer != NULL) {
    g_string_append_c (text, '\n');
    /* Translators: %s is the address of a computer */
    g_string_append_printf (text, _ ("Announced by %s"), announcer);
  }
  return g_string_free (text, FALSE);
}

const char *
lec_words_for_icon (const LecChannel *channel)
{
  const LecAlternative *best = best_alternative (channel);
  gboolean has_audio = FALSE;

  for (guint i = 0; best->kind == LEC_KIND_RTP && i < best->streams->len; i++) {
    const LecStream *stream = g_ptr_array_index (best->streams, i);

    /* a bare address may carry anything */
    if (stream->media == LEC_MEDIA_VIDEO || stream->payloads->len == 0)
      return "video-x-generic-symbolic";
    has_audio |= stream->media == LEC_MEDIA_AUDIO;
  }
  if (best->kind != LEC_KIND_RTP)
    return "video-x-generic-symbolic";

  return has_audio ? "audio-x-generic-symbolic" : "text-x-generic-symbolic";
}

/* Marks that stand on a letter. */
static gboolean
is_mark (gunichar c)
{
  return g_unichar_type (c) == G_UNICODE_NON_SPACING_MARK;
}

char *
lec_words_fold (const char *text)
{
  g_autofree char *folded = NULL, *normal = NULL;
  GString *plain;

  if (text == NULL)
    return g_strdup ("");
  if (g_str_is_ascii (text))
    return g_ascii_strdown (text, -1);

  folded = g_utf8_casefold (text, -1);
  normal = g_utf8_normalize (folded, -1, G_NORMALIZE_ALL);
  plain = g_string_sized_new (strlen (folded));
  for (const char *p = normal; p != NULL && *p != '\0'; p = g_utf8_next_char (p)) {
    if (!is_mark (g_utf8_get_char (p)))
      g_string_append_len (plain, p, g_utf8_next_char (p) - p);
  }
  return g_string_free (plain, FALSE);
}

GStrv
lec_words_split (const char *search)
{
  g_autofree char *folded = lec_words_fold (search);
  g_auto (GStrv) words = g_strsplit_set (folded, " \t\n", -1);
  g_autoptr (GStrvBuilder) needles = g_strv_builder_new ();

  for (guint i = 0; words[i] != NULL; i++) {
    if (*words[i] != '\0')
      g_strv_builder_add (needles, words[i]);
  }
  return g_strv_builder_end (needles);
}

/* Most texts are ASCII, and thousands are searched at once. */
static gboolean
has_needle (const char *text, const char *needle)
{
  g_autofree char *folded = NULL;

  if (text == NULL)
    return FALSE;
  if (g_str_is_ascii (text))
    return strcasestr (text, needle) != NULL;
  folded = lec_words_fold (text);
  return strstr (folded, needle) != NULL;
}

/* Whether a channel can be found by it. */
static gboolean
is_found_by (const LecChannel *channel, const char *needle)
{
  const LecChannelInfo *info = lec_channel_get_info (channel);
  const LecAlternative *best = best_alternative (channel);

  for (guint i = 0; i < best->streams->len; i++) {
    if (has_needle (((const LecStream *) g_ptr_array_index (best->streams, i))->language, needle))
      return TRUE;
  }
  return has_needle (info->title, needle) || has_needle (info->description, needle)
         || has_needle (info->author, needle) || has_needle (info->keywords, needle)
         || has_needle (info->category, needle)
         || has_needle (lec_channel_get_announcer (channel), needle);
}

gboolean
lec_words_match (const LecChannel *channel, const char *const *needles)
{
  for (guint i = 0; needles[i] != NULL; i++) {
    if (!is_found_by (channel, needles[i]))
      return FALSE;
  }
  return TRUE;
}
