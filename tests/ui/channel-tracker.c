/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The tracker between a player and a list, without a window. */
#include "ui/channel-tracker.h"

#include "tests/ui/calls.h"
#include "tests/ui/channels.h"
#include "tests/ui/opener-double.h"
#include "tests/ui/pipeline-double.h"
#include "tests/ui/wait.h"

#define HALL "Hall"
#define STATION "192.0.2.1"
#define NEIGHBOUR "192.0.2.66"
#define CHANGES_US (2 * G_TIME_SPAN_SECOND) /* as the tracker has it */

typedef struct
{
  LecPlayer *player;
  LecChannelList *list;
  LecChannelTracker *tracker;
  guint updates;
  guint playing_changes;
} Fixture;

static void
count_cb (guint *count)
{
  ++*count;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_free (calls_take ());
  fixture->player = lec_player_new (NULL);
  fixture->list = lec_channel_list_new ();
  lec_channel_list_set_time (fixture->list, CHANNELS_NOW);
  fixture->tracker = lec_channel_tracker_new (fixture->player, fixture->list);
  g_signal_connect_swapped (fixture->tracker, "channel-updated", G_CALLBACK (count_cb),
                            &fixture->updates);
  g_signal_connect_swapped (fixture->tracker, "notify::playing", G_CALLBACK (count_cb),
                            &fixture->playing_changes);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->tracker);
  g_assert_finalize_object (fixture->player);
  g_assert_finalize_object (fixture->list);
}

/* A change is followed as soon as the main loop is idle, unless there was one just before. */
static void
settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
advertise (Fixture *fixture, guint16 port, const char *announcer, LecAdvertisementFlags flags)
{
  g_autoptr (LecChannel) channel = channels_make (HALL, port);

  channels_advertise (fixture->list, announcer, channel, announcer, flags);
}

static void
announce (Fixture *fixture, guint16 port, const char *announcer)
{
  advertise (fixture, port, announcer, LEC_ADVERTISEMENT_CURRENT);
}

/* The row at @index in the order of arrival. */
static LecChannelItem *
row (Fixture *fixture, guint index)
{
  g_autoptr (LecChannelItem) item = g_list_model_get_item (G_LIST_MODEL (fixture->list), index);

  g_assert_nonnull (item);
  return item; /* the list keeps it */
}

static guint
count_rows (Fixture *fixture)
{
  return g_list_model_get_n_items (G_LIST_MODEL (fixture->list));
}

static LecChannelItem *
get_playing (Fixture *fixture)
{
  LecChannelItem *item;

  g_object_get (fixture->tracker, "playing", &item, NULL);
  if (item != NULL)
    g_object_unref (item); /* the list keeps it */
  return item;
}

static guint16
port_of (const LecChannel *channel)
{
  const LecAlternative *alternative
      = g_ptr_array_index (lec_channel_get_info (channel)->alternatives, 0);
  const LecStream *stream = g_ptr_array_index (alternative->streams, 0);

  return ((const LecLeg *) g_ptr_array_index (stream->legs, 0))->port;
}

static guint16
played_port (Fixture *fixture)
{
  return port_of (lec_player_get_channel (fixture->player));
}

/* A channel of the network plays. */
static void
play_announced (Fixture *fixture)
{
  announce (fixture, 5004, STATION);
  lec_player_play (fixture->player, lec_channel_item_get_channel (row (fixture, 0)));
  pipeline_double_show (PIPELINE_DOUBLE_CAMERA);
  g_assert_cmpint (lec_player_get_state (fixture->player), ==, LEC_PLAYER_PLAYING);
  assert_calls ("start Hall; ");
}

/* Two channels of a file are in the list, and the first plays. */
static void
play_opened (Fixture *fixture)
{
  g_autoptr (GPtrArray) channels
      = g_ptr_array_new_with_free_func ((GDestroyNotify) lec_channel_unref);

  g_ptr_array_add (channels, channels_make (HALL, 5004));
  g_ptr_array_add (channels, channels_make ("Other", 5006));
  lec_player_open (fixture->player, "x.asx");
  opener_double_deliver (channels);
  pipeline_double_show (PIPELINE_DOUBLE_CAMERA);
  assert_calls ("open x.asx; start Hall; ");
}

/* ---- the list follows the player ---- */

static void
test_opened (Fixture *fixture, gconstpointer data)
{
  play_opened (fixture);
  g_assert_cmpuint (count_rows (fixture), ==, 2);
  g_assert_cmpstr (lec_channel_item_get_title (row (fixture, 1)), ==, "Other");
  g_assert_cmpint (lec_channel_item_get_origins (row (fixture, 0)), ==, LEC_CHANNEL_ORIGIN_FILE);
}

