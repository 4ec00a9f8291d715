/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "announce/asx-playlist.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "announce/address.h"
#include "announce/entries.h"
#include "announce/reference.h"

static void
facts_clear (LecAsxFacts *facts)
{
  g_free (facts->title);
  g_free (facts->author);
  g_free (facts->copyright);
  g_free (facts->description);
  g_free (facts->more_info);
  g_free (facts->banner);
  g_free (facts->logo);
  g_free (facts->base);
  g_free (facts->command_base);
  g_clear_pointer (&facts->log_urls, g_ptr_array_unref);
  g_clear_pointer (&facts->params, g_ptr_array_unref);
}

static void
span_init (LecAsxSpan *span)
{
  span->start_us = -1;
  span->duration_us = -1;
}

static void
span_clear (LecAsxSpan *span)
{
  g_free (span->start_marker);
  g_free (span->end_marker);
}

static void
ref_free (LecAsxRef *ref)
{
  g_free (ref->address);
  span_clear (&ref->span);
  g_free (ref);
}

static void
entry_free (LecAsxEntry *entry)
{
  facts_clear (&entry->facts);
  span_clear (&entry->span);
  g_ptr_array_unref (entry->refs);
  g_free (entry);
}

static void
event_free (LecAsxEvent *event)
{
  g_free (event->name);
  g_ptr_array_unref (event->entries);
  g_free (event);
}

LecAsxPlaylist *
lec_asx_playlist_new (void)
{
  LecAsxPlaylist *self = g_new0 (LecAsxPlaylist, 1);

  self->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) entry_free);
  self->events = g_ptr_array_new_with_free_func ((GDestroyNotify) event_free);
  self->repeat_count = 1;
  return self;
}

void
lec_asx_playlist_free (LecAsxPlaylist *self)
{
  if (self == NULL)
    return;

  facts_clear (&self->facts);
  g_ptr_array_unref (self->entries);
  g_ptr_array_unref (self->events);
  g_free (self);
}

LecAsxEntry *
lec_asx_playlist_add_entry (GPtrArray *entries)
{
  LecAsxEntry *entry = g_new0 (LecAsxEntry, 1);

  span_init (&entry->span);
  entry->refs = g_ptr_array_new_with_free_func ((GDestroyNotify) ref_free);
  g_ptr_array_add (entries, entry);
  return entry;
}

LecAsxRef *
lec_asx_entry_add_ref (LecAsxEntry *entry, const char *address)
{
  LecAsxRef *ref = g_new0 (LecAsxRef, 1);

  ref->address = g_strdup (address);
  span_init (&ref->span);
  g_ptr_array_add (entry->refs, ref);
  return ref;
}

LecAsxEvent *
lec_asx_playlist_add_event (LecAsxPlaylist *self, const char *name, LecWhenDone when_done)
{
  LecAsxEvent *event = g_new0 (LecAsxEvent, 1);

  event->name = g_strdup (name);
  event->when_done = when_done;
  event->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) entry_free);
  g_ptr_array_add (self->events, event);
  return event;
}

/* What references are relative to: BASE, itself relative to the metafile. It is a folder even where
 * it is written without the slash. */
static char *
find_base (const char *base, const char *base_uri, LecWarnings *warnings)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *resolved = NULL;

  if (base == NULL)
    return g_strdup (base_uri);
  resolved = lec_reference_resolve (base, base_uri, &error);
  if (resolved == NULL) {
    lec_warnings_add (warnings, _ ("a base was ignored: %s"), error->message);
    return g_strdup (base_uri);
  }
  if (g_str_has_suffix (resolved, "/") || strchr (resolved, '?') != NULL)
    return g_steal_pointer (&resolved);
  return g_strconcat (resolved, "/", NULL);
}

static gint64
first_said (gint64 a, gint64 b)
{
  return a >= 0 ? a : MAX (b, 0);
}

static const char *
either (const char *a, const char *b)
{
  return a != NULL ? a : b;
}

/* Trying the same address twice in a row helps nobody. */
static gboolean
is_repeated (const LecAlternative *alternative, char **last)
{
  char *address = lec_address_print (alternative, NULL);
  gboolean repeated = g_strcmp0 (address, *last) == 0;

  g_free (*last);
  *last = address;
  return repeated;
}

