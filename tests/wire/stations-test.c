/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/stations.h"

#include <stdio.h>
#include <string.h>

#include "wire/units.h"

#define QUIET                                                                                      \
  (250 * MSECOND) /* a source that is silent for so long gives way: as wire/source.h               \
                   */

/* A script is a list of packets `HOST STREAM @ MILLISECOND`: "a0@20" is one of the first stream
 * from host a; a leg other than the first is told behind a dot, "a0.1@20". Other words: "?a" the
 * viewer chooses a, "?" nobody; "reset". With "xN" behind it, a word is repeated N times, 100 ms
 * apart.
 *
 * The outcome has a letter for each packet: o ours, + admitted, ? not known yet, - another's. */
typedef struct
{
  const char *story;
  const char *preferred; /* hosts that the announcement knows */
  const char *named;     /* streams whose sender it names */
  const char *script;
  const char *outcome;
} Row;

static const Row rows[] = {
  { "one station", "", "", "a0@0 a1@5 a0@20 a1@25", "oooo" },
  { "a second one on both streams, which were joined at once", "", "",
    "a0@0 b1@1 a1@2 b0@3 a0@20 b1@21 a1@22 b0@23 a0@40 b0@41", "o?o?o-o-o-" },
  { "its sound comes long before ours", "", "",
    "a0@0 b1@1 b1@100 b0@101 a0@110 b0@150 b1@200 b1@600 a1@700", "o??+o---o" },
  { "it has a picture only, and we have no sound", "", "", "a0@0 b0@1 a0@20 b0@21 a0@40", "o+o-o" },
  { "it brings a sound that ours does not have: it is still another lecture", "", "",
    "a0@0 b0@1 a0@20 b0@21 a0@1000 a0@2000 b1@2500 b1@2600 a0@2610 b1@3100 b1@3600 a0@3610",
    "o+o-oo--o--o" },
  { "but when all begins, the complete one is ours", "", "",
    "a0@0 b0@1 a0@20 b0@21 b1@22 b1@600 a0@610 b0@650 b1@1030 a0@1040 b0@1050", "o+o---o-o-o" },
  { "unless the announcement knows the other", "a", "",
    "a0@0 b0@1 a0@20 b0@21 b1@22 b1@600 a0@610 b0@650 b1@1030 a0@1040 b0@1050", "o+o---o--o-" },
  { "a sound alone, and then a station with a picture too", "", "",
    "a1@0 b1@1 a1@20 b1@21 b0@30 b0@600 a1@610 b0@1100 a1@1110 b1@1120", "o+o---oo-o" },
  { "camera and sound desk are two computers", "", "",
    "a0@0 b1@10 b1@110 a0@200 b1@400 b1@511 a0@520 b1@600", "o??o?+o+" },
  { "of which the announcement says so", "", "1", "a0@0 b1@10 a0@20 b1@30", "o+o+" },
  { "a stranger at the sound desk is kept out", "", "",
    "a0@0 b1@10 b1@511 a0@520 c1@530 c0@540 a0@560 c0@565 c1@570 b1@580", "o?+o+?o--+" },
  { "the sound desk begins to send a picture too, and ours has no sound", "", "",
    "a0@0 b1@10 b1@511 b0@520 a0@530 b0@540 b1@600 a0@610", "o?++o-+o" },
  { "the announcement knows the second one", "b", "", "a0@0 b0@1 b0@20 a0@21 b0@40 a0@41",
    "o+o-o-" },
  { "one packet in its name is not enough", "b", "", "a0@0 b0@1 a0@20 a0@40", "o+oo" },
  { "the announcement knows both", "ab", "", "a0@0 b0@1 a0@20 b0@21", "o+o-" },
  { "the announcement knows one that is not there", "c", "", "a0@0 b0@1 a0@20 b0@21", "o+o-" },
  { "the viewer chooses the second one", "a", "",
    "a0@0 b0@1 a0@20 b0@21 ?b a0@40 b0@41 a0@60 b0@61", "o+o--o-o" },
  { "and none again: what plays goes on", "", "", "a0@0 b0@1 a0@20 ?b b0@41 a0@42 ? b0@61 a0@62",
    "o+oo-o-" },
  { "the viewer had chosen before", "", "", "?b a0@0 b0@1 b0@20 a0@21 b0@40 a0@41", "o+o-o-" },
  { "who was chosen falls silent, and comes back", "", "",
    "?b b0@0 a0@1 b0@20 a0@40 a0@100x21 a0@2300 a0@2400 b0@2500 b0@2520 a0@2540",
    "o+o---------------------+oooo-" },
  { "ours ends, and a rival waits", "", "", "a0@0 b0@1 a0@20 b0@100x19 b0@2020 b0@2100",
    "o+o-------------------+o" },
  { "ours ends, and another begins", "", "", "a0@0 a0@20 b0@300 b0@320 b0@1021", "oo++o" },
  { "ours pauses, another begins, ours comes back", "", "",
    "a0@0 a0@20 b0@300 b0@320 a0@340 b0@360", "oo++o-" },
  { "another host sends the second leg", "", "", "a0@0 b0.1@1 a0@20 b0.1@21 b0.1@600", "o?o?+" },
  { "joined anew", "", "", "a0@0 b0@1 a0@20 reset b0@40 a0@41 b0@60 a0@61", "o+oo+o-" },
};

typedef struct
{
  LecStations stations;
  guint64 source[LEC_MAX_STREAMS][LEC_MAX_LEGS];
  gint64 source_ns[LEC_MAX_STREAMS][LEC_MAX_LEGS];
  GString *outcome;
} Listener;

