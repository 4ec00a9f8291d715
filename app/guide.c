/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* lectern-guide: reads announcements and shows what they contain, or why they are refused. */
#include <glib/gi18n.h>
#include <stdio.h>

#include "announcement-json.h"
#include "announcement-text.h"
#include "channel/text.h"
#include "convert.h"
#include "fetch/fetch.h"
#include "language.h"
#include "listen.h"
#include "text-output.h"

enum {
  EXIT_UNDERSTOOD = 0,
  EXIT_REFUSED = 1,
  EXIT_USAGE = 2,
};

/* Returns whether the announcement at @location was understood. */
static gboolean
guide (const char *location, gboolean json)
{
  g_autofree char *shown = lec_text_hide_password (location);
  g_autofree char *input = g_filename_display_name (shown);
  g_autoptr (GError) error = NULL;
  g_autoptr (LecAnnouncement) announcement = lec_fetch_announcement (location, NULL, &error);

  if (json)
    lec_announcement_print_json (input, announcement, error);
  else if (announcement != NULL)
    lec_announcement_print_text (input, announcement);
  else
    g_printerr ("lectern-guide: %s\n", error->message);
  return announcement != NULL;
}

/* Adds the channels of one list to another. */
static void
append (LecAnnouncement *all, const LecAnnouncement *one)
{
  for (guint i = 0; i < one->channels->len; i++)
    g_ptr_array_add (all->channels, lec_channel_ref (g_ptr_array_index (one->channels, i)));
}

/* One list of all channels of @locations; NULL where one of them is refused. */
static LecAnnouncement *
collect (GStrv locations)
{
  g_autoptr (LecAnnouncement) all = lec_announcement_new ("m3u");
  gboolean understood = TRUE;

  for (guint i = 0; locations[i] != NULL; i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (LecAnnouncement) one = lec_fetch_announcement (locations[i], NULL, &error);

    if (one != NULL && i == 0 && locations[1] == NULL)
      return g_steal_pointer (&one);
    if (one != NULL)
      append (all, one);
    else
      g_printerr ("lectern-guide: %s\n", error->message);
    understood &= one != NULL;
  }
  return understood ? g_steal_pointer (&all) : NULL;
}

static int
convert (GStrv locations, const char *format, int number, const char *path)
{
  g_autoptr (LecAnnouncement) announcement = collect (locations);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (announcement == NULL)
    return EXIT_REFUSED;
  for (guint i = 0; i < announcement->warnings->len; i++)
    g_printerr (_ ("note: %s\n"), (const char *) g_ptr_array_index (announcement->warnings, i));
  text = lec_convert (announcement, format, (guint) number, &error);
  if (text != NULL && path == NULL)
    fputs (text, stdout); /* in UTF-8, whatever the terminal has */
  if (text != NULL && (path == NULL || lec_text_output_write (path, text, &error)))
    return EXIT_UNDERSTOOD;
  g_printerr ("lectern-guide: %s\n", error->message);
  return EXIT_REFUSED;
}

/* What was asked for. */
typedef struct
{
  gboolean json;
  gboolean version;
  double seconds;
  char *interface;
  char *format;
  int number;
  char *path;
  GStrv locations;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->interface);
  g_free (options->format);
  g_free (options->path);
  g_strfreev (options->locations);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static gboolean
read_options (Options *options, int argc, char **argv, GError **error)
{
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &options->json,
      N_ ("Print one JSON object per input, each on a line"), NULL },
    { "convert", 0, 0, G_OPTION_ARG_STRING, &options->format,
      N_ ("Convert to another format: sdp, asx, nsc or m3u"), N_ ("FORMAT") },
    { "channel", 0, 0, G_OPTION_ARG_INT, &options->number,
      N_ ("Convert only the Nth channel of a list"), "N" },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &options->path,
      N_ ("Write to FILE instead of standard output"), N_ ("FILE") },
    { "listen", 0, 0, G_OPTION_ARG_DOUBLE, &options->seconds,
      N_ ("Listen for announcements on the network (SAP) for SECONDS, and list the channels"),
      N_ ("SECONDS") },
    { "interface", 0, 0, G_OPTION_ARG_STRING, &options->interface,
      N_ ("Listen on this network interface only (default: all)"), N_ ("IF") },
    { "version", 0, 0, G_OPTION_ARG_NONE, &options->version, N_ ("Print the version"), NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options->locations, NULL,
      N_ ("FILE|URI…") },
    { NULL },
  };
  g_autoptr (GOptionContext) context
      = g_option_context_new (N_ ("– show what announcements contain"));

  g_option_context_set_description (
      context,
      N_ ("Reads .sdp, .asx and .nsc announcements, playlists (.m3u, .pls, .xspf), shortcuts\n"
          "and addresses such as rtp://239.1.2.3:5004.\n"
          "Exits with 0 if all were understood, 1 if one was refused, 2 on a usage error."));
  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  g_option_context_add_main_entries (context, entries, NULL);
  return g_option_context_parse (context, &argc, &argv, error);
}

/* (nullable): what is wrong with the call. */
static const char *
find_mistake (const Options *options)
{
  if (options->format != NULL && !lec_convert_knows (options->format))
    return _ ("--convert takes sdp, asx, nsc or m3u");
  if (options->format == NULL && (options->number != 0 || options->path != NULL))
    return _ ("--channel and --output require --convert");
  if (options->format != NULL && (options->json || options->seconds > 0))
    return _ ("--convert cannot be combined with --json or --listen");
  if (options->number < 0)
    return _ ("--channel takes a number from 1 on");
  if (options->locations == NULL && !(options->seconds > 0))
    return _ ("name at least one file or address; see lectern-guide --help");
  return NULL;
}

static gboolean
listen (const Options *options)
{
  g_autoptr (GError) error = NULL;

  if (lec_listen (options->seconds, options->interface, options->json, &error))
    return TRUE;
  g_printerr ("lectern-guide: %s\n", error->message);
  return FALSE;
}

static int
run (const Options *options)
{
  gboolean understood = TRUE;

  if (options->format != NULL)
    return convert (options->locations, options->format, options->number, options->path);
  if (options->seconds > 0)
    understood = listen (options);
  for (guint i = 0; options->locations != NULL && options->locations[i] != NULL; i++)
    understood &= guide (options->locations[i], options->json);
  return understood ? EXIT_UNDERSTOOD : EXIT_REFUSED;
}

int
main (int argc, char *argv[])
{
  g_auto (Options) options = { 0 };
  g_autoptr (GError) error = NULL;
  const char *mistake;
  int status;

  lec_language_init ();
  if (!read_options (&options, argc, argv, &error)) {
    g_printerr ("lectern-guide: %s\n", error->message);
    return EXIT_USAGE;
  }
  if (options.json)
    lec_language_use_english ();
  if (options.version) {
    g_print ("lectern-guide " LEC_VERSION "\n");
    return EXIT_UNDERSTOOD;
  }
  mistake = find_mistake (&options);
  if (mistake != NULL) {
    g_printerr ("lectern-guide: %s\n", mistake);
    return EXIT_USAGE;
  }
  status = run (&options);
  return lec_text_output_end ("lectern-guide") ? status : EXIT_REFUSED;
}
