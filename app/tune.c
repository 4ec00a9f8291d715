/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* lectern-tune: joins a channel without a window and says how it is received. */
#include <gio/gio.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <gst/gst.h>
#include <inttypes.h>
#include <json-glib/json-glib.h>
#include <math.h>
#include <stdlib.h>
#include <unistd.h>

#include "channel-json.h"
#include "element/plugin.h"
#include "ending.h"
#include "language.h"
#include "net/output-file.h"
#include "net/replay.h"
#include "play/diagnosis-of.h"
#include "play/player.h"
#include "report/doctor.h"
#include "report/history.h"
#include "report/playback.h"
#include "report/reception.h"
#include "stats-json.h"
#include "text-output.h"
#include "tune-report.h"
#include "tune-status.h"

#define RECENT_S 10     /* each second's diagnosis is about so long, as the window's is */
#define REPORT_AFTER 10 /* [s] unless it is said for how long */
#define LONGEST 1e6     /* [s] that may be asked for */

/* A capture is over when it has been played, which begins when the pipeline does; all of it is
 * decoded when nothing more is in as many looks. */
#define REPLAY_REST 2      /* [s] at the least, beside it, for the beginning and the end... */
#define REPLAY_PATIENCE 60 /* [s] ...and at the most */
#define REPLAY_LOOK_MS 100
#define REPLAY_SETTLED 5 /* looks */

enum {
  EXIT_RECEIVED = 0,
  EXIT_REFUSED = 1,
  EXIT_USAGE = 2,
  EXIT_NOTHING = 3,
  EXIT_PART = 4,
};

typedef struct
{
  GMainLoop *loop;
  LecPlayer *player;
  gboolean json;
  gboolean decode;
  gint64 started_us;
  gint64 looked_us;  /* when the last second ended */
  LecReport *report; /* (nullable): as of the last look, also after the end */
  LecHistory *history;
  guint64 frames, sounds, texts;
  guint64 decoded; /* of all media, when it was last looked whether the capture is over... */
  guint settled;   /* ...and how often in a row that was the same after its end */
  gboolean headed; /* the columns have been explained */
} Tune;

static struct
{
  double seconds, replay_seconds;
  gboolean json, decode, overwrite, silent, low_ports, report, version, without_repair;
  char *interface, *latency, *repair, *record, *dump, *replay, *station;
  int program;
  char **inputs;
} options = { .seconds = INFINITY };

static const GOptionEntry entries[] = {
  { "for", 0, 0, G_OPTION_ARG_DOUBLE, &options.seconds, N_ ("Stop after SECONDS (default: Ctrl-C)"),
    N_ ("SECONDS") },
  { "json", 0, 0, G_OPTION_ARG_NONE, &options.json,
    N_ ("Print one JSON object per second, and the summary last"), NULL },
  { "interface", 0, 0, G_OPTION_ARG_STRING, &options.interface,
    N_ ("Join on this interface only (default: all until one delivers)"), N_ ("IF") },
  { "allow-low-ports", 0, 0, G_OPTION_ARG_NONE, &options.low_ports,
    N_ ("Listen also on a port below 1024, which is for services of the system"), NULL },
  { "latency", 0, 0, G_OPTION_ARG_STRING, &options.latency,
    N_ ("Latency from arrival to play-out in milliseconds, or “auto”"), N_ ("MS") },
  { "repair", 0, 0, G_OPTION_ARG_STRING, &options.repair,
    N_ ("Rebuild lost packets from repair data: “on” (the default) or “off”"), N_ ("on|off") },
  { "program", 0, 0, G_OPTION_ARG_INT, &options.program,
    N_ ("Take program N of a transport stream (default: the first that can be played)"), N_ ("N") },
  { "station", 0, 0, G_OPTION_ARG_STRING, &options.station,
    N_ ("Receive the station at ADDRESS, where several send to one group"), N_ ("ADDRESS") },
  { "decode", 0, 0, G_OPTION_ARG_NONE, &options.decode,
    N_ ("Also decode, and count video frames and audio buffers"), NULL },
  { "record", 0, 0, G_OPTION_ARG_FILENAME, &options.record,
    N_ ("Record the streams to OUT (.mkv, .ts or .wmv) without transcoding"), N_ ("OUT") },
  { "dump", 0, 0, G_OPTION_ARG_FILENAME, &options.dump,
    N_ ("Write every received datagram to PCAP, for Wireshark"), N_ ("PCAP") },
  { "overwrite", 0, 0, G_OPTION_ARG_NONE, &options.overwrite,
    N_ ("Let --record and --dump replace files that exist"), NULL },
  { "replay", 0, 0, G_OPTION_ARG_FILENAME, &options.replay,
    N_ ("Play PCAP, written by --dump, as if it came now; no network is needed"), N_ ("PCAP") },
  { "silent", 0, 0, G_OPTION_ARG_NONE, &options.silent,
    N_ ("Send no receiver reports, even if the announcement asks for them (b=RR)"), NULL },
  { "report", 0, 0, G_OPTION_ARG_NONE, &options.report,
    N_ ("Print at the end, in place of the summary, what somebody who helps asks for (default: "
        "after 10 s)"),
    NULL },
  { "version", 0, 0, G_OPTION_ARG_NONE, &options.version, N_ ("Print the version"), NULL },
  { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options.inputs, NULL, N_ ("FILE|URI") },
  { NULL },
};

