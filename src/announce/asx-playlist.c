/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "announce/asx-playlist.h"

#include <string.h>

#include "announce/address.h"
#include "announce/reference.h"
#include "wire/error.h"

static void
facts_clear (LecAsxFacts *facts)
{
  g_free (facts->title);
  g_free (facts->author);
  g_free (facts->description);
  g_free (facts->more_info);
  g_free (facts->base);
}

static void
ref_free (LecAsxRef *ref)
{
  g_free (ref->address);
  g_free (ref);
}

static void
entry_free (LecAsxEntry *entry)
{
  facts_clear (&entry->facts);
  g_ptr_array_unref (entry->refs);
  g_free (entry);
}

LecAsxPlaylist *
lec_asx_playlist_new (void)
{
  LecAsxPlaylist *self = g_new0 (LecAsxPlaylist, 1);

  self->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) entry_free);
  self->order = g_ptr_array_new ();
  return self;
}

void
lec_asx_playlist_free (LecAsxPlaylist *self)
{
  if (self == NULL)
    return;

  facts_clear (&self->facts);
  g_ptr_array_unref (self->order);
  g_ptr_array_unref (self->entries);
  g_free (self);
}

LecAsxEntry *
lec_asx_playlist_add_entry (LecAsxPlaylist *self)
{
  LecAsxEntry *entry = g_new0 (LecAsxEntry, 1);

  entry->start_us = -1;
  entry->duration_us = -1;
  entry->refs = g_ptr_array_new_with_free_func ((GDestroyNotify) ref_free);
  g_ptr_array_add (self->entries, entry);
  g_ptr_array_add (self->order, entry);
  return entry;
}

LecAsxRef *
lec_asx_entry_add_ref (LecAsxEntry *entry, const char *address)
{
  LecAsxRef *ref = g_new0 (LecAsxRef, 1);

  ref->address = g_strdup (address);
  ref->start_us = -1;
  ref->duration_us = -1;
  g_ptr_array_add (entry->refs, ref);
  return ref;
}

/* What references are relative to: BASE, itself relative to the metafile. It is a folder even where
 * it is written without the slash. */
static char *
find_base (const char *base, const char *base_uri, LecAnnouncement *announcement)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *resolved = NULL;

  if (base == NULL)
    return g_strdup (base_uri);
  resolved = lec_reference_resolve (base, base_uri, &error);
  if (resolved == NULL) {
    lec_announcement_warn (announcement, "a base was passed over: %s", error->message);
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

static gboolean
add_uri (const LecAsxEntry *entry,
         const LecAsxRef *ref,
         const char *base,
         LecChannelInfo *info,
         GError **error)
{
  char *uri = lec_reference_resolve (ref->address, base, error);
  LecAlternative *alternative;

  if (uri == NULL)
    return FALSE;
  alternative = lec_channel_info_add_alternative (info, LEC_KIND_URI);
  alternative->uri = uri;
  alternative->start_us = first_said (ref->start_us, entry->start_us);
  alternative->duration_us = first_said (ref->duration_us, entry->duration_us);
  return TRUE;
}

/* Trying the same address twice in a row helps nobody. */
static gboolean
is_repeated (const LecAsxEntry *entry, guint index)
{
  const LecAsxRef *ref = g_ptr_array_index (entry->refs, index);
  const LecAsxRef *before = index > 0 ? g_ptr_array_index (entry->refs, index - 1) : NULL;

  return before != NULL && strcmp (before->address, ref->address) == 0;
}

static void
add_alternatives (const LecAsxEntry *entry,
                  const char *base,
                  LecChannelInfo *info,
                  LecAnnouncement *announcement,
                  GError **reason)
{
  for (guint i = 0; i < entry->refs->len; i++) {
    const LecAsxRef *ref = g_ptr_array_index (entry->refs, i);
    g_autoptr (GError) error = NULL;
    gboolean added;

    if (is_repeated (entry, i))
      continue;
    if (info->alternatives->len == LEC_MAX_ALTERNATIVES) {
      lec_announcement_warn (announcement, "only the first %d references of an entry are tried",
                             LEC_MAX_ALTERNATIVES);
      return;
    }
    if (lec_address_is_address (ref->address))
      added = lec_address_add (ref->address, info, announcement, &error);
    else
      added = add_uri (entry, ref, base, info, &error);
    if (added)
      continue;
    lec_announcement_warn (announcement, "a reference was passed over: %s", error->message);
    if (*reason == NULL)
      g_propagate_error (reason, g_steal_pointer (&error));
  }
}

static const char *
either (const char *a, const char *b)
{
  return a != NULL ? a : b;
}

static void
copy_facts (const LecAsxFacts *show, const LecAsxFacts *entry, LecChannelInfo *info)
{
  const char *more_info = either (entry->more_info, show->more_info);

  info->title = g_strdup (either (entry->title, show->title));
  info->author = g_strdup (either (entry->author, show->author));
  info->description = g_strdup (either (entry->description, show->description));
  if (more_info != NULL && lec_reference_is_for_people (more_info))
    info->more_info = g_strdup (more_info);
}

/* Adds the channel of one entry; an entry without anything to open is no error of the playlist. */
static void
build_entry (const LecAsxPlaylist *self,
             const LecAsxEntry *entry,
             const char *base_uri,
             LecAnnouncement *announcement,
             GError **reason)
{
  g_autofree char *base
      = find_base (either (entry->facts.base, self->facts.base), base_uri, announcement);
  g_autoptr (LecChannelInfo) info = lec_channel_info_new ();
  g_autoptr (GError) error = NULL;
  LecChannel *channel;

  add_alternatives (entry, base, info, announcement, reason);
  if (info->alternatives->len == 0)
    return;
  copy_facts (&self->facts, &entry->facts, info);
  channel = lec_channel_new (g_steal_pointer (&info), &error);
  if (channel != NULL) {
    g_ptr_array_add (announcement->channels, channel);
    return;
  }
  lec_announcement_warn (announcement, "an entry was passed over: %s", error->message);
  if (*reason == NULL)
    g_propagate_error (reason, g_steal_pointer (&error));
}

gboolean
lec_asx_playlist_build (const LecAsxPlaylist *self,
                        const char *base_uri,
                        LecAnnouncement *announcement,
                        GError **error)
{
  g_autoptr (GError) reason = NULL;

  for (guint i = 0; i < self->order->len; i++)
    build_entry (self, g_ptr_array_index (self->order, i), base_uri, announcement, &reason);
  if (announcement->channels->len > 0)
    return TRUE;
  if (reason != NULL)
    g_propagate_error (error, g_steal_pointer (&reason));
  else
    g_set_error_literal (error, LEC_ERROR, LEC_ERROR_UNSUPPORTED,
                         "the playlist is empty: it names nothing to play");
  return FALSE;
}
