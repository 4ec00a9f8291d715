/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/log-line.h"

#include <string.h>

#define PREFIX "MX_STATS_LogLine: \t"

/* Numbers of fields ([MS-WMLOG] 2.2.1), from 0 on. */
enum {
  URI_STEM = 4,
  DURATION = 6,
  PLAYER_ID = 9,
  BANDWIDTH = 21,
  AUDIO_CODEC = 24,
  VIDEO_CODEC = 25,
  CHANNEL_URL = 26,
  BYTES = 28,
  RECEIVED = 30,
  LOST_CLIENT = 31,
  LOST_NET = 32,
  RECOVERED = 35,
  RESENT = 36,
  QUALITY = 39,
  N_FIELDS = 44,
};

static const LecLogFacts usual = {
  .address = "http://hall.example/a b/\xc3\xb6.nsc",
  .group = "239.1.2.3",
  .port = 9000,
  .end_us = G_GINT64_CONSTANT (1133270185) * G_USEC_PER_SEC,
  .played_us = 61 * G_USEC_PER_SEC + 1,
  .session = G_GUINT64_CONSTANT (0xffff0123456789ab),
  .language = "de-DE",
  .player = "1.0",
};

static GStrv
split (LecReport *report, const LecLogFacts *facts)
{
  g_autofree char *line = lec_log_line_print (report, facts);

  g_assert_true (g_str_has_prefix (line, PREFIX));
  return g_strsplit (line + strlen (PREFIX), " ", -1);
}

static guint64
number (GStrv fields, guint i)
{
  guint64 value;

  g_assert_true (g_ascii_string_to_unsigned (fields[i], 10, 0, G_MAXUINT64, &value, NULL));
  return value;
}

static LecReport *
make_report (const LecStats *stats)
{
  LecReportDraft *draft = lec_report_draft_new (1);
  const char *codecs[] = { "Windows Media\tVideo 8", "WMA 8", "WMA 8" };

  draft->streams[0].stats = *stats;
  draft->latency_ns = G_GINT64_CONSTANT (2500000000);
  for (guint i = 0; i < G_N_ELEMENTS (codecs); i++) {
    LecTrackReport *track = lec_report_draft_add_track (draft);

    track->media = i == 0 ? LEC_MEDIA_VIDEO : LEC_MEDIA_AUDIO;
    g_strlcpy (track->codec, codecs[i], sizeof track->codec);
  }
  return lec_report_draft_finish (draft);
}

/* As it is shown before it is sent for the first time, to the letter. */
static void
test_whole (void)
{
  const LecStats stats = { .received = 1000,
                           .bytes = 1525000,
                           .reordered = 10,
                           .duplicate = 20,
                           .recovered = 30,
                           .lost = 9,
                           .late = 1 };
  g_autoptr (LecReport) report = make_report (&stats);
  g_autofree char *line = lec_log_line_print (report, &usual);

  g_assert_cmpstr (line, ==,
                   PREFIX "0.0.0.0 2005-11-29 13:16:25 - asfm://239.1.2.3:9000 0 62 1 200 "
                          "{3300AD50-2C39-46c0-AE0A-0123456789ab} 1.0 de-DE Lectern/1.0 - Lectern "
                          "1.0 - - - 0 0 196774 asfm UDP WMA_8 Windows_Media_Video_8 "
                          "http://hall.example/a%20b/%C3%B6.nsc - 1525000 - 969 10 40 - - 30 10 1 "
                          "2 99 239.1.2.3 - - -");
}

/* What was played in the place of the multicast: the announcement is told all the same (2.1.27). */
static void
test_in_its_place (void)
{
  static const struct
  {
    const char *uri, *stem, *protocol, *transport, *address, *name;
  } rows[] = {
    { "http://hall.example/film.asf", "http://hall.example/film.asf", "http", "TCP", "-",
      "hall.example" },
    { "mmsh://192.0.2.1/a b", "mmsh://192.0.2.1/a%20b", "http", "TCP", "192.0.2.1", "-" },
    { "rtsp://192.0.2.1/live", "rtsp://192.0.2.1/live", "rtsp", "UDP", "192.0.2.1", "-" },
    { "rtspt://[2001:db8::1]/live", "rtspt://[2001:db8::1]/live", "rtsp", "TCP", "2001:db8::1",
      "-" },
  };
  const LecStats stats = { .received = 10 };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (LecReport) report = make_report (&stats);
    LecLogFacts facts = usual;
    g_auto (GStrv) fields = NULL;

    facts.uri = rows[i].uri;
    fields = split (report, &facts);
    g_assert_cmpuint (g_strv_length (fields), ==, 44);
    g_assert_cmpstr (fields[4], ==, rows[i].stem);
    g_assert_cmpstr (fields[22], ==, rows[i].protocol);
    g_assert_cmpstr (fields[23], ==, rows[i].transport);
    g_assert_cmpstr (fields[26], ==, "http://hall.example/a%20b/%C3%B6.nsc");
    g_assert_cmpstr (fields[40], ==, rows[i].address);
    g_assert_cmpstr (fields[41], ==, rows[i].name);
  }
}

/* 2.1.14, 2.1.16, 2.1.21 */
static void
test_identities (void)
{
  const LecStats rows[] = {
    { .received = 0 },
    { .received = 100 },
    { .received = 100, .recovered = 10, .reordered = 5 },
    { .received = 100, .recovered = 10, .reordered = 200, .lost = 50, .lost_local = 3 },
    { .received = 5, .late = 5, .duplicate = 3 },
    { .lost = 7 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (LecReport) report = make_report (&rows[i]);
    g_auto (GStrv) fields = split (report, &usual);
    guint64 good, all;

    g_assert_cmpuint (g_strv_length (fields), ==, N_FIELDS);
    g_assert_cmpuint (number (fields, LOST_NET) - number (fields, LOST_CLIENT), ==,
                      number (fields, RECOVERED));
    good = number (fields, RECEIVED) + number (fields, RECOVERED) + number (fields, RESENT);
    all = good + number (fields, LOST_CLIENT);
    g_assert_cmpuint (number (fields, QUALITY), ==, all > 0 ? 100 * good / all : 100);
  }
}

/* What is not known is a hyphen, and where nothing was played nothing is divided by that. */
static void
test_unknown (void)
{
  const LecLogFacts facts = { .group = "ff15::1", .port = 1, .player = "1.0" };
  g_autoptr (LecReport) report = lec_report_draft_finish (lec_report_draft_new (0));
  g_auto (GStrv) fields = split (report, &facts);

  g_assert_cmpuint (g_strv_length (fields), ==, N_FIELDS);
  g_assert_cmpstr (fields[URI_STEM], ==, "asfm://[ff15::1]:1");
  g_assert_cmpstr (fields[DURATION], ==, "0");
  g_assert_cmpstr (fields[PLAYER_ID], ==, "{3300AD50-2C39-46c0-AE0A-000000000000}");
  g_assert_cmpstr (fields[BANDWIDTH], ==, "0");
  g_assert_cmpstr (fields[AUDIO_CODEC], ==, "-");
  g_assert_cmpstr (fields[VIDEO_CODEC], ==, "-");
  g_assert_cmpstr (fields[CHANNEL_URL], ==, "-");
  g_assert_cmpstr (fields[BYTES], ==, "0");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/log-line/in-its-place", test_in_its_place);
  g_test_add_func ("/log-line/whole", test_whole);
  g_test_add_func ("/log-line/identities", test_identities);
  g_test_add_func ("/log-line/unknown", test_unknown);
  return g_test_run ();
}