static void
set_span (LecAlternative *alternative, const LecAsxSpan *ref, const LecAsxSpan *entry)
{
  alternative->start_us = first_said (ref->start_us, entry->start_us);
  alternative->duration_us = first_said (ref->duration_us, entry->duration_us);
  alternative->start_marker = g_strdup (either (ref->start_marker, entry->start_marker));
  alternative->end_marker = g_strdup (either (ref->end_marker, entry->end_marker));
}

static void
add_alternatives (LecEntries *entries,
                  const LecAsxEntry *entry,
                  const char *base,
                  LecChannelInfo *info)
{
  g_autofree char *last = NULL;

  for (guint i = 0; i < entry->refs->len; i++) {
    const LecAsxRef *ref = g_ptr_array_index (entry->refs, i);
    LecAlternative *alternative = lec_entries_add_address (entries, info, ref->address, base);

    if (alternative != NULL && is_repeated (alternative, &last))
      g_ptr_array_remove_index (info->alternatives, info->alternatives->len - 1);
    else if (alternative != NULL && alternative->kind == LEC_KIND_URI)
      set_span (alternative, &ref->span, &entry->span);
  }
}

static gboolean
has_param (const LecAsxFacts *facts, const char *name)
{
  for (guint i = 0; facts->params != NULL && i < facts->params->len; i += 2) {
    if (g_ascii_strcasecmp (g_ptr_array_index (facts->params, i), name) == 0)
      return TRUE;
  }
  return FALSE;
}

/* Those of @facts that @nearer does not say. */
static void
copy_params (const LecAsxFacts *facts, const LecAsxFacts *nearer, LecChannelInfo *info)
{
  for (guint i = 0; facts->params != NULL && i < facts->params->len; i += 2) {
    const char *name = g_ptr_array_index (facts->params, i);

    if (nearer == NULL || !has_param (nearer, name))
      lec_channel_info_add_detail (info, name, g_ptr_array_index (facts->params, i + 1));
  }
}

/* @uri: (nullable) */
static gboolean
is_on_web (const char *uri)
{
  return lec_reference_has_scheme (uri, "http") || lec_reference_has_scheme (uri, "https");
}

/* Those of an entry and of the show are all asked for; only web servers take logs. */
static void
add_log_urls (const LecAsxFacts *facts, const char *base, GPtrArray *urls)
{
  for (guint i = 0; facts->log_urls != NULL && i < facts->log_urls->len; i++) {
    g_autofree char *url
        = lec_reference_resolve (g_ptr_array_index (facts->log_urls, i), base, NULL);

    if (url != NULL && is_on_web (url)
        && !g_ptr_array_find_with_equal_func (urls, url, g_str_equal, NULL))
      g_ptr_array_add (urls, g_steal_pointer (&url));
  }
}

static GStrv
collect_log_urls (const LecAsxFacts *show, const LecAsxFacts *entry, const char *base)
{
  GPtrArray *urls = g_ptr_array_new ();

  add_log_urls (entry, base, urls);
  add_log_urls (show, base, urls);
  if (urls->len > 0)
    g_ptr_array_add (urls, NULL);
  return (GStrv) g_ptr_array_free (urls, urls->len == 0);
}

static void
copy_facts (LecEntries *entries,
            const LecAsxFacts *show,
            const LecAsxFacts *entry,
            const char *base,
            LecChannelInfo *info)
{
  const char *more_info = either (entry->more_info, show->more_info);
  const char *picture
      = either (either (entry->banner, entry->logo), either (show->banner, show->logo));

  info->title = g_strdup (either (entry->title, show->title));
  info->author = g_strdup (either (entry->author, show->author));
  info->copyright = g_strdup (either (entry->copyright, show->copyright));
  info->description = g_strdup (either (entry->description, show->description));
  if (more_info != NULL)
    info->more_info = lec_reference_resolve_link (more_info, base);
  lec_entries_set_logo (entries, info, picture, base);
  info->log_urls = collect_log_urls (show, entry, base);
  copy_params (entry, NULL, info);
  copy_params (show, entry, info);
}

