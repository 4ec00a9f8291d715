/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* lectern-cast: the station. Puts files, or a test lecture, on the LAN. */
#include <glib/gi18n.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cast/asf-files.h"
#include "cast/asf-lecture.h"
#include "cast/description.h"
#include "cast/file-source.h"
#include "cast/msb-packer.h"
#include "cast/msb-station.h"
#include "cast/rtx-history.h"
#include "cast/sap-announcer.h"
#include "cast/station.h"
#include "cast/test-lecture.h"
#include "channel/channel.h"
#include "ending.h"
#include "language.h"
#include "text-output.h"

#define EXIT_USAGE 2
#define DEFAULT_SPAN 10
#define MAX_BEACONS_S (24 * 60 * 60)
#define TEARDOWN_LIMIT_US (500 * G_TIME_SPAN_MILLISECOND)

typedef struct
{
  char *to;
  int ttl;
  char *interface;
  char *title;
  char *write_sdp;
  char *write_asx;
  char *write_nsc;
  gboolean announce;
  char *drop;
  char *reorder;
  char *duplicate;
  char *fec;
  char *rtx; /* (nullable): "" where it is just wanted */
  int fec_span;
  int beacons;
  char *unicast_url;
  char *log_url;
  gboolean slides;
  int seed;
  gboolean loop;
  gboolean test;
  gboolean version;
  char **files;
} Options;

typedef struct
{
  const Options *options;
  GMainLoop *loop;
  LecStationConfig config;
  LecMsbStationConfig msb_config; /* with --write-nsc */
  char *destination;
  char *title;
  LecStation *station;        /* (nullable): of RTP */
  LecMsbStation *msb_station; /* (nullable): of Windows Media, with --write-nsc */
  LecFileSource *file_source;
  LecSapAnnouncer *announcer;
  char *own_sdp; /* (nullable): path of the file written without --write-sdp; removed at the end */
  int status;
} Cast;

static void
say (const GError *error)
{
  gboolean has_stop = g_str_has_suffix (error->message, ".");

  g_printerr ("lectern-cast: %s%s\n", error->message, has_stop ? "" : ".");
}

static gboolean refuse (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3);

static gboolean
refuse (GError **error, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list arguments;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, message);
  return FALSE;
}

/* A group or one host; nobody can listen to every address, and to all hosts nobody sends. */
static gboolean
is_destination (GInetAddress *address)
{
  g_autofree char *text = g_inet_address_to_string (address);

  return !g_inet_address_get_is_any (address) && !g_str_equal (text, "255.255.255.255");
}