/* What was opened stays in the list when it is opened again, or something else is. */
static void
test_opened_again (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) channels
      = g_ptr_array_new_with_free_func ((GDestroyNotify) lec_channel_unref);

  g_ptr_array_add (channels, channels_make ("Third", 5008));
  play_opened (fixture);
  lec_player_open (fixture->player, "y.sdp");
  g_assert_null (get_playing (fixture)); /* nobody knows yet what it is */
  opener_double_deliver (channels);
  assert_calls ("free; open y.sdp; start Third; ");
  g_assert_cmpuint (count_rows (fixture), ==, 3);
  lec_player_open (fixture->player, "y.sdp");
  opener_double_deliver (channels);
  g_assert_cmpuint (count_rows (fixture), ==, 3);
}

static void
test_playing (Fixture *fixture, gconstpointer data)
{
  g_assert_null (get_playing (fixture));
  play_opened (fixture);
  g_assert_true (get_playing (fixture) == row (fixture, 0));
  fixture->playing_changes = 0;
  lec_player_play (fixture->player, lec_channel_item_get_channel (row (fixture, 1)));
  g_assert_true (get_playing (fixture) == row (fixture, 1));
  g_assert_cmpuint (fixture->playing_changes, >, 0);

  /* stopped, nothing plays, and the channel is remembered */
  fixture->playing_changes = 0;
  lec_player_stop (fixture->player);
  g_assert_null (get_playing (fixture));
  g_assert_cmpuint (fixture->playing_changes, >, 0);
  g_assert_true (lec_channel_tracker_get_channel (fixture->tracker)
                 == lec_player_get_channel (fixture->player));
}

static LecChannelState
get_state (Fixture *fixture)
{
  return lec_channel_item_get_state (row (fixture, 0));
}

static void
test_reaching (Fixture *fixture, gconstpointer data)
{
  play_announced (fixture);
  g_assert_cmpint (get_state (fixture), ==, LEC_CHANNEL_STATE_NOW);
  pipeline_double_pass (3);
  WAIT_UNTIL (get_state (fixture) == LEC_CHANNEL_STATE_NOT_REACHING);
  pipeline_double_show (PIPELINE_DOUBLE_CAMERA);
  WAIT_UNTIL (get_state (fixture) == LEC_CHANNEL_STATE_NOW);

  /* what cannot be played may well arrive */
  pipeline_double_fail (LEC_ERROR_UNSUPPORTED, "No.");
  g_assert_cmpint (lec_player_get_state (fixture->player), ==, LEC_PLAYER_REFUSED);
  g_assert_cmpint (get_state (fixture), ==, LEC_CHANNEL_STATE_NOW);
}

/* ---- the player follows the list ---- */

static void
test_follows (Fixture *fixture, gconstpointer data)
{
  gint64 before_us;

  play_announced (fixture);
  before_us = g_get_monotonic_time ();
  announce (fixture, 5014, STATION);
  assert_calls (""); /* not within the change of the list */
  settle ();
  assert_calls ("start Hall; "); /* beside the one before, which is still seen */
  g_assert_cmpuint (played_port (fixture), ==, 5014);
  g_assert_cmpuint (fixture->updates, ==, 1);
  g_assert_true (get_playing (fixture) == row (fixture, 0));

  /* what changes all the time is followed now and then, to where it is by then */
  for (guint16 port = 5016; port < 5036; port += 2)
    announce (fixture, port, STATION);
  WAIT_UNTIL (played_port (fixture) == 5034);
  /* a timer counts in milliseconds */
  g_assert_cmpint (g_get_monotonic_time () - before_us, >=, CHANGES_US - G_TIME_SPAN_MILLISECOND);
  assert_calls ("free; start Hall; ");
  g_assert_cmpuint (fixture->updates, ==, 2);
}

/* The same place with other words is nothing to start again for. */
static void
test_other_words (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LecChannel) channel = channels_make (HALL, 5004);
  LecChannelInfo *info = lec_channel_info_copy (lec_channel_get_info (channel));
  g_autoptr (LecChannel) described = NULL;

  play_announced (fixture);
  info->description = g_strdup ("Now with a description");
  described = lec_channel_new (info, NULL);
  channels_announce (fixture->list, STATION, described, STATION);
  settle ();
  assert_calls ("");
  g_assert_cmpuint (fixture->updates, ==, 0);
}

static void
check_stays (Fixture *fixture)
{
  settle ();
  assert_calls ("");
  g_assert_cmpuint (played_port (fixture), ==, 5004);
  g_assert_cmpuint (fixture->updates, ==, 0);
}

