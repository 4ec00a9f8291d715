/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* lectern-tune: joins a channel without a window and says how it is received. */
#include <glib-unix.h>
#include <gst/gst.h>
#include <json-glib/json-glib.h>
#include <locale.h>
#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "channel-json.h"
#include "element/plugin.h"
#include "play/player.h"
#include "wire/error.h"

enum {
  EXIT_RECEIVED = 0,
  EXIT_REFUSED = 1,
  EXIT_USAGE = 2,
  EXIT_NOTHING = 3,
};

typedef struct
{
  GMainLoop *loop;
  LecPlayer *player;
  gboolean json;
  gboolean decode;
  gint64 started_us;
  GstStructure *stats; /* as of the last look, also after the end */
  guint64 pictures, sounds;
  guint64 bytes; /* at the last status line */
} Tune;

static struct
{
  double seconds;
  gboolean json, decode, silent, version;
  char *interface, *latency, *record, *dump;
  char **inputs;
} options;

static const GOptionEntry entries[] = {
  { "for", 0, 0, G_OPTION_ARG_DOUBLE, &options.seconds, "Stop after SECONDS (default: Ctrl-C)",
    "SECONDS" },
  { "json", 0, 0, G_OPTION_ARG_NONE, &options.json, "Print the summary as one JSON object", NULL },
  { "interface", 0, 0, G_OPTION_ARG_STRING, &options.interface,
    "Join on this interface only (default: all until one delivers)", "IF" },
  { "latency", 0, 0, G_OPTION_ARG_STRING, &options.latency,
    "Milliseconds from arrival to play-out, or “auto”", "MS" },
  { "decode", 0, 0, G_OPTION_ARG_NONE, &options.decode, "Decode too, and count pictures and sounds",
    NULL },
  { "record", 0, 0, G_OPTION_ARG_FILENAME, &options.record,
    "Write the streams as they were sent to OUT (.mkv or .ts)", "OUT" },
  { "dump", 0, 0, G_OPTION_ARG_FILENAME, &options.dump,
    "Write every received datagram to PCAP, for Wireshark", "PCAP" },
  { "silent", 0, 0, G_OPTION_ARG_NONE, &options.silent,
    "Send no receiver reports, not even where the announcement asks for them (b=RR)", NULL },
  { "version", 0, 0, G_OPTION_ARG_NONE, &options.version, "Print the version", NULL },
  { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.inputs, NULL, "FILE|URI" },
  { NULL },
};

/* ---- reading the statistics ---- */

static guint
count_streams (const Tune *tune)
{
  const GValue *list
      = tune->stats != NULL ? gst_structure_get_value (tune->stats, "streams") : NULL;

  return list != NULL ? gst_value_list_get_size (list) : 0;
}

static const GstStructure *
get_stream (const Tune *tune, guint index)
{
  const GValue *list = gst_structure_get_value (tune->stats, "streams");

  return gst_value_get_structure (gst_value_list_get_value (list, index));
}

static guint64
get_count (const GstStructure *stream, const char *field)
{
  guint64 value = 0;

  gst_structure_get_uint64 (stream, field, &value);
  return value;
}

static guint64
sum (const Tune *tune, const char *field)
{
  guint64 total = 0;

  for (guint i = 0; i < count_streams (tune); i++)
    total += get_count (get_stream (tune, i), field);
  return total;
}

static double
get_number (const GstStructure *stream, const char *field)
{
  double value = 0;

  gst_structure_get_double (stream, field, &value);
  return value;
}

static void
look (Tune *tune)
{
  GstStructure *stats = lec_player_dup_stats (tune->player);

  if (stats == NULL)
    return; /* between two alternatives, or refused: what was is still true */
  g_clear_pointer (&tune->stats, gst_structure_free);
  tune->stats = stats;
  tune->pictures = lec_player_get_decoded (tune->player, GST_STREAM_TYPE_VIDEO);
  tune->sounds = lec_player_get_decoded (tune->player, GST_STREAM_TYPE_AUDIO);
}

/* ---- printing ---- */

static char *
verdict (const Tune *tune)
{
  guint64 received = sum (tune, "received");
  guint64 lost = sum (tune, "lost");
  guint64 local = sum (tune, "lost-local");

  if (received == 0 || sum (tune, "out") == 0)
    return g_strdup (*lec_player_get_message (tune->player) != '\0'
                         ? lec_player_get_message (tune->player)
                         : "Nothing has arrived");
  if (tune->decode && tune->pictures + tune->sounds == 0)
    return g_strdup ("Packets arrive, but nothing of them could be decoded");
  if (local > 0)
    return g_strdup_printf ("This computer dropped %" G_GUINT64_FORMAT
                            " packets itself: it is too slow or its receive buffer too small",
                            local);
  if (lost > 0)
    return g_strdup_printf (
        "The network lost %" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT " packets (%.2f %%)", lost,
        lost + received, 100.0 * (double) lost / (double) (lost + received));
  return g_strdup ("Everything sent has arrived");
}