/* ---- looking ---- */

static double
get_seconds (const Tune *tune)
{
  return (double) (g_get_monotonic_time () - tune->started_us) / G_USEC_PER_SEC;
}

static void
look (Tune *tune)
{
  LecReport *report = lec_player_dup_report (tune->player);

  if (report == NULL)
    return; /* between two alternatives, or refused: what was is still true */
  g_clear_pointer (&tune->report, lec_report_unref);
  tune->report = report;
  tune->frames = lec_player_get_decoded (tune->player, LEC_MEDIA_VIDEO);
  tune->sounds = lec_player_get_decoded (tune->player, LEC_MEDIA_AUDIO);
  tune->texts = lec_player_get_decoded (tune->player, LEC_MEDIA_TEXT);
}

static gboolean
has_received (const Tune *tune)
{
  return lec_reception_read (tune->report).sum.out > 0;
}

/* ---- each second ---- */

/* The heading is for a terminal, not for a log. */
static void
print_status (const Tune *tune, const LecTuneSecond *second)
{
  const char *message = lec_player_get_message (tune->player);
  const gboolean terminal = isatty (STDERR_FILENO);
  g_autofree char *line = lec_tune_status_print (second, terminal && g_getenv ("NO_COLOR") == NULL);

  if (terminal && *line != '\0' && !tune->headed)
    g_printerr ("%s\n", lec_tune_status_get_heading ());
  g_printerr ("%4.0f s  %s", get_seconds (tune), line);
  if (tune->decode && *line != '\0')
    g_printerr (_ ("  decoded %1$" PRIu64 "+%2$" PRIu64), tune->frames, tune->sounds);
  g_printerr ("%s%s\n", *line != '\0' && *message != '\0' ? "  " : "", message);
}

static void
print_object (JsonObject *object)
{
  g_autofree char *line = lec_json_print (object);

  g_print ("%s\n", line);
}

static void
print_second (const Tune *tune, const LecTuneSecond *second)
{
  g_autoptr (JsonObject) object = lec_tune_status_to_json (second);
  const LecReception recent = lec_history_get_recent (tune->history, RECENT_S);
  g_auto (LecDiagnosis) diagnosis = { 0 };
  const char *message = lec_player_get_message (tune->player);

  json_object_set_double_member (object, "seconds", round (get_seconds (tune) * 1000) / 1000);
  json_object_set_object_member (object, "decoded",
                                 lec_decoded_to_json (tune->frames, tune->sounds, tune->texts));
  lec_player_diagnose (tune->player, tune->report, &recent, &diagnosis);
  json_object_set_object_member (object, "diagnosis", lec_diagnosis_to_json (&diagnosis));
  if (*message != '\0')
    json_object_set_string_member (object, "message", message);
  if (lec_player_get_problem (tune->player) != NULL)
    json_object_set_string_member (object, "problem", lec_player_get_problem (tune->player));
  print_object (object);
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
  const gint64 now_us = g_get_monotonic_time ();
  g_autoptr (LecReport) before = tune->report != NULL ? lec_report_ref (tune->report) : NULL;
  LecTuneSecond second = { .before = before };

  look (tune);
  lec_history_add (tune->history, tune->report, now_us * 1000);
  second.now = tune->report;
  second.passed = (double) (now_us - tune->looked_us) / G_USEC_PER_SEC;
  tune->looked_us = now_us;
  if (tune->json)
    print_second (tune, &second);
  /* where the objects go into a file, the terminal shows the status */
  if (!tune->json || (isatty (STDERR_FILENO) && !isatty (STDOUT_FILENO)))
    print_status (tune, &second);
  tune->headed = tune->headed || has_received (tune);
  return G_SOURCE_CONTINUE;
}