/* Whoever contradicts the announcer, or repeats it word by word first, moves nobody. */
static void
test_other_announcer (Fixture *fixture, gconstpointer data)
{
  play_announced (fixture);
  announce (fixture, 5666, NEIGHBOUR);
  check_stays (fixture);
  announce (fixture, 5004, NEIGHBOUR);
  check_stays (fixture);
  announce (fixture, 5668, NEIGHBOUR);
  check_stays (fixture);

  /* and the announcer still does */
  announce (fixture, 5014, STATION);
  settle ();
  g_assert_cmpuint (played_port (fixture), ==, 5014);
}

static void
test_withdrawn (Fixture *fixture, gconstpointer data)
{
  play_announced (fixture);
  advertise (fixture, 5004, STATION, LEC_ADVERTISEMENT_WITHDRAWN);
  check_stays (fixture);
  advertise (fixture, 5014, STATION, LEC_ADVERTISEMENT_WITHDRAWN);
  check_stays (fixture);
  g_assert_cmpuint (port_of (lec_channel_tracker_get_channel (fixture->tracker)), ==, 5004);

  /* gone altogether, it plays on */
  channels_announce (fixture->list, STATION, NULL, STATION);
  check_stays (fixture);
  g_assert_cmpint (lec_player_get_state (fixture->player), ==, LEC_PLAYER_PLAYING);
}

/* Where nothing comes any more, that is why, and it is said at once; where something does, it may
 * be a lie. */
static void
test_withdrawn_and_over (Fixture *fixture, gconstpointer data)
{
  play_announced (fixture);
  advertise (fixture, 5004, STATION, LEC_ADVERTISEMENT_WITHDRAWN);
  check_stays (fixture);
  g_assert_cmpint (lec_player_get_state (fixture->player), ==, LEC_PLAYER_PLAYING);
  pipeline_double_pass (1);
  WAIT_UNTIL (lec_player_get_state (fixture->player) == LEC_PLAYER_SILENT);
  g_assert_cmpstr (lec_player_get_message (fixture->player), ==,
                   "The station has withdrawn this channel; still listening, in case it comes "
                   "back");

  /* it comes back */
  announce (fixture, 5004, STATION);
  pipeline_double_show (PIPELINE_DOUBLE_CAMERA);
  WAIT_UNTIL (lec_player_get_state (fixture->player) == LEC_PLAYER_PLAYING);
  pipeline_double_pass (1);
  pipeline_double_show (PIPELINE_DOUBLE_CAMERA);
  settle ();
  g_assert_cmpint (lec_player_get_state (fixture->player), ==, LEC_PLAYER_PLAYING);
}

/* Nobody else can end it. */
static void
test_withdrawn_by_others (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LecReport) report = NULL;

  play_announced (fixture);
  announce (fixture, 5004, NEIGHBOUR);
  advertise (fixture, 5004, NEIGHBOUR, LEC_ADVERTISEMENT_WITHDRAWN);
  report = lec_player_dup_report (fixture->player);
  g_assert_false (report->withdrawn);
}

/* Another channel was not withdrawn with it. */
static void
test_withdrawn_before (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LecChannel) other = channels_make ("Other", 5006);
  g_autoptr (LecReport) report = NULL, next = NULL;

  play_announced (fixture);
  advertise (fixture, 5004, STATION, LEC_ADVERTISEMENT_WITHDRAWN);
  report = lec_player_dup_report (fixture->player);
  g_assert_true (report->withdrawn);
  lec_player_play (fixture->player, other);
  next = lec_player_dup_report (fixture->player);
  g_assert_false (next->withdrawn);
}

/* Who has repeated the announcement has not inherited it when the announcer is gone. */
static void
test_survivor (Fixture *fixture, gconstpointer data)
{
  play_announced (fixture);
  announce (fixture, 5004, NEIGHBOUR);
  channels_announce (fixture->list, STATION, NULL, STATION);
  g_assert_cmpstr (lec_channel_item_get_announcer (row (fixture, 0)), ==, NEIGHBOUR);
  announce (fixture, 5666, NEIGHBOUR);
  check_stays (fixture);
}

static LecChannel *
make_version (guint16 port, guint64 version)
{
  g_autoptr (LecChannel) plain = channels_make (HALL, port);
  LecChannelInfo *info = lec_channel_info_copy (lec_channel_get_info (plain));

  info->version = version;
  return lec_channel_new (info, NULL);
}

static void
announce_version (Fixture *fixture, guint16 port, guint64 version)
{
  g_autoptr (LecChannel) channel = make_version (port, version);

  channels_advertise (fixture->list, STATION, channel, STATION, LEC_ADVERTISEMENT_CURRENT);
}

/* What was opened is played as it was opened, whatever is announced; a newer version is offered,
 * and played when the viewer wants it, and from then on its announcer is followed. */
