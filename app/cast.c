/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* lectern-cast: the station. Puts files, or a test lecture, on the LAN. */
#include <glib-unix.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cast/description.h"
#include "cast/file-source.h"
#include "cast/sap-announcer.h"
#include "cast/station.h"
#include "cast/test-lecture.h"
#include "channel/channel.h"
#include "channel/error.h"
#include "language.h"

#define EXIT_USAGE 2

typedef struct
{
  char *to;
  int ttl;
  char *interface;
  char *title;
  char *write_sdp;
  char *write_asx;
  gboolean announce;
  char *drop;
  int seed;
  gboolean loop;
  gboolean test;
  char **files;
} Options;

/* What runs. */
typedef struct
{
  const Options *options;
  GMainLoop *loop;
  LecStationConfig config;
  char *destination;
  char *title;
  LecStation *station;
  LecFileSource *reel;
  LecSapAnnouncer *herald;
  char *own_sdp; /* (nullable): a file that nobody asked for by name, taken away at the end */
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
  if (whole != NULL) {
    *address = g_inet_address_to_string (whole);
    return TRUE;
  }
  if (!g_regex_match (pattern, text, 0, &match))
    return refuse (error, "%s is no address to send to; one looks like 239.255.1.2:5004", text);
  *address = g_match_info_fetch (match, 1);
  number = g_match_info_fetch (match, 2);
  parsed = g_inet_address_new_from_string (*address);
  if (parsed == NULL)
    return refuse (error, "%s is no numeric address; one looks like 239.255.1.2:5004", *address);
  if (number != NULL && number[0] != '\0'
      && !g_ascii_string_to_unsigned (number, 10, 1, G_MAXUINT16 - 1, &value, NULL))
    return refuse (error, "%s is no port; they go from 1 to %u", number, G_MAXUINT16 - 1);
  *port = (guint16) value;
  return TRUE;
}

static gboolean
parse_drop (const char *text, double *drop, GError **error)
{
  char *end = NULL;
  double percent = text != NULL ? g_ascii_strtod (text, &end) : 0;

  *drop = percent / 100;
  if (text == NULL)
    return TRUE;
  if (end == text || !(*end == '\0' || (*end == '%' && end[1] == '\0')) || !(percent >= 0)
      || percent > 100)
    return refuse (error, "--drop takes a percentage from 0 to 100, not %s", text);
  return TRUE;
}

/* The same lecture from the same host has the same group, so an announcement once handed out
 * stays good. 239.255.255.255 is left to SAP. */
static char *
derive_group (const char *title)
{
  g_autofree char *name = g_strdup_printf ("%s\n%s", g_get_host_name (), title);
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
    return g_strdup ("Test lecture");
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
                   has_files ? "Either files or --test, not both"
                             : "Nothing to send: name a file, or say --test");
  if (options->ttl < 0 || options->ttl > 255)
    return refuse (error, "--ttl goes from 0 to 255");
  if (options->test && options->loop)
    return refuse (error, "--loop is for files; the test lecture has no end");
  return TRUE;
}

static gboolean
configure (Cast *cast, const Options *options, GError **error)
{
  LecStationConfig *config = &cast->config;

  cast->options = options;
  if (!check_options (options, error) || !parse_drop (options->drop, &config->drop, error))
    return FALSE;
  cast->title = derive_title (options);
  config->port = LEC_STATION_PORT;
  if (options->to == NULL)
    cast->destination = derive_group (cast->title);
  else if (!parse_destination (options->to, &cast->destination, &config->port, error))
    return FALSE;
  if (options->announce && !lec_address_is_group (cast->destination))
    return refuse (error, "--announce is for groups; %s is a single host", cast->destination);
  config->title = cast->title;
  config->destination = cast->destination;
  config->interface = options->interface;
  config->ttl = options->ttl;
  config->seed = (guint32) options->seed;
  return TRUE;
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

/* Through a temporary file and a rename: who watches for the file never reads half of it. */
static gboolean
write_text (const char *path, const char *text, GError **error)
{
  g_autoptr (GError) reason = NULL;
  const char *why;

  if (g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0644, &reason))
    return TRUE;
  /* GLib names the temporary file, which means nothing to anybody, and then the reason */
  why = strrchr (reason->message, ':');
  g_set_error (error, LEC_ERROR, LEC_ERROR_UNREACHABLE, "Cannot write %s%s", path,
               why != NULL ? why : "");
  return FALSE;
}