/* How soon a computer begins to play, and how fast it decodes, is no matter. */
static gboolean
replay_cb (gpointer data)
{
  Tune *tune = data;
  g_autoptr (LecReport) report = lec_player_dup_report (tune->player);
  const guint64 decoded = lec_player_get_decoded (tune->player, LEC_MEDIA_VIDEO)
                          + lec_player_get_decoded (tune->player, LEC_MEDIA_AUDIO)
                          + lec_player_get_decoded (tune->player, LEC_MEDIA_TEXT);
  const double rest = get_seconds (tune) - options.replay_seconds;

  if (report != NULL && report->replayed && decoded == tune->decoded)
    tune->settled++;
  else
    tune->settled = 0;
  tune->decoded = decoded;
  if ((tune->settled >= REPLAY_SETTLED && rest >= REPLAY_REST) || rest >= REPLAY_PATIENCE)
    g_main_loop_quit (tune->loop);
  return G_SOURCE_CONTINUE;
}

static void
state_cb (LecPlayer *player, GParamSpec *pspec, gpointer data)
{
  Tune *tune = data;

  if (lec_player_get_state (player) == LEC_PLAYER_REFUSED)
    g_main_loop_quit (tune->loop);
}

/* What of the announcement was ignored, as lectern-guide says it too. */
static void
channels_cb (LecPlayer *player, GParamSpec *pspec, gpointer data)
{
  const LecAnnouncement *announcement = lec_player_get_announcement (player);

  for (guint i = 0; announcement != NULL && i < announcement->warnings->len; i++)
    g_printerr (_ ("note: %s\n"), (const char *) g_ptr_array_index (announcement->warnings, i));
}

/* Whoever records an hour is not to learn at its end that the disk was full after a minute. */
static void
problem_cb (LecPlayer *player, GParamSpec *pspec, gpointer data)
{
  if (lec_player_get_problem (player) != NULL)
    g_printerr ("lectern-tune: %s\n", lec_player_get_problem (player));
}

/* Whether the station has gone without a word; a capture ends so. */
static gboolean
has_fallen_silent (LecReport *report)
{
  const LecReception reception = lec_reception_read (report);

  return options.replay == NULL && lec_reception_is_silent (&reception)
         && !lec_reception_has_ended (&reception);
}

/* As the window has it copied. */
static void
print_for_helper (Tune *tune)
{
  g_autofree char *text = lec_player_dup_report_text (tune->player, tune->report, NULL);

  g_print ("%s", text);
}

static void
report (Tune *tune)
{
  const LecTuneReport report
      = { tune->player, tune->report, get_seconds (tune), tune->decode,
          tune->frames, tune->sounds, tune->texts,        has_fallen_silent (tune->report) };

  if (options.report) {
    print_for_helper (tune);
  } else if (tune->json) {
    g_autoptr (JsonObject) object = lec_tune_report_to_json (&report);

    print_object (object);
  } else if (lec_player_get_channel (tune->player) != NULL) {
    lec_tune_report_print (&report);
  }
}

/* All announced media, to the end; or what of them. */
static int
get_decode_status (LecReport *report)
{
  switch (lec_playback_of (report)) {
  case LEC_PLAYBACK_ALL:
    return has_fallen_silent (report) ? EXIT_PART : EXIT_RECEIVED;
  case LEC_PLAYBACK_PART:
    return EXIT_PART;
  case LEC_PLAYBACK_NOTHING:
  default:
    return EXIT_NOTHING;
  }
}

