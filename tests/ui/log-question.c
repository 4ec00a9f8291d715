/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Whether a log may be sent: asked when a reception ends, with the whole line, and remembered. */
#include "ui/log-question.h"

#include <adwaita.h>
#include <glib/gstdio.h>
#include <gst/gst.h>

#include "tests/ui/find.h"
#include "tests/ui/init.h"
#include "tests/ui/pipeline-double.h"
#include "tests/ui/wait.h"
#include "ui/log-consents.h"
#include "web-server.h"

typedef struct
{
  char *folder;
  char *path; /* of the answers */
  WebServer *server;
  LecPlayer *player;
  GtkWidget *window;
} Fixture;

static void
answer_cb (const char *path, GOutputStream *out, gpointer data)
{
  web_write (out, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
                  "<h1>NetShow ISAPI Log Dll</h1>");
}

static void
watch (Fixture *fixture)
{
  fixture->window = gtk_window_new ();
  lec_log_question_watch (lec_logger_new (fixture->player, fixture->path),
                          GTK_WINDOW (fixture->window));
  gtk_window_present (GTK_WINDOW (fixture->window));
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("lectern-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "below", "logs", NULL);
  fixture->server = web_server_new ("127.0.0.1", NULL, answer_cb, NULL);
  fixture->player = lec_player_new (NULL);
  watch (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autofree char *below = g_path_get_dirname (fixture->path);

  gtk_window_destroy (GTK_WINDOW (fixture->window));
  lec_player_stop (fixture->player);
  g_assert_finalize_object (fixture->player);
  web_server_free (fixture->server);
  g_remove (fixture->path);
  g_rmdir (below);
  g_rmdir (fixture->folder);
  g_free (fixture->path);
  g_free (fixture->folder);
}

typedef enum {
  WANTS_LOGS,
  WANTS_NONE,
} Station;

/* Until it has been looked at, which is done four times a second. */
static void
play (Fixture *fixture, Station station)
{
  static const guint8 header[80] = { 0 };
  LecChannelInfo *info = lec_channel_info_new ();
  LecAlternative *multicast = lec_channel_info_add_alternative (info, LEC_KIND_MSB);
  g_autoptr (LecChannel) channel = NULL;
  g_autoptr (GTimer) timer = g_timer_new ();

  info->title = g_strdup ("Hall");
  lec_stream_add_leg (lec_alternative_add_stream (multicast, LEC_MEDIA_VIDEO), "239.1.2.3", 1234);
  lec_alternative_add_format (multicast, 1, g_bytes_new_static (header, sizeof header));
  if (station == WANTS_LOGS)
    multicast->msb->log_url
        = g_strdup_printf ("http://127.0.0.1:%u/log", web_server_get_port (fixture->server));
  channel = lec_channel_new (info, NULL);
  lec_player_play (fixture->player, channel);
  pipeline_double_show (PIPELINE_DOUBLE_CAMERA);
  WAIT_UNTIL (lec_player_get_state (fixture->player) == LEC_PLAYER_PLAYING);
  WAIT_UNTIL (g_timer_elapsed (timer, NULL) > 0.8);
}

/* (nullable): what is asked */
static AdwMessageDialog *
get_question (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++) {
    g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

    if (ADW_IS_MESSAGE_DIALOG (window))
      return ADW_MESSAGE_DIALOG (window);
  }
  return NULL;
}

static void
settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
respond (const char *label)
{
  GtkWidget *button;

  WAIT_UNTIL ((button = find (GTK_WIDGET (get_question ()), shows_button, label)) != NULL);
  g_signal_emit_by_name (button, "clicked");
  WAIT_UNTIL (get_question () == NULL);
}

static gboolean
is_line (GtkWidget *widget, const char *start)
{
  return GTK_IS_LABEL (widget) && g_str_has_prefix (gtk_label_get_text (GTK_LABEL (widget)), start);
}

static gboolean
has_part (GtkWidget *widget, const char *part)
{
  return GTK_IS_LABEL (widget) && strstr (gtk_label_get_text (GTK_LABEL (widget)), part) != NULL;
}

/* Word for word what is shown is sent, once; and from then on without a question, also by the next
 * window. */
static void
test_send (Fixture *fixture, gconstpointer data)
{
  g_autofree char *line = NULL, *request = NULL, *again = NULL;
  GtkWidget *label;

  play (fixture, WANTS_LOGS);
  g_assert_null (get_question ());
  lec_player_stop (fixture->player);
  WAIT_UNTIL (get_question () != NULL);
  g_assert_cmpuint (web_server_count_requests (fixture->server), ==, 0);
  label = find (GTK_WIDGET (get_question ()), is_line, "MX_STATS_LogLine: \t0.0.0.0 ");
  g_assert_nonnull (label);
  line = g_strdup (gtk_label_get_text (GTK_LABEL (label)));
  respond ("Send Reports");
  WAIT_UNTIL (web_server_count_requests (fixture->server) == 2);
  request = web_server_dup_request (fixture->server);
  g_assert_true (g_str_has_prefix (request, "POST /log "));
  g_assert_true (g_str_has_suffix (request, line));

  gtk_window_destroy (GTK_WINDOW (fixture->window));
  watch (fixture);
  play (fixture, WANTS_LOGS);
  lec_player_stop (fixture->player);
  WAIT_UNTIL (web_server_count_requests (fixture->server) == 4);
  g_assert_null (get_question ());
}

/* Without consent nothing goes there, and after a refusal nobody is asked again. */
static void
test_never (Fixture *fixture, gconstpointer data)
{
  play (fixture, WANTS_LOGS);
  lec_player_stop (fixture->player);
  WAIT_UNTIL (get_question () != NULL);
  respond ("Not Now");
  play (fixture, WANTS_LOGS);
  lec_player_stop (fixture->player);
  WAIT_UNTIL (get_question () != NULL);
  respond ("Never");
  play (fixture, WANTS_LOGS);
  lec_player_stop (fixture->player);
  settle ();
  g_assert_null (get_question ());
  g_assert_cmpuint (web_server_count_requests (fixture->server), ==, 0);
}

/* What was answered can be looked at, turned round, and forgotten. */
static void
test_consents (Fixture *fixture, gconstpointer data)
{
  LecLogger *logger = lec_log_question_get_logger (GTK_WINDOW (fixture->window));
  g_autoptr (GtkWidget) none = g_object_ref_sink (lec_log_consents_new (logger));
  g_autoptr (GtkWidget) consents = NULL;
  g_auto (GStrv) forgotten = NULL;
  GtkWidget *row;

  g_assert_null (find (none, has_type, "AdwActionRow"));
  lec_logger_answer (logger, "127.0.0.1", LEC_LOG_NEVER);
  lec_logger_answer (logger, "a.example", LEC_LOG_ALWAYS);
  consents = g_object_ref_sink (lec_log_consents_new (logger));
  row = find (consents, has_type, "AdwActionRow");
  g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), ==, "127.0.0.1");
  g_assert_false (gtk_switch_get_active (GTK_SWITCH (find (row, has_type, "GtkSwitch"))));
  gtk_switch_set_active (GTK_SWITCH (find (row, has_type, "GtkSwitch")), TRUE);
  g_assert_cmpint (lec_logger_get_consent (logger, "127.0.0.1"), ==, LEC_LOG_ALWAYS);

  g_signal_emit_by_name (find (row, has_type, "GtkButton"), "clicked");
  forgotten = lec_logger_dup_servers (logger);
  g_assert_cmpuint (g_strv_length (forgotten), ==, 1);
  g_assert_cmpstr (forgotten[0], ==, "a.example");
  play (fixture, WANTS_LOGS);
  lec_player_stop (fixture->player);
  WAIT_UNTIL (get_question () != NULL);
  respond ("Never");
}

