/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ui/announcer.h"

#include "tests/ui/init.h"
#include "tests/ui/pipeline-double.h"
#include "tests/ui/wait.h"

static void
test_say (void)
{
  static const struct
  {
    const char *sentence;
    const char *said;
  } rows[] = {
    { "Playing: Hall 1", "Playing: Hall 1" },
    { "The station has been silent for 5 s; still listening",
      "The station has been silent for 5 s; still listening" },
    { "The station has been silent for 6 s; still listening",
      "The station has been silent for 5 s; still listening" },
    { "The station has been silent for 10 s; still listening",
      "The station has been silent for 5 s; still listening" },
    { "The station has been silent for 10 s", "The station has been silent for 10 s" },
    { "", "" },
    { "5", "" },
    { "Playing: Hall 1", "Playing: Hall 1" },
  };
  GtkWidget *widget = g_object_ref_sink (g_object_new (LEC_TYPE_ANNOUNCER, NULL));
  LecAnnouncer *announcer = LEC_ANNOUNCER (widget);

  g_assert_cmpint (gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (widget)), ==,
                   GTK_ACCESSIBLE_ROLE_ALERT);
  g_assert_null (lec_announcer_get_said (announcer));
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *mistake = NULL;

    lec_announcer_say (announcer, rows[i].sentence);
    g_assert_cmpstr (lec_announcer_get_said (announcer), ==, rows[i].said);
    mistake = gtk_test_accessible_check_property (GTK_ACCESSIBLE (widget),
                                                  GTK_ACCESSIBLE_PROPERTY_LABEL, rows[i].said);
    g_assert_null (mistake);
  }
  g_object_unref (widget);
}

/* What the viewer does is told each time. */
static void
test_tell (void)
{
  GtkWidget *widget = g_object_ref_sink (g_object_new (LEC_TYPE_ANNOUNCER, NULL));
  LecAnnouncer *announcer = LEC_ANNOUNCER (widget);

  lec_announcer_tell (announcer, "Saved as 1.png");
  lec_announcer_tell (announcer, "Saved as 2.png");
  g_assert_cmpstr (lec_announcer_get_said (announcer), ==, "Saved as 2.png");
  g_object_unref (widget);
}

static void
play (LecPlayer *player, const char *title)
{
  g_autoptr (LecChannelInfo) info = lec_channel_info_new ();
  LecStream *stream = lec_alternative_add_stream (
      lec_channel_info_add_alternative (info, LEC_KIND_TS), LEC_MEDIA_VIDEO);
  g_autoptr (LecChannel) channel = NULL;

  info->title = g_strdup (title);
  lec_stream_add_leg (stream, "239.1.2.3", 1234);
  channel = lec_channel_new (g_steal_pointer (&info), NULL);
  lec_player_play (player, channel);
}

#define WAIT_SAID(announcer, sentence)                                                             \
  WAIT_UNTIL (g_strcmp0 (lec_announcer_get_said (announcer), sentence) == 0)

/* All that waits to be said is said. */
static void
settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* Each channel that plays is told, once, and that it does not wait; not what is not so. */
static void
test_player (void)
{
  LecPlayer *player = lec_player_new (NULL);
  GtkWidget *widget = g_object_ref_sink (g_object_new (LEC_TYPE_ANNOUNCER, "player", player, NULL));
  LecAnnouncer *announcer = LEC_ANNOUNCER (widget);

  play (player, "Hall 1");
  settle ();
  g_assert_cmpstr (lec_announcer_get_said (announcer), ==, NULL);
  pipeline_double_show (PIPELINE_DOUBLE_CAMERA);
  WAIT_SAID (announcer, "Playing: Hall 1");

  /* a notice is heard once, and what was said before it is not said again */
  pipeline_double_notice ("No sound device was found");
  g_assert_cmpstr (lec_announcer_get_said (announcer), ==, "No sound device was found");
  g_object_notify (G_OBJECT (player), "state");
  settle ();
  g_assert_cmpstr (lec_announcer_get_said (announcer), ==, "No sound device was found");

  /* but for a number it is called the same; it is not said before it plays */
  play (player, "Hall 2");
  settle ();
  g_assert_cmpstr (lec_announcer_get_said (announcer), ==, "No sound device was found");
  pipeline_double_show (PIPELINE_DOUBLE_CAMERA);
  WAIT_SAID (announcer, "Playing: Hall 2");
  lec_player_stop (player);
  WAIT_SAID (announcer, "Stopped: Hall 2");

  /* who waits longer hears it */
  play (player, "Hall 3");
  settle ();
  g_assert_cmpstr (lec_announcer_get_said (announcer), ==, "Stopped: Hall 2");
  WAIT_SAID (announcer, lec_player_get_message (player));

  g_object_unref (widget);
  lec_player_stop (player);
  g_assert_finalize_object (player);
}

int
main (int argc, char *argv[])
{
  ui_test_init (&argc, &argv);
  gst_init (&argc, &argv);
  g_test_add_func ("/announcer/say", test_say);
  g_test_add_func ("/announcer/tell", test_tell);
  g_test_add_func ("/announcer/player", test_player);
  return g_test_run ();
}
