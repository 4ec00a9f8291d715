/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* When a channel is on the air, as t=, r= and z= lines say it. */
#include <string.h>

#include "announce/recognise.h"

#define HEAD "v=0\r\no=lec 7 1 IN IP4 192.0.2.9\r\ns=Hall 3\r\nc=IN IP4 239.1.1.1/8\r\n"
#define VIDEO "m=video 5004 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\n"

/* 3900000000 of NTP is 1691011200 of Unix. */
static const struct
{
  const char *story;
  const char *lines;
  const char *schedule; /* "": always; times since 1970 */
  const char *warning;  /* NULL: none */
} rows[] = {
  { "always", "t=0 0\r\n", "", NULL },
  { "not said", "", "", "no valid t= line" },
  { "always, twice", "t=0 0\r\nt=0 0\r\n", "", NULL },
  { "once", "t=3900000000 3900003600\r\n", "1691011200-1691014800", NULL },
  { "without end", "t=3900000000 0\r\n", "1691011200-0", NULL },
  { "without begin", "t=0 3900000000\r\n", "0-1691011200", NULL },
  { "twice", "t=3900000000 3900003600\r\nt=3900010000 3900013600\r\n",
    "1691011200-1691014800 1691021200-1691024800", NULL },
  { "behind the year 2036", "t=4300000000 4300003600\r\n", "2091011200-2091014800", NULL },
  { "behind the year 2100", "t=9300000000 9300003600\r\n", "7091011200-7091014800", NULL },
  { "1970 and before", "t=1 2\r\n", "", "“1” is not a valid time" },
  { "no numbers", "t=99999999999999999999 x\r\n", "", "is not a valid time" },
  { "one number", "t=3900000000\r\n", "", "(t=) is not well-formed" },
  { "end before the begin", "t=3900003600 3900000000\r\n", "1691014800-0",
    "ends before it begins" },
  { "weekly", "t=3900000000 3910000000\r\nr=604800 3600 0\r\n",
    "1691011200-1701011200 r604800,3600,0", NULL },
  { "weekly in days and hours, twice", "t=3900000000 0\r\nr=7d 1h 0 25h\r\n",
    "1691011200-0 r604800,3600,0 r604800,3600,90000", NULL },
  { "minutes and seconds", "t=3900000000 0\r\nr=1d 90m 30s\r\n", "1691011200-0 r86400,5400,30",
    NULL },
  { "two repeats", "t=3900000000 0\r\nr=7d 1h 0\r\nr=1d 1m 0\r\n",
    "1691011200-0 r604800,3600,0 r86400,60,0", NULL },
  { "repeats of the second time", "t=3900000000 0\r\nt=3900010000 0\r\nr=7d 1h 0\r\n",
    "1691011200-0 1691021200-0 r604800,3600,0", NULL },
  { "repeat without an offset", "t=3900000000 0\r\nr=7d 1h\r\n", "1691011200-0 r604800,3600,0",
    NULL },
  { "repeat of nothing", "t=3900000000 0\r\nr=0 1h 0\r\n", "1691011200-0", "(r=) is not" },
  { "repeat for no time", "t=3900000000 0\r\nr=7d 0 0\r\n", "1691011200-0", "(r=) is not" },
  { "repeat into the past", "t=3900000000 0\r\nr=7d 1h -1h\r\n", "1691011200-0", "(r=) is not" },
  { "repeat of weeks", "t=3900000000 0\r\nr=1w 1h 0\r\n", "1691011200-0", "(r=) is not" },
  { "repeat for longer than numbers", "t=3900000000 0\r\nr=9999999999d 1h 0\r\n", "1691011200-0",
    "(r=) is not" },
  { "repeat without a time", "r=7d 1h 0\r\nt=3900000000 0\r\n", "1691011200-0",
    "(r=) is not well-formed" },
  { "zones", "t=3900000000 0\r\nr=7d 1h 0\r\nz=3905000000 -1h 3903000000 0\r\n",
    "1691011200-0 r604800,3600,0 z1694011200:0 z1696011200:-3600", NULL },
  { "zone to the east", "t=3900000000 0\r\nr=7d 1h 0\r\nz=3905000000 +30m\r\n",
    "1691011200-0 r604800,3600,0 z1696011200:1800", NULL },
  { "zone and then another time",
    "t=3900000000 0\r\nr=7d 1h 0\r\nz=3905000000 1h\r\nt=3900010000 0\r\nr=1d 1h 0\r\n",
    "1691011200-0 r604800,3600,0 1691021200-0 r86400,3600,0 z1696011200:3600", NULL },
  { "half a zone", "t=3900000000 0\r\nr=7d 1h 0\r\nz=3905000000\r\n", "1691011200-0 r604800,3600,0",
    "(z=) is not well-formed" },
  { "zone of no time", "t=3900000000 0\r\nr=7d 1h 0\r\nz=1 1h 3905000000 x\r\n",
    "1691011200-0 r604800,3600,0", "(z=) is not well-formed" },
};

