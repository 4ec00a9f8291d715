/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/logger.h"

#include <gio/gio.h>
#include <stdlib.h>
#include <string.h>

#include "fetch/log-post.h"
#include "fetch/web.h"
#include "report/log-line.h"

#define LOOK_MS 250     /* from look to look at the report */
#define GROUP "servers" /* of the file: server=yes, or no */
#define YES "yes"
#define NO "no"
#define MAX_LETTERS 16 /* that wait for an answer */

/* One line on its way to a server. */
typedef struct
{
  char *server; /* its name, for a viewer */
  char *address;
  char *from; /* (nullable): where the announcement lies */
  char *line;
} Letter;

/* What is known of the channel that plays. */
typedef struct
{
  LecChannel *channel; /* NULL: none plays that logs are wanted of */
  char *address;       /* (nullable): of its announcement on the web */
  char *group;
  guint16 port;
  char *way;          /* address of what is received */
  char *uri;          /* (nullable): likewise, where it is in the place of the multicast */
  GPtrArray *servers; /* addresses of */
  LecReport *report;  /* (nullable): the last one */
  gint64 looked_us;   /* when that was */
  gint64 played_us;
} Session;

struct _LecLogger
{
  GObject parent_instance;

  /* owned */
  LecPlayer *player;
  char *path;
  GKeyFile *answers;
  GPtrArray *letters; /* of Letter: wait for an answer */
  Session session;
  guint look; /* source */
};

static guint asked_signal;

G_DEFINE_FINAL_TYPE (LecLogger, lec_logger, G_TYPE_OBJECT)

static void
letter_free (Letter *letter)
{
  g_free (letter->server);
  g_free (letter->address);
  g_free (letter->from);
  g_free (letter->line);
  g_free (letter);
}

static void
session_clear (Session *session)
{
  g_clear_pointer (&session->channel, lec_channel_unref);
  g_clear_pointer (&session->address, g_free);
  g_clear_pointer (&session->group, g_free);
  g_clear_pointer (&session->way, g_free);
  g_clear_pointer (&session->uri, g_free);
  g_clear_pointer (&session->servers, g_ptr_array_unref);
  g_clear_pointer (&session->report, lec_report_unref);
  session->played_us = 0;
}

/* ---- sending ---- */

static void
post_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Letter *letter = data;
  g_autoptr (LecDeadline) deadline = lec_deadline_new (LEC_LOG_LIMIT_MS, cancellable, NULL);

  if (deadline != NULL)
    lec_log_post (letter->address, letter->from, letter->line, deadline, NULL);
  g_task_return_boolean (task, TRUE);
}

static void
send_letter (Letter *letter)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, NULL, NULL);

  g_task_set_task_data (task, letter, (GDestroyNotify) letter_free);
  g_task_run_in_thread (task, post_thread);
}

static LecLogConsent
look_up (LecLogger *self, const char *server)
{
  g_autofree char *answer = g_key_file_get_string (self->answers, GROUP, server, NULL);

  if (g_strcmp0 (answer, YES) == 0)
    return LEC_LOG_ALWAYS;
  return g_strcmp0 (answer, NO) == 0 ? LEC_LOG_NEVER : LEC_LOG_UNKNOWN;
}

/* @letter: (transfer full) */
static void
handle (LecLogger *self, Letter *letter)
{
  LecLogConsent consent = look_up (self, letter->server);

  if (consent == LEC_LOG_ALWAYS)
    send_letter (letter);
  else if (consent == LEC_LOG_NEVER || self->letters->len == MAX_LETTERS)
    letter_free (letter);
  else {
    g_ptr_array_add (self->letters, letter);
    g_signal_emit (self, asked_signal, 0, letter->server, letter->line);
  }
}

/* Names of servers may have characters that are not for keys. */
static char *
name_server (const char *address)
{
  g_autoptr (GUri) uri = g_uri_parse (address, G_URI_FLAGS_NONE, NULL);
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;
  char *name = host != NULL ? g_ascii_strdown (host, -1) : NULL;

  return name != NULL ? g_strdelimit (name, "[]=", '_') : NULL;
}

