/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The player with stations beside it, in a network namespace: what it says, and what it leaves. */
#include "play/player.h"

#include <glib/gstdio.h>
#include <gst/base/gstbasesink.h>
#include <string.h>

#include "channel/error.h"
#include "element/plugin.h"

#define PATIENCE 30 /* [s] what is awaited comes sooner, or the test has failed */

/* A station, announcements in a folder, and a player. */
typedef struct
{
  LecPlayer *player;
  char *folder;
  GPtrArray *stations; /* of GstElement */
  GString *story;      /* states in the order they were told */
} Fixture;

static void
state_cb (LecPlayer *player, GParamSpec *pspec, Fixture *self)
{
  g_autoptr (GEnumClass) names = g_type_class_ref (LEC_TYPE_PLAYER_STATE);

  g_string_append_printf (
      self->story, "%s ",
      g_enum_get_value (names, (int) lec_player_get_state (player))->value_nick);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  self->folder = g_dir_make_tmp ("lectern-player-XXXXXX", NULL);
  self->stations = g_ptr_array_new ();
  self->story = g_string_new (NULL);
  self->player = lec_player_new_without_output (TRUE);
  g_signal_connect (self->player, "notify::state", G_CALLBACK (state_cb), self);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_autoptr (GDir) dir = g_dir_open (self->folder, 0, NULL);
  const char *name;

  /* a thread that was reading an announcement lets go of the player a moment after the player was
   * told */
  g_object_add_weak_pointer (G_OBJECT (self->player), (gpointer *) &self->player);
  g_object_unref (self->player);
  for (guint i = 0; g_atomic_pointer_get (&self->player) != NULL; i++) {
    g_assert_cmpuint (i, <, PATIENCE * 1000);
    g_main_context_iteration (NULL, FALSE);
    g_usleep (1000);
  }
  for (guint i = 0; i < self->stations->len; i++) {
    gst_element_set_state (self->stations->pdata[i], GST_STATE_NULL);
    gst_object_unref (self->stations->pdata[i]);
  }
  g_ptr_array_unref (self->stations);
  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (self->folder, name, NULL);

    g_assert_cmpint (g_remove (path), ==, 0);
  }
  g_rmdir (self->folder);
  g_free (self->folder);
  g_string_free (self->story, TRUE);
}

/* Sends a tone to a group until the end of the test. */
static GstElement *
begin_station (Fixture *self, const char *group)
{
  g_autofree char *description
      = g_strdup_printf ("audiotestsrc is-live=true samplesperbuffer=160 ! "
                         "audio/x-raw,rate=8000,channels=1 ! mulawenc ! "
                         "rtppcmupay pt=0 ! udpsink host=%s port=5004 multicast-iface=lo "
                         "auto-multicast=false async=false",
                         group);
  g_autoptr (GError) error = NULL;
  GstElement *station = gst_parse_launch (description, &error);

  g_assert_no_error (error);
  gst_element_set_state (station, GST_STATE_PLAYING);
  g_ptr_array_add (self->stations, gst_object_ref_sink (station));
  return station;
}

