/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ui/choice-menu.h"

#include <adwaita.h>

#include "tests/ui/find.h"
#include "tests/ui/init.h"
#include "tests/ui/pipeline-double.h"
#include "tests/ui/wait.h"
#include "play/caption-choice.h"
#include "play/player.h"

typedef struct
{
  LecPlayer *player;
  GtkWidget *window, *menu;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->player = lec_player_new (NULL);
  fixture->window = gtk_window_new ();
  fixture->menu = g_object_new (LEC_TYPE_CHOICE_MENU, "player", fixture->player, NULL);
  gtk_window_set_child (GTK_WINDOW (fixture->window), fixture->menu);
  gtk_window_present (GTK_WINDOW (fixture->window));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  lec_player_stop (fixture->player);
  g_assert_finalize_object (fixture->player);
}

static void
play (Fixture *fixture, const char *title)
{
  g_autoptr (LecChannelInfo) info = lec_channel_info_new ();
  LecStream *stream = lec_alternative_add_stream (
      lec_channel_info_add_alternative (info, LEC_KIND_TS), LEC_MEDIA_VIDEO);
  g_autoptr (LecChannel) channel = NULL;

  info->title = g_strdup (title);
  lec_stream_add_leg (stream, "239.1.2.3", 1234);
  channel = lec_channel_new (g_steal_pointer (&info), NULL);
  lec_player_play (fixture->player, channel);
}

/* @scrambled: of the packets of the second program */
static void
report_programs (guint64 scrambled)
{
  LecTsStats *ts = &pipeline_double_get_report ()->streams[0].ts;

  ts->packets = 100;
  ts->n_programs = 2;
  ts->chosen = 0;
  for (guint i = 0; i < 2; i++) {
    LecTsProgramStats *program = &ts->programs[i];

    program->number = 1101 + i;
    program->n_streams = 1;
    program->streams[0].playable = TRUE;
    program->streams[0].packets = 50;
  }
  g_strlcpy (ts->programs[0].name, "Hall A", LEC_TS_NAME);
  ts->programs[1].streams[0].scrambled = scrambled;
  pipeline_double_show (PIPELINE_DOUBLE_CAMERA);
}

static GMenuModel *
get_model (Fixture *fixture)
{
  return gtk_menu_button_get_menu_model (
      GTK_MENU_BUTTON (find (fixture->menu, has_type, "GtkMenuButton")));
}

static int
count_sections (Fixture *fixture)
{
  return get_model (fixture) != NULL ? g_menu_model_get_n_items (get_model (fixture)) : 0;
}

/* What is offered in @section, by `, `. */
static char *
describe (Fixture *fixture, int section)
{
  g_autoptr (GMenuModel) model
      = g_menu_model_get_item_link (get_model (fixture), section, G_MENU_LINK_SECTION);
  GString *text = g_string_new (NULL);

  for (int i = 0; i < g_menu_model_get_n_items (model); i++) {
    g_autofree char *label = NULL;

    g_menu_model_get_item_attribute (model, i, G_MENU_ATTRIBUTE_LABEL, "s", &label);
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", label);
  }
  return g_string_free (text, FALSE);
}

static void
test_choice (Fixture *fixture, gconstpointer data)
{
  g_autofree char *programs = NULL;
  guint program;

  g_assert_false (gtk_widget_get_visible (fixture->menu));
  play (fixture, "Hall");
  report_programs (0);
  WAIT_UNTIL (gtk_widget_get_visible (fixture->menu));
  g_assert_cmpint (count_sections (fixture), ==, 1);
  programs = describe (fixture, 0);
  g_assert_cmpstr (programs, ==, "Hall A, Program 1102");
  g_assert_true (gtk_widget_activate_action (fixture->menu, "choice.program", "u", 1102u));
  g_object_get (fixture->player, "program", &program, NULL);
  g_assert_cmpuint (program, ==, 1102);

  /* it is a choice for this channel */
  play (fixture, "Another");
  g_object_get (fixture->player, "program", &program, NULL);
  g_assert_cmpuint (program, ==, 0);
  g_assert_false (gtk_widget_get_visible (fixture->menu));
}

