/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The player as a desktop sees and drives it over the session bus. */
#include "ui/mpris.h"

#include <string.h>

#include "tests/ui/calls.h"
#include "tests/ui/channels.h"
#include "tests/ui/init.h"
#include "tests/ui/pipeline-double.h"
#include "tests/ui/wait.h"

#define ID "org.lectern.Test"
#define NAME "org.mpris.MediaPlayer2." ID
#define PATH "/org/mpris/MediaPlayer2"
#define ROOT "org.mpris.MediaPlayer2"
#define PLAYER "org.mpris.MediaPlayer2.Player"

static GtkApplication *application;

typedef struct
{
  LecPlayer *player;
  LecChannelList *list;
  GtkWidget *window;
  GDBusConnection *bus;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GdkPaintable) picture = gdk_paintable_new_empty (640, 360);
  g_autoptr (LecChannel) first = channels_make ("Hall 1", 5004),
                         second = channels_make ("Hall 2", 5006);

  fixture->player = lec_player_new (NULL);
  fixture->list = lec_channel_list_new ();
  channels_announce (fixture->list, "1", first, "192.0.2.1");
  channels_announce (fixture->list, "2", second, "192.0.2.1");
  fixture->window = lec_window_new (application, fixture->player, fixture->list, picture, NULL);
  lec_mpris_attach (ID, LEC_WINDOW (fixture->window), fixture->player, fixture->list);
  fixture->bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_assert_nonnull (fixture->bus);
  gtk_window_present (GTK_WINDOW (fixture->window));
  WAIT_UNTIL (gtk_widget_get_mapped (fixture->window));
  g_free (calls_take ());
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_object_add_weak_pointer (G_OBJECT (fixture->player), (gpointer *) &fixture->player);
  g_object_unref (fixture->player);
  g_object_unref (fixture->list);
  g_object_unref (fixture->bus);
  WAIT_UNTIL (fixture->player == NULL);
}

static void
answer_cb (GObject *bus, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  GVariant *answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (bus), result, &error);

  *(GVariant **) data
      = answer != NULL ? answer : g_variant_ref_sink (g_variant_new ("(s)", error->message));
}

static GVariant *
ask (Fixture *fixture, const char *interface, const char *method, GVariant *parameters)
{
  GVariant *answer = NULL;

  g_dbus_connection_call (fixture->bus, NAME, PATH, interface, method, parameters, NULL,
                          G_DBUS_CALL_FLAGS_NONE, -1, NULL, answer_cb, &answer);
  WAIT_UNTIL (answer != NULL);
  return answer;
}

static void
call (Fixture *fixture, const char *interface, const char *method, GVariant *parameters)
{
  g_autoptr (GVariant) answer = ask (fixture, interface, method, parameters);

  g_assert_cmpstr (g_variant_get_type_string (answer), ==, "()");
}

/* As it is printed. */
static char *
get (Fixture *fixture, const char *interface, const char *property)
{
  g_autoptr (GVariant) answer = ask (fixture, "org.freedesktop.DBus.Properties", "Get",
                                     g_variant_new ("(ss)", interface, property));
  g_autoptr (GVariant) value = NULL;

  g_variant_get (answer, "(v)", &value);
  return g_variant_print (value, FALSE);
}

#define assert_is(fixture, interface, property, expected)                                          \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *is_ = get (fixture, interface, property);                                     \
                                                                                                   \
    g_assert_cmpstr (is_, ==, (expected));                                                         \
  }                                                                                                \
  G_STMT_END