static char *
write_file (Fixture *self, const char *name, const char *text)
{
  char *path = g_build_filename (self->folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  return path;
}

static char *
write_sdp (Fixture *self, const char *name, const char *group, const char *media)
{
  g_autofree char *text
      = g_strdup_printf ("v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=%s\r\nc=IN IP4 %s/1\r\nt=0 0\r\n%s",
                         name, group, media);

  return write_file (self, name, text);
}

#define PCMU "m=audio 5004 RTP/AVP 0\r\n"

static gboolean
give_up_cb (gpointer data)
{
  LecPlayer *player = data;

  g_error ("still in state %d: “%s”", (int) lec_player_get_state (player),
           lec_player_get_message (player));
  return G_SOURCE_REMOVE;
}

static void
await_state (Fixture *self, LecPlayerState state)
{
  guint timeout = g_timeout_add_seconds (PATIENCE, give_up_cb, self->player);

  while (lec_player_get_state (self->player) != state)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (timeout);
}

static gboolean
is_joined (const char *hex)
{
  g_autofree char *text = NULL;

  g_assert_true (g_file_get_contents ("/proc/net/igmp", &text, NULL, NULL));
  return strstr (text, hex) != NULL;
}

static void
test_silence (Fixture *self, gconstpointer data)
{
  g_autofree char *sdp = write_sdp (self, "x.sdp", "239.9.9.6", PCMU);
  GstElement *station = begin_station (self, "239.9.9.6");

  lec_player_open (self->player, sdp);
  await_state (self, LEC_PLAYER_PLAYING);
  g_assert_cmpstr (lec_player_get_message (self->player), ==, "");
  g_assert_cmpuint (lec_player_get_decoded (self->player, LEC_MEDIA_AUDIO), >, 0);
  g_assert_true (is_joined ("060909EF"));
  gst_element_set_state (station, GST_STATE_PAUSED);
  await_state (self, LEC_PLAYER_SILENT);
  g_assert_cmpstr (lec_player_get_message (self->player), ==,
                   "Nothing has come for 3 s: either the station is silent, or the network has "
                   "stopped forwarding; still listening. If that lasts, ask whoever runs the "
                   "station, and then whoever runs the network");
  gst_element_set_state (station, GST_STATE_PLAYING);
  await_state (self, LEC_PLAYER_PLAYING);
  lec_player_stop (self->player);
  g_assert_false (is_joined ("060909EF"));
  g_assert_cmpstr (self->story->str, ==, "waiting playing silent playing stopped ");
}

static void
count_cb (LecPlayer *player, GParamSpec *pspec, guint *count)
{
  (*count)++;
}

static void
await_behind (Fixture *self, double least)
{
  guint timeout = g_timeout_add_seconds (PATIENCE, give_up_cb, self->player);
  double behind;

  do {
    g_main_context_iteration (NULL, TRUE);
    g_object_get (self->player, "behind", &behind, NULL);
  } while (behind < least);
  g_source_remove (timeout);
}

/* How far behind the station one is: the latency and what the sinks add, told when it changes. */
static void
test_behind (Fixture *self, gconstpointer data)
{
  g_autofree char *sdp = write_sdp (self, "x.sdp", "239.9.9.6", PCMU);
  g_autoptr (LecReport) report = NULL;
  guint told = 0;
  double behind;

  begin_station (self, "239.9.9.6");
  g_object_set (self->player, "latency", 200, NULL);
  g_signal_connect (self->player, "notify::behind", G_CALLBACK (count_cb), &told);
  lec_player_open (self->player, sdp);
  await_behind (self, 0.2);
  g_object_get (self->player, "behind", &behind, NULL);
  g_assert_cmpfloat (behind, <, 0.4);
  /* sound is played by the sender's clock */
  report = lec_player_dup_report (self->player);
  g_assert_cmpint (report->clock, ==, LEC_REPORT_CLOCK_SENDER);
  g_assert_cmpint (report->error, ==, LEC_ERROR_NONE);
  g_assert_cmpuint (told, >=, 1);
  lec_player_stop (self->player);
  g_object_get (self->player, "behind", &behind, NULL);
  g_assert_cmpfloat (behind, ==, 0);
}

/* The way of the packets: now and then nothing gets through for so many milliseconds. */
static GstPadProbeReturn
delay_cb (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  const GstClockTime time = GST_BUFFER_PTS (GST_PAD_PROBE_INFO_BUFFER (info));

  if (time / (40 * GST_MSECOND) % 32 == 0)
    g_usleep ((gulong) g_atomic_int_get ((int *) data) * 1000);
  return GST_PAD_PROBE_OK;
}

/* Sends small pictures, each of one packet. */
static void
begin_erratic_station (Fixture *self, const char *group, int *pause_ms)
{
  g_autofree char *description = g_strdup_printf (
      "videotestsrc is-live=true pattern=black ! "
      "video/x-raw,format=I420,width=32,height=32,framerate=25/1 ! jpegenc ! "
      "queue ! rtpjpegpay name=way ! udpsink host=%s port=5004 multicast-iface=lo "
      "auto-multicast=false sync=false async=false",
      group);
  g_autoptr (GError) error = NULL;
  GstElement *station = gst_parse_launch (description, &error);
  g_autoptr (GstElement) way = NULL;
  g_autoptr (GstPad) pad = NULL;

  g_assert_no_error (error);
  way = gst_bin_get_by_name (GST_BIN (station), "way");
  pad = gst_element_get_static_pad (way, "sink");
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, delay_cb, pause_ms, NULL);
  gst_element_set_state (station, GST_STATE_PLAYING);
  g_ptr_array_add (self->stations, gst_object_ref_sink (station));
}