static char *
print_line (const Session *session)
{
  const char *const *languages = g_get_language_names ();
  g_autofree char *language = g_strndup (languages[0], strcspn (languages[0], ".@"));
  const LecLogFacts facts = {
    .address = session->address,
    .group = session->group,
    .port = session->port,
    .uri = session->uri,
    .end_us = g_get_real_time (),
    .played_us = session->played_us,
    .session = (guint64) g_random_int () << 32 | g_random_int (),
    .language = strcmp (language, "C") == 0 ? NULL : g_strdelimit (language, "_", '-'),
    .player = LEC_VERSION,
  };

  return lec_log_line_print (session->report, &facts);
}

static void
finish (LecLogger *self)
{
  Session session = self->session;

  self->session = (Session){ 0 };
  if (session.report != NULL && session.played_us > 0)
    for (guint i = 0; i < session.servers->len; i++) {
      const char *address = g_ptr_array_index (session.servers, i);
      char *server = name_server (address);
      Letter *letter;

      if (server == NULL)
        continue;
      letter = g_new0 (Letter, 1);
      letter->server = server;
      letter->address = g_strdup (address);
      letter->from = g_strdup (session.address);
      letter->line = print_line (&session);
      handle (self, letter);
    }
  session_clear (&session);
}

/* ---- watching ---- */

static void
add_server (GPtrArray *servers, const char *address)
{
  if (address != NULL && lec_web_is_address (address)
      && !g_ptr_array_find_with_equal_func (servers, address, g_str_equal, NULL))
    g_ptr_array_add (servers, g_strdup (address));
}

/* (nullable): of the announcement, which may be one that another one has led to; of what plays in
 * its place one before that */
static char *
find_address (LecPlayer *player)
{
  const LecChannelInfo *info = lec_channel_get_info (lec_player_get_channel (player));
  const LecAnnouncement *announcement = lec_player_get_announcement (player);
  const char *address = announcement != NULL ? announcement->uri : NULL;

  for (guint i = MIN (lec_player_get_alternative (player) + 1, info->alternatives->len); i-- > 0;) {
    const LecAlternative *outer = g_ptr_array_index (info->alternatives, i);

    if (outer->kind == LEC_KIND_MSB)
      break;
    if (outer->kind == LEC_KIND_URI && !outer->is_media) {
      address = outer->uri;
      break;
    }
  }
  return address != NULL && lec_web_is_address (address) ? g_strdup (address) : NULL;
}

/* (nullable): what plays, or would if it came */
static const LecAlternative *
find_station (LecPlayer *player)
{
  const LecAlternative *played = lec_player_get_playing (player);
  const LecAlternative *missed = lec_player_get_missed (player);

  if (played != NULL && played->kind == LEC_KIND_MSB)
    return played;
  return missed != NULL && missed->kind == LEC_KIND_MSB ? missed : NULL;
}

static void
begin (LecLogger *self)
{
  const LecAlternative *played = lec_player_get_playing (self->player);
  const LecAlternative *station = find_station (self->player);
  LecChannel *channel = lec_player_get_channel (self->player);
  GStrv urls = lec_channel_get_info (channel)->log_urls;
  Session *session = &self->session;
  const LecLeg *leg;

  if (station == NULL)
    return;
  session->servers = g_ptr_array_new_with_free_func (g_free);
  add_server (session->servers, station->msb->log_url);
  for (guint i = 0; urls != NULL && urls[i] != NULL; i++)
    add_server (session->servers, urls[i]);
  if (session->servers->len == 0) {
    session_clear (session);
    return;
  }
  leg = lec_alternative_get_leg (station);
  session->way = lec_alternative_dup_address (played);
  session->uri = played != station ? g_strdup (session->way) : NULL;
  session->channel = lec_channel_ref (channel);
  session->address = find_address (self->player);
  session->group = g_strdup (leg->group);
  session->port = leg->port;
  session->looked_us = g_get_monotonic_time ();
}

/* Whether another way plays than the log is of. */
static gboolean
has_moved (LecLogger *self)
{
  const LecAlternative *played = lec_player_get_playing (self->player);
  g_autofree char *way = played != NULL ? lec_alternative_dup_address (played) : NULL;

  return g_strcmp0 (way, self->session.way) != 0;
}

