/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "announce/address.h"
#include "announce/asx-time.h"
#include "announce/asx.h"
#include "channel/error.h"

static void
indent (GString *text, guint depth)
{
  for (guint i = 0; i < depth; i++)
    g_string_append (text, "  ");
}

/* `<NAME>text</NAME>` */
static void
print_text (GString *text, guint depth, const char *name, const char *value)
{
  g_autofree char *escaped = value != NULL ? g_markup_escape_text (value, -1) : NULL;

  if (escaped == NULL)
    return;
  indent (text, depth);
  g_string_append_printf (text, "<%s>%s</%s>\r\n", name, escaped, name);
}

/* `<NAME ATTRIBUTE="value"/>` */
static void
print_value (GString *text, guint depth, const char *name, const char *attribute, const char *value)
{
  g_autofree char *escaped = value != NULL ? g_markup_escape_text (value, -1) : NULL;

  if (escaped == NULL)
    return;
  indent (text, depth);
  g_string_append_printf (text, "<%s %s=\"%s\"/>\r\n", name, attribute, escaped);
}

static void
print_time (GString *text, guint depth, const char *name, gint64 time_us)
{
  g_autofree char *time = time_us > 0 ? lec_asx_print_time (time_us) : NULL;

  print_value (text, depth, name, "VALUE", time);
}

/* A marker of digits alone is one that has a number. */
static void
print_marker (GString *text, guint depth, const char *name, const char *marker)
{
  gboolean is_number = marker != NULL && marker[strspn (marker, "0123456789")] == '\0';

  print_value (text, depth, name, is_number ? "NUMBER" : "NAME", marker);
}

static void
print_details (GString *text, guint depth, GStrv details)
{
  for (guint i = 0; details != NULL && details[i] != NULL; i += 2) {
    g_autofree char *name = g_markup_escape_text (details[i], -1);
    g_autofree char *value = g_markup_escape_text (details[i + 1], -1);

    indent (text, depth);
    g_string_append_printf (text, "<PARAM NAME=\"%s\" VALUE=\"%s\"/>\r\n", name, value);
  }
}

static gboolean
has_span (const LecAlternative *alternative)
{
  return alternative->start_us > 0 || alternative->duration_us > 0
         || alternative->start_marker != NULL || alternative->end_marker != NULL;
}

static void
print_ref (GString *text, guint depth, const LecAlternative *alternative, const char *address)
{
  g_autofree char *escaped = NULL;

  if (!has_span (alternative)) {
    print_value (text, depth, "REF", "HREF", address);
    return;
  }
  escaped = g_markup_escape_text (address, -1);
  indent (text, depth);
  g_string_append_printf (text, "<REF HREF=\"%s\">\r\n", escaped);
  print_time (text, depth + 1, "STARTTIME", alternative->start_us);
  print_time (text, depth + 1, "DURATION", alternative->duration_us);
  print_marker (text, depth + 1, "STARTMARKER", alternative->start_marker);
  print_marker (text, depth + 1, "ENDMARKER", alternative->end_marker);
  indent (text, depth);
  g_string_append (text, "</REF>\r\n");
}

/* At least one alternative has to be an address. */
static gboolean
print_refs (GString *text, guint depth, const LecChannelInfo *info, GError **error)
{
  g_autoptr (GError) reason = NULL;
  guint n_printed = 0;

  for (guint i = 0; i < info->alternatives->len; i++) {
    const LecAlternative *alternative = g_ptr_array_index (info->alternatives, i);
    g_autofree char *address = lec_address_print (alternative, reason == NULL ? &reason : NULL);

    if (address == NULL)
      continue;
    print_ref (text, depth, alternative, address);
    n_printed++;
  }
  if (n_printed > 0)
    return TRUE;
  g_set_error (
      error, LEC_ERROR, LEC_ERROR_UNSUPPORTED,
      _ ("“%1$s” cannot be named in an .asx playlist: %2$s; write it as a file of its own, "
         "and name that file in the playlist"),
      info->title, reason->message);
  return FALSE;
}