static void
test_tells (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LecChannel) channel = channels_make ("Hall <1>", 5004);
  g_autoptr (LecChannel) other = channels_make ("Hall 2", 5006);
  g_autofree char *metadata = NULL, *other_metadata = NULL;

  assert_is (fixture, ROOT, "Identity", "'Lectern'");
  assert_is (fixture, ROOT, "DesktopEntry", "'" ID "'");
  assert_is (fixture, PLAYER, "PlaybackStatus", "'Stopped'");
  assert_is (fixture, PLAYER, "CanPlay", "false");
  assert_is (fixture, PLAYER, "CanSeek", "false");
  assert_is (fixture, PLAYER, "CanControl", "true");
  assert_is (fixture, PLAYER, "CanGoNext", "true");
  assert_is (fixture, PLAYER, "MinimumRate", "1.0");
  assert_is (fixture, PLAYER, "MaximumRate", "1.0");
  assert_is (fixture, PLAYER, "Position", "0");
  assert_is (fixture, PLAYER, "Metadata", "{}");

  lec_player_play (fixture->player, channel);
  pipeline_double_show (PIPELINE_DOUBLE_CAMERA);
  assert_is (fixture, PLAYER, "PlaybackStatus", "'Playing'");
  assert_is (fixture, PLAYER, "CanPlay", "true");
  metadata = get (fixture, PLAYER, "Metadata");
  g_assert_nonnull (strstr (metadata, "'xesam:title': <'Hall <1>'>"));
  g_assert_nonnull (
      strstr (metadata, "'mpris:trackid': <objectpath '/org/lectern/Lectern/Channel/"));
  g_object_set (fixture->player, "volume", 0.25, NULL);
  assert_is (fixture, PLAYER, "Volume", "0.25");

  /* another channel is another track */
  lec_player_play (fixture->player, other);
  other_metadata = get (fixture, PLAYER, "Metadata");
  g_assert_null (strstr (other_metadata, "<1>"));
  g_assert_cmpint (strncmp (strstr (metadata, "Channel/"), strstr (other_metadata, "Channel/"),
                            strlen ("Channel/1")),
                   !=, 0);
}

static void
changed_cb (GDBusConnection *bus,
            const char *sender,
            const char *path,
            const char *interface,
            const char *signal,
            GVariant *parameters,
            gpointer data)
{
  const char *of;
  g_autoptr (GVariant) changed = NULL;
  GVariantIter iter;
  const char *key;
  GVariant *value;

  g_variant_get (parameters, "(&s@a{sv}as)", &of, &changed, NULL);
  g_variant_iter_init (&iter, changed);
  while (g_variant_iter_loop (&iter, "{&sv}", &key, &value))
    g_hash_table_add (data, g_strdup (key));
}

/* Whoever watches need not ask. */
static void
test_signals (Fixture *fixture, gconstpointer data)
{
  static const char *const keys[]
      = { "PlaybackStatus", "Metadata", "CanPlay", "Volume", "CanGoNext", "CanGoPrevious" };
  g_autoptr (GHashTable) changed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (LecChannel) channel = channels_make ("Hall 1", 5004);
  const guint watch = g_dbus_connection_signal_subscribe (
      fixture->bus, NULL, "org.freedesktop.DBus.Properties", "PropertiesChanged", PATH, NULL,
      G_DBUS_SIGNAL_FLAGS_NONE, changed_cb, changed, NULL);

  lec_player_play (fixture->player, channel);
  g_object_set (fixture->player, "volume", 0.5, NULL);
  channels_advertise (fixture->list, "1", NULL, "192.0.2.1", LEC_ADVERTISEMENT_CURRENT);
  channels_advertise (fixture->list, "2", NULL, "192.0.2.1", LEC_ADVERTISEMENT_CURRENT);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    WAIT_UNTIL (g_hash_table_contains (changed, keys[i]));
  assert_is (fixture, PLAYER, "CanGoNext", "false");
  g_dbus_connection_signal_unsubscribe (fixture->bus, watch);
}

static void
set (Fixture *fixture, const char *property, double value)
{
  call (fixture, "org.freedesktop.DBus.Properties", "Set",
        g_variant_new ("(ssv)", PLAYER, property, g_variant_new_double (value)));
}