/* Two stations on one group; one that has gone is not offered any more. */
static void
test_stations (Fixture *fixture, gconstpointer data)
{
  LecReportDraft *report;
  g_autofree char *stations = NULL, *station = NULL, *other = NULL;

  play (fixture, "Hall");
  report = pipeline_double_get_report ();
  report->n_stations = 2;
  g_strlcpy (report->stations[0].address, "10.77.0.1", LEC_REPORT_ADDRESS);
  g_strlcpy (report->stations[1].address, "10.77.0.3", LEC_REPORT_ADDRESS);
  report->stations[0].is_played = TRUE;
  pipeline_double_show (PIPELINE_DOUBLE_CAMERA);
  WAIT_UNTIL (gtk_widget_get_visible (fixture->menu));
  stations = describe (fixture, 0);
  g_assert_cmpstr (stations, ==, "10.77.0.1, 10.77.0.3");
  g_assert_true (gtk_widget_activate_action (fixture->menu, "choice.station", "s", "10.77.0.3"));
  g_object_get (fixture->player, "station", &station, NULL);
  g_assert_cmpstr (station, ==, "10.77.0.3");

  pipeline_double_get_report ()->n_stations = 1;
  WAIT_UNTIL (!gtk_widget_get_visible (fixture->menu));
  play (fixture, "Another");
  g_object_get (fixture->player, "station", &other, NULL);
  g_assert_null (other);
}

static void
add_sound (LecAlternative *alternative, const char *label, const char *language, guint16 port)
{
  LecStream *stream = lec_alternative_add_stream (alternative, LEC_MEDIA_AUDIO);

  stream->label = g_strdup (label);
  stream->language = g_strdup (language);
  lec_stream_add_leg (stream, "239.1.2.3", port);
}

/* Sounds by label, else by language; what was chosen is chosen again when the channel plays again.
 * Words can be chosen, and be off. */
static void
test_sound (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LecChannelInfo) info = lec_channel_info_new ();
  LecAlternative *alternative = lec_channel_info_add_alternative (info, LEC_KIND_TS);
  g_autoptr (LecChannel) channel = NULL;
  g_autofree char *sounds = NULL, *captions = NULL, *shown = NULL;
  guint sound;

  add_sound (alternative, "Original", "de", 3000);
  add_sound (alternative, NULL, "en", 3002);
  add_sound (alternative, NULL, NULL, 3004);
  add_sound (alternative, NULL, "en", 3006);
  channel = lec_channel_new (g_steal_pointer (&info), NULL);
  lec_player_play (fixture->player, channel);
  pipeline_double_show (PIPELINE_DOUBLE_SOUND);
  WAIT_UNTIL (gtk_widget_get_visible (fixture->menu));
  sounds = describe (fixture, 0);
  g_assert_cmpstr (sounds, ==, "Original, English, Sound 3, Sound 4: English");
  g_assert_true (gtk_widget_activate_action (fixture->menu, "choice.sound", "u", 1u));
  g_object_get (fixture->player, "sound", &sound, NULL);
  g_assert_cmpuint (sound, ==, 1);

  pipeline_double_closed_caption ("As we said,");
  g_assert_null (lec_player_get_caption (fixture->player)); /* only for who wants it */
  WAIT_UNTIL (count_sections (fixture) == 2);
  captions = describe (fixture, 1);
  g_assert_cmpstr (captions, ==, "Closed Captions (CC1), Automatic, Off");
  g_assert_true (gtk_widget_activate_action (fixture->menu, "choice.captions", "u", 2u));
  g_assert_cmpstr (lec_player_get_caption (fixture->player), ==, "As we said,");
  pipeline_double_caption ("typed");
  g_assert_cmpstr (lec_player_get_caption (fixture->player), ==, "As we said,");
  g_assert_true (gtk_widget_activate_action (fixture->menu, "choice.captions", "u",
                                             (guint) LEC_CAPTIONS_AUTOMATIC));
  g_assert_cmpstr (lec_player_get_caption (fixture->player), ==, "typed");
  g_assert_true (
      gtk_widget_activate_action (fixture->menu, "choice.captions", "u", (guint) LEC_CAPTIONS_OFF));
  g_assert_null (lec_player_get_caption (fixture->player));

  play (fixture, "Another");
  g_object_get (fixture->player, "sound", &sound, NULL);
  g_assert_cmpuint (sound, ==, 0);
}

