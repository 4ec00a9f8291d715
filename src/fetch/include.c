/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "fetch/include.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "announce/asx.h"
#include "channel/error.h"
#include "fetch/origin.h"

#define MAX_STEPS LEC_MAX_ENTRIES /* entries looked at; lists may name a list many times */
#define SHOWN 80                  /* [bytes] of an address that a warning quotes */

/* What came of opening an address, for the next list that names it. */
typedef struct
{
  LecAnnouncement *announcement; /* NULL: it failed */
  char *uri;                     /* where it lies, normalised */
  gboolean may_play;
  GError *error;
} Opened;

typedef struct
{
  LecAnnouncement *announcement; /* the outermost; borrowed */
  LecIncludeOpen open_document;
  const LecDeadline *deadline; /* borrowed */
  GHashTable *opened;          /* normalised URI → Opened */
  GPtrArray *open;             /* URIs of the lists we are in, outermost first; borrowed */
  guint steps;
  guint room; /* entries that may still be read */
  GError *reason;
} Inclusion;

static void
opened_free (Opened *opened)
{
  lec_announcement_free (opened->announcement);
  g_free (opened->uri);
  g_clear_error (&opened->error);
  g_free (opened);
}

static void
inclusion_clear (Inclusion *self)
{
  g_hash_table_unref (self->opened);
  g_ptr_array_unref (self->open);
  g_clear_error (&self->reason);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Inclusion, inclusion_clear)

/* One spelling for one place, so that it is known again. */
static char *
normalise (const char *uri)
{
  const GUriFlags flags
      = G_URI_FLAGS_ENCODED | G_URI_FLAGS_PARSE_RELAXED | G_URI_FLAGS_SCHEME_NORMALIZE;
  g_autoptr (GUri) parsed = g_uri_parse (uri, flags, NULL);
  g_autofree char *host = NULL;

  /* relaxed, a semicolon ends the host too, and what is then the path cannot be put behind one */
  if (parsed == NULL || (*g_uri_get_path (parsed) != '\0' && *g_uri_get_path (parsed) != '/'))
    return g_strdup (uri);
  if (g_uri_get_host (parsed) != NULL)
    host = g_ascii_strdown (g_uri_get_host (parsed), -1);
  return g_uri_join (flags, g_uri_get_scheme (parsed), NULL, host, g_uri_get_port (parsed),
                     g_uri_get_path (parsed), g_uri_get_query (parsed), NULL);
}

static gboolean
is_open (const Inclusion *self, const char *uri)
{
  return g_ptr_array_find_with_equal_func (self->open, uri, g_str_equal, NULL);
}

static Opened *
open_list (Inclusion *self, const char *uri)
{
  Opened *opened = g_new0 (Opened, 1);
  g_autofree char *found = NULL;

  opened->announcement
      = self->open_document (uri, self->deadline, &found, &opened->may_play, &opened->error);
  opened->uri = normalise (found != NULL ? found : uri);
  if (opened->announcement != NULL && opened->announcement->channels->len > self->room) {
    g_clear_pointer (&opened->announcement, lec_announcement_free);
    g_set_error (&opened->error, LEC_ERROR, LEC_ERROR_UNSUPPORTED,
                 _ ("the lists have more than %d entries together"), LEC_MAX_ENTRIES);
  } else if (opened->announcement != NULL) {
    self->room -= opened->announcement->channels->len;
  }
  return opened;
}

/* Returns NULL where the bounds or the rules forbid to open @uri. The depth comes first, as that is
 * where lists that grow with each turn spend their time. */