static void
print_status (Tune *tune)
{
  guint64 bytes = sum (tune, "bytes");
  g_autoptr (GString) line = g_string_new (NULL);

  g_string_append_printf (line, "%4.0f s",
                          (double) (g_get_monotonic_time () - tune->started_us) / G_USEC_PER_SEC);
  for (guint i = 0; i < count_streams (tune); i++) {
    const GstStructure *stream = get_stream (tune, i);
    const char *encoding = gst_structure_get_string (stream, "encoding");

    g_string_append_printf (
        line, "  %s %" G_GUINT64_FORMAT " in, %" G_GUINT64_FORMAT " lost, jitter %.1f ms",
        encoding != NULL ? encoding : gst_structure_get_string (stream, "media"),
        get_count (stream, "received"), get_count (stream, "lost"),
        get_number (stream, "jitter-ms"));
  }
  g_string_append_printf (line, "  %.2f Mbit/s", (double) (bytes - tune->bytes) * 8 / 1e6);
  tune->bytes = bytes;
  if (tune->decode)
    g_string_append_printf (line, "  decoded %" G_GUINT64_FORMAT "+%" G_GUINT64_FORMAT,
                            tune->pictures, tune->sounds);
  if (*lec_player_get_message (tune->player) != '\0')
    g_string_append_printf (line, "  %s", lec_player_get_message (tune->player));
  g_printerr ("%s\n", line->str);
}

static JsonObject *
stream_to_json (const GstStructure *stream)
{
  static const char *const counters[]
      = { "received",  "lost",         "lost-local", "late", "duplicate", "reordered", "recovered",
          "discarded", "undeciphered", "overrun",    "out",  "gaps",      "restarts",  "bytes" };
  static const char *const gauges[] = { "jitter-ms", "latency-ms", "drift-ppm", "first-packet-ms" };
  JsonObject *object = json_object_new ();
  const char *encoding = gst_structure_get_string (stream, "encoding");
  guint ssrc = 0;

  json_object_set_string_member (object, "media", gst_structure_get_string (stream, "media"));
  if (encoding != NULL)
    json_object_set_string_member (object, "encoding", encoding);
  gst_structure_get_uint (stream, "ssrc", &ssrc);
  json_object_set_int_member (object, "ssrc", ssrc);
  for (guint i = 0; i < G_N_ELEMENTS (counters); i++)
    json_object_set_int_member (object, counters[i], (gint64) get_count (stream, counters[i]));
  for (guint i = 0; i < G_N_ELEMENTS (gauges); i++)
    json_object_set_double_member (object, gauges[i],
                                   round (get_number (stream, gauges[i]) * 1000) / 1000);
  json_object_set_string_member (object, "interfaces",
                                 gst_structure_get_string (stream, "interfaces"));
  return object;
}

static void
print_json (Tune *tune, double seconds)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autofree char *sentence = verdict (tune);
  g_autofree char *line = NULL;
  LecChannel *channel = lec_player_get_channel (tune->player);
  JsonArray *streams = json_array_new ();
  JsonObject *decoded = json_object_new ();

  if (channel != NULL)
    json_object_set_object_member (object, "channel", lec_channel_to_json (channel));
  json_object_set_int_member (object, "alternative", lec_player_get_alternative (tune->player));
  json_object_set_double_member (object, "seconds", round (seconds * 1000) / 1000);
  for (guint i = 0; i < count_streams (tune); i++)
    json_array_add_object_element (streams, stream_to_json (get_stream (tune, i)));
  json_object_set_array_member (object, "streams", streams);
  json_object_set_int_member (decoded, "video", (gint64) tune->pictures);
  json_object_set_int_member (decoded, "audio", (gint64) tune->sounds);
  json_object_set_object_member (object, "decoded", decoded);
  json_object_set_string_member (object, "verdict", sentence);
  line = lec_json_print (object);
  g_print ("%s\n", line);
}

static void
print_summary (Tune *tune, double seconds)
{
  g_autofree char *sentence = verdict (tune);
  LecChannel *channel = lec_player_get_channel (tune->player);

  g_print ("%s, %.1f s\n", lec_channel_get_title (channel), seconds);
  for (guint i = 0; i < count_streams (tune); i++) {
    const GstStructure *stream = get_stream (tune, i);
    const char *encoding = gst_structure_get_string (stream, "encoding");

    g_print ("  %s %s: received %" G_GUINT64_FORMAT ", lost %" G_GUINT64_FORMAT
             " (and %" G_GUINT64_FORMAT " on this computer), late %" G_GUINT64_FORMAT
             ", duplicate %" G_GUINT64_FORMAT ", reordered %" G_GUINT64_FORMAT
             ", jitter %.2f ms, latency %.0f ms, on %s\n",
             gst_structure_get_string (stream, "media"), encoding != NULL ? encoding : "",
             get_count (stream, "received"), get_count (stream, "lost"),
             get_count (stream, "lost-local"), get_count (stream, "late"),
             get_count (stream, "duplicate"), get_count (stream, "reordered"),
             get_number (stream, "jitter-ms"), get_number (stream, "latency-ms"),
             gst_structure_get_string (stream, "interfaces"));
  }
  if (tune->decode)
    g_print ("  decoded %" G_GUINT64_FORMAT " pictures, %" G_GUINT64_FORMAT " sounds\n",
             tune->pictures, tune->sounds);
  g_print ("%s\n", sentence);
}

