/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ui/application.h"

#include <glib/gi18n.h>
#include <stdlib.h>
#include <string.h>

#include "play/warm-up.h"
#include "ui/frame-paintable.h"
#include "ui/head-start.h"
#include "ui/listening.h"
#include "ui/log-question.h"
#include "ui/mpris.h"
#include "ui/settings.h"
#include "ui/upload-memory.h"
#include "ui/video-sink.h"
#include "ui/window.h"

#define APPLICATION_ID "org.lectern.Lectern"
#define EXIT_USAGE 2

struct _LecApplication
{
  AdwApplication parent_instance;

  LecChannelList *list;
  char *version;
  LecDiscovery *discovery; /* (nullable): borrowed */
  char *discovery_error;   /* (nullable) */
  void (*prepare) (void);  /* (nullable) */
  char *first_location;    /* (nullable): what this program was started with */
  LecPlayer *first_player; /* (nullable): until there is a window for it */
  GstElement *first_sink;  /* (nullable): of it, borrowed */
  LecPlayer *player;       /* (nullable), weak: of the window */
  gboolean without_repair;
  GThread *warm_up; /* (nullable): that starts GStreamer */
};

G_DEFINE_FINAL_TYPE (LecApplication, lec_application, ADW_TYPE_APPLICATION)

static const struct
{
  const char *action;
  const char *keys[3];
} shortcuts[] = {
  { "win.open-file", { "<Control>o" } },
  { "win.open-address", { "<Control>l" } },
  { "win.channels", { "F9" } },
  { "win.find-channel", { "<Control>f" } },
  { "win.signal", { "<Control>i" } },
  { "win.save-announcement", { "<Control>s" } },
  { "win.save-picture", { "<Control><Shift>s" } },
  { "win.record", { "<Control>r" } },
  { "win.preferences", { "<Control>comma" } },
  { "win.fullscreen", { "F11" } },
  { "win.show-help-overlay", { "<Control>question" } },
  { "window.close", { "<Control>w" } },
  { "app.quit", { "<Control>q" } },
};

/* `[SOURCE@]HOST[:PORT]` with a numeric host; nothing is resolved. */
static gboolean
is_numeric_address (const char *text)
{
  const char *at = strrchr (text, '@');
  const char *host = at != NULL ? at + 1 : text;
  g_autofree char *authority = g_strndup (host, strcspn (host, "/?"));
  g_autoptr (GSocketConnectable) address = g_network_address_parse (authority, 1, NULL);

  return address != NULL
         && g_hostname_is_ip_address (g_network_address_get_hostname (G_NETWORK_ADDRESS (address)));
}

char *
lec_location_for_argument (const char *argument, const char *directory)
{
  g_autofree char *path = g_canonicalize_filename (argument, directory);

  /* A file is a file, whatever its name looks like. */
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return g_steal_pointer (&path);
  if (g_uri_peek_scheme (argument) != NULL || is_numeric_address (argument))
    return g_strdup (argument);
  return g_steal_pointer (&path);
}

static void
draw_in (GtkWidget *window, GstElement *sink)
{
  lec_frame_paintable_draw_in (LEC_FRAME_PAINTABLE (lec_video_sink_get_paintable (sink)), window);
}

/* Returns: (transfer full): with its first sink in the place of @sink */
static LecPlayer *
player_new (GstElement **sink)
{
  *sink = lec_video_sink_new ();
  return lec_player_new (*sink);
}

/* What the window will set as well, and what would have it join again if it were another. */
static void
recall_reception (LecPlayer *player, GSettings *settings)
{
  g_autofree char *interface = g_settings_get_string (settings, "interface");

  g_object_set (player, "interface", *interface != '\0' ? interface : NULL, "latency",
                g_settings_get_int (settings, "latency"), "reports",
                g_settings_get_boolean (settings, "reports"), NULL);
}

/* Before there is a window. */
static void
start_ahead (LecApplication *self, const char *location)
{
  g_autoptr (GSettings) settings = NULL;

  if (self->prepare == NULL || self->first_player != NULL)
    return;
  settings = lec_settings_new ();
  self->first_player = player_new (&self->first_sink);
  if (settings != NULL)
    recall_reception (self->first_player, settings);
  lec_head_start (self->first_player, location);
}