static const Opened *
look_up (Inclusion *self, const char *uri, GError **error)
{
  const char *from = g_ptr_array_index (self->open, self->open->len - 1);
  g_autofree char *key = NULL;
  Opened *opened;

  if (self->open->len > LEC_INCLUDE_DEPTH) {
    g_set_error (error, LEC_ERROR, LEC_ERROR_UNSUPPORTED,
                 _ ("the lists include each other more than %d deep"), LEC_INCLUDE_DEPTH);
    return NULL;
  }
  if (!lec_origin_may_lead (from, uri)) {
    g_set_error_literal (error, LEC_ERROR, LEC_ERROR_UNSUPPORTED,
                         _ ("a web page may not refer to local files or hosts"));
    return NULL;
  }
  key = normalise (uri);
  if (is_open (self, key)) {
    g_set_error_literal (error, LEC_ERROR, LEC_ERROR_UNSUPPORTED, _ ("it includes itself"));
    return NULL;
  }
  opened = g_hash_table_lookup (self->opened, key);
  if (opened != NULL)
    return opened;
  if (g_hash_table_size (self->opened) == LEC_INCLUDE_DOCUMENTS) {
    g_set_error (error, LEC_ERROR, LEC_ERROR_UNSUPPORTED, _ ("only %d lists are included"),
                 LEC_INCLUDE_DOCUMENTS);
    return NULL;
  }
  opened = open_list (self, uri);
  g_hash_table_insert (self->opened, g_steal_pointer (&key), opened);
  return opened;
}

/* The first reason why something is not there is that of the whole. */
static void
keep_reason (Inclusion *self, const GError *error)
{
  if (self->reason == NULL)
    self->reason = g_error_copy (error);
}

static void
leave_out (Inclusion *self, const char *uri, const GError *error)
{
  lec_warnings_add (self->announcement->warnings, _ ("“%.*s” was left out: %s"), SHOWN, uri,
                    error->message);
  keep_reason (self, error);
}

static void
append (Inclusion *self, LecChannel *channel, GPtrArray *channels)
{
  if (channels->len < LEC_MAX_ENTRIES)
    g_ptr_array_add (channels, lec_channel_ref (channel));
  else
    lec_warnings_add (self->announcement->warnings, _ ("only the first %d entries are listed"),
                      LEC_MAX_ENTRIES);
}

/* An entry without a title goes by that of its list, which is the outermost for a viewer. */
static void
append_included (Inclusion *self,
                 LecChannel *channel,
                 const LecAnnouncement *list,
                 GPtrArray *channels)
{
  const char *title = self->announcement->title;
  LecChannelInfo *info;
  g_autoptr (LecChannel) renamed = NULL;

  if (title == NULL || g_strcmp0 (list->title, lec_channel_get_title (channel)) != 0) {
    append (self, channel, channels);
    return;
  }
  info = lec_channel_info_copy (lec_channel_get_info (channel));
  g_free (info->title);
  info->title = g_strdup (title);
  renamed = lec_channel_new (info, NULL);
  append (self, renamed != NULL ? renamed : channel, channels);
}

static void include (Inclusion *self, LecChannel *channel, GPtrArray *channels);

static void
include_list (Inclusion *self, const Opened *opened, GPtrArray *channels)
{
  const LecAnnouncement *list = opened->announcement;

  for (guint i = 0; i < list->warnings->len; i++)
    lec_warnings_add (self->announcement->warnings, "“%.*s”: %s", SHOWN, opened->uri,
                      (char *) g_ptr_array_index (list->warnings, i));
  g_ptr_array_add (self->open, opened->uri);
  for (guint i = 0; i < list->channels->len && self->steps < MAX_STEPS; i++) {
    LecChannel *channel = g_ptr_array_index (list->channels, i);
    LecEntryFlags flags = lec_channel_get_info (channel)->flags;

    self->steps++;
    if (flags & LEC_ENTRY_NOT_INCLUDED)
      continue;
    if (flags & LEC_ENTRY_INCLUDE)
      include (self, channel, channels);
    else
      append_included (self, channel, list, channels);
  }
  if (self->steps == MAX_STEPS)
    lec_warnings_add (self->announcement->warnings,
                      _ ("only the first %d entries of the lists in it were looked at"), MAX_STEPS);
  g_ptr_array_set_size (self->open, (int) self->open->len - 1);
}