static void
report_subtitles (void)
{
  LecTsStats *ts = &pipeline_double_get_report ()->streams[0].ts;
  LecTsProgramStats *program = &ts->programs[0];

  ts->packets = 100;
  ts->n_programs = 1;
  ts->chosen = 0;
  program->n_subtitles = 5;
  program->subtitles[0] = (LecTsSubtitles){ .out_pid = 0x142, .page = 1, .language = "deu" };
  program->subtitles[1] = (LecTsSubtitles){
    .out_pid = 0x142, .page = 2, .language = "deu", .is_hard_of_hearing = TRUE
  };
  program->subtitles[2] = (LecTsSubtitles){ .out_pid = 0x143, .page = 0x888, .is_teletext = TRUE };
  program->subtitles[3] = (LecTsSubtitles){ .out_pid = 0x144, .page = 1, .language = "deu" };
  program->subtitles[4] = (LecTsSubtitles){ .page = 1, .language = "eng" }; /* is not handed on */
}

/* Subtitles by language; what was chosen is chosen again when the channel plays again. */
static void
test_subtitles (Fixture *fixture, gconstpointer data)
{
  g_autofree char *captions = NULL;
  g_autoptr (LecCaptionPicture) picture
      = lec_caption_picture_new (0, 0, 1, 1, 720, 576, g_bytes_new ("1234", 4));
  LecCaptionPicture *shown;
  guint wanted;

  play (fixture, "Hall");
  report_subtitles ();
  pipeline_double_show (PIPELINE_DOUBLE_CAMERA);
  WAIT_UNTIL (gtk_widget_get_visible (fixture->menu));
  captions = describe (fixture, 0);
  g_assert_cmpstr (captions, ==,
                   "German, German, for the hard of hearing, Subtitles (page 888), "
                   "Subtitles 4: German, Automatic, Off");
  g_assert_true (gtk_widget_activate_action (fixture->menu, "choice.captions", "u",
                                             LEC_CAPTIONS_SUBTITLES_ID (0x142, 2)));
  pipeline_double_subtitles (NULL, picture);
  g_object_get (fixture->player, "caption-picture", &shown, NULL);
  g_assert_true (shown == picture);
  lec_caption_picture_unref (shown);

  play (fixture, "Another");
  g_object_get (fixture->player, "captions", &wanted, "caption-picture", &shown, NULL);
  g_assert_cmpuint (wanted, ==, LEC_CAPTIONS_AUTOMATIC);
  g_assert_null (shown);
  play (fixture, "Hall");
  report_subtitles ();
  pipeline_double_show (PIPELINE_DOUBLE_CAMERA);
  WAIT_UNTIL ((g_object_get (fixture->player, "captions", &wanted, NULL),
               wanted == LEC_CAPTIONS_SUBTITLES_ID (0x142, 2)));

  /* those that are off are so from the beginning */
  g_assert_true (
      gtk_widget_activate_action (fixture->menu, "choice.captions", "u", (guint) LEC_CAPTIONS_OFF));
  play (fixture, "Another");
  play (fixture, "Hall");
  g_object_get (fixture->player, "captions", &wanted, NULL);
  g_assert_cmpuint (wanted, ==, LEC_CAPTIONS_OFF);
}

/* What nobody could see is not offered. */
static void
test_no_choice (Fixture *fixture, gconstpointer data)
{
  play (fixture, "Hall");
  report_programs (50);
  WAIT_UNTIL (get_model (fixture) != NULL);
  g_assert_cmpint (count_sections (fixture), ==, 0);
  g_assert_false (gtk_widget_get_visible (fixture->menu));
}

int
main (int argc, char **argv)
{
  ui_test_init (&argc, &argv);
  gst_init (&argc, &argv);
  adw_init ();
  g_test_add ("/choice-menu/choice", Fixture, NULL, set_up, test_choice, tear_down);
  g_test_add ("/choice-menu/stations", Fixture, NULL, set_up, test_stations, tear_down);
  g_test_add ("/choice-menu/sound", Fixture, NULL, set_up, test_sound, tear_down);
  g_test_add ("/choice-menu/subtitles", Fixture, NULL, set_up, test_subtitles, tear_down);
  g_test_add ("/choice-menu/no-choice", Fixture, NULL, set_up, test_no_choice, tear_down);
  return g_test_run ();
}