static GtkWindow *
window_get (LecApplication *self)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));
  g_autoptr (LecPlayer) player = NULL;
  g_autoptr (GSettings) settings = lec_settings_new ();
  GstElement *sink, *second_sink;
  GtkWidget *made;

  if (window != NULL)
    return window;

  player = g_steal_pointer (&self->first_player);
  sink = g_steal_pointer (&self->first_sink);
  if (player == NULL)
    player = player_new (&sink);
  second_sink = lec_video_sink_new ();
  g_object_set (player, "repair", !self->without_repair, NULL);
  g_set_weak_pointer (&self->player, player);
  lec_player_set_second_sink (player, second_sink);
  lec_player_set_spare_sinks (player, lec_video_sink_new_beside (sink),
                              lec_video_sink_new_beside (second_sink));
  made = lec_window_new (GTK_APPLICATION (self), player, self->list,
                         lec_video_sink_get_paintable (sink),
                         lec_video_sink_get_paintable (second_sink));
  lec_upload_memory_keep (made);
  draw_in (made, sink);
  draw_in (made, second_sink);
  for (guint i = 2; i < LEC_MAX_STREAMS; i++) {
    sink = lec_video_sink_new ();
    draw_in (made, sink);
    lec_window_set_picture (LEC_WINDOW (made), i, lec_video_sink_get_paintable (sink));
    lec_player_add_picture (player, sink, lec_video_sink_new_beside (sink));
  }
  sink = lec_video_sink_new ();
  draw_in (made, sink);
  lec_window_add_preview (LEC_WINDOW (made), sink);
  if (settings != NULL)
    lec_window_remember (LEC_WINDOW (made), self->list, settings);
  if (self->discovery != NULL)
    lec_listening_watch (self->discovery, self->list, LEC_WINDOW (made));
  lec_mpris_attach (APPLICATION_ID, LEC_WINDOW (made), player, self->list);
  lec_window_set_discovery_error (LEC_WINDOW (made), self->discovery_error);
  lec_log_question_watch (lec_logger_new (player, NULL), GTK_WINDOW (made));
  return GTK_WINDOW (made);
}

static void
quit_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (data));

  if (window != NULL)
    gtk_window_close (window);
  g_application_quit (G_APPLICATION (data));
}

static void
about_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  LecApplication *self = data;

  adw_show_about_window (gtk_application_get_active_window (GTK_APPLICATION (self)),
                         "application-name", _ ("Lectern"), "application-icon", APPLICATION_ID,
                         "version", self->version, "developer-name", _ ("The Lectern authors"),
                         "comments", _ ("Watch lectures that are multicast on your network."),
                         "license-type", GTK_LICENSE_LGPL_2_1,
                         /* Translators: your name, shown in the About window */
                         "translator-credits", _ ("translator-credits"), NULL);
}

static void
lec_application_startup (GApplication *application)
{
  static const GActionEntry actions[] = {
    { .name = "quit", .activate = quit_action },
    { .name = "about", .activate = about_action },
  };

  LEC_APPLICATION (application)->warm_up
      = lec_warm_up_start (); /* beside GTK, which takes as long */

  /* Only the first instance needs a display, so the check is here. GTK would end the program too,
   * but with a warning instead of a sentence. */
  if (!gtk_init_check ()) {
    g_clear_pointer (&LEC_APPLICATION (application)->warm_up, g_thread_join);
    g_printerr ("lectern: %s\n", _ ("No display was found. Lectern needs a graphical session; "
                                    "lectern-tune receives a channel without one."));
    exit (EXIT_FAILURE);
  }

  if (LEC_APPLICATION (application)->prepare != NULL)
    LEC_APPLICATION (application)->prepare ();
  if (LEC_APPLICATION (application)->first_location != NULL)
    start_ahead (LEC_APPLICATION (application), LEC_APPLICATION (application)->first_location);
  G_APPLICATION_CLASS (lec_application_parent_class)->startup (application);

  /* Translators: default:RTL where your language is written from right to left. GTK goes by its own
   * translation, which may not be installed. */
  if (g_str_equal (_ ("default:LTR"), "default:RTL"))
    gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  g_action_map_add_action_entries (G_ACTION_MAP (application), actions, G_N_ELEMENTS (actions),
                                   application);
  for (guint i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (application), shortcuts[i].action,
                                           (const char *const *) shortcuts[i].keys);
}

static void
lec_application_activate (GApplication *application)
{
  gtk_window_present (window_get (LEC_APPLICATION (application)));
}

/* One channel plays at a time: of several the first. */
static void
open_first (LecApplication *self, const char *location)
{
  GtkWindow *window;

  if (gtk_application_get_active_window (GTK_APPLICATION (self)) == NULL)
    start_ahead (self, location);
  window = window_get (self);
  lec_window_open (LEC_WINDOW (window), location);
  gtk_window_present (window);
}

/* From the session bus, by which desktops open what was clicked. */
static void
lec_application_open (GApplication *application, GFile **files, int n_files, const char *hint)
{
  g_autofree char *location = g_file_get_path (files[0]);

  if (location == NULL)
    location = g_file_get_uri (files[0]);
  open_first (LEC_APPLICATION (application), location);
}

/* Goes for what is opened from then on. */
static gboolean
take_repair (LecApplication *self, GApplicationCommandLine *command_line, const char *text)
{
  if (!g_str_equal (text, "on") && !g_str_equal (text, "off")) {
    g_application_command_line_printerr (command_line, "lectern: %s\n",
                                         _ ("--repair takes “on” or “off”"));
    return FALSE;
  }
  self->without_repair = g_str_equal (text, "off");
  if (self->player != NULL)
    g_object_set (self->player, "repair", !self->without_repair, NULL);
  return TRUE;
}

