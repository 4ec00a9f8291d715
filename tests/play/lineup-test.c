/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What was opened, and which of it plays, as a player has it: with pipelines and openers that do
 * what the test says. */
#include "play/lineup.h"

#include "play/player.h"
#include "tests/ui/calls.h"
#include "tests/ui/opener-double.h"
#include "tests/ui/pipeline-double.h"

#define PATIENCE 10000 /* turns of 1 ms: what is awaited comes sooner, or the test has failed */

typedef struct
{
  LecPlayer *player;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  g_free (calls_take ());
  self->player = lec_player_new_without_output (TRUE);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_object_unref (self->player);
  g_free (calls_take ());
}

/* ---- what is announced ---- */

static LecChannel *
finish (LecChannelInfo *info, const char *title)
{
  g_autoptr (GError) error = NULL;
  LecChannel *channel;

  info->title = g_strdup (title);
  channel = lec_channel_new (info, &error);
  g_assert_no_error (error);
  return channel;
}

static LecChannel *
new_station (const char *title)
{
  LecChannelInfo *info = lec_channel_info_new ();
  LecAlternative *alternative = lec_channel_info_add_alternative (info, LEC_KIND_RTP);
  LecStream *stream = lec_alternative_add_stream (alternative, LEC_MEDIA_VIDEO);

  lec_stream_add_leg (stream, "239.9.9.6", 5004);
  lec_stream_add_payload (stream, 26, "JPEG", 90000);
  return finish (info, title);
}

static LecChannel *
new_file (const char *title, guint flags)
{
  LecChannelInfo *info = lec_channel_info_new ();
  LecAlternative *alternative = lec_channel_info_add_alternative (info, LEC_KIND_URI);

  alternative->uri = g_strdup ("http://192.0.2.1/x.webm");
  alternative->is_media = TRUE;
  info->flags = flags;
  return finish (info, title);
}

/* Opens a list, whose first channel begins then. @format: as of LecAnnouncement
 * @channels: (transfer full) */
static LecAnnouncement *
begin_list (Fixture *self, const char *format, LecChannel **channels, guint n)
{
  LecAnnouncement *list = lec_announcement_new (format);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (list->channels, channels[i]);
  lec_player_open (self->player, "http://192.0.2.1/x");
  opener_double_announce (list);
  return list;
}

/* ---- what happens ---- */

static void
await_state (Fixture *self, LecPlayerState state)
{
  for (guint i = 0; lec_player_get_state (self->player) != state; i++) {
    if (i == PATIENCE)
      g_error ("still in state %d: “%s”", (int) lec_player_get_state (self->player),
               lec_player_get_message (self->player));
    g_main_context_iteration (NULL, FALSE);
    g_usleep (1000);
  }
}

static void
let_play (Fixture *self)
{
  pipeline_double_show (PIPELINE_DOUBLE_CAMERA);
  await_state (self, LEC_PLAYER_PLAYING);
}

static const char *
get_title (Fixture *self)
{
  return lec_channel_get_title (lec_player_get_channel (self->player));
}

/* ---- the rows ---- */

/* A station that says goodbye gives way to what follows, in a programme; in other lists, and at the
 * end of a programme, it is listened to. */
