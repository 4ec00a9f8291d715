/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ui/channel-words.h"

#include "tests/ui/channels.h"

#define NOW CHANNELS_NOW
#define DAY (24 * 3600)

static const struct
{
  LecChannelState state;
  gint64 changes;
  const char *words;
} states[] = {
  { LEC_CHANNEL_STATE_NOW, 0, "On now" },
  { LEC_CHANNEL_STATE_NOW, NOW + 2 * 3600 + 1800, "On now until 17:30" },
  { LEC_CHANNEL_STATE_NOW, NOW + 9 * 3600 - 60, "On now until 23:59" },
  { LEC_CHANNEL_STATE_NOW, NOW + 9 * 3600, "On now until Wed 00:00" },
  { LEC_CHANNEL_STATE_LATER, 0, "Later" },
  { LEC_CHANNEL_STATE_LATER, NOW + 3600, "Later: 16:00" },
  { LEC_CHANNEL_STATE_LATER, NOW + 6 * DAY - 3600, "Later: Mon 14:00" },
  { LEC_CHANNEL_STATE_LATER, NOW + 7 * DAY, "Later: 27 Oct 15:00" }, /* not today’s weekday */
  { LEC_CHANNEL_STATE_LATER, NOW + 100 * DAY, "Later: 28 Jan 2027" },
  { LEC_CHANNEL_STATE_LATER, G_MAXINT64, "Later" }, /* no calendar goes so far */
  { LEC_CHANNEL_STATE_ENDED, 0, "Ended" },
  { LEC_CHANNEL_STATE_NOT_REACHING, NOW + 60, "Not received" },
};

static void
test_states (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (states); i++) {
    g_autofree char *words = lec_words_for_state (states[i].state, states[i].changes, NOW);

    g_assert_cmpstr (words, ==, states[i].words);
  }
}

/* The row of the list that channels_fill() makes with @title. */
static LecChannelItem *
find_row (LecChannelList *list, const char *title)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (list)); i++) {
    g_autoptr (LecChannelItem) item = g_list_model_get_item (G_LIST_MODEL (list), i);

    if (g_str_equal (lec_channel_item_get_title (item), title))
      return item; /* the list holds it */
  }
  g_assert_not_reached ();
}

static const struct
{
  const char *title;
  gboolean title_is_duplicate;
  const char *line;
  const char *icon;
} lines[] = {
  { "Thermodynamics <II> & entropy", FALSE,
    "On now until 17:00 · \u2068Physics\u2069 · \u2068de\u2069", "video-x-generic-symbolic" },
  { "Overflow room", FALSE, "On now", "video-x-generic-symbolic" },
  { "Overflow room", TRUE, "On now · \u2068192.0.2.12\u2069", "video-x-generic-symbolic" },
  { "Campus radio", FALSE, "On now · \u2068Radio\u2069 · \u2068en\u2069",
    "audio-x-generic-symbolic" },
  { "Town hall meeting", FALSE, "Not received · \u2068en\u2069", "video-x-generic-symbolic" },
  { "Organic chemistry", FALSE, "Later: Wed 11:00 · \u2068Chemistry\u2069 · \u2068en\u2069",
    "video-x-generic-symbolic" },
  { "Withdrawn lecture", FALSE, "Ended", "video-x-generic-symbolic" },
};

static void
test_lines (void)
{
  g_autoptr (LecChannelList) list = lec_channel_list_new ();

  channels_fill (list, NOW);
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++) {
    LecChannelItem *item = find_row (list, lines[i].title);
    g_autofree char *line = lec_words_for_line (item, lines[i].title_is_duplicate, NOW);

    g_assert_cmpstr (line, ==, lines[i].line);
    g_assert_cmpstr (lec_words_for_icon (lec_channel_item_get_channel (item)), ==, lines[i].icon);
  }
}

static void
test_tooltip (void)
{
  g_autoptr (LecChannelList) list = lec_channel_list_new ();
  g_autoptr (LecChannel) opened = channels_make ("Hall", 5004);
  g_autofree char *announced = NULL, *by_hand = NULL;

  channels_fill (list, NOW);
  announced = lec_words_for_tooltip (find_row (list, "Organic chemistry"), NOW);
  g_assert_cmpstr (
      announced, ==,
      "Organic chemistry\nProf. Aroma\nLater: Wed 11:00\nLanguages: en\nAnnounced by 192.0.2.17");
  by_hand = lec_words_for_tooltip (lec_channel_list_open (list, opened), NOW);
  g_assert_cmpstr (by_hand, ==, "Hall\nOpened by you");
}

static LecChannel *
make_described (void)
{
  LecChannelInfo *info = lec_channel_info_new ();
  LecAlternative *alternative = lec_channel_info_add_alternative (info, LEC_KIND_TS);

  info->title = g_strdup ("Überblick: Elektrodynamik");
  info->description = g_strdup ("Fields, WAVES and light");
  info->author = g_strdup ("Prof. Ångström");
  info->category = g_strdup ("Physics");
  info->keywords = g_strdup ("maxwell, antennas");
  lec_stream_add_leg (lec_alternative_add_stream (alternative, LEC_MEDIA_VIDEO), "239.1.2.3", 5004);
  return lec_channel_new (info, NULL);
}

static const struct
{
  const char *needle;
  gboolean matches;
} searches[] = {
  { "dynamik", TRUE }, { "ÜBERBLICK", TRUE }, { "uberblick", TRUE },
  { "waves", TRUE },   { "Angstrom", TRUE },  { "physics", TRUE },
  { "Maxwell", TRUE }, { "optics", FALSE },   { "%", FALSE },
};

static void
test_search (void)
{
  g_autoptr (LecChannel) channel = make_described ();
  const char *const both[] = { "light", "antenna", NULL };
  const char *const one[] = { "light", "shadow", NULL };

  for (guint i = 0; i < G_N_ELEMENTS (searches); i++) {
    g_autofree char *folded = lec_words_fold (searches[i].needle);
    const char *const needles[] = { folded, NULL };

    g_assert_cmpint (lec_words_match (channel, needles), ==, searches[i].matches);
  }
  g_assert_true (lec_words_match (channel, both));
  g_assert_false (lec_words_match (channel, one));
}

int
main (int argc, char *argv[])
{
  g_setenv ("TZ", "UTC", TRUE);
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/channel-words/states", test_states);
  g_test_add_func ("/channel-words/lines", test_lines);
  g_test_add_func ("/channel-words/tooltip", test_tooltip);
  g_test_add_func ("/channel-words/search", test_search);

  return g_test_run ();
}