/* What a source would do: it takes whom it has, whoever is ours, and others after a silence. */
static void
take (Listener *self, LecStanding standing, guint64 host, guint stream, guint leg, gint64 now_ns)
{
  guint64 *source = &self->source[stream][leg];
  gint64 *heard_ns = &self->source_ns[stream][leg];

  if (standing == LEC_STANDING_OTHER || standing == LEC_STANDING_UNKNOWN)
    return;
  if (*source != 0 && *source != host && standing != LEC_STANDING_OURS
      && now_ns - *heard_ns < QUIET)
    return;
  *source = host;
  *heard_ns = now_ns;
  lec_stations_note_source (&self->stations, host, stream, leg);
}

static void
hear (Listener *self, guint64 host, guint stream, guint leg, gint64 now_ns)
{
  static const char letters[] = {
    [LEC_STANDING_ADMITTED] = '+',
    [LEC_STANDING_OURS] = 'o',
    [LEC_STANDING_UNKNOWN] = '?',
    [LEC_STANDING_OTHER] = '-',
  };
  LecStanding standing = lec_stations_hear (&self->stations, host, stream, leg, now_ns);

  take (self, standing, host, stream, leg, now_ns);
  g_string_append_c (self->outcome, letters[standing]);
}

static void
run_word (Listener *self, const char *word)
{
  char host;
  guint stream, leg = 0, ms, times = 1;

  if (*word == '?') {
    lec_stations_choose (&self->stations, (guint64) word[1]);
    return;
  }
  if (g_str_equal (word, "reset")) {
    lec_stations_reset (&self->stations);
    memset (self->source, 0, sizeof self->source);
    return;
  }
  if (sscanf (word, "%c%u.%u@%u", &host, &stream, &leg, &ms) != 4)
    g_assert_cmpint (sscanf (word, "%c%u@%ux%u", &host, &stream, &ms, &times), >=, 3);
  for (guint i = 0; i < times; i++)
    hear (self, (guint64) host, stream, leg, SECOND + (ms + 100 * i) * MSECOND);
}

static void
listener_init (Listener *self, const Row *row)
{
  memset (self, 0, sizeof *self);
  self->outcome = g_string_new (NULL);
  lec_stations_init (&self->stations);
  for (const char *host = row->preferred; *host != '\0'; host++)
    lec_stations_prefer (&self->stations, (guint64) *host);
  for (const char *stream = row->named; *stream != '\0'; stream++)
    lec_stations_set_named (&self->stations, (guint) (*stream - '0'), 0);
}

static void
test_rows (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_auto (GStrv) words = g_strsplit (rows[i].script, " ", -1);
    Listener listener;

    g_test_message ("%s", rows[i].story);
    listener_init (&listener, &rows[i]);
    for (guint j = 0; words[j] != NULL; j++)
      run_word (&listener, words[j]);
    g_assert_cmpstr (listener.outcome->str, ==, rows[i].outcome);
    g_string_free (listener.outcome, TRUE);
  }
}

/* Who has another key is not ours, though it was first; one forged packet is no reason to leave
 * ours. */
static void
test_other_key (void)
{
  Listener listener;
  LecStations *stations = &listener.stations;

  listener_init (&listener, &rows[0]);
  g_assert_cmpint (lec_stations_hear (stations, 1, 0, 0, SECOND), ==, LEC_STANDING_OURS);
  lec_stations_disown (stations, 1);
  lec_stations_choose (stations, 1);
  lec_stations_choose (stations, 0);
  g_assert_cmpint (lec_stations_hear (stations, 2, 0, 0, SECOND + 1), ==, LEC_STANDING_OURS);
  lec_stations_note_source (stations, 2, 0, 0);
  g_assert_cmpint (lec_stations_hear (stations, 2, 0, 0, SECOND + 2), ==, LEC_STANDING_OURS);
  g_assert_cmpint (lec_stations_hear (stations, 1, 0, 0, SECOND + 3), ==, LEC_STANDING_OTHER);
  lec_stations_disown (stations, 2);
  g_assert_cmpint (lec_stations_hear (stations, 2, 0, 0, SECOND + 4), ==, LEC_STANDING_OURS);
  lec_stations_prefer (stations, 1);
  g_assert_cmpint (lec_stations_hear (stations, 1, 0, 0, SECOND + 5), ==, LEC_STANDING_OTHER);
  g_string_free (listener.outcome, TRUE);
}

/* However many hosts are made up, ours stays, and no more are kept than there is room for. */
static void
test_flood (void)
{
  Listener listener;

  listener_init (&listener, &rows[0]);
  for (guint i = 0; i < 1000; i++) {
    gint64 now_ns = SECOND + i * 10 * MSECOND;

    g_assert_cmpint (lec_stations_hear (&listener.stations, 1, 0, 0, now_ns), ==,
                     LEC_STANDING_OURS);
    lec_stations_note_source (&listener.stations, 1, 0, 0);
    for (guint64 host = 2; host < 50; host++)
      lec_stations_hear (&listener.stations, i * 50 + host, 0, 0, now_ns);
    g_assert_cmpuint (listener.stations.count, <=, LEC_STATIONS_MAX);
  }
  g_assert_cmpuint (listener.stations.ours->host, ==, 1);
  g_string_free (listener.outcome, TRUE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/stations/rows", test_rows);
  g_test_add_func ("/stations/other-key", test_other_key);
  g_test_add_func ("/stations/flood", test_flood);
  return g_test_run ();
}
