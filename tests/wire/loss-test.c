/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/loss.h"

#include <stdio.h>

#include "wire/units.h"

#define LATENCY (200 * MSECOND)

/* A script is a list of `NUMBER@MILLISECOND`: a packet came; `late:NUMBER`: one that was given up;
 * `gap:FIRST+COUNT@MILLISECOND`; `local:COUNT@MILLISECOND`; `join`. */
typedef struct
{
  const char *story;
  const char *script;
  guint64 lost;
} Row;

static const Row rows[] = {
  { "nothing", "7@0 8@20 9@40", 0 },
  { "a hole", "7@0 8@20 10@60 gap:9+1@260", 1 },
  { "it comes late", "7@0 8@20 10@60 gap:9+1@260 late:9", 0 },
  { "one of three comes late", "7@0 8@20 12@60 gap:9+3@260 late:10", 2 },
  { "what never was given up does not pay", "7@0 8@20 late:3 11@60 gap:9+2@260", 2 },
  { "dropped here", "7@0 8@20 local:2@30 11@60 gap:9+2@260", 0 },
  { "dropped here, and more lost", "7@0 8@20 local:2@30 12@60 gap:9+3@260", 1 },
  { "dropped here, but another leg brought them", "7@0 8@20 local:2@30 12@3000 gap:9+3@3200", 3 },
  { "the first one was overtaken", "4@0 8@1 9@2 gap:5+3@200", 0 },
  { "the second one was overtaken", "8@0 4@1 9@2 gap:5+3@200", 0 },
  { "all of them are, for a while", "8@0 4@1 11@5 7@9 13@10 12@11 gap:5+2@200 gap:9+2@210", 0 },
  { "overtaken, and lost afterwards", "8@0 4@1 9@2 10@150 12@170 gap:5+3@200 gap:11+1@370", 1 },
  { "given up before that was known", "8@0 9@1 11@3 gap:10+1@20 7@25 12@30", 0 },
  { "given up, and not the join's", "8@0 9@1 11@3 gap:10+1@250 12@260 7@270", 1 },
  { "lost from the second packet on", "8@0 9@20 11@60 gap:10+1@260", 1 },
  { "joined anew", "7@0 8@20 10@60 gap:9+1@260 join 54@400 50@401 55@402 gap:51+3@600", 1 },
};

static void
run_word (LecLossMeter *meter, const char *word)
{
  gint64 number, at;
  guint64 count;

  if (g_str_equal (word, "join"))
    lec_loss_meter_join (meter);
  else if (sscanf (word, "late:%" G_GINT64_FORMAT, &number) == 1)
    lec_loss_meter_note_late (meter, number);
  else if (sscanf (word, "local:%" G_GUINT64_FORMAT "@%" G_GINT64_FORMAT, &count, &at) == 2)
    lec_loss_meter_note_local (meter, count, at * MSECOND);
  else if (sscanf (word, "gap:%" G_GINT64_FORMAT "+%" G_GUINT64_FORMAT "@%" G_GINT64_FORMAT,
                   &number, &count, &at)
           == 3)
    lec_loss_meter_note_gap (meter, &(LecGap){ .first = number, .count = count }, LATENCY,
                             at * MSECOND);
  else if (sscanf (word, "%" G_GINT64_FORMAT "@%" G_GINT64_FORMAT, &number, &at) == 2)
    lec_loss_meter_note_packet (meter, number, at * MSECOND);
  else
    g_assert_not_reached ();
}

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  g_auto (GStrv) words = g_strsplit (row->script, " ", -1);
  LecLossMeter meter = { 0 };

  for (guint i = 0; words[i] != NULL; i++)
    run_word (&meter, words[i]);
  g_assert_cmpuint (meter.lost, ==, row->lost);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *path = g_strconcat ("/loss/", rows[i].story, NULL);

    g_test_add_data_func (path, &rows[i], test_row);
  }
  return g_test_run ();
}