/* When the network becomes worse, the latency grows while it plays: the player says so, and the
 * sinks wait longer. */
static void
test_latency_grows (Fixture *self, gconstpointer data)
{
  g_autofree char *sdp = write_sdp (self, "x.sdp", "239.9.9.6", "m=video 5004 RTP/AVP 26\r\n");
  g_autoptr (GstElement) sink = gst_object_ref_sink (gst_element_factory_make ("fakesink", NULL));
  int pause_ms = 0;
  double before;

  begin_erratic_station (self, "239.9.9.6", &pause_ms);
  g_object_unref (self->player);
  g_object_set (sink, "sync", TRUE, NULL);
  self->player = lec_player_new (sink);
  lec_player_open (self->player, sdp);
  await_behind (self, 0.01);
  g_object_get (self->player, "behind", &before, NULL);
  g_atomic_int_set (&pause_ms, 600);
  await_behind (self, before * 1.5);
  g_assert_cmpuint (gst_base_sink_get_latency (GST_BASE_SINK (sink)), >=,
                    1.4 * before * GST_SECOND);
  gst_element_set_state (self->stations->pdata[0], GST_STATE_NULL);
}

static void
check_refused (Fixture *self, const char *location, LecError error, const char *sentence)
{
  lec_player_open (self->player, location);
  await_state (self, LEC_PLAYER_REFUSED);
  g_assert_cmpstr (lec_player_get_message (self->player), ==, sentence);
  g_assert_cmpint (lec_player_get_error (self->player), ==, error);
}

static void
test_refused (Fixture *self, gconstpointer data)
{
  g_autofree char *sdp = write_file (self, "bad.sdp", "v=0\r\nm=video\r\n");
  g_autofree char *asx = write_file (
      self, "x.asx", "<ASX VERSION=\"3.0\"><ENTRY><REF HREF=\"bad.sdp\"/></ENTRY></ASX>");

  check_refused (self, "/nonexistent/x.sdp", LEC_ERROR_UNREACHABLE,
                 "/nonexistent/x.sdp: there is no such file");
  g_assert_null (lec_player_get_announcement (self->player));

  lec_player_open (self->player, asx); /* an alternative that is an announcement */
  g_assert_cmpint (lec_player_get_error (self->player), ==, LEC_ERROR_NONE);
  await_state (self, LEC_PLAYER_REFUSED);
  g_assert_cmpint (lec_player_get_error (self->player), ==, LEC_ERROR_MALFORMED);
  g_assert_cmpstr (lec_player_get_announcement (self->player)->format, ==, "asx");
}

/* The only stream is of a kind that nothing here plays: that is said, with its name, and nothing is
 * joined for it. */
static void
test_unsupported (Fixture *self, gconstpointer data)
{
  g_autofree char *sdp = write_sdp (self, "x.sdp", "239.9.9.6",
                                    "m=audio 5004 RTP/AVP 97\r\na=rtpmap:97 X-NONE/8000\r\n");

  check_refused (self, sdp, LEC_ERROR_UNSUPPORTED,
                 "Nothing here can play what this channel sends as “X-NONE”");
  g_assert_false (is_joined ("060909EF"));
}

/* What would surprise a network is joined only when the viewer insists. */
static void
test_much (Fixture *self, gconstpointer data)
{
  g_autofree char *path = write_sdp (self, "x.sdp", "239.9.9.5",
                                     "m=audio 5004 RTP/AVP 96\r\nb=AS:150000\r\n"
                                     "a=rtpmap:96 L16/48000/2\r\n");

  lec_player_open (self->player, path); /* without a window nobody is asked */
  await_state (self, LEC_PLAYER_WAITING);
  g_object_unref (self->player);
  self->player = lec_player_new (NULL);

  check_refused (
      self, path, LEC_ERROR_TOO_MUCH,
      "This channel takes about 150 Mbit/s, more than many networks carry; others may be "
      "disturbed");
  g_assert_false (is_joined ("050909EF"));
  lec_player_override_limits (self->player);
  await_state (self, LEC_PLAYER_WAITING);
  g_assert_cmpint (lec_player_get_error (self->player), ==, LEC_ERROR_NONE);
}