static int
lec_application_command_line (GApplication *application, GApplicationCommandLine *command_line)
{
  GVariantDict *options = g_application_command_line_get_options_dict (command_line);
  const char *directory = g_application_command_line_get_cwd (command_line);
  g_autofree const char **arguments = NULL;
  const char *repair;

  if (g_variant_dict_lookup (options, "repair", "&s", &repair)
      && !take_repair (LEC_APPLICATION (application), command_line, repair))
    return EXIT_USAGE;
  if (g_variant_dict_lookup (options, G_OPTION_REMAINING, "^a&ay", &arguments)) {
    g_autofree char *location = lec_location_for_argument (
        arguments[0], directory != NULL ? directory : g_get_home_dir ());

    if (arguments[1] != NULL)
      g_application_command_line_printerr (
          command_line, _ ("lectern: only one channel plays at a time; opening %s\n"), location);
    open_first (LEC_APPLICATION (application), location);
  } else {
    g_application_activate (application);
  }
  if (g_variant_dict_contains (options, "fullscreen"))
    gtk_window_fullscreen (window_get (LEC_APPLICATION (application)));

  return EXIT_SUCCESS;
}

/* What nothing more is said of; the rest is for lec_application_command_line(). */
static char *
find_first_location (GVariantDict *options)
{
  g_autofree const char **arguments = NULL;
  g_autofree char *directory = g_get_current_dir ();

  if (g_variant_dict_contains (options, "repair")
      || !g_variant_dict_lookup (options, G_OPTION_REMAINING, "^a&ay", &arguments))
    return NULL;
  return lec_location_for_argument (arguments[0], directory);
}

static int
lec_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  LecApplication *self = LEC_APPLICATION (application);

  if (g_variant_dict_contains (options, "version")) {
    g_print ("lectern %s\n", self->version);
    return EXIT_SUCCESS;
  }

  if (self->prepare != NULL)
    self->first_location = find_first_location (options);
  return -1; /* go on */
}

static void
lec_application_finalize (GObject *object)
{
  LecApplication *self = LEC_APPLICATION (object);

  g_clear_pointer (&self->warm_up, g_thread_join);
  g_clear_weak_pointer (&self->player);
  g_clear_object (&self->first_player);
  g_free (self->first_location);
  g_clear_object (&self->list);
  g_free (self->version);
  g_free (self->discovery_error);

  G_OBJECT_CLASS (lec_application_parent_class)->finalize (object);
}

static void
lec_application_class_init (LecApplicationClass *class)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (class);

  G_OBJECT_CLASS (class)->finalize = lec_application_finalize;
  application_class->startup = lec_application_startup;
  application_class->activate = lec_application_activate;
  application_class->open = lec_application_open;
  application_class->command_line = lec_application_command_line;
  application_class->handle_local_options = lec_application_handle_local_options;
}

static void
lec_application_init (LecApplication *self)
{
  static const GOptionEntry options[] = {
    { "fullscreen", 'f', G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, NULL,
      N_ ("Fill the screen, as in a lecture hall"), NULL },
    { "version", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, NULL, N_ ("Show the version"), NULL },
    { "repair", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, NULL,
      N_ ("Rebuild lost packets from repair data: “on” (the default) or “off”"), N_ ("on|off") },
    { G_OPTION_REMAINING, 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME_ARRAY, NULL, NULL,
      N_ ("FILE|URI") },
    { NULL },
  };

  g_application_add_main_option_entries (G_APPLICATION (self), options);
  g_application_set_option_context_summary (
      G_APPLICATION (self),
      _ ("Watch a channel that is multicast on the network: an announcement (.sdp, .asx, .nsc),\n"
         "its web address, or an address such as rtp://239.1.2.3:5004."));
}

LecApplication *
lec_application_new (const char *version, LecChannelList *list)
{
  LecApplication *self
      = g_object_new (LEC_TYPE_APPLICATION, "application-id", APPLICATION_ID, "flags",
                      G_APPLICATION_HANDLES_COMMAND_LINE | G_APPLICATION_HANDLES_OPEN, NULL);

  self->version = g_strdup (version);
  self->list = g_object_ref (list);
  return self;
}

void
lec_application_set_discovery_error (LecApplication *self, const char *error)
{
  g_return_if_fail (LEC_IS_APPLICATION (self));

  g_free (self->discovery_error);
  self->discovery_error = g_strdup (error);
}

void
lec_application_set_prepare_func (LecApplication *self, void (*prepare) (void))
{
  g_return_if_fail (LEC_IS_APPLICATION (self));

  self->prepare = prepare;
}

void
lec_application_set_discovery (LecApplication *self, LecDiscovery *discovery)
{
  g_return_if_fail (LEC_IS_APPLICATION (self));

  self->discovery = discovery;
}