/* Unless the verdict has said it already. */
static void
print_notice (const Tune *tune)
{
  const LecDoctorCase facts = lec_player_open_case (tune->player, tune->report);
  const char *notice = lec_player_get_notice (tune->player);
  g_auto (LecDiagnosis) diagnosis = { 0 };
  g_autofree char *trouble = lec_doctor_examine_media (&facts, &diagnosis)
                                 ? lec_diagnosis_dup_message (&diagnosis)
                                 : NULL;

  if (notice != NULL && g_strcmp0 (notice, trouble) != 0)
    g_printerr ("lectern-tune: %s\n", notice);
}

static int
conclude (Tune *tune)
{
  report (tune);
  if (lec_player_get_state (tune->player) == LEC_PLAYER_REFUSED) {
    g_printerr ("lectern-tune: %s\n", lec_player_get_message (tune->player));
    if (lec_player_get_error (tune->player) == LEC_ERROR_LOW_PORT)
      g_printerr ("%s\n", _ ("--allow-low-ports listens there all the same."));
    return EXIT_REFUSED;
  }
  if (lec_player_get_problem (tune->player) != NULL)
    return EXIT_REFUSED; /* it was told */
  print_notice (tune);
  if (tune->decode && tune->report != NULL)
    return get_decode_status (tune->report);
  return has_received (tune) ? EXIT_RECEIVED : EXIT_NOTHING;
}

static int
run (int latency_ms)
{
  Tune tune = { .json = options.json, .decode = options.decode, .history = lec_history_new () };
  guint endings[LEC_ENDING_SIGNALS];
  int status;

  tune.loop = g_main_loop_new (NULL, FALSE);
  tune.player = lec_player_new_without_output (options.decode);
  tune.started_us = tune.looked_us = g_get_monotonic_time ();
  g_object_set (tune.player, "interface", options.interface, "low-ports", options.low_ports,
                "repair", !options.without_repair, "latency", latency_ms, "capture", options.dump,
                "replay", options.replay, "record", options.record, "reports", !options.silent,
                "program", (guint) options.program, "station", options.station, NULL);
  g_signal_connect (tune.player, "notify::state", G_CALLBACK (state_cb), &tune);
  g_signal_connect (tune.player, "notify::channels", G_CALLBACK (channels_cb), &tune);
  lec_ending_watch (quit_cb, &tune, endings);
  g_signal_connect (tune.player, "notify::problem", G_CALLBACK (problem_cb), &tune);
  g_timeout_add_seconds (1, second_cb, &tune);
  if (isfinite (options.seconds))
    g_timeout_add ((guint) (options.seconds * 1000), quit_cb, &tune);
  else if (options.replay != NULL)
    g_timeout_add (REPLAY_LOOK_MS, replay_cb, &tune);
  lec_player_open (tune.player, options.inputs[0]);
  g_main_loop_run (tune.loop);

  look (&tune);
  status = conclude (&tune);
  lec_player_stop (tune.player);
  g_clear_pointer (&tune.report, lec_report_unref);
  lec_history_free (tune.history);
  g_object_unref (tune.player);
  g_main_loop_unref (tune.loop);
  return status;
}

/* ---- what is refused before anything is joined ---- */

/* In the words of a channel that is refused, so that a program finds a verdict in any case. */
static void
refuse (const char *sentence)
{
  const LecDiagnosis diagnosis = { .code = LEC_DOCTOR_REFUSED,
                                   .severity = LEC_SEVERITY_FATAL,
                                   .sentence = (char *) sentence };
  g_autoptr (JsonObject) object = NULL;

  g_printerr ("lectern-tune: %s\n", sentence);
  if (!options.json)
    return;
  object = lec_report_to_json (NULL);
  json_object_set_int_member (object, "alternative", 0);
  json_object_set_double_member (object, "seconds", 0);
  json_object_set_object_member (object, "decoded", lec_decoded_to_json (0, 0, 0));
  json_object_set_object_member (object, "diagnosis", lec_diagnosis_to_json (&diagnosis));
  json_object_set_string_member (object, "verdict", sentence);
  print_object (object);
}