static void
test_file (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) channels
      = g_ptr_array_new_with_free_func ((GDestroyNotify) lec_channel_unref);
  guint offers = 0;

  g_signal_connect_swapped (fixture->tracker, "newer-announced", G_CALLBACK (count_cb), &offers);
  g_ptr_array_add (channels, make_version (5004, 7));
  lec_player_open (fixture->player, "x.sdp");
  opener_double_deliver (channels);
  pipeline_double_show (PIPELINE_DOUBLE_CAMERA);
  assert_calls ("open x.sdp; start Hall; ");

  announce_version (fixture, 5014, 7);
  check_stays (fixture);
  lec_channel_tracker_use_newer (fixture->tracker); /* there is none */
  check_stays (fixture);
  g_assert_cmpuint (offers, ==, 0);
  announce_version (fixture, 5014, 8);
  announce_version (fixture, 5014, 8);
  check_stays (fixture);
  g_assert_cmpuint (offers, ==, 1);

  lec_channel_tracker_use_newer (fixture->tracker);
  g_assert_cmpuint (played_port (fixture), ==, 5014);
  g_assert_cmpuint (count_rows (fixture), ==, 1);
  g_assert_true (get_playing (fixture) == row (fixture, 0));
  pipeline_double_show (PIPELINE_DOUBLE_CAMERA);
  announce_version (fixture, 5024, 9);
  settle ();
  g_assert_cmpuint (played_port (fixture), ==, 5024);
  g_assert_cmpuint (fixture->updates, ==, 1);
  g_assert_cmpuint (offers, ==, 1);
}

static void
open_address (Fixture *fixture, guint16 port)
{
  g_autoptr (GPtrArray) channels
      = g_ptr_array_new_with_free_func ((GDestroyNotify) lec_channel_unref);
  LecChannelInfo *info = lec_channel_info_new ();

  lec_stream_add_leg (lec_alternative_add_stream (
                          lec_channel_info_add_alternative (info, LEC_KIND_RTP), LEC_MEDIA_VIDEO),
                      "239.1.2.3", port);
  g_ptr_array_add (channels, lec_channel_new (info, NULL));
  lec_player_open (fixture->player, "rtp://239.1.2.3");
  opener_double_deliver (channels);
}

/* Of an address that is announced, the announcement is played, and has the only row. */
static void
test_address (Fixture *fixture, gconstpointer data)
{
  announce (fixture, 5004, STATION);
  open_address (fixture, 5004);
  assert_calls ("open rtp://239.1.2.3; start Hall; ");
  g_assert_cmpuint (count_rows (fixture), ==, 1);
  g_assert_true (get_playing (fixture) == row (fixture, 0));
}

/* It may be announced later; then it is begun anew, unless it plays already. */
static void
test_address_announced_later (Fixture *fixture, gconstpointer data)
{
  open_address (fixture, 5004);
  assert_calls ("open rtp://239.1.2.3; start 239.1.2.3:5004; ");
  announce (fixture, 5006, STATION);
  settle ();
  assert_calls ("");
  announce (fixture, 5004, NEIGHBOUR);
  settle ();
  assert_calls ("free; start Hall; ");

  open_address (fixture, 5008);
  pipeline_double_show (PIPELINE_DOUBLE_CAMERA);
  g_free (calls_take ());
  announce (fixture, 5008, "192.0.2.77");
  settle ();
  assert_calls ("");
}

/* What is stopped is not begun by a change, and played as it is announced when it is played. */
static void
test_stopped (Fixture *fixture, gconstpointer data)
{
  play_announced (fixture);
  lec_player_stop (fixture->player);
  assert_calls ("free; ");
  announce (fixture, 5014, STATION);
  check_stays (fixture);
  g_assert_cmpuint (port_of (lec_channel_tracker_get_channel (fixture->tracker)), ==, 5014);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  gst_init (&argc, &argv);

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
  ADD ("/channel-tracker/opened", test_opened);
  ADD ("/channel-tracker/opened-again", test_opened_again);
  ADD ("/channel-tracker/playing", test_playing);
  ADD ("/channel-tracker/reaching", test_reaching);
  ADD ("/channel-tracker/follows", test_follows);
  ADD ("/channel-tracker/other-words", test_other_words);
  ADD ("/channel-tracker/other-announcer", test_other_announcer);
  ADD ("/channel-tracker/withdrawn", test_withdrawn);
  ADD ("/channel-tracker/withdrawn-and-over", test_withdrawn_and_over);
  ADD ("/channel-tracker/withdrawn-by-others", test_withdrawn_by_others);
  ADD ("/channel-tracker/withdrawn-before", test_withdrawn_before);
  ADD ("/channel-tracker/survivor", test_survivor);
  ADD ("/channel-tracker/file", test_file);
  ADD ("/channel-tracker/address", test_address);
  ADD ("/channel-tracker/address-announced-later", test_address_announced_later);
  ADD ("/channel-tracker/stopped", test_stopped);
#undef ADD

  return g_test_run ();
}