/* A group has nothing that could be included. */
static gboolean
is_group (const LecChannelInfo *info)
{
  return info->alternatives->len > 0
         && ((const LecAlternative *) g_ptr_array_index (info->alternatives, 0))->kind
                != LEC_KIND_URI;
}

/* (nullable): NULL where it is where the metafile lies */
static char *
find_command_base (const LecAsxFacts *entry, const char *base, const char *base_uri)
{
  g_autoptr (GPtrArray) unused = lec_warnings_new ();
  g_autofree char *found = entry->command_base != NULL
                               ? find_base (entry->command_base, base_uri, unused)
                               : g_strdup (base);

  if (found == NULL || g_strcmp0 (found, base_uri) == 0 || !is_on_web (found))
    return NULL;
  return g_steal_pointer (&found);
}

/* Adds the channel of one entry; an entry without anything to open is no error of the playlist.
 * What is included brings its own facts, and is shown under the title of this list until then. */
static gboolean
build_entry (LecEntries *entries,
             const LecAsxFacts *show,
             const LecAsxEntry *entry,
             const char *base_uri,
             GPtrArray *channels)
{
  g_autofree char *base = find_base (either (entry->facts.base, show->base), base_uri,
                                     entries->announcement->warnings);
  LecChannelInfo *info = lec_channel_info_new ();

  add_alternatives (entries, entry, base, info);
  info->flags = entry->flags;
  if (is_group (info))
    info->flags &= ~LEC_ENTRY_INCLUDE;
  if ((info->flags & LEC_ENTRY_INCLUDE) != 0)
    info->title = g_strdup (show->title);
  else if (info->alternatives->len > 0) {
    copy_facts (entries, show, &entry->facts, base, info);
    info->base = find_command_base (&entry->facts, base, base_uri);
  }
  return lec_entries_take (entries, channels, info);
}

/* Each repeated channel is the same one again, not a copy: a short text may ask for thousands. */
static void
repeat (const LecAsxPlaylist *self, LecAnnouncement *announcement, guint from)
{
  GPtrArray *channels = announcement->channels;
  guint length = channels->len - from;

  if (self->repeat_count == 0) {
    announcement->repeat_from = from;
    announcement->repeat_to = channels->len;
  }
  for (guint i = 1; i < self->repeat_count && length > 0; i++) {
    for (guint j = 0; j < length; j++) {
      if (channels->len == LEC_MAX_ENTRIES) {
        lec_warnings_add (announcement->warnings, _ ("only the first %d entries are listed"),
                          LEC_MAX_ENTRIES);
        return;
      }
      g_ptr_array_add (channels, lec_channel_ref (g_ptr_array_index (channels, from + j)));
    }
  }
}

static void
build_channels (const LecAsxPlaylist *self, LecEntries *entries, const char *base_uri)
{
  LecAnnouncement *announcement = entries->announcement;
  guint from = 0;
  gboolean room = TRUE;

  for (guint i = 0; i <= self->entries->len; i++) {
    if (i == self->repeat_from)
      from = announcement->channels->len;
    if (i == self->repeat_to)
      repeat (self, announcement, from);
    if (room && i < self->entries->len)
      room = build_entry (entries, &self->facts, g_ptr_array_index (self->entries, i), base_uri,
                          announcement->channels);
  }
}

static void
build_events (const LecAsxPlaylist *self, LecEntries *entries, const char *base_uri)
{
  for (guint i = 0; i < self->events->len; i++) {
    const LecAsxEvent *event = g_ptr_array_index (self->events, i);
    LecEvent *built
        = lec_announcement_add_event (entries->announcement, event->name, event->when_done);

    for (guint j = 0; j < event->entries->len; j++) {
      if (!build_entry (entries, &self->facts, g_ptr_array_index (event->entries, j), base_uri,
                        built->channels))
        return;
    }
  }
}

gboolean
lec_asx_playlist_build (const LecAsxPlaylist *self,
                        const char *base_uri,
                        LecAnnouncement *announcement,
                        GError **error)
{
  g_auto (LecEntries) entries = { 0 };

  lec_entries_init (&entries, announcement);
  lec_announcement_set_title (announcement, self->facts.title);
  build_channels (self, &entries, base_uri);
  build_events (self, &entries, base_uri);
  return lec_entries_finish (&entries, error);
}