static void
test_goodbye (Fixture *self, gconstpointer data)
{
  static const struct
  {
    const char *format;
    guint channels;
    LecPlayerState state;
    const char *title;
  } rows[] = {
    { "asx", 2, LEC_PLAYER_WAITING, "1" },
    { "asx", 1, LEC_PLAYER_SILENT, "0" },
    { "m3u", 2, LEC_PLAYER_SILENT, "0" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    LecChannel *channels[] = { new_station ("0"), rows[i].channels > 1 ? new_station ("1") : NULL };

    begin_list (self, rows[i].format, channels, rows[i].channels);
    let_play (self);
    pipeline_double_end ();
    pipeline_double_pass (1);
    await_state (self, rows[i].state);
    g_assert_cmpstr (get_title (self), ==, rows[i].title);
    lec_player_stop (self->player);
  }
}

/* An event breaks into a file, which goes on where it was. */
static void
test_resume (Fixture *self, gconstpointer data)
{
  LecChannel *channels[] = { new_file ("Film", 0), new_file ("Next", 0) };
  LecAnnouncement *list = begin_list (self, "asx", channels, G_N_ELEMENTS (channels));

  g_ptr_array_add (lec_announcement_add_event (list, "news", LEC_WHEN_DONE_RESUME)->channels,
                   new_file ("News", 0));
  let_play (self);
  pipeline_double_set_position (90 * G_TIME_SPAN_SECOND);
  assert_calls ("open http://192.0.2.1/x; start Film; ");
  g_assert_true (lec_player_play_event (self->player, "News"));
  let_play (self);
  assert_calls ("start News; free; ");
  pipeline_double_finish ();
  let_play (self);
  assert_calls ("start Film from 90 s; free; ");
  pipeline_double_finish ();
  let_play (self);
  assert_calls ("start Next; free; ");
  lec_player_play_previous (self->player);
  let_play (self);
  assert_calls ("start Film; free; "); /* it is a new one */
}

static void
add_event (LecAnnouncement *list, const char *name, LecChannel *channel)
{
  g_ptr_array_add (lec_announcement_add_event (list, name, LEC_WHEN_DONE_RESUME)->channels,
                   channel);
}

static LecChannel *
new_metafile (const char *title, const char *uri)
{
  LecChannelInfo *info = lec_channel_info_new ();

  lec_channel_info_add_alternative (info, LEC_KIND_URI)->uri = g_strdup (uri);
  return finish (info, title);
}

static void
begin_with_events (Fixture *self)
{
  LecChannel *channels[] = { new_station ("Lecture") };
  LecAnnouncement *list = begin_list (self, "asx", channels, 1);

  add_event (list, "film", new_file ("Film", 0));
  add_event (list, "other", new_file ("Other", 0));
  add_event (list, "station", new_station ("Station"));
  add_event (list, "list", new_metafile ("List", "http://192.0.2.1/b.asx"));
  add_event (list, "near", new_metafile ("Near", "http://127.0.0.1/b.asx"));
  let_play (self);
  assert_calls ("open http://192.0.2.1/x; start Lecture; ");
}

/* One of which nothing was asked before. */
static void
renew_player (Fixture *self)
{
  g_object_unref (self->player);
  g_free (calls_take ());
  self->player = lec_player_new_without_output (TRUE);
}

static void
open_event (const char *name)
{
  pipeline_double_cue ("OPENEVENT", name, FALSE);
  pipeline_double_cue ("OPENEVENT", name, TRUE);
}

/* OPENEVENT: what is called up later is fetched by then, and on the air at once; before that
 * nothing is seen or told of it. */
static void
test_open_event (Fixture *self, gconstpointer data)
{
  begin_with_events (self);
  open_event ("none");
  assert_calls ("");
  open_event (" FILM ");
  assert_calls ("fetch Film; ");
  pipeline_double_show (PIPELINE_DOUBLE_CAMERA); /* it waits in front of its sink */
  g_assert_cmpint (lec_player_get_state (self->player), ==, LEC_PLAYER_PLAYING);
  g_assert_cmpstr (get_title (self), ==, "Lecture");
  open_event ("other"); /* so soon after it only somebody asks who means no good */
  assert_calls ("");
  g_assert_true (lec_player_play_event (self->player, "film"));
  assert_calls ("start Film; free; ");
  g_assert_cmpstr (get_title (self), ==, "Film");
  g_assert_cmpint (lec_player_get_state (self->player), ==, LEC_PLAYER_PLAYING);
  pipeline_double_finish ();
  let_play (self);
  assert_calls ("start Lecture; free; ");
}

/* What is not called up after all, and what fails, is nothing to anybody. */
static void
test_open_event_in_vain (Fixture *self, gconstpointer data)
{
  static const char *const names[] = { "film", "other" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    begin_with_events (self);
    open_event ("film");
    assert_calls ("fetch Film; ");
    if (i == 0) {
      pipeline_double_fail (LEC_ERROR_UNREACHABLE, "No");
      assert_calls ("free; ");
      g_assert_cmpint (lec_player_get_state (self->player), ==, LEC_PLAYER_PLAYING);
      g_assert_cmpstr (lec_player_get_notice (self->player), ==, NULL);
    }
    g_assert_true (lec_player_play_event (self->player, names[i]));
    let_play (self);
    assert_calls (i == 0 ? "start Film; free; " : "free; start Other; free; ");
    lec_player_stop (self->player);
    assert_calls ("free; ");
    renew_player (self);
  }
  begin_with_events (self);
  open_event ("film");
  lec_player_stop (self->player);
  assert_calls ("fetch Film; free; free; ");
}

/* A station is joined when it is its time, and an announcement is opened ahead; not where it may
 * not lead. */
static void
test_open_event_elsewhere (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) inner = g_ptr_array_new_with_free_func ((GDestroyNotify) lec_channel_unref);

  begin_with_events (self);
  open_event ("near");
  open_event ("station"); /* nothing was asked for */
  assert_calls ("");
  renew_player (self);
  begin_with_events (self);
  open_event ("list");
  assert_calls ("open http://192.0.2.1/b.asx; ");
  g_ptr_array_add (inner, new_file ("Inner", 0));
  opener_double_deliver_from ("http://192.0.2.1/b.asx", inner);
  assert_calls ("fetch Inner; ");
  pipeline_double_show (PIPELINE_DOUBLE_CAMERA);
  g_assert_true (lec_player_play_event (self->player, "list"));
  assert_calls ("start Inner; free; ");
  g_assert_cmpstr (get_title (self), ==, "List");
  g_assert_cmpint (lec_player_get_state (self->player), ==, LEC_PLAYER_PLAYING);
}