/* ---- running ---- */

static gboolean
quit_cb (gpointer data)
{
  Tune *tune = data;

  g_main_loop_quit (tune->loop);
  return G_SOURCE_CONTINUE;
}

static gboolean
second_cb (gpointer data)
{
  Tune *tune = data;

  look (tune);
  if (!tune->json || isatty (STDERR_FILENO))
    print_status (tune);
  return G_SOURCE_CONTINUE;
}

static void
state_cb (LecPlayer *player, GParamSpec *pspec, gpointer data)
{
  Tune *tune = data;

  if (lec_player_get_state (player) == LEC_PLAYER_REFUSED)
    g_main_loop_quit (tune->loop);
}

static int
conclude (Tune *tune)
{
  double seconds = (double) (g_get_monotonic_time () - tune->started_us) / G_USEC_PER_SEC;
  gboolean refused = lec_player_get_state (tune->player) == LEC_PLAYER_REFUSED;

  if (tune->json)
    print_json (tune, seconds);
  else if (lec_player_get_channel (tune->player) != NULL)
    print_summary (tune, seconds);
  if (refused) {
    g_printerr ("lectern-tune: %s\n", lec_player_get_message (tune->player));
    return EXIT_REFUSED;
  }
  if (lec_player_get_notice (tune->player) != NULL)
    g_printerr ("lectern-tune: %s\n", lec_player_get_notice (tune->player));
  if (tune->decode)
    return tune->pictures + tune->sounds > 0 ? EXIT_RECEIVED : EXIT_NOTHING;
  return sum (tune, "out") > 0 ? EXIT_RECEIVED : EXIT_NOTHING;
}

static int
run (int latency_ms)
{
  Tune tune = { .json = options.json, .decode = options.decode };
  int status;

  tune.loop = g_main_loop_new (NULL, FALSE);
  tune.player = lec_player_new_without_output (options.decode);
  tune.started_us = g_get_monotonic_time ();
  g_object_set (tune.player, "interface", options.interface, "latency", latency_ms, "capture",
                options.dump, "record", options.record, "reports", !options.silent, NULL);
  g_signal_connect (tune.player, "notify::state", G_CALLBACK (state_cb), &tune);
  g_unix_signal_add (SIGINT, quit_cb, &tune);
  g_unix_signal_add (SIGTERM, quit_cb, &tune);
  g_timeout_add_seconds (1, second_cb, &tune);
  if (options.seconds > 0)
    g_timeout_add ((guint) (options.seconds * 1000), quit_cb, &tune);
  lec_player_open (tune.player, options.inputs[0]);
  g_main_loop_run (tune.loop);

  look (&tune);
  status = conclude (&tune);
  lec_player_stop (tune.player);
  g_clear_pointer (&tune.stats, gst_structure_free);
  g_object_unref (tune.player);
  g_main_loop_unref (tune.loop);
  return status;
}

/* Returns whether @text is “auto” or a sensible number of milliseconds. */
static gboolean
parse_latency (const char *text, int *ms)
{
  guint64 number;

  *ms = -1;
  if (text == NULL || g_str_equal (text, "auto"))
    return TRUE;
  if (!g_ascii_string_to_unsigned (text, 10, 0, 10000, &number, NULL))
    return FALSE;
  *ms = (int) number;
  return TRUE;
}

static int
complain (const char *sentence)
{
  g_printerr ("lectern-tune: %s\nTry “lectern-tune --help”.\n", sentence);
  return EXIT_USAGE;
}

int
main (int argc, char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new ("– receive a channel and report");
  g_autoptr (GError) error = NULL;
  int latency_ms;

  setlocale (LC_ALL, "");
  g_set_prgname ("lectern-tune");
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    return complain (error->message);
  if (options.version) {
    g_print ("lectern-tune " LEC_VERSION "\n");
    return 0;
  }
  if (options.inputs == NULL || options.inputs[1] != NULL)
    return complain ("Name one announcement or address");
  if (!parse_latency (options.latency, &latency_ms))
    return complain ("--latency takes 0 to 10000 milliseconds, or “auto”");
  if (options.seconds < 0 || options.seconds > 1e6)
    return complain ("--for takes a number of seconds");

  gst_init (NULL, NULL);
  lec_element_register (NULL);
  return run (latency_ms);
}