static gboolean
print_entry (GString *text, guint depth, const LecChannelInfo *info, GError **error)
{
  indent (text, depth);
  g_string_append_printf (text, "<ENTRY%s%s>\r\n",
                          (info->flags & LEC_ENTRY_NO_SKIP) != 0 ? " CLIENTSKIP=\"NO\"" : "",
                          (info->flags & LEC_ENTRY_NOT_INCLUDED) != 0 ? " SKIPIFREF=\"YES\"" : "");
  print_text (text, depth + 1, "TITLE", info->title);
  print_text (text, depth + 1, "AUTHOR", info->author);
  print_text (text, depth + 1, "COPYRIGHT", info->copyright);
  print_text (text, depth + 1, "ABSTRACT", info->description);
  print_value (text, depth + 1, "MOREINFO", "HREF", info->more_info);
  print_value (text, depth + 1, "BANNER", "HREF", info->logo);
  print_value (text, depth + 1, "BASE", "HREF", info->base);
  for (guint i = 0; info->log_urls != NULL && info->log_urls[i] != NULL; i++)
    print_value (text, depth + 1, "LOGURL", "HREF", info->log_urls[i]);
  print_details (text, depth + 1, info->details);
  if (!print_refs (text, depth + 1, info, error))
    return FALSE;
  indent (text, depth);
  g_string_append (text, "</ENTRY>\r\n");
  return TRUE;
}

static gboolean
print_channel (GString *text, guint depth, const LecChannel *channel, GError **error)
{
  const LecChannelInfo *info = lec_channel_get_info (channel);
  const LecAlternative *first = g_ptr_array_index (info->alternatives, 0);

  if ((info->flags & LEC_ENTRY_INCLUDE) == 0)
    return print_entry (text, depth, info, error);
  print_value (text, depth, "ENTRYREF", "HREF", first->uri);
  return TRUE;
}

static gboolean
print_channels (GString *text, const LecAnnouncement *announcement, GError **error)
{
  gboolean repeats = announcement->repeat_to > announcement->repeat_from;

  for (guint i = 0; i < announcement->channels->len; i++) {
    gboolean inside = repeats && i >= announcement->repeat_from && i < announcement->repeat_to;

    if (repeats && i == announcement->repeat_from)
      g_string_append (text, "  <REPEAT>\r\n");
    if (!print_channel (text, inside ? 2 : 1, g_ptr_array_index (announcement->channels, i), error))
      return FALSE;
    if (repeats && i + 1 == announcement->repeat_to)
      g_string_append (text, "  </REPEAT>\r\n");
  }
  return TRUE;
}

static gboolean
print_event (GString *text, const LecEvent *event, GError **error)
{
  static const char *const when_done[] = {
    [LEC_WHEN_DONE_RESUME] = "RESUME",
    [LEC_WHEN_DONE_NEXT] = "NEXT",
    [LEC_WHEN_DONE_BREAK] = "BREAK",
  };
  g_autofree char *name = g_markup_escape_text (event->name, -1);

  g_string_append_printf (text, "  <EVENT NAME=\"%s\" WHENDONE=\"%s\">\r\n", name,
                          when_done[event->when_done]);
  for (guint i = 0; i < event->channels->len; i++) {
    if (!print_channel (text, 2, g_ptr_array_index (event->channels, i), error))
      return FALSE;
  }
  g_string_append (text, "  </EVENT>\r\n");
  return TRUE;
}

char *
lec_asx_print (const LecAnnouncement *announcement, GError **error)
{
  g_autoptr (GString) text = g_string_new ("<ASX VERSION=\"3.0\">\r\n");

  print_text (text, 1, "TITLE", announcement->title);
  g_string_append (text, "  <PARAM NAME=\"Encoding\" VALUE=\"utf-8\"/>\r\n");
  if (!print_channels (text, announcement, error))
    return NULL;
  for (guint i = 0; i < announcement->events->len; i++) {
    if (!print_event (text, g_ptr_array_index (announcement->events, i), error))
      return NULL;
  }
  g_string_append (text, "</ASX>\r\n");
  return g_string_free (g_steal_pointer (&text), FALSE);
}
