/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "channel/profile.h"

static void
test_rows (void)
{
  static const struct
  {
    guint payload;
    const char *encoding; /* NULL: none */
    guint clock_rate;
  } rows[] = {
    { 0, "PCMU", 8000 },   { 1, NULL, 0 },       { 9, "G722", 8000 },
    { 10, "L16", 44100 },  { 14, "MPA", 90000 }, { 33, "MP2T", 90000 },
    { 34, "H263", 90000 }, { 72, NULL, 0 }, /* would be taken for RTCP */
    { 96, NULL, 0 },                        /* means what its announcement says */
    { 127, NULL, 0 },      { 128, NULL, 0 },     { G_MAXUINT, NULL, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    const LecProfileEntry *entry = lec_profile_lookup (rows[i].payload);

    g_assert_cmpstr (entry != NULL ? entry->encoding : NULL, ==, rows[i].encoding);
    if (entry != NULL)
      g_assert_cmpuint (entry->clock_rate, ==, rows[i].clock_rate);
  }
}

/* Nothing divides by zero for an entry, and none stands for another number. */
static void
test_all (void)
{
  for (guint payload = 0; payload < 128; payload++) {
    const LecProfileEntry *entry = lec_profile_lookup (payload);

    if (entry == NULL)
      continue;
    g_assert_cmpuint (entry->payload, ==, payload);
    g_assert_cmpuint (entry->clock_rate, >=, 8000);
    if (entry->media == LEC_MEDIA_VIDEO)
      g_assert_cmpuint (entry->channels, ==, 0);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/profile/rows", test_rows);
  g_test_add_func ("/profile/all", test_all);
  return g_test_run ();
}