static gboolean
is_same_file (const char *one, const char *other)
{
  GStatBuf a, b;

  return one != NULL && other != NULL && g_stat (one, &a) == 0 && g_stat (other, &b) == 0
         && a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

/* Whatever is there may be what is to be played, or be written already. */
static gboolean
claim_output (const char *path, const char *other)
{
  const LecOutputFileMode mode
      = options.overwrite ? LEC_OUTPUT_FILE_OVERWRITE : LEC_OUTPUT_FILE_NEW;
  g_autoptr (GError) error = NULL;

  if (is_same_file (path, options.replay) || is_same_file (path, other)) {
    g_autofree char *name = g_filename_display_name (path);
    g_autofree char *sentence
        = g_strdup_printf (_ ("“%s” is named twice: name a file of its own"), name);

    refuse (sentence);
    return FALSE;
  }
  if (path == NULL || lec_output_file_claim (path, mode, &error))
    return TRUE;
  refuse (error->message);
  return FALSE;
}

/* Nothing has come that could be written. */
static void
discard_output (const char *path)
{
  if (path != NULL)
    lec_output_file_discard (path);
}

static gboolean
measure_replay (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LecReplay) replay = lec_replay_open (options.replay, &error);

  if (replay == NULL) {
    refuse (error->message);
    return FALSE;
  }
  options.replay_seconds = (double) lec_replay_get_duration (replay) / GST_SECOND;
  return TRUE;
}

/* ---- the call ---- */

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

static gboolean
parse_repair (const char *text)
{
  options.without_repair = text != NULL && g_str_equal (text, "off");
  return text == NULL || options.without_repair || g_str_equal (text, "on");
}

/* A host, not a group. */
static gboolean
is_station (const char *text)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (text);

  return address != NULL && !g_inet_address_get_is_multicast (address);
}

static int
complain (const char *sentence)
{
  g_printerr ("lectern-tune: %s\n%s\n", sentence, _ ("Try “lectern-tune --help”."));
  return EXIT_USAGE;
}

int
main (int argc, char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new (N_ ("– receive a channel and report"));
  g_autoptr (GError) error = NULL;
  int latency_ms, status = EXIT_REFUSED;

  lec_language_init ();
  g_set_prgname ("lectern-tune");
  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    return complain (error->message);
  if (options.json)
    lec_language_use_english ();
  if (options.version) {
    g_print ("lectern-tune " LEC_VERSION "\n");
    return 0;
  }
  if (options.inputs == NULL || options.inputs[1] != NULL || *options.inputs[0] == '\0')
    return complain (_ ("Name one announcement or address"));
  if (!parse_latency (options.latency, &latency_ms))
    return complain (_ ("--latency takes 0 to 10000 milliseconds, or “auto”"));
  if (!parse_repair (options.repair))
    return complain (_ ("--repair takes “on” or “off”"));
  if (options.program < 0 || options.program > G_MAXUINT16)
    return complain (_ ("--program takes a number up to 65535"));
  if (options.station != NULL && !is_station (options.station))
    return complain (_ ("--station takes the numeric address of a computer"));
  if (!(options.seconds >= 0) || (options.seconds > LONGEST && isfinite (options.seconds)))
    return complain (_ ("--for takes a number of seconds"));
  if (options.report && options.json)
    return complain (_ ("--report and --json exclude each other"));
  if (options.report && !isfinite (options.seconds) && options.replay == NULL)
    options.seconds = REPORT_AFTER;
  if (options.replay != NULL && !measure_replay ())
    return EXIT_REFUSED;
  /* first, as that takes its time: whoever presses Ctrl-C then finds no empty file */
  gst_init (NULL, NULL);
  lec_element_register (NULL);
  if (claim_output (options.record, NULL) && claim_output (options.dump, options.record))
    status = run (latency_ms);
  discard_output (options.record);
  discard_output (options.dump);
  return lec_text_output_end ("lectern-tune") ? status : EXIT_REFUSED;
}