static void
test_obeys (Fixture *fixture, gconstpointer data)
{
  call (fixture, PLAYER, "Next", NULL);
  assert_calls ("start Hall 1; ");
  call (fixture, PLAYER, "Next", NULL);
  assert_calls ("free; start Hall 2; ");
  call (fixture, PLAYER, "Previous", NULL);
  assert_calls ("free; start Hall 1; ");
  call (fixture, PLAYER, "Play", NULL);
  assert_calls ("");
  call (fixture, PLAYER, "Pause", NULL);
  assert_calls ("free; ");
  call (fixture, PLAYER, "Stop", NULL);
  assert_calls ("");
  call (fixture, PLAYER, "PlayPause", NULL);
  assert_calls ("start Hall 1; ");
  set (fixture, "Rate", 0.0); /* as a pause */
  WAIT_UNTIL (lec_player_get_state (fixture->player) == LEC_PLAYER_STOPPED);
  assert_calls ("free; ");
  call (fixture, PLAYER, "PlayPause", NULL);
  assert_calls ("start Hall 1; ");
  call (fixture, PLAYER, "Seek", g_variant_new ("(x)", G_GINT64_CONSTANT (5000000)));
  assert_calls ("");
  call (fixture, ROOT, "Raise", NULL);
  call (fixture, PLAYER, "OpenUri", g_variant_new ("(s)", "rtp://239.1.2.3:5004"));
  assert_calls ("free; open rtp://239.1.2.3:5004; ");
}

static gboolean
can_seek (LecPlayer *player)
{
  gboolean is_so;

  g_object_get (player, "can-seek", &is_so, NULL);
  return is_so;
}

static void
seeked_cb (GDBusConnection *bus,
           const char *sender,
           const char *path,
           const char *interface,
           const char *signal,
           GVariant *parameters,
           gpointer data)
{
  g_variant_get (parameters, "(x)", (gint64 *) data);
}

/* A file is paused, and gone about in. */
static void
test_file (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LecChannel) channel = channels_make ("Recording", 5004);
  g_autofree char *metadata = NULL, *track = NULL;
  gint64 seeked = 0;
  const guint watch
      = g_dbus_connection_signal_subscribe (fixture->bus, NULL, PLAYER, "Seeked", PATH, NULL,
                                            G_DBUS_SIGNAL_FLAGS_NONE, seeked_cb, &seeked, NULL);

  lec_player_play (fixture->player, channel);
  pipeline_double_show (PIPELINE_DOUBLE_CAMERA);
  pipeline_double_set_duration (100 * G_TIME_SPAN_SECOND);
  pipeline_double_set_position (5 * G_TIME_SPAN_SECOND);
  WAIT_UNTIL (can_seek (fixture->player));
  assert_is (fixture, PLAYER, "CanSeek", "true");
  assert_is (fixture, PLAYER, "Position", "5000000");
  metadata = get (fixture, PLAYER, "Metadata");
  g_assert_nonnull (strstr (metadata, "'mpris:length': <int64 100000000>"));
  g_free (calls_take ());
  call (fixture, PLAYER, "PlayPause", NULL);
  assert_is (fixture, PLAYER, "PlaybackStatus", "'Paused'");
  call (fixture, PLAYER, "Play", NULL);
  assert_is (fixture, PLAYER, "PlaybackStatus", "'Playing'");
  call (fixture, PLAYER, "Pause", NULL);
  call (fixture, PLAYER, "Pause", NULL);
  assert_is (fixture, PLAYER, "PlaybackStatus", "'Paused'");
  assert_calls ("");

  call (fixture, PLAYER, "Seek", g_variant_new ("(x)", G_GINT64_CONSTANT (20000000)));
  WAIT_UNTIL (seeked == 25 * G_TIME_SPAN_SECOND);
  assert_is (fixture, PLAYER, "Position", "25000000");
  call (fixture, PLAYER, "Seek", g_variant_new ("(x)", G_MININT64));
  WAIT_UNTIL (seeked == 0);
  call (fixture, PLAYER, "Seek", g_variant_new ("(x)", G_MAXINT64));
  WAIT_UNTIL (seeked == 100 * G_TIME_SPAN_SECOND);
  track = g_strndup (strstr (metadata, "/org/lectern"),
                     strcspn (strstr (metadata, "/org/lectern"), "'"));
  call (fixture, PLAYER, "SetPosition", g_variant_new ("(ox)", track, G_GINT64_CONSTANT (7000000)));
  WAIT_UNTIL (seeked == 7 * G_TIME_SPAN_SECOND);
  call (fixture, PLAYER, "SetPosition", g_variant_new ("(ox)", "/x", G_GINT64_CONSTANT (8000000)));
  call (fixture, PLAYER, "SetPosition", g_variant_new ("(ox)", track, G_GINT64_CONSTANT (-1)));
  call (fixture, PLAYER, "SetPosition", g_variant_new ("(ox)", track, G_MAXINT64));
  assert_is (fixture, PLAYER, "Position", "7000000");
  call (fixture, PLAYER, "Stop", NULL);
  assert_is (fixture, PLAYER, "PlaybackStatus", "'Stopped'");
  assert_is (fixture, PLAYER, "CanSeek", "false");

  lec_player_play (fixture->player, channel);
  pipeline_double_show (PIPELINE_DOUBLE_CAMERA);
  pipeline_double_set_duration (100 * G_TIME_SPAN_SECOND);
  WAIT_UNTIL (can_seek (fixture->player));
  call (fixture, PLAYER, "Pause", NULL);
  assert_is (fixture, PLAYER, "PlaybackStatus", "'Paused'");
  pipeline_double_fail (LEC_ERROR_UNREACHABLE, "Gone");
  assert_is (fixture, PLAYER, "PlaybackStatus", "'Stopped'");
  assert_is (fixture, PLAYER, "CanSeek", "false");
  g_dbus_connection_signal_unsubscribe (fixture->bus, watch);
}