/* GROUP, GROUP:PORT, IPv6, [IPv6], [IPv6]:PORT */
static gboolean
parse_destination (const char *text, char **address, guint16 *port, GError **error)
{
  g_autoptr (GRegex) pattern
      = g_regex_new ("^(?|\\[([^]]+)\\]|([^:]+)|([0-9a-fA-F:.]+:[0-9a-fA-F:.]*))(?::([0-9]+))?$",
                     G_REGEX_DEFAULT, G_REGEX_MATCH_DEFAULT, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree char *number = NULL;
  guint64 value = LEC_STATION_PORT;
  g_autoptr (GInetAddress) whole = g_inet_address_new_from_string (text);
  g_autoptr (GInetAddress) parsed = NULL;

  *port = LEC_STATION_PORT;
  if (whole != NULL && is_destination (whole)) {
    *address = g_inet_address_to_string (whole);
    return TRUE;
  }
  if (whole != NULL || !g_regex_match (pattern, text, 0, &match))
    return refuse (error, _ ("%s is not a valid destination; write one such as 239.255.1.2:5004"),
                   text);
  *address = g_match_info_fetch (match, 1);
  number = g_match_info_fetch (match, 2);
  parsed = g_inet_address_new_from_string (*address);
  if (parsed == NULL)
    return refuse (error, _ ("%s is not a numeric address; write one such as 239.255.1.2:5004"),
                   *address);
  if (!is_destination (parsed))
    return refuse (error, _ ("%s is not a valid destination; write one such as 239.255.1.2:5004"),
                   text);
  if (number != NULL && number[0] != '\0'
      && !g_ascii_string_to_unsigned (number, 10, 1, G_MAXUINT16 - 1, &value, NULL))
    return refuse (error, _ ("%1$s is not a valid port; ports are 1 to %2$u"), number,
                   G_MAXUINT16 - 1);
  *port = (guint16) value;
  return TRUE;
}

static gboolean
parse_share (const char *option, const char *text, double *share, GError **error)
{
  char *end = NULL;
  double percent = text != NULL ? g_ascii_strtod (text, &end) : 0;

  *share = percent / 100;
  if (text == NULL)
    return TRUE;
  if (end == text || !(*end == '\0' || (*end == '%' && end[1] == '\0')) || !(percent >= 0)
      || percent > 100)
    return refuse (error, _ ("%1$s takes a percentage from 0 to 100, not %2$s"), option, text);
  return TRUE;
}

/* The same lecture from the same host has the same group, so an announcement once handed out
 * stays good. As RTP and as Windows Media it may be sent at the same time: to two groups.
 * 239.255.255.255 is left to SAP. */
static char *
derive_group (const Options *options, const char *title)
{
  const char *kind = options->write_nsc != NULL ? "\nMSB" : "";
  g_autofree char *name = g_strdup_printf ("%s\n%s%s", g_get_host_name (), title, kind);
  guint hash = g_str_hash (name);

  return g_strdup_printf ("239.255.%u.%u", (hash >> 8) % 255, 1 + hash % 254);
}

static char *
derive_title (const Options *options)
{
  g_autofree char *base = NULL;
  char *dot;

  if (options->title != NULL)
    return g_strdup (options->title);
  if (options->test)
    return g_strdup (_ ("Test lecture"));
  base = g_filename_display_basename (options->files[0]);
  dot = strrchr (base, '.');
  if (dot != NULL && dot != base)
    *dot = '\0';
  return g_steal_pointer (&base);
}

static gboolean
check_options (const Options *options, GError **error)
{
  gboolean has_files = options->files != NULL && options->files[0] != NULL;

  if (has_files == options->test)
    return refuse (error, "%s",
                   has_files ? _ ("Name either files or --test, not both")
                             : _ ("Nothing to send: name a file or use --test"));
  if (options->ttl < 0 || options->ttl > 255)
    return refuse (error, _ ("--ttl takes a number from 0 to 255"));
  if (options->test && options->loop)
    return refuse (error, _ ("--loop applies to files; the test lecture never ends"));
  return TRUE;
}

/* (nullable): an option that only a Windows Media station has, and that was given without one */
static const char *
find_option_of_nsc (const Options *options)
{
  const struct
  {
    const char *name;
    gboolean is_given;
  } given[] = {
    { "--fec-span", options->fec_span != DEFAULT_SPAN },
    { "--beacons", options->beacons != 0 },
    { "--unicast-url", options->unicast_url != NULL },
    { "--log-url", options->log_url != NULL },
    { "--reorder", options->reorder != NULL },
    { "--duplicate", options->duplicate != NULL },
    { "--slides", options->slides },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (given); i++)
    if (given[i].is_given)
      return given[i].name;
  return NULL;
}

static gboolean
check_nsc_options (const Options *options, GError **error)
{
  const char *only_nsc = find_option_of_nsc (options);

  if (options->write_nsc != NULL && options->fec != NULL)
    return refuse (error, _ ("--fec protects RTP; with --write-nsc it is --fec-span"));
  if (options->write_nsc != NULL && options->rtx != NULL)
    return refuse (error, _ ("--rtx repairs RTP, which --write-nsc does not send"));
  if (options->write_nsc == NULL)
    return only_nsc == NULL || refuse (error, _ ("%s works with --write-nsc only"), only_nsc);
  if (options->write_sdp != NULL)
    return refuse (error, _ ("--write-sdp describes RTP, which --write-nsc does not send"));
  if (options->announce)
    return refuse (error, _ ("--announce describes RTP, which --write-nsc does not send"));
  if (options->fec_span < 0 || options->fec_span > LEC_MSB_SPAN_MOST)
    return refuse (error, _ ("--fec-span takes a number from 0 to %d"), LEC_MSB_SPAN_MOST);
  if (options->beacons < 0 || options->beacons > MAX_BEACONS_S)
    return refuse (error, _ ("--beacons takes a number from 0 to %d"), MAX_BEACONS_S);
  if (options->slides && !options->test)
    return refuse (error,
                   _ ("--slides applies to the test lecture; files have slides of their own"));
  return TRUE;
}

static gboolean
configure_nsc (Cast *cast, const Options *options, GError **error)
{
  LecMsbStationConfig *config = &cast->msb_config;

  *config = (LecMsbStationConfig){
    .title = cast->title,
    .destination = cast->destination,
    .port = cast->config.port,
    .interface = options->interface,
    .ttl = options->ttl,
    .span = (guint) options->fec_span,
    .beacons_s = (guint) options->beacons,
    .unicast_url = options->unicast_url,
    .log_url = options->log_url,
    .drop = cast->config.drop,
    .seed = (guint32) options->seed,
  };
  return parse_share ("--reorder", options->reorder, &config->reorder, error)
         && parse_share ("--duplicate", options->duplicate, &config->duplicate, error);
}

static gboolean
parse_fec (const char *text, LecFecConfig *config, GError **error)
{
  return text == NULL || lec_fec_config_parse (text, config)
         || refuse (error,
                    _ ("--fec takes 2022-1 or flex, each with :LxD (up to 20 columns and rows, 100 "
                       "packets), or ulp or ulp:PERCENT, not %s"),
                    text);
}

static gboolean
parse_rtx (const char *text, guint *kept_ms, GError **error)
{
  guint64 value = LEC_RTX_MS;

  if (text == NULL)
    return TRUE;
  if (text[0] != '\0'
      && !g_ascii_string_to_unsigned (text, 10, LEC_RTX_MS_LEAST, LEC_RTX_MS_MOST, &value, NULL))
    return refuse (error, _ ("--rtx takes a number of milliseconds from %1$d to %2$d, not %3$s"),
                   LEC_RTX_MS_LEAST, LEC_RTX_MS_MOST, text);
  *kept_ms = (guint) value;
  return TRUE;
}

static gboolean
configure (Cast *cast, const Options *options, GError **error)
{
  LecStationConfig *config = &cast->config;

  cast->options = options;
  if (!check_options (options, error) || !check_nsc_options (options, error)
      || !parse_share ("--drop", options->drop, &config->drop, error)
      || !parse_fec (options->fec, &config->fec, error)
      || !parse_rtx (options->rtx, &config->rtx_ms, error))
    return FALSE;
  cast->title = derive_title (options);
  config->port = LEC_STATION_PORT;
  if (options->to == NULL)
    cast->destination = derive_group (options, cast->title);
  else if (!parse_destination (options->to, &cast->destination, &config->port, error))
    return FALSE;
  if (options->announce && !lec_address_is_group (cast->destination))
    return refuse (error, _ ("--announce requires a multicast group; %s is a single host"),
                   cast->destination);
  if (config->rtx_ms > 0 && !lec_address_is_group (cast->destination))
    return refuse (error, _ ("--rtx requires a multicast group; %s is a single host"),
                   cast->destination);
  config->title = cast->title;
  config->destination = cast->destination;
  config->interface = options->interface;
  config->ttl = options->ttl;
  config->seed = (guint32) options->seed;
  return configure_nsc (cast, options, error);
}

/* A title as a file name. */
static char *
make_file_name (const char *title)
{
  g_autofree char *ascii = g_str_to_ascii (title, "C");
  GString *name = g_string_new (NULL);

  for (const char *c = ascii; *c != '\0' && name->len < 64; c++)
    if (g_ascii_isalnum (*c))
      g_string_append_c (name, g_ascii_tolower (*c));
    else if (name->len > 0 && name->str[name->len - 1] != '-')
      g_string_append_c (name, '-');
  if (name->len == 0)
    g_string_append (name, "lecture");
  g_string_append (name, ".sdp");
  return g_string_free (name, FALSE);
}

static char *
make_own_path (const char *title)
{
  g_autofree char *name = make_file_name (title);
  g_autofree char *folder = g_build_filename (g_get_user_runtime_dir (), "lectern", NULL);

  g_mkdir_with_parents (folder, 0700);
  return g_build_filename (folder, name, NULL);
}

/* Also an ASX that leads to @path, if it is wanted; and says where both lie. */
static gboolean
finish_publishing (const Cast *cast, const char *path, GError **error)
{
  const Options *options = cast->options;
  g_autofree char *asx = NULL;

  if (options->write_asx != NULL) {
    asx = lec_description_print_asx (cast->title, path, options->write_asx, error);
    if (asx == NULL || !lec_text_output_write (options->write_asx, asx, error))
      return FALSE;
  }
  g_print (_ ("Announcement: %s\n"), path);
  if (options->write_asx != NULL)
    g_print (_ ("Announcement: %s\n"), options->write_asx);
  fflush (stdout);
  return TRUE;
}

static gboolean
publish (Cast *cast, const char *sdp, GError **error)
{
  const Options *options = cast->options;
  g_autofree char *path
      = options->write_sdp != NULL ? g_strdup (options->write_sdp) : make_own_path (cast->title);

  if (!lec_text_output_write (path, sdp, error))
    return FALSE;
  if (options->write_sdp == NULL)
    cast->own_sdp = g_strdup (path);
  if (options->announce) {
    cast->announcer
        = lec_sap_announcer_new (cast->destination, options->interface, options->ttl, sdp, error);
    if (cast->announcer == NULL)
      return FALSE;
  }
  return finish_publishing (cast, path, error);
}

static void
end (const GError *error, gpointer data)
{
  Cast *cast = data;

  if (error != NULL) {
    say (error);
    cast->status = EXIT_FAILURE;
  }
  g_main_loop_quit (cast->loop);
}

static void
ended_cb (LecStation *station, const GError *error, gpointer data)
{
  end (error, data);
}

static void
ready_cb (LecStation *station, const char *sdp, gpointer data)
{
  g_autoptr (GError) error = NULL;

  if (!publish (data, sdp, &error))
    lec_station_fail (station, g_steal_pointer (&error));
}

static void
warning_cb (LecStation *station, const char *sentence, gpointer data)
{
  g_printerr ("lectern-cast: %s.\n", sentence);
}

static gboolean
interrupt_cb (gpointer data)
{
  Cast *cast = data;

  if (cast->msb_station != NULL)
    lec_msb_station_stop (cast->msb_station);
  else
    lec_station_stop (cast->station);
  return G_SOURCE_CONTINUE;
}

static gboolean
open_sources (Cast *cast, GError **error)
{
  const Options *options = cast->options;

  if (options->test)
    return lec_test_lecture_add (cast->station, error);
  cast->file_source
      = lec_file_source_new (cast->station, options->files,
                             options->loop ? LEC_FILE_SOURCE_LOOP : LEC_FILE_SOURCE_ONCE, error);
  return cast->file_source != NULL;
}

/* What addresses of slides begin with: the images lie beside the announcement, wherever that is. */
static char *
make_slides_base (const char *nsc_path)
{
  char *name = g_path_get_basename (nsc_path);

  if (g_str_has_suffix (name, ".nsc"))
    name[strlen (name) - strlen (".nsc")] = '\0';
  return name;
}

static LecAsfProgramme *
open_programme (const Options *options, GError **error)
{
  g_autofree char *base = NULL, *folder = NULL, *path = NULL;

  if (!options->test)
    return lec_asf_files_new (options->files,
                              options->loop ? LEC_ASF_FILES_LOOP : LEC_ASF_FILES_ONCE, error);
  if (!options->slides)
    return lec_asf_lecture_new (NULL, error);
  base = make_slides_base (options->write_nsc);
  folder = g_path_get_dirname (options->write_nsc);
  path = g_build_filename (folder, base, NULL);
  return lec_asf_lecture_write_slides (path, error) ? lec_asf_lecture_new (base, error) : NULL;
}

static gboolean
publish_nsc (Cast *cast, GError **error)
{
  g_autofree char *nsc = lec_msb_station_print_nsc (cast->msb_station, error);

  return nsc != NULL && lec_text_output_write (cast->options->write_nsc, nsc, error)
         && finish_publishing (cast, cast->options->write_nsc, error);
}

static gboolean
run_nsc (Cast *cast, GError **error)
{
  guint endings[LEC_ENDING_SIGNALS];
  LecAsfProgramme *programme = open_programme (cast->options, error);

  if (programme == NULL)
    return FALSE;
  cast->msb_station = lec_msb_station_new (&cast->msb_config, programme, error);
  if (cast->msb_station == NULL)
    return FALSE;
  cast->loop = g_main_loop_new (NULL, FALSE);
  lec_ending_watch (interrupt_cb, cast, endings);
  if (!publish_nsc (cast, error))
    return FALSE;
  lec_msb_station_start (cast->msb_station, end, cast);
  g_main_loop_run (cast->loop);
  return TRUE;
}

static gboolean
run_rtp (Cast *cast, GError **error)
{
  guint endings[LEC_ENDING_SIGNALS];

  cast->station = lec_station_new (&cast->config, error);
  if (cast->station == NULL || !open_sources (cast, error))
    return FALSE;
  cast->loop = g_main_loop_new (NULL, FALSE);
  g_signal_connect (cast->station, "ready", G_CALLBACK (ready_cb), cast);
  g_signal_connect (cast->station, "warning", G_CALLBACK (warning_cb), cast);
  g_signal_connect (cast->station, "ended", G_CALLBACK (ended_cb), cast);
  lec_ending_watch (interrupt_cb, cast, endings);
  lec_station_start (cast->station);
  g_main_loop_run (cast->loop);
  return TRUE;
}

/* Whoever has pressed Ctrl-C gets the prompt back: taking the pipeline apart has not come to an end
 * in a few of some thousand runs on busy machines (GStreamer 1.22.0; where it stands then is not
 * known). */
static gpointer
limit_cb (gpointer status)
{
  g_usleep (TEARDOWN_LIMIT_US);
  _exit (GPOINTER_TO_INT (status));
}

static void
cast_clear (Cast *cast)
{
  GThread *limit = NULL;

  lec_sap_announcer_free (cast->announcer);
  if (cast->own_sdp != NULL)
    remove (cast->own_sdp);
  /* what others rely on is done: the goodbye, the deletion, the file */
  if (cast->station != NULL || cast->msb_station != NULL)
    limit = g_thread_try_new ("teardown-limit", limit_cb, GINT_TO_POINTER (cast->status), NULL);
  g_clear_pointer (&limit, g_thread_unref);
  g_clear_object (&cast->station);
  lec_msb_station_free (cast->msb_station);
  lec_file_source_free (cast->file_source);
  g_clear_pointer (&cast->loop, g_main_loop_unref);
  g_free (cast->own_sdp);
  g_free (cast->destination);
  g_free (cast->title);
}

static void
options_clear (Options *options)
{
  g_free (options->to);
  g_free (options->interface);
  g_free (options->title);
  g_free (options->write_sdp);
  g_free (options->write_asx);
  g_free (options->write_nsc);
  g_free (options->drop);
  g_free (options->fec);
  g_free (options->rtx);
  g_free (options->reorder);
  g_free (options->duplicate);
  g_free (options->unicast_url);
  g_free (options->log_url);
  g_strfreev (options->files);
}

/* Its value may be left out. */
static gboolean
take_rtx (const char *name, const char *value, gpointer data, GError **error)
{
  Options *options = data;

  g_free (options->rtx);
  options->rtx = g_strdup (value != NULL ? value : "");
  return TRUE;
}

static gboolean
parse_arguments (Options *options, int *argc, char ***argv, GError **error)
{
  const GOptionEntry entries[] = {
    { "to", 0, 0, G_OPTION_ARG_STRING, &options->to,
      N_ ("Destination: a multicast group or a single host (default: 239.255.x.y:5004, derived "
          "from the title)"),
      N_ ("GROUP[:PORT]") },
    { "ttl", 0, 0, G_OPTION_ARG_INT, &options->ttl, N_ ("Time to live / hop limit (default 1)"),
      "N" },
    { "interface", 0, 0, G_OPTION_ARG_STRING, &options->interface,
      N_ ("Network interface to send on; lo stays on this machine"), N_ ("IF") },
    { "title", 0, 0, G_OPTION_ARG_STRING, &options->title, N_ ("Title of the channel"), "T" },
    { "write-sdp", 0, 0, G_OPTION_ARG_FILENAME, &options->write_sdp,
      N_ ("Write the announcement to file F"), "F" },
    { "write-asx", 0, 0, G_OPTION_ARG_FILENAME, &options->write_asx,
      N_ ("Also write an ASX announcement to file F"), "F" },
    { "write-nsc", 0, 0, G_OPTION_ARG_FILENAME, &options->write_nsc,
      N_ ("Send Windows Media multicast (MSB) instead of RTP, and write its announcement to file "
          "F; "
          "files must be ASF (.asf, .wmv, .wma) and play one behind the other"),
      "F" },
    { "fec-span", 0, 0, G_OPTION_ARG_INT, &options->fec_span,
      N_ ("With --write-nsc: packets to a parity packet, 1 to 15, or 0 for no parity (default 10)"),
      "N" },
    { "beacons", 0, 0, G_OPTION_ARG_INT, &options->beacons,
      N_ ("With --write-nsc: send nothing but beacons for so long before it begins"),
      N_ ("SECONDS") },
    { "unicast-url", 0, 0, G_OPTION_ARG_STRING, &options->unicast_url,
      N_ ("With --write-nsc: the address to announce for players that multicast does not reach"),
      N_ ("URL") },
    { "log-url", 0, 0, G_OPTION_ARG_STRING, &options->log_url,
      N_ ("With --write-nsc: the web address to announce for the logs of players"), N_ ("URL") },
    { "slides", 0, 0, G_OPTION_ARG_NONE, &options->slides,
      N_ ("With --write-nsc --test: write slides beside the announcement, and flip them by URL "
          "commands"),
      NULL },
    { "announce", 0, 0, G_OPTION_ARG_NONE, &options->announce,
      N_ ("Announce the channel on the network (SAP)"), NULL },
    { "fec", 0, 0, G_OPTION_ARG_STRING, &options->fec,
      N_ ("Send repair data, so that lost packets can be rebuilt: 2022-1[:LxD] (SMPTE ST 2022-1, "
          "rows of L packets and columns of D; otherwise as large as half a second is, up to "
          "10x5), flex[:LxD] (the same as FlexFEC, RFC 8627) or ulp[:PERCENT] (RFC 5109)"),
      N_ ("SCHEME") },
    { "rtx", 0, G_OPTION_FLAG_OPTIONAL_ARG, G_OPTION_ARG_CALLBACK, (gpointer) take_rtx,
      N_ ("Send packets again that viewers have lost and ask for, up to MS milliseconds back "
          "(RFC 4588; default 500)"),
      N_ ("MS") },
    { "drop", 0, 0, G_OPTION_ARG_STRING, &options->drop,
      N_ ("Drop this percentage of the packets, to simulate a bad network"), "%" },
    { "reorder", 0, 0, G_OPTION_ARG_STRING, &options->reorder,
      N_ ("With --write-nsc: send this percentage of the packets after the next one"), "%" },
    { "duplicate", 0, 0, G_OPTION_ARG_STRING, &options->duplicate,
      N_ ("With --write-nsc: send this percentage of the packets twice"), "%" },
    { "seed", 0, 0, G_OPTION_ARG_INT, &options->seed,
      N_ ("Seed that selects the dropped packets (default 0)"), "N" },
    { "loop", 0, 0, G_OPTION_ARG_NONE, &options->loop, N_ ("Loop"), NULL },
    { "test", 0, 0, G_OPTION_ARG_NONE, &options->test,
      N_ ("Send a test lecture: camera with a clock, slides, a beep every second"), NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, &options->version, N_ ("Print the version"), NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options->files, NULL, NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (N_ ("FILE…|--test"));
  GOptionGroup *group = g_option_group_new (NULL, NULL, NULL, options, NULL);

  g_option_context_set_summary (
      context, N_ ("Multicasts files, in parallel, or a test lecture on the local network."));
  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  g_option_group_set_translation_domain (group, GETTEXT_PACKAGE);
  g_option_group_add_entries (group, entries);
  g_option_context_set_main_group (context, group);
  g_option_context_add_group (context, gst_init_get_option_group ());
  return g_option_context_parse (context, argc, argv, error);
}

int
main (int argc, char **argv)
{
  Options options = { .ttl = 1, .fec_span = DEFAULT_SPAN };
  Cast cast = { .status = EXIT_SUCCESS };
  g_autoptr (GError) error = NULL;

  lec_language_init ();
  if (!parse_arguments (&options, &argc, &argv, &error))
    cast.status = EXIT_USAGE;
  else if (options.version)
    g_print ("lectern-cast " LEC_VERSION "\n");
  else if (!configure (&cast, &options, &error))
    cast.status = EXIT_USAGE;
  else if (options.write_nsc != NULL ? !run_nsc (&cast, &error) : !run_rtp (&cast, &error))
    cast.status = EXIT_FAILURE;
  if (error != NULL)
    say (error);
  cast_clear (&cast);
  options_clear (&options);
  return cast.status;
}
