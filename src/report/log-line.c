/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/log-line.h"

#include <string.h>

#define SESSION_MASK ((G_GUINT64_CONSTANT (1) << 48) - 1)
#define MAX_FIELD 256 /* [bytes] of the names of codecs */
#define PROGRAM "Lectern"

/* In front of what is random in the name of a player that does not want to be known. */
#define ANONYMOUS "{3300AD50-2C39-46c0-AE0A-"

/* Fields are set apart by blanks, and what is not known is a hyphen. */
static void
add_text (GString *line, const char *text)
{
  gsize start = line->len + 1;

  g_string_append_c (line, ' ');
  g_string_append (line, text == NULL || text[0] == '\0' ? "-" : text);
  for (char *c = line->str + start; *c != '\0'; c++)
    if ((guchar) *c <= ' ' || *c == 0x7f)
      *c = '_';
}

static void
add_number (GString *line, guint64 number)
{
  g_string_append_printf (line, " %" G_GUINT64_FORMAT, number);
}

static void
add_address (GString *line, const char *address)
{
  g_autofree char *escaped
      = address != NULL ? g_uri_escape_string (address, ":/?#[]@!$&'()*+,;=%", FALSE) : NULL;

  add_text (line, escaped);
}

/* Names of what was decoded, each once. */
static void
add_codecs (GString *line, LecReport *report, LecMedia media)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < report->n_tracks; i++) {
    const LecTrackReport *track = &report->tracks[i];

    if (track->media != media || track->codec[0] == '\0' || strstr (names->str, track->codec)
        || names->len + 1 + strlen (track->codec) > MAX_FIELD)
      continue;
    if (names->len > 0)
      g_string_append_c (names, ';');
    g_string_append (names, track->codec);
  }
  add_text (line, names->str);
}

typedef struct
{
  guint64 received;  /* in their turn */
  guint64 reordered; /* out of it, and in time */
  guint64 recovered; /* rebuilt from parity */
  guint64 missing;   /* for good */
  guint64 bytes;
} Counts;

static Counts
sum_up (LecReport *report)
{
  Counts sum = { 0 };

  for (guint i = 0; i < report->n_streams; i++) {
    const LecStats *stats = &report->streams[i].stats;
    guint64 good = lec_stats_count_good (stats);
    guint64 reordered = MIN (stats->reordered, good);

    sum.received += good - reordered;
    sum.reordered += reordered;
    sum.recovered += stats->recovered;
    sum.missing += lec_stats_count_missing (stats);
    sum.bytes += stats->bytes;
  }
  return sum;
}

/* [%] 2.1.21 */
static guint64
rate (const Counts *counts)
{
  guint64 good = counts->received + counts->reordered + counts->recovered;
  guint64 all = good + counts->missing;

  return all > 0 ? good * 100 / all : 100;
}

/* What was played: the multicast, or what took its place. */
static void
add_played (GString *line, const LecLogFacts *facts)
{
  if (facts->uri != NULL)
    add_address (line, facts->uri);
  else
    g_string_append_printf (line, strchr (facts->group, ':') ? " asfm://[%s]:%u" : " asfm://%s:%u",
                            facts->group, facts->port);
}

static void
add_protocol (GString *line, const LecLogFacts *facts)
{
  const gboolean is_rtsp = facts->uri != NULL && g_str_has_prefix (facts->uri, "rtsp");
  const gboolean is_tcp
      = facts->uri != NULL && (!is_rtsp || g_str_has_prefix (facts->uri, "rtspt"));

  add_text (line, facts->uri == NULL ? "asfm" : is_rtsp ? "rtsp" : "http");
  add_text (line, is_tcp ? "TCP" : "UDP");
}

/* Its address and its name, of which one is known. */
static void
add_server (GString *line, const LecLogFacts *facts)
{
  g_autoptr (GUri) uri
      = facts->uri != NULL ? g_uri_parse (facts->uri, G_URI_FLAGS_PARSE_RELAXED, NULL) : NULL;
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;
  const gboolean is_numeric = host != NULL && g_hostname_is_ip_address (host);

  if (facts->uri == NULL)
    add_text (line, facts->group);
  else
    add_text (line, is_numeric ? host : NULL);
  add_text (line, is_numeric ? NULL : host);
}

/* When, what, by whom: the fields up to the size of a file, which there is none of. */
static void
add_session (GString *line, const LecLogFacts *facts, gint64 seconds)
{
  g_autoptr (GDateTime) end = g_date_time_new_from_unix_utc (facts->end_us / G_USEC_PER_SEC);
  g_autofree char *date = g_date_time_format (end, "%Y-%m-%d %H:%M:%S");
  g_autofree char *agent = g_strdup_printf (PROGRAM "/%s", facts->player);

  g_string_append_printf (line, "0.0.0.0 %s -", date);
  add_played (line, facts);
  g_string_append_printf (line, " 0 %" G_GINT64_FORMAT " 1 200", seconds);
  g_string_append_printf (line, " " ANONYMOUS "%012" G_GINT64_MODIFIER "x}",
                          facts->session & SESSION_MASK);
  add_text (line, facts->player);
  add_text (line, facts->language);
  add_text (line, agent);
  add_text (line, NULL); /* the page that it was opened from */
  add_text (line, PROGRAM);
  add_text (line, facts->player);
  for (guint i = 0; i < 3; i++)
    add_text (line, NULL); /* operating system, its version, processor */
  add_number (line, 0);
  add_number (line, 0);
}

char *
lec_log_line_print (LecReport *report, const LecLogFacts *facts)
{
  GString *line = g_string_new ("MX_STATS_LogLine: \t");
  gint64 seconds = (facts->played_us + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC;
  Counts counts = sum_up (report);

  add_session (line, facts, seconds);
  add_number (line, seconds > 0 ? counts.bytes * 8 / (guint64) seconds : 0);
  add_protocol (line, facts);
  add_codecs (line, report, LEC_MEDIA_AUDIO);
  add_codecs (line, report, LEC_MEDIA_VIDEO);
  add_address (line, facts->address);
  add_text (line, NULL); /* bytes and packets that were sent, which no multicast tells */
  add_number (line, counts.bytes);
  add_text (line, NULL);
  add_number (line, counts.received);
  add_number (line, counts.missing);
  add_number (line, counts.missing + counts.recovered);
  add_text (line, NULL); /* the longest run of lost ones */
  add_text (line, NULL); /* nothing is asked for again */
  add_number (line, counts.recovered);
  add_number (line, counts.reordered);
  add_number (line, 1); /* it is buffered once, at the beginning */
  add_number (line, (guint64) (report->latency_ns / G_GINT64_CONSTANT (1000000000)));
  add_number (line, rate (&counts));
  add_server (line, facts);
  for (guint i = 0; i < 2; i++)
    add_text (line, NULL); /* of the server: clients, load */
  return g_string_free (line, FALSE);
}
