/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Who watches is told of what is news, once, and of nothing else. */
#include "play/now-playing.h"

typedef struct
{
  LecNowPlaying *now;
  GString *told; /* names of properties, in the order they were told */
} Fixture;

static void
notify_cb (LecNowPlaying *now, GParamSpec *pspec, Fixture *self)
{
  g_string_append_printf (self->told, "%s ", pspec->name);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  self->now = g_object_new (LEC_TYPE_NOW_PLAYING, NULL);
  self->told = g_string_new (NULL);
  g_signal_connect (self->now, "notify", G_CALLBACK (notify_cb), self);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_assert_finalize_object (self->now);
  g_string_free (self->told, TRUE);
}

static void
assert_told (Fixture *self, const char *expected)
{
  g_assert_cmpstr (self->told->str, ==, expected);
  g_string_truncate (self->told, 0);
}

/* Who hears of a state can read why. */
static void
check_reason_cb (LecNowPlaying *now, GParamSpec *pspec, gpointer data)
{
  g_assert_cmpint (lec_now_playing_get_error (now), ==, LEC_ERROR_SILENT);
  g_assert_cmpstr (lec_now_playing_get_message (now), ==, "Nothing arrives");
}

static void
test_state (Fixture *self, gconstpointer data)
{
  gulong handler;

  g_assert_cmpint (lec_now_playing_get_state (self->now), ==, LEC_PLAYER_STOPPED);
  g_assert_cmpstr (lec_now_playing_get_message (self->now), ==, "");
  g_assert_cmpint (lec_now_playing_get_error (self->now), ==, LEC_ERROR_NONE);

  handler = g_signal_connect (self->now, "notify::state", G_CALLBACK (check_reason_cb), NULL);
  g_assert_true (lec_now_playing_set_state (self->now, LEC_PLAYER_SILENT, LEC_ERROR_SILENT,
                                            "Nothing arrives"));
  assert_told (self, "error message state ");
  g_assert_false (lec_now_playing_set_state (self->now, LEC_PLAYER_SILENT, LEC_ERROR_SILENT,
                                             "Nothing arrives"));
  assert_told (self, "");
  g_signal_handler_disconnect (self->now, handler);
  g_assert_false (
      lec_now_playing_set_state (self->now, LEC_PLAYER_SILENT, LEC_ERROR_SILENT, "Still not"));
  assert_told (self, "message ");
  g_assert_true (lec_now_playing_set_state (self->now, LEC_PLAYER_PLAYING, LEC_ERROR_NONE, ""));
  assert_told (self, "error message state ");
}

/* A problem is read as a notice as well, until another notice takes its place. */
static void
test_problem (Fixture *self, gconstpointer data)
{
  lec_now_playing_set_notice (self->now, "No sound");
  lec_now_playing_set_problem (self->now, "The disk is full");
  assert_told (self, "notice problem notice ");
  g_assert_cmpstr (lec_now_playing_get_notice (self->now), ==, "The disk is full");
  lec_now_playing_set_notice (self->now, NULL);
  lec_now_playing_set_problem (self->now, "The disk is full");
  assert_told (self, "notice "); /* the same again is no news */
  lec_now_playing_set_problem (self->now, NULL);
  assert_told (self, "problem ");
  g_assert_null (lec_now_playing_get_problem (self->now));
}

static void
assert_pictures (Fixture *self, gboolean first, gboolean second)
{
  gboolean has_video, has_second_video;

  g_object_get (self->now, "has-video", &has_video, "has-second-video", &has_second_video, NULL);
  g_assert_cmpint (has_video, ==, first);
  g_assert_cmpint (has_second_video, ==, second);
}

static void
test_media (Fixture *self, gconstpointer data)
{
  lec_now_playing_set_media (self->now, TRUE, 1);
  assert_told (self, "has-audio pictures has-video ");
  assert_pictures (self, TRUE, FALSE);
  lec_now_playing_set_media (self->now, TRUE, 1 | 4);
  assert_told (self, "pictures has-second-video ");
  assert_pictures (self, TRUE, TRUE);
  lec_now_playing_set_media (self->now, TRUE, 2 | 4); /* still one behind the first */
  assert_told (self, "pictures has-video ");
  assert_pictures (self, FALSE, TRUE);
  lec_now_playing_set_media (self->now, TRUE, 2 | 4);
  assert_told (self, "");
  lec_now_playing_set_media (self->now, FALSE, 0);
  assert_told (self, "has-audio pictures has-second-video ");
  lec_now_playing_set_promises_video (self->now, TRUE);
  lec_now_playing_set_promises_video (self->now, TRUE);
  assert_told (self, "promises-video ");
}