static gboolean
has_volume (Fixture *fixture, double expected)
{
  double volume;

  g_object_get (fixture->player, "volume", &volume, NULL);
  return ABS (volume - expected) < 0.001;
}

/* Anybody on the bus may write anything. */
static void
test_hostile (Fixture *fixture, gconstpointer data)
{
  static const char *const uris[] = { "", "no uri", "gopher://x/" };

  set (fixture, "Volume", 0.5);
  WAIT_UNTIL (has_volume (fixture, 0.5));
  set (fixture, "Volume", -3.0);
  WAIT_UNTIL (has_volume (fixture, 0.0));
  set (fixture, "Volume", 7.0);
  WAIT_UNTIL (has_volume (fixture, 1.0));
  set (fixture, "Rate", 0.0);
  assert_is (fixture, PLAYER, "Rate", "1.0");
  for (guint i = 0; i < G_N_ELEMENTS (uris); i++) {
    g_autoptr (GVariant) answer = ask (fixture, PLAYER, "OpenUri", g_variant_new ("(s)", uris[i]));

    g_assert_cmpstr (g_variant_get_type_string (answer), ==, "(s)"); /* an error */
  }
  assert_calls ("");
}

int
main (int argc, char *argv[])
{
  g_autoptr (GError) error = NULL;

  ui_test_init (&argc, &argv);
  gst_init (&argc, &argv);
  application = GTK_APPLICATION (adw_application_new (ID, G_APPLICATION_NON_UNIQUE));
  g_application_register (G_APPLICATION (application), NULL, &error);
  g_assert_no_error (error);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
  ADD ("/mpris/tells", test_tells);
  ADD ("/mpris/signals", test_signals);
  ADD ("/mpris/obeys", test_obeys);
  ADD ("/mpris/file", test_file);
  ADD ("/mpris/hostile", test_hostile);
#undef ADD

  return g_test_run ();
}