static gboolean
look_cb (gpointer data)
{
  LecLogger *self = data;
  LecReport *report;
  gint64 now_us = g_get_monotonic_time ();

  if (has_moved (self)) {
    finish (self);
    begin (self);
  }
  if (self->session.channel == NULL) {
    self->look = 0;
    return G_SOURCE_REMOVE;
  }
  report = lec_player_dup_report (self->player);
  if (report == NULL)
    return G_SOURCE_CONTINUE;
  g_clear_pointer (&self->session.report, lec_report_unref);
  self->session.report = report;
  if (lec_player_get_state (self->player) == LEC_PLAYER_PLAYING)
    self->session.played_us += now_us - self->session.looked_us;
  self->session.looked_us = now_us;
  return G_SOURCE_CONTINUE;
}

static void
changed_cb (LecLogger *self)
{
  LecPlayerState state = lec_player_get_state (self->player);
  LecChannel *channel = lec_player_get_channel (self->player);

  if (self->session.channel != NULL
      && (!lec_player_state_is_on (state) || channel != self->session.channel
          || has_moved (self))) {
    g_clear_handle_id (&self->look, g_source_remove);
    finish (self);
  }
  if (self->session.channel == NULL && state == LEC_PLAYER_PLAYING && channel != NULL) {
    begin (self);
    if (self->session.channel != NULL)
      self->look = g_timeout_add (LOOK_MS, look_cb, self);
  }
}

void
lec_logger_answer (LecLogger *self, const char *server, LecLogConsent consent)
{
  g_return_if_fail (LEC_IS_LOGGER (self));

  if (consent != LEC_LOG_UNKNOWN) {
    g_autofree char *folder = g_path_get_dirname (self->path);

    g_key_file_set_string (self->answers, GROUP, server, consent == LEC_LOG_ALWAYS ? YES : NO);
    g_mkdir_with_parents (folder, 0700);
    /* where it cannot be kept, it is asked for again */
    g_key_file_save_to_file (self->answers, self->path, NULL);
  }
  for (guint i = self->letters->len; i-- > 0;) {
    Letter *letter = g_ptr_array_index (self->letters, i);

    if (strcmp (letter->server, server) != 0)
      continue;
    letter = g_ptr_array_steal_index (self->letters, i);
    if (consent == LEC_LOG_ALWAYS)
      send_letter (letter);
    else
      letter_free (letter);
  }
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

GStrv
lec_logger_dup_servers (LecLogger *self)
{
  gsize n = 0;
  GStrv servers;

  g_return_val_if_fail (LEC_IS_LOGGER (self), NULL);

  servers = g_key_file_get_keys (self->answers, GROUP, &n, NULL);
  if (servers == NULL)
    return g_new0 (char *, 1);
  qsort (servers, n, sizeof *servers, compare_names);
  return servers;
}

LecLogConsent
lec_logger_get_consent (LecLogger *self, const char *server)
{
  g_return_val_if_fail (LEC_IS_LOGGER (self), LEC_LOG_UNKNOWN);

  return look_up (self, server);
}

void
lec_logger_forget (LecLogger *self, const char *server)
{
  g_return_if_fail (LEC_IS_LOGGER (self));

  if (g_key_file_remove_key (self->answers, GROUP, server, NULL))
    g_key_file_save_to_file (self->answers, self->path, NULL);
}

static void
lec_logger_finalize (GObject *object)
{
  LecLogger *self = LEC_LOGGER (object);

  g_clear_handle_id (&self->look, g_source_remove);
  session_clear (&self->session);
  g_object_unref (self->player);
  g_ptr_array_unref (self->letters);
  g_key_file_unref (self->answers);
  g_free (self->path);
  G_OBJECT_CLASS (lec_logger_parent_class)->finalize (object);
}

static void
lec_logger_class_init (LecLoggerClass *class)
{
  G_OBJECT_CLASS (class)->finalize = lec_logger_finalize;
  asked_signal = g_signal_new ("asked", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                               NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
}

static void
lec_logger_init (LecLogger *self)
{
  self->answers = g_key_file_new ();
  self->letters = g_ptr_array_new_with_free_func ((GDestroyNotify) letter_free);
}

LecLogger *
lec_logger_new (LecPlayer *player, const char *path)
{
  LecLogger *self = g_object_new (LEC_TYPE_LOGGER, NULL);

  self->player = g_object_ref (player);
  self->path = path != NULL ? g_strdup (path)
                            : g_build_filename (g_get_user_config_dir (), "lectern", "logs", NULL);
  g_key_file_load_from_file (self->answers, self->path, G_KEY_FILE_KEEP_COMMENTS, NULL);
  g_signal_connect_object (player, "notify::state", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (player, "notify::channel", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  changed_cb (self);
  return self;
}