static char *
summarise (const LecSchedule *schedule)
{
  GString *line = g_string_new (NULL);

  for (guint i = 0; schedule != NULL && i < schedule->periods->len; i++) {
    const LecPeriod *period = g_ptr_array_index (schedule->periods, i);

    g_string_append_printf (line, "%s%" G_GINT64_FORMAT "-%" G_GINT64_FORMAT, i > 0 ? " " : "",
                            period->starts, period->ends);
    for (guint j = 0; j < period->repeats->len; j++) {
      const LecRepeat *repeat = &g_array_index (period->repeats, LecRepeat, j);

      g_string_append_printf (line, " r%" G_GINT64_FORMAT ",%" G_GINT64_FORMAT ",%" G_GINT64_FORMAT,
                              repeat->interval_s, repeat->duration_s, repeat->offset_s);
    }
  }
  for (guint i = 0; schedule != NULL && i < schedule->zones->len; i++) {
    const LecZone *zone = &g_array_index (schedule->zones, LecZone, i);

    g_string_append_printf (line, " z%" G_GINT64_FORMAT ":%" G_GINT64_FORMAT, zone->at,
                            zone->offset_s);
  }
  return g_string_free (line, FALSE);
}

static void
test_row (gconstpointer data)
{
  const guint index = GPOINTER_TO_UINT (data);
  g_autofree char *text = g_strconcat (HEAD, rows[index].lines, VIDEO, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (LecAnnouncement) announcement
      = lec_announcement_parse (text, strlen (text), NULL, &error);
  g_autofree char *summary = NULL;
  g_autofree char *warnings = NULL;

  g_assert_no_error (error);
  summary
      = summarise (lec_channel_get_info (g_ptr_array_index (announcement->channels, 0))->schedule);
  g_assert_cmpstr (summary, ==, rows[index].schedule);
  g_ptr_array_add (announcement->warnings, NULL);
  warnings = g_strjoinv ("; ", (char **) announcement->warnings->pdata);
  if (rows[index].warning == NULL)
    g_assert_cmpstr (warnings, ==, "");
  else if (strstr (warnings, rows[index].warning) == NULL)
    g_error ("“%s” is not among the warnings: %s", rows[index].warning, warnings);
}

/* However many lines there are, what is kept of them is bounded. */
static void
test_bounds (void)
{
  g_autoptr (GString) text = g_string_new (HEAD);
  g_autoptr (LecAnnouncement) announcement = NULL;
  const LecSchedule *schedule;
  const LecPeriod *period;

  for (guint i = 0; i < 100; i++)
    g_string_append (text, "t=3900000000 0\r\n");
  g_string_append (text, "z=");
  for (guint i = 0; i < 1000; i++)
    g_string_append (text, " 3900000000 1h");
  g_string_append (text, "\r\n" VIDEO);
  g_string_insert (text, (gssize) strlen (HEAD),
                   "t=3900000000 0\r\nr=7d 1h 0 1 2 3 4 5 6 7 8 9\r\n");
  for (guint i = 0; i < 100; i++)
    g_string_insert (text, (gssize) strlen (HEAD "t=3900000000 0\r\n"),
                     "r=7d 1h 0 1 2 3 4 5 6\r\n");
  announcement = lec_announcement_parse (text->str, text->len, NULL, NULL);
  g_assert_nonnull (announcement);
  schedule = lec_channel_get_info (g_ptr_array_index (announcement->channels, 0))->schedule;
  period = g_ptr_array_index (schedule->periods, 0);
  g_assert_cmpuint (schedule->periods->len, ==, 64);
  g_assert_cmpuint (period->repeats->len, ==, 64);
  g_assert_cmpuint (schedule->zones->len, ==, 64);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *path = g_strconcat ("/sdp-time/", rows[i].story, NULL);

    g_test_add_data_func (path, GUINT_TO_POINTER (i), test_row);
  }
  g_test_add_func ("/sdp-time/bounds", test_bounds);
  return g_test_run ();
}