static gboolean
publish (Cast *cast, const char *sdp, GError **error)
{
  const Options *options = cast->options;
  g_autofree char *path
      = options->write_sdp != NULL ? g_strdup (options->write_sdp) : make_own_path (cast->title);
  g_autofree char *asx = NULL;

  if (!write_text (path, sdp, error))
    return FALSE;
  if (options->write_sdp == NULL)
    cast->own_sdp = g_strdup (path);
  if (options->write_asx != NULL) {
    asx = lec_description_print_asx (cast->title, path, options->write_asx, error);
    if (asx == NULL || !write_text (options->write_asx, asx, error))
      return FALSE;
  }
  if (options->announce) {
    cast->herald
        = lec_sap_announcer_new (cast->destination, options->interface, options->ttl, sdp, error);
    if (cast->herald == NULL)
      return FALSE;
  }
  g_print ("Announcement: %s\n", path);
  if (options->write_asx != NULL)
    g_print ("Announcement: %s\n", options->write_asx);
  fflush (stdout);
  return TRUE;
}

static void
ended_cb (LecStation *station, const GError *error, gpointer data)
{
  Cast *cast = data;

  if (error != NULL) {
    say (error);
    cast->status = EXIT_FAILURE;
  }
  g_main_loop_quit (cast->loop);
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
  lec_station_stop (((Cast *) data)->station);
  return G_SOURCE_CONTINUE;
}

static gboolean
open_sources (Cast *cast, GError **error)
{
  const Options *options = cast->options;

  if (options->test)
    return lec_test_lecture_add (cast->station, error);
  cast->reel = lec_file_source_new (cast->station, options->files,
                                    options->loop ? LEC_REEL_LOOP : LEC_REEL_ONCE, error);
  return cast->reel != NULL;
}

static gboolean
run (Cast *cast, GError **error)
{
  cast->station = lec_station_new (&cast->config, error);
  if (cast->station == NULL || !open_sources (cast, error))
    return FALSE;
  cast->loop = g_main_loop_new (NULL, FALSE);
  g_signal_connect (cast->station, "ready", G_CALLBACK (ready_cb), cast);
  g_signal_connect (cast->station, "warning", G_CALLBACK (warning_cb), cast);
  g_signal_connect (cast->station, "ended", G_CALLBACK (ended_cb), cast);
  g_unix_signal_add (SIGINT, interrupt_cb, cast);
  g_unix_signal_add (SIGTERM, interrupt_cb, cast);
  lec_station_start (cast->station);
  g_main_loop_run (cast->loop);
  return TRUE;
}

static void
cast_clear (Cast *cast)
{
  lec_sap_announcer_free (cast->herald);
  if (cast->own_sdp != NULL)
    remove (cast->own_sdp);
  g_clear_object (&cast->station);
  lec_file_source_free (cast->reel);
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
  g_free (options->drop);
  g_strfreev (options->files);
}

static gboolean
parse_arguments (Options *options, int *argc, char ***argv, GError **error)
{
  const GOptionEntry entries[] = {
    { "to", 0, 0, G_OPTION_ARG_STRING, &options->to,
      "Where to send: a group, or a single host (239.255.x.y:5004, derived from the title)",
      "GROUP[:PORT]" },
    { "ttl", 0, 0, G_OPTION_ARG_INT, &options->ttl, "Routers to pass, and one (1)", "N" },
    { "interface", 0, 0, G_OPTION_ARG_STRING, &options->interface,
      "Network interface to send over; lo stays on this machine", "IF" },
    { "title", 0, 0, G_OPTION_ARG_STRING, &options->title, "What the channel is called", "T" },
    { "write-sdp", 0, 0, G_OPTION_ARG_FILENAME, &options->write_sdp,
      "Where to write the announcement", "F" },
    { "write-asx", 0, 0, G_OPTION_ARG_FILENAME, &options->write_asx,
      "Write an ASX announcement as well", "F" },
    { "announce", 0, 0, G_OPTION_ARG_NONE, &options->announce,
      "Announce the channel on the network (SAP)", NULL },
    { "drop", 0, 0, G_OPTION_ARG_STRING, &options->drop,
      "Drop that share of the packets, to show what a bad network does", "%" },
    { "seed", 0, 0, G_OPTION_ARG_INT, &options->seed, "Which packets --drop drops (0)", "N" },
    { "loop", 0, 0, G_OPTION_ARG_NONE, &options->loop, "Begin again at the end", NULL },
    { "test", 0, 0, G_OPTION_ARG_NONE, &options->test,
      "Send a test lecture: camera with a clock, slides, a beep each second", NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options->files, NULL, NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("FILE…|--test");

  g_option_context_set_summary (
      context, "Sends files, side by side, or a test lecture to everybody on the network.");
  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_add_group (context, gst_init_get_option_group ());
  return g_option_context_parse (context, argc, argv, error);
}

int
main (int argc, char **argv)
{
  Options options = { .ttl = 1 };
  Cast cast = { .status = EXIT_SUCCESS };
  g_autoptr (GError) error = NULL;

  lec_language_init ();
  if (!parse_arguments (&options, &argc, &argv, &error) || !configure (&cast, &options, &error))
    cast.status = EXIT_USAGE;
  else if (!run (&cast, &error))
    cast.status = EXIT_FAILURE;
  if (error != NULL)
    say (error);
  cast_clear (&cast);
  options_clear (&options);
  return cast.status;
}