/* The latency trembles; that it is not known any more is always news. */
static void
test_behind (Fixture *self, gconstpointer data)
{
  static const struct
  {
    double behind;
    const char *told;
  } rows[] = {
    { 0, "" },           { 0.15, "behind " }, { 0.155, "" }, { 0.145, "" },
    { 0.17, "behind " }, { 0, "behind " },    { 0.005, "" }, { 0, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    lec_now_playing_set_behind (self->now, rows[i].behind);
    assert_told (self, rows[i].told);
  }
}

static void
test_file (Fixture *self, gconstpointer data)
{
  const LecNowPlayingFile loading = { .can_pause = TRUE };
  const LecNowPlayingFile whole = { 12.5, TRUE, TRUE };
  const LecNowPlayingFile none = { 0 };
  double duration;
  gboolean can_seek, can_pause;

  lec_now_playing_set_file (self->now, &none);
  assert_told (self, "");
  lec_now_playing_set_file (self->now, &loading);
  assert_told (self, "can-pause ");
  lec_now_playing_set_file (self->now, &whole);
  lec_now_playing_set_file (self->now, &whole);
  assert_told (self, "duration can-seek ");
  g_object_get (self->now, "duration", &duration, "can-seek", &can_seek, "can-pause", &can_pause,
                NULL);
  g_assert_cmpfloat (duration, ==, 12.5);
  g_assert_true (can_seek && can_pause);
  lec_now_playing_set_file (self->now, &none);
  assert_told (self, "duration can-seek can-pause ");
}

/* What is not wanted is not shown; that it is there is told. */
static void
test_captions (Fixture *self, gconstpointer data)
{
  guint kinds;

  g_assert_cmpuint (lec_now_playing_get_wanted_captions (self->now), ==, LEC_CAPTIONS_AUTOMATIC);
  lec_now_playing_say_caption (self->now, LEC_CAPTIONS_CLOSED, "in the picture");
  assert_told (self, "caption-kinds ");
  lec_now_playing_say_caption (self->now, LEC_CAPTIONS_SCRIPT, "by script");
  assert_told (self, "caption-kinds caption ");
  lec_now_playing_want_captions (self->now, LEC_CAPTIONS_CLOSED);
  assert_told (self, "caption ");
  g_assert_cmpstr (lec_now_playing_get_caption (self->now), ==, "in the picture");
  lec_now_playing_say_caption (self->now, LEC_CAPTIONS_SCRIPT, "more");
  assert_told (self, "");
  lec_now_playing_want_captions (self->now, LEC_CAPTIONS_OFF);
  assert_told (self, "caption ");
  g_assert_null (lec_now_playing_get_caption (self->now));
  g_object_get (self->now, "caption-kinds", &kinds, NULL);
  g_assert_cmpuint (kinds, ==, 1u << LEC_CAPTIONS_CLOSED | 1u << LEC_CAPTIONS_SCRIPT);
}

/* What was said of other subtitles is not what these say. */
static void
test_subtitles (Fixture *self, gconstpointer data)
{
  LecCaptionPicture *picture
      = lec_caption_picture_new (0, 0, 2, 1, 720, 576, g_bytes_new_static ("\1\2\3\4\5\6\7", 8));
  LecCaptionPicture *shown;

  lec_now_playing_say_subtitles (self->now, "one", picture);
  assert_told (self, "caption-kinds "); /* nobody wants them */
  lec_now_playing_want_captions (self->now, LEC_CAPTIONS_SUBTITLES_ID (256, 1));
  assert_told (self, "");
  lec_now_playing_say_subtitles (self->now, "two", picture);
  assert_told (self, "caption-picture caption ");
  g_object_get (self->now, "caption-picture", &shown, NULL);
  g_assert_true (shown == picture);
  lec_caption_picture_unref (shown);
  lec_now_playing_want_captions (self->now, LEC_CAPTIONS_SUBTITLES_ID (256, 1)); /* the same */
  assert_told (self, "");
  lec_now_playing_want_captions (self->now, LEC_CAPTIONS_SUBTITLES_ID (256, 2));
  assert_told (self, "caption-picture caption ");
  g_assert_null (lec_now_playing_get_caption (self->now));
  lec_caption_picture_unref (picture);
}

/* Of what was left nothing stays but the state, and what the viewer wants. */
static void
test_leave (Fixture *self, gconstpointer data)
{
  lec_now_playing_set_state (self->now, LEC_PLAYER_REFUSED, LEC_ERROR_TOO_MUCH, "Too much");
  lec_now_playing_set_problem (self->now, "The disk is full");
  lec_now_playing_want_captions (self->now, LEC_CAPTIONS_TYPED);
  lec_now_playing_say_caption (self->now, LEC_CAPTIONS_TYPED, "Good morning");
  g_string_truncate (self->told, 0);
  lec_now_playing_leave (self->now);
  assert_told (self, "problem notice caption-kinds caption error ");
  g_assert_cmpint (lec_now_playing_get_state (self->now), ==, LEC_PLAYER_REFUSED);
  g_assert_cmpint (lec_now_playing_get_error (self->now), ==, LEC_ERROR_NONE);
  g_assert_null (lec_now_playing_get_caption (self->now));
  g_assert_cmpuint (lec_now_playing_get_wanted_captions (self->now), ==, LEC_CAPTIONS_TYPED);
}

#define ADD(name, function) g_test_add (name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/now-playing/state", test_state);
  ADD ("/now-playing/problem", test_problem);
  ADD ("/now-playing/media", test_media);
  ADD ("/now-playing/behind", test_behind);
  ADD ("/now-playing/file", test_file);
  ADD ("/now-playing/captions", test_captions);
  ADD ("/now-playing/subtitles", test_subtitles);
  ADD ("/now-playing/leave", test_leave);
  return g_test_run ();
}