/* Nor is a port of the system listened on unless the viewer wants it; who has no window has said so
 * before. */
static void
test_low_port (Fixture *self, gconstpointer data)
{
  g_autofree char *path = write_sdp (self, "x.sdp", "239.9.9.4", "m=audio 1022 RTP/AVP 0\r\n");
  gboolean low_ports;

  check_refused (self, path, LEC_ERROR_LOW_PORT,
                 "Port 1022 is for services of the system and is not listened on; ask the sender "
                 "for one from 1024 on");
  g_assert_false (is_joined ("040909EF"));
  lec_player_override_limits (self->player);
  await_state (self, LEC_PLAYER_WAITING);
  g_assert_cmpint (lec_player_get_error (self->player), ==, LEC_ERROR_NONE);
  lec_player_open (self->player, path); /* the next time it is asked again */
  await_state (self, LEC_PLAYER_REFUSED);
  g_object_get (self->player, "low-ports", &low_ports, NULL);
  g_assert_false (low_ports);
  g_object_set (self->player, "low-ports", TRUE, NULL);
  lec_player_open (self->player, path);
  await_state (self, LEC_PLAYER_WAITING);
}

/* A list that was made for another computer names its card: that is told, and all are joined. */
static void
test_missing_interface (Fixture *self, gconstpointer data)
{
  guint timeout = g_timeout_add_seconds (PATIENCE, give_up_cb, self->player);

  lec_player_open (self->player, "rtp://eth77@239.9.9.6:5004");
  while (lec_player_get_notice (self->player) == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (timeout);
  g_assert_true (is_joined ("060909EF"));
  g_assert_cmpstr (lec_player_get_notice (self->player), ==,
                   "The announcement names the network interface “eth77”, which this computer "
                   "does not have; all others are listened on");
}

/* The first way is silent: after three seconds the next has its turn. */
static void
test_rollover (Fixture *self, gconstpointer data)
{
  g_autofree char *silent = write_sdp (self, "silent.sdp", "239.9.9.7", PCMU);
  g_autofree char *loud = write_sdp (self, "loud.sdp", "239.9.9.6", PCMU);
  g_autofree char *asx
      = write_file (self, "x.asx",
                    "<ASX VERSION=\"3.0\"><ENTRY><TITLE>T</TITLE><REF HREF=\"silent.sdp\"/>"
                    "<REF HREF=\"loud.sdp\"/></ENTRY></ASX>");
  gint64 began_us = g_get_monotonic_time ();

  begin_station (self, "239.9.9.6");
  lec_player_open (self->player, asx);
  await_state (self, LEC_PLAYER_PLAYING);
  g_assert_cmpint (g_get_monotonic_time () - began_us, >=, 3 * G_TIME_SPAN_SECOND);
  g_assert_cmpuint (lec_player_get_alternative (self->player), ==, 1);
  g_assert_true (is_joined ("060909EF"));
  g_assert_false (is_joined ("070909EF"));
}

static void
await_notice (Fixture *self, const char *notice)
{
  guint timeout = g_timeout_add_seconds (PATIENCE, give_up_cb, self->player);

  while (g_strcmp0 (lec_player_get_notice (self->player), notice) != 0)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (timeout);
}

/* What plays falls silent: the next way takes its place, and is told; and when the first one is
 * there again, it is taken back. Nothing that is not played stays joined. */
static void
test_return (Fixture *self, gconstpointer data)
{
  g_autofree char *first = write_sdp (self, "first.sdp", "239.9.9.7", PCMU);
  g_autofree char *second = write_sdp (self, "second.sdp", "239.9.9.6", PCMU);
  g_autofree char *asx
      = write_file (self, "x.asx",
                    "<ASX VERSION=\"3.0\"><ENTRY><TITLE>T</TITLE><REF HREF=\"first.sdp\"/>"
                    "<REF HREF=\"second.sdp\"/></ENTRY></ASX>");
  GstElement *station = begin_station (self, "239.9.9.7");

  begin_station (self, "239.9.9.6");
  lec_player_open (self->player, asx);
  await_state (self, LEC_PLAYER_PLAYING);
  g_assert_null (lec_player_get_notice (self->player));
  g_assert_cmpuint (lec_player_get_alternative (self->player), ==, 0);

  gst_element_set_state (station, GST_STATE_PAUSED);
  await_notice (self, "Multicast does not arrive here (239.9.9.7:5004): playing from "
                      "239.9.9.6:5004");
  g_assert_cmpint (lec_player_get_state (self->player), ==, LEC_PLAYER_PLAYING);
  g_assert_cmpuint (lec_player_get_alternative (self->player), ==, 1);
  g_assert_true (is_joined ("060909EF"));
  g_assert_false (is_joined ("070909EF"));

  gst_element_set_state (station, GST_STATE_PLAYING);
  await_notice (self, NULL);
  g_assert_cmpint (lec_player_get_state (self->player), ==, LEC_PLAYER_PLAYING);
  g_assert_cmpuint (lec_player_get_alternative (self->player), ==, 0);
  g_assert_true (is_joined ("070909EF"));
  g_assert_false (is_joined ("060909EF"));
  g_assert_cmpstr (self->story->str, ==, "waiting playing silent playing ");
}

/* Another channel is prepared while the one before plays on; one that is silent takes its place
 * only when that is clear. */
static void
test_channel_change (Fixture *self, gconstpointer data)
{
  g_autofree char *first = write_sdp (self, "1.sdp", "239.9.9.6", PCMU);
  g_autofree char *second = write_sdp (self, "2.sdp", "239.9.9.7", PCMU);
  g_autoptr (LecChannel) former = NULL;
  g_autoptr (LecChannel) latter = NULL;
  GstElement *station = begin_station (self, "239.9.9.7");
  gboolean has_audio;

  begin_station (self, "239.9.9.6");
  lec_player_open (self->player, second);
  await_state (self, LEC_PLAYER_PLAYING);
  latter = lec_channel_ref (lec_player_get_channel (self->player));
  lec_player_open (self->player, first);
  await_state (self, LEC_PLAYER_PLAYING);
  former = lec_channel_ref (lec_player_get_channel (self->player));

  lec_player_play (self->player, latter);
  g_assert_cmpint (lec_player_get_state (self->player), ==, LEC_PLAYER_WAITING);
  g_assert_true (lec_player_get_channel (self->player) == latter);
  g_assert_true (is_joined ("060909EF")); /* still heard */
  await_state (self, LEC_PLAYER_PLAYING);
  g_assert_true (is_joined ("070909EF"));
  g_assert_false (is_joined ("060909EF"));

  lec_player_play (self->player, former);
  await_state (self, LEC_PLAYER_PLAYING);
  gst_element_set_state (station, GST_STATE_PAUSED);
  lec_player_play (self->player, latter);
  g_object_get (self->player, "has-audio", &has_audio, NULL);
  g_assert_true (has_audio);
  await_state (self, LEC_PLAYER_SILENT);
  g_object_get (self->player, "has-audio", &has_audio, NULL);
  g_assert_false (has_audio);
  g_assert_false (is_joined ("060909EF"));
  g_assert_true (is_joined ("070909EF"));

  lec_player_play (self->player, former); /* two changes at once: the last one counts */
  await_state (self, LEC_PLAYER_PLAYING);
  lec_player_play (self->player, latter);
  lec_player_play (self->player, former);
  await_state (self, LEC_PLAYER_PLAYING);
  g_assert_true (lec_player_get_channel (self->player) == former);
  lec_player_play (self->player, latter);
  lec_player_stop (self->player);
  g_assert_false (is_joined ("060909EF") || is_joined ("070909EF"));
}

static void
test_nested (Fixture *self, gconstpointer data)
{
  g_autofree char *sdp = write_sdp (self, "x.sdp", "239.9.9.6", PCMU);
  g_autofree char *inner = write_file (
      self, "inner.asx", "<ASX VERSION=\"3.0\"><ENTRY><REF HREF=\"x.sdp\"/></ENTRY></ASX>");
  g_autofree char *outer = write_file (
      self, "outer.asx", "<ASX VERSION=\"3.0\"><ENTRY><REF HREF=\"inner.asx\"/></ENTRY></ASX>");

  begin_station (self, "239.9.9.6");
  lec_player_open (self->player, outer);
  await_state (self, LEC_PLAYER_PLAYING);
}

/* Announcements that lead to each other. */
static void
test_circle (Fixture *self, gconstpointer data)
{
  g_autofree char *asx = write_file (
      self, "x.asx", "<ASX VERSION=\"3.0\"><ENTRY><REF HREF=\"x.asx\"/></ENTRY></ASX>");

  check_refused (self, asx, LEC_ERROR_MALFORMED,
                 "The announcements of this channel only lead to each other");
}

/* All ways are silent: the first is listened to again, and plays when its station begins. */
static void
test_late_station (Fixture *self, gconstpointer data)
{
  g_autofree char *sdp = write_sdp (self, "x.sdp", "239.9.9.6", PCMU);
  g_autoptr (LecReport) report = NULL;

  lec_player_open (self->player, sdp);
  await_state (self, LEC_PLAYER_SILENT);
  g_assert_true (g_str_has_prefix (lec_player_get_message (self->player),
                                   "Nothing arrives from 239.9.9.6:5004"));
  report = lec_player_dup_report (self->player);
  g_assert_cmpint (report->error, ==, LEC_ERROR_SILENT);
  begin_station (self, "239.9.9.6");
  await_state (self, LEC_PLAYER_PLAYING);
}

static guint
count_entries (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  guint count = 0;

  while (g_dir_read_name (dir) != NULL)
    count++;
  return count;
}

/* Fifty changes of channel: no thread and no descriptor more than after the first ten. */
static void
test_zapping (Fixture *self, gconstpointer data)
{
  g_autofree char *first = write_sdp (self, "1.sdp", "239.9.9.6", PCMU);
  g_autofree char *second = write_sdp (self, "2.sdp", "239.9.9.7", PCMU);
  guint threads = 0, fds = 0;

  begin_station (self, "239.9.9.6");
  begin_station (self, "239.9.9.7");
  for (guint i = 0; i < 50; i++) {
    lec_player_open (self->player, i % 2 == 0 ? first : second);
    /* now and then somebody is in a hurry */
    if (i % 5 == 4)
      continue;
    await_state (self, LEC_PLAYER_PLAYING);
    g_assert_true (is_joined (i % 2 == 0 ? "060909EF" : "070909EF"));
    g_assert_false (is_joined (i % 2 == 0 ? "070909EF" : "060909EF"));
    if (i <= 10) {
      threads = MAX (threads, count_entries ("/proc/self/task"));
      fds = MAX (fds, count_entries ("/proc/self/fd"));
    }
  }
  await_state (self, LEC_PLAYER_PLAYING);
  /* threads of pools come and go: a few are no growth, one for each change would be */
  g_assert_cmpuint (count_entries ("/proc/self/task"), <=, threads + 4);
  g_assert_cmpuint (count_entries ("/proc/self/fd"), <=, fds);
  lec_player_stop (self->player);
  g_assert_false (is_joined ("060909EF") || is_joined ("070909EF"));
}

/* Whoever is told of a state may act on it there and then. */
static void
stop_cb (LecPlayer *player, GParamSpec *pspec, gpointer data)
{
  if ((int) lec_player_get_state (player) == GPOINTER_TO_INT (data))
    lec_player_stop (player);
}

static void
test_stopped_when_told (Fixture *self, gconstpointer data)
{
  static const LecPlayerState states[]
      = { LEC_PLAYER_WAITING, LEC_PLAYER_PLAYING, LEC_PLAYER_REFUSED };
  g_autofree char *sdp = write_sdp (self, "x.sdp", "239.9.9.6", PCMU);

  begin_station (self, "239.9.9.6");
  for (guint i = 0; i < G_N_ELEMENTS (states); i++) {
    gulong handler = g_signal_connect (self->player, "notify::state", G_CALLBACK (stop_cb),
                                       GINT_TO_POINTER ((int) states[i]));

    lec_player_open (self->player, states[i] == LEC_PLAYER_REFUSED ? "/nonexistent/x.sdp" : sdp);
    await_state (self, LEC_PLAYER_STOPPED);
    g_assert_false (is_joined ("060909EF"));
    g_signal_handler_disconnect (self->player, handler);
  }
}

static void
play_again_cb (LecPlayer *player, GParamSpec *spec, gpointer count)
{
  if (++*(guint *) count == 1)
    lec_player_play (player, lec_player_get_channel (player));
}

/* Who is told that a channel is being waited for, or which one it is, may stop it or begin again at
 * once. */
static void
test_stopped_while_beginning (Fixture *self, gconstpointer data)
{
  static const char *const told[] = { "notify::state", "notify::channel" };
  g_autofree char *sdp = write_sdp (self, "x.sdp", "239.9.9.6", PCMU);
  g_autoptr (LecChannel) channel = NULL;

  lec_player_open (self->player, sdp);
  await_state (self, LEC_PLAYER_SILENT);
  channel = lec_channel_ref (lec_player_get_channel (self->player));
  for (guint i = 0; i < G_N_ELEMENTS (told); i++) {
    guint count = 0;
    gulong handler;

    lec_player_open (self->player, "/nonexistent/x.sdp");
    await_state (self, LEC_PLAYER_REFUSED);
    handler = g_signal_connect (self->player, told[i], G_CALLBACK (lec_player_stop), NULL);
    lec_player_play (self->player, channel);
    g_assert_cmpint (lec_player_get_state (self->player), ==, LEC_PLAYER_STOPPED);
    g_assert_false (is_joined ("060909EF"));
    g_signal_handler_disconnect (self->player, handler);

    lec_player_open (self->player, "/nonexistent/x.sdp");
    await_state (self, LEC_PLAYER_REFUSED);
    handler = g_signal_connect (self->player, told[i], G_CALLBACK (play_again_cb), &count);
    lec_player_play (self->player, channel);
    g_assert_cmpint (lec_player_get_state (self->player), ==, LEC_PLAYER_WAITING);
    g_signal_handler_disconnect (self->player, handler);
    lec_player_stop (self->player);
  }
}

/* What is chosen stays so, whatever else is chosen afterwards. */
static void
test_options (Fixture *self, gconstpointer data)
{
  static const char *const names[] = { "station", "interface", "capture", "replay" };
  int latency;
  guint program;
  gboolean repair, reports, low_ports;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_object_set (self->player, names[i], names[i], NULL);
  g_object_set (self->player, "latency", 123, "program", 7, "repair", FALSE, "reports", FALSE,
                "low-ports", TRUE, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *value = NULL;

    g_object_get (self->player, names[i], &value, NULL);
    g_assert_cmpstr (value, ==, names[i]);
    g_object_set (self->player, names[i], NULL, NULL);
    g_clear_pointer (&value, g_free);
    g_object_get (self->player, names[i], &value, NULL);
    g_assert_null (value);
  }
  g_object_get (self->player, "latency", &latency, "program", &program, "repair", &repair,
                "reports", &reports, "low-ports", &low_ports, NULL);
  g_assert_cmpint (latency, ==, 123);
  g_assert_cmpuint (program, ==, 7);
  g_assert_false (repair || reports);
  g_assert_true (low_ports);
}

#define ADD(name, function) g_test_add (name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gst_init (&argc, &argv);
  g_assert_true (lec_element_register (NULL));
  ADD ("/player/options", test_options);
  ADD ("/player/silence", test_silence);
  ADD ("/player/behind", test_behind);
  ADD ("/player/latency-grows", test_latency_grows);
  ADD ("/player/refused", test_refused);
  ADD ("/player/unsupported", test_unsupported);
  ADD ("/player/much", test_much);
  ADD ("/player/low port", test_low_port);
  ADD ("/player/missing interface", test_missing_interface);
  ADD ("/player/rollover", test_rollover);
  ADD ("/player/return", test_return);
  ADD ("/player/channel-change", test_channel_change);
  ADD ("/player/nested", test_nested);
  ADD ("/player/circle", test_circle);
  ADD ("/player/late-station", test_late_station);
  ADD ("/player/zapping", test_zapping);
  ADD ("/player/stopped-when-told", test_stopped_when_told);
  ADD ("/player/stopped-while-beginning", test_stopped_while_beginning);
  return g_test_run ();
}
