/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "announce/nsc.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "announce/address.h"
#include "announce/entries.h"
#include "announce/line.h"
#include "announce/nsc-station.h"
#include "announce/nsc-value.h"
#include "announce/reference.h"
#include "channel/error.h"

#define MAX_LEADING_LINES 16 /* in which a file without sections shows what it is */
#define SHOWN 64             /* [bytes] of a refused piece that a message quotes */

/* The version stands near the begin of every file, also where the section line is lost. */
gboolean
lec_nsc_is_nsc (const char *text)
{
  static const char version[] = "NSC Format Version";

  if (g_ascii_strncasecmp (text, "[Address]", 9) == 0
      || g_ascii_strncasecmp (text, "[Formats]", 9) == 0)
    return TRUE;
  for (guint i = 0; i < MAX_LEADING_LINES && *text != '\0'; i++) {
    if (g_ascii_strncasecmp (text, version, strlen (version)) == 0)
      return TRUE;
    text += strcspn (text, "\r\n");
    text += strspn (text, "\r\n \t");
  }
  return FALSE;
}

/* Mail programs break long lines: what can be the rest of a block that is too short is. */
static void
join_broken (GString *value, const char **text)
{
  gsize whole = lec_nsc_block_measure (value->str);
  const char *after = *text;

  if (value->len >= whole || !lec_nsc_block_may_go_on (value->str))
    return;
  while (value->len < whole) {
    g_autofree char *line = lec_line_next (&after);

    if (line == NULL || !lec_nsc_block_may_go_on (line))
      return;
    g_string_append (value, line);
    *text = after;
  }
}

/* A key with single blanks in it. */
static char *
collapse (const char *key)
{
  GString *single = g_string_new (NULL);

  for (const char *p = key; *p != '\0'; p = g_utf8_next_char (p)) {
    if (!g_unichar_isspace (g_utf8_get_char (p)))
      g_string_append_unichar (single, g_utf8_get_char (p));
    else if (single->len > 0 && single->str[single->len - 1] != ' ')
      g_string_append_c (single, ' ');
  }
  return g_strchomp (g_string_free (single, FALSE));
}

static void
read_lines (LecNscStation *station, const char *text)
{
  char *line;

  while ((line = lec_line_next (&text)) != NULL) {
    g_autofree char *pair = line;
    g_autofree char *key = NULL;
    g_autoptr (GString) whole = NULL;
    char *value;

    if (pair[0] == '[' || !lec_line_split (pair, &value))
      continue;
    key = collapse (pair);
    whole = g_string_new (value);
    join_broken (whole, &text);
    lec_nsc_station_read (station, key, whole->str);
  }
}

static gboolean
refuse (GError **error, const char *sentence)
{
  g_set_error (error, LEC_ERROR, LEC_ERROR_MALFORMED, _ ("%s; ask for a new .nsc file"), sentence);
  return FALSE;
}

static gboolean
check_address (const LecNscStation *station, guint32 *port, GError **error)
{
  if (station->group == NULL)
    return refuse (error, _ ("the station file has no IP Address"));
  if (!lec_address_is_group (station->group)) {
    g_set_error (error, LEC_ERROR, LEC_ERROR_MALFORMED,
                 _ ("the IP Address of the station, “%.*s”, is not a multicast group; ask for a "
                    "new .nsc file"),
                 SHOWN, station->group);
    return FALSE;
  }
  if (station->port == NULL)
    return refuse (error, _ ("the station file has no IP Port"));
  if (lec_nsc_parse_number (station->port, port) && *port >= 1 && *port <= G_MAXUINT16)
    return TRUE;
  g_set_error (
      error, LEC_ERROR, LEC_ERROR_MALFORMED,
      _ ("the IP Port of the station, “%.*s”, is not a valid port; ask for a new .nsc file"), SHOWN,
      station->port);
  return FALSE;
}

static gboolean
check_formats (const LecNscStation *station, GError **error)
{
  if (station->numbers->len > 0)
    return TRUE;
  if (station->refused_format == NULL)
    return refuse (error,
                   _ ("the station file has no Format, without which nothing can be decoded"));
  g_set_error (error, LEC_ERROR, LEC_ERROR_MALFORMED,
               _ ("“%1$s” was ignored: %2$s; ask for a new .nsc file"), station->refused_format,
               station->refusal);
  return FALSE;
}

static void
set_ttl (const LecNscStation *station, LecLeg *leg)
{
  guint32 ttl;

  if (station->ttl == NULL)
    return;
  if (lec_nsc_parse_number (station->ttl, &ttl) && ttl <= 255)
    leg->ttl = (int) ttl;
  else
    lec_warnings_add (station->warnings, _ ("“Time To Live=%.*s” was ignored: it must be 0 to 255"),
                      SHOWN, station->ttl);
}

static char *
dup_source (const LecNscStation *station)
{
  if (station->adapter == NULL || lec_address_is_numeric (station->adapter))
    return g_strdup (station->adapter);
  lec_warnings_add (station->warnings,
                    _ ("“Multicast Adapter=%.*s” was ignored: it is not a numeric address"), SHOWN,
                    station->adapter);
  return NULL;
}

static void
set_msb (LecNscStation *station)
{
  LecMsb *msb = station->alternative->msb;

  for (guint i = 0; i < station->numbers->len; i++) {
    LecMsbFormat *format = g_ptr_array_index (msb->formats, i);
    guint number = g_array_index (station->numbers, guint, i);

    format->description
        = g_strdup (g_hash_table_lookup (station->descriptions, GUINT_TO_POINTER (number)));
  }
  msb->source = dup_source (station);
  msb->fec_span = station->said.fec_span;
  msb->buffer_ms = station->said.buffer_ms;
  msb->log_url = g_steal_pointer (&station->said.log_url);
  msb->may_split = station->said.may_split;
  msb->may_record = station->said.may_record;
  msb->expires_s = station->said.expires_s;
}

static void
set_stream (LecNscStation *station, guint16 port)
{
  LecStream *stream = lec_alternative_add_stream (
      station->alternative, station->has_video ? LEC_MEDIA_VIDEO : LEC_MEDIA_AUDIO);

  set_ttl (station, lec_stream_add_leg (stream, station->group, port));
}

static gboolean
build (LecNscStation *station, LecAnnouncement *announcement, const char *base_uri, GError **error)
{
  g_auto (LecEntries) entries = { 0 };
  guint32 port = 0;

  lec_entries_init (&entries, announcement);
  if (!check_address (station, &port, error) || !check_formats (station, error))
    return FALSE;
  set_msb (station);
  set_stream (station, (guint16) port);
  if (station->info->title == NULL)
    station->info->title = lec_reference_dup_name (base_uri);
  if (station->unicast_url != NULL)
    lec_entries_add_address (&entries, station->info, station->unicast_url, base_uri);
  lec_entries_take (&entries, announcement->channels, g_steal_pointer (&station->info));
  return lec_entries_finish (&entries, error);
}

LecAnnouncement *
lec_nsc_parse (const char *text, const char *base_uri, GError **error)
{
  g_autoptr (LecAnnouncement) announcement = lec_announcement_new ("nsc");
  g_auto (LecNscStation) station = { 0 };

  lec_nsc_station_init (&station, announcement->warnings);
  read_lines (&station, text);
  if (!build (&station, announcement, base_uri, error))
    return NULL;
  return g_steal_pointer (&announcement);
}