/* Appends what @channel leads to, or itself, or nothing. */
static void
include (Inclusion *self, LecChannel *channel, GPtrArray *channels)
{
  const LecAlternative *alternative
      = g_ptr_array_index (lec_channel_get_info (channel)->alternatives, 0);
  g_autoptr (GError) error = NULL;
  const Opened *opened = look_up (self, alternative->uri, &error);

  if (opened == NULL) {
    leave_out (self, alternative->uri, error);
  } else if (opened->announcement == NULL && opened->may_play) {
    lec_warnings_add (self->announcement->warnings, _ ("“%.*s” was not included: %s"), SHOWN,
                      alternative->uri, opened->error->message);
    keep_reason (self, opened->error);
    append (self, channel, channels);
  } else if (opened->announcement == NULL) {
    leave_out (self, alternative->uri, opened->error);
  } else if (is_open (self, opened->uri)) {
    g_set_error_literal (&error, LEC_ERROR, LEC_ERROR_UNSUPPORTED, _ ("it includes itself"));
    leave_out (self, alternative->uri, error);
  } else {
    include_list (self, opened, channels);
  }
}

/* @from and @to: indices into @channels, which move as the lists before them are replaced. */
static void
follow (Inclusion *self, GPtrArray **channels, guint *from, guint *to)
{
  g_autoptr (GPtrArray) before = *channels;
  guint old_from = *from;
  guint old_to = *to;

  *channels = g_ptr_array_new_with_free_func ((GDestroyNotify) lec_channel_unref);
  for (guint i = 0; i < before->len; i++) {
    LecChannel *channel = g_ptr_array_index (before, i);

    if (i == old_from)
      *from = (*channels)->len;
    if (i == old_to)
      *to = (*channels)->len;
    if (lec_channel_get_info (channel)->flags & LEC_ENTRY_INCLUDE)
      include (self, channel, *channels);
    else
      append (self, channel, *channels);
  }
  if (old_to == before->len)
    *to = (*channels)->len;
}

static gboolean
includes_others (const GPtrArray *channels)
{
  for (guint i = 0; i < channels->len; i++) {
    if (lec_channel_get_info (g_ptr_array_index (channels, i))->flags & LEC_ENTRY_INCLUDE)
      return TRUE;
  }
  return FALSE;
}

static void
follow_all (Inclusion *self)
{
  LecAnnouncement *announcement = self->announcement;

  if (includes_others (announcement->channels))
    follow (self, &announcement->channels, &announcement->repeat_from, &announcement->repeat_to);
  for (guint i = 0; i < announcement->events->len; i++) {
    LecEvent *event = g_ptr_array_index (announcement->events, i);
    guint none = 0;

    if (includes_others (event->channels))
      follow (self, &event->channels, &none, &none);
  }
}

gboolean
lec_include_follow (LecAnnouncement *announcement,
                    const char *uri,
                    LecIncludeOpen open_document,
                    const LecDeadline *deadline,
                    GError **error)
{
  g_autofree char *top = NULL;
  g_auto (Inclusion) self = {
    .announcement = announcement,
    .open_document = open_document,
    .deadline = deadline,
    .opened = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) opened_free),
    .open = g_ptr_array_new (),
    .room = LEC_MAX_ENTRIES,
  };

  g_return_val_if_fail (announcement != NULL, FALSE);
  g_return_val_if_fail (uri != NULL, FALSE);

  top = normalise (uri);
  g_ptr_array_add (self.open, top);
  follow_all (&self);
  if (!lec_deadline_has_passed (deadline)
      && g_cancellable_set_error_if_cancelled (lec_deadline_get_cancellable (deadline), error))
    return FALSE;
  if (announcement->channels->len > 0)
    return TRUE;
  if (self.reason != NULL)
    g_propagate_error (error, g_steal_pointer (&self.reason));
  else
    g_set_error_literal (error, LEC_ERROR, LEC_ERROR_UNSUPPORTED,
                         _ ("the playlist is empty: the lists it includes name nothing to play"));
  return FALSE;
}