/* Nothing arrives of it, and what takes its place plays: the log tells that, and is not sent before
 * anybody has agreed. */
static void
test_rollover (Fixture *fixture, gconstpointer data)
{
  static const guint8 header[80] = { 0 };
  LecChannelInfo *info = lec_channel_info_new ();
  LecAlternative *multicast = lec_channel_info_add_alternative (info, LEC_KIND_MSB);
  LecAlternative *file = lec_channel_info_add_alternative (info, LEC_KIND_URI);
  g_autoptr (LecChannel) channel = NULL;
  g_autoptr (GTimer) timer = NULL;

  info->title = g_strdup ("Hall");
  lec_stream_add_leg (lec_alternative_add_stream (multicast, LEC_MEDIA_VIDEO), "239.1.2.3", 1234);
  lec_alternative_add_format (multicast, 1, g_bytes_new_static (header, sizeof header));
  multicast->msb->log_url
      = g_strdup_printf ("http://127.0.0.1:%u/log", web_server_get_port (fixture->server));
  file->uri = g_strdup ("http://192.0.2.1/film.asf");
  file->is_media = TRUE;
  channel = lec_channel_new (info, NULL);
  lec_player_play (fixture->player, channel);
  pipeline_double_fail (LEC_ERROR_SILENT, "Nothing arrives");
  pipeline_double_show (PIPELINE_DOUBLE_CAMERA);
  WAIT_UNTIL (lec_player_get_state (fixture->player) == LEC_PLAYER_PLAYING);
  timer = g_timer_new ();
  WAIT_UNTIL (g_timer_elapsed (timer, NULL) > 0.8);
  g_assert_null (get_question ());
  lec_player_stop (fixture->player);
  WAIT_UNTIL (get_question () != NULL);
  g_assert_cmpuint (web_server_count_requests (fixture->server), ==, 0);
  g_assert_nonnull (find (GTK_WIDGET (get_question ()), has_part, " http://192.0.2.1/film.asf 0 "));
  respond ("Never");
}

/* A station that asks for none, and a window that is being closed. */
static void
test_silent (Fixture *fixture, gconstpointer data)
{
  play (fixture, WANTS_NONE);
  lec_player_stop (fixture->player);
  settle ();
  g_assert_null (get_question ());

  play (fixture, WANTS_LOGS);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  lec_player_stop (fixture->player);
  settle ();
  g_assert_null (get_question ());
  watch (fixture);
}

int
main (int argc, char **argv)
{
  ui_test_init (&argc, &argv);
  gst_init (&argc, &argv);
  adw_init ();
#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
  ADD ("/log-question/send", test_send);
  ADD ("/log-question/never", test_never);
  ADD ("/log-question/consents", test_consents);
  ADD ("/log-question/silent", test_silent);
  ADD ("/log-question/rollover", test_rollover);
#undef ADD
  return g_test_run ();
}