/* CLIENTSKIP: nothing that forbids it is skipped by choosing what is behind it, while it plays or
 * would be in between; back, and to itself, a viewer may go. */
static void
test_no_skip (Fixture *self, gconstpointer data)
{
  static const struct
  {
    guint forbids, from, to;
    const char *notice;
  } rows[] = {
    { 0, 0, 1, "This list does not let “0” be skipped" },
    { 0, 0, 2, "This list does not let “0” be skipped" },
    { 1, 0, 2, "This list does not let “1” be skipped" },
    { 1, 0, 1, NULL },
    { 1, 1, 0, NULL },
    { 1, 1, 1, NULL },
    { 0, 1, 2, NULL },
    { 2, 0, 1, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    LecChannel *channels[3];
    gboolean is_refused = rows[i].notice != NULL;

    for (guint j = 0; j < 3; j++) {
      const char title[] = { (char) ('0' + j), '\0' };

      channels[j] = new_file (title, rows[i].forbids == j ? LEC_ENTRY_NO_SKIP : 0);
    }
    begin_list (self, "asx", channels, 3);
    let_play (self);
    if (rows[i].from > 0) {
      pipeline_double_finish ();
      let_play (self);
    }
    lec_player_play (self->player, channels[rows[i].to]);
    g_assert_cmpstr (lec_player_get_notice (self->player), ==, rows[i].notice);
    g_assert_true (lec_player_get_channel (self->player)
                   == channels[is_refused ? rows[i].from : rows[i].to]);
    lec_player_stop (self->player); /* who has stopped it may choose */
    lec_player_play (self->player, channels[2]);
    g_assert_true (lec_player_get_channel (self->player) == channels[2]);
    lec_player_stop (self->player);
  }
}

/* What cannot be played may be skipped. */
static void
test_skip_refused (Fixture *self, gconstpointer data)
{
  LecChannel *channels[] = { new_file ("0", LEC_ENTRY_NO_SKIP), new_file ("1", 0) };

  begin_list (self, "m3u", channels, G_N_ELEMENTS (channels));
  pipeline_double_fail (LEC_ERROR_UNREACHABLE, "No");
  g_assert_cmpint (lec_player_get_state (self->player), ==, LEC_PLAYER_REFUSED);
  lec_player_play (self->player, channels[1]);
  g_assert_cmpstr (get_title (self), ==, "1");
}

/* What a channel has led to has no say in where the next one of its list lies. */
static void
test_origin (Fixture *self, gconstpointer data)
{
  static const char *const uris[] = { "http://192.0.2.1/a.nsc", "file:///b.sdp" };
  LecAnnouncement *list = lec_announcement_new ("asx");

  for (guint i = 0; i < G_N_ELEMENTS (uris); i++) {
    LecChannelInfo *info = lec_channel_info_new ();

    lec_channel_info_add_alternative (info, LEC_KIND_URI)->uri = g_strdup (uris[i]);
    g_ptr_array_add (list->channels, finish (info, uris[i]));
  }
  lec_player_open (self->player, "/x.asx");
  opener_double_announce (list);
  {
    g_autoptr (GPtrArray) inner
        = g_ptr_array_new_with_free_func ((GDestroyNotify) lec_channel_unref);

    g_ptr_array_add (inner, new_file ("Film", 0));
    opener_double_deliver (inner);
  }
  let_play (self);
  pipeline_double_finish ();
  assert_calls ("open /x.asx; open http://192.0.2.1/a.nsc; start Film; open file:///b.sdp; ");
}

#define ADD(name, function) g_test_add (name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gst_init (&argc, &argv);
  ADD ("/lineup/goodbye", test_goodbye);
  ADD ("/lineup/resume", test_resume);
  ADD ("/lineup/open-event", test_open_event);
  ADD ("/lineup/open-event-in-vain", test_open_event_in_vain);
  ADD ("/lineup/open-event-elsewhere", test_open_event_elsewhere);
  ADD ("/lineup/no-skip", test_no_skip);
  ADD ("/lineup/skip-refused", test_skip_refused);
  ADD ("/lineup/origin", test_origin);
  return g_test_run ();
}
