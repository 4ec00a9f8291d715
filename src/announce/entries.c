/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "announce/entries.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "announce/address-option.h"
#include "announce/address.h"
#include "announce/reference.h"
#include "announce/relay.h"
#include "channel/error.h"

/* [bytes] A text of one megabyte may say one thing, such as a base, for all of its entries. */
#define MAX_HELD (8 * 1024 * 1024)

#define REASONS 8     /* references passed over whose reasons are told */
#define NAMED 5       /* entries left out whose names are told */
#define SHOWN_NAME 40 /* [characters] of each */

void
lec_entries_init (LecEntries *self, LecAnnouncement *announcement)
{
  memset (self, 0, sizeof *self);
  self->announcement = announcement;
}

void
lec_entries_clear (LecEntries *self)
{
  g_clear_error (&self->reason);
  g_clear_pointer (&self->refused, g_free);
  if (self->skipped != NULL)
    g_string_free (self->skipped, TRUE);
  self->skipped = NULL;
}

/* Keeps the first @error as the reason. */
static void
keep_reason (LecEntries *self, GError **error)
{
  if (self->reason == NULL)
    self->reason = g_steal_pointer (error);
}

static gboolean
add_uri (LecChannelInfo *info, const char *reference, const char *base, GError **error)
{
  char *uri = lec_reference_resolve (reference, base, error);

  if (uri == NULL)
    return FALSE;
  lec_channel_info_add_alternative (info, LEC_KIND_URI)->uri = uri;
  return TRUE;
}

/* A list from elsewhere must not make this computer listen to itself either. */
static gboolean
add_group (LecEntries *self,
           LecChannelInfo *info,
           const char *reference,
           const char *base,
           GError **error)
{
  guint last = info->alternatives->len;
  const LecAlternative *alternative;
  const LecStream *stream;
  const LecLeg *leg;

  if (!lec_address_add (reference, info, self->announcement->warnings, error))
    return FALSE;
  alternative = g_ptr_array_index (info->alternatives, last);
  stream = g_ptr_array_index (alternative->streams, 0);
  leg = g_ptr_array_index (stream->legs, 0);
  if (lec_reference_check_host (leg->group, base, error))
    return TRUE;
  g_ptr_array_remove_index (info->alternatives, last);
  return FALSE;
}

static void
refuse_reference (LecEntries *self, const char *reference, GError *error)
{
  if (self->n_refused++ < REASONS)
    lec_warnings_add (self->announcement->warnings, _ ("a reference was ignored: %s"),
                      error->message);
  if (self->refused == NULL)
    self->refused = g_strdup (reference);
  keep_reason (self, &error);
  g_clear_error (&error);
}

static void
add_one (LecEntries *self, LecChannelInfo *info, const char *reference, const char *base)
{
  GError *error = NULL;
  gboolean added;

  if (info->alternatives->len == LEC_MAX_ALTERNATIVES) {
    lec_warnings_add (self->announcement->warnings,
                      _ ("only the first %d references of an entry are tried"),
                      LEC_MAX_ALTERNATIVES);
    return;
  }
  if (lec_address_is_address (reference))
    added = add_group (self, info, reference, base, &error);
  else
    added = add_uri (info, reference, base, &error);
  if (!added)
    refuse_reference (self, reference, error);
}

LecAlternative *
lec_entries_add_address (LecEntries *self,
                         LecChannelInfo *info,
                         const char *reference,
                         const char *base)
{
  const char *address = lec_address_skip_player (reference + strspn (reference, " \t"));
  g_autofree char *group = lec_relay_dup_group (address);
  const guint first = info->alternatives->len;

  if (group != NULL)
    add_one (self, info, group, base);
  add_one (self, info, address, base);
  return info->alternatives->len > first ? g_ptr_array_index (info->alternatives, first) : NULL;
}

/* Whether one of the alternatives takes it, or nobody has to. */
static gboolean
apply_option (LecChannelInfo *info, const char *option)
{
  gboolean taken = FALSE;

  for (guint i = 0; i < info->alternatives->len; i++) {
    LecAlternative *alternative = g_ptr_array_index (info->alternatives, i);
    LecStream *stream
        = alternative->streams->len > 0 ? g_ptr_array_index (alternative->streams, 0) : NULL;
    LecLeg *leg = stream != NULL ? g_ptr_array_index (stream->legs, 0) : NULL;
    const LecAddressOption result = lec_address_option_apply (option, alternative, leg, NULL);

    taken |= result == LEC_ADDRESS_OPTION_TAKEN || result == LEC_ADDRESS_OPTION_TUNING;
  }
  return taken;
}

void
lec_entries_apply_options (LecEntries *self, LecChannelInfo *info, const GPtrArray *options)
{
  for (guint i = 0; info->alternatives->len > 0 && i < options->len; i++) {
    if (!apply_option (info, g_ptr_array_index (options, i)))
      lec_warnings_add (self->announcement->warnings, _ ("options for VLC were ignored"));
  }
}

void
lec_entries_set_logo (LecEntries *self,
                      LecChannelInfo *info,
                      const char *reference,
                      const char *base)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *uri = NULL;

  if (reference == NULL || reference[strspn (reference, " \t\r\n")] == '\0')
    return;
  uri = lec_reference_resolve (reference, base, &error);
  if (uri == NULL)
    lec_warnings_add (self->announcement->warnings, _ ("a picture was ignored: %s"),
                      error->message);
  else if (strlen (uri) <= LEC_MAX_LINK)
    info->logo = g_steal_pointer (&uri);
}

static gsize
text_length (const char *text)
{
  return text != NULL ? strlen (text) : 0;
}

/* [bytes] of everything in @channel that a text can make long. */
static gsize
weigh (const LecChannel *channel)
{
  const LecChannelInfo *info = lec_channel_get_info (channel);
  const char *texts[]
      = { info->id,       info->title,     info->description, info->author, info->copyright,
          info->category, info->more_info, info->logo,        info->base };
  gsize sum = 0;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    sum += text_length (texts[i]);
  for (guint i = 0; info->details != NULL && info->details[i] != NULL; i++)
    sum += strlen (info->details[i]);
  for (guint i = 0; i < info->alternatives->len; i++) {
    const LecAlternative *alternative = g_ptr_array_index (info->alternatives, i);

    sum += text_length (alternative->uri) + text_length (alternative->start_marker)
           + text_length (alternative->end_marker);
  }
  return sum;
}

void
lec_entries_skip (LecEntries *self, const char *name)
{
  g_autofree char *clean = g_strdup (name);
  g_autofree char *shown = NULL;

  lec_text_clean (&clean);
  if (self->skipped == NULL)
    self->skipped = g_string_new (NULL);
  self->n_skipped++;
  if (clean == NULL || self->n_skipped > NAMED)
    return;
  shown = g_utf8_substring (clean, 0, MIN (g_utf8_strlen (clean, -1), SHOWN_NAME));
  g_string_append_printf (self->skipped, "%s“%s%s”", self->skipped->len > 0 ? ", " : "", shown,
                          strlen (shown) < strlen (clean) ? "…" : "");
}

gboolean
lec_entries_take (LecEntries *self, GPtrArray *channels, LecChannelInfo *taken)
{
  g_autoptr (LecChannelInfo) info = taken;
  g_autofree char *refused = g_steal_pointer (&self->refused);
  g_autofree char *name = g_strdup (info->title != NULL ? info->title : refused);
  g_autoptr (GError) error = NULL;
  LecChannel *channel;

  if (info->alternatives->len == 0) {
    if (refused != NULL)
      lec_entries_skip (self, name);
    return TRUE;
  }
  if (channels->len >= LEC_MAX_ENTRIES || self->held > MAX_HELD) {
    lec_warnings_add (self->announcement->warnings, _ ("only the first %u entries are listed"),
                      channels->len);
    return FALSE;
  }
  channel = lec_channel_new (g_steal_pointer (&info), &error);
  if (channel != NULL) {
    self->held += weigh (channel);
    g_ptr_array_add (channels, channel);
    return TRUE;
  }
  lec_warnings_add (self->announcement->warnings, _ ("an entry was ignored: %s"), error->message);
  keep_reason (self, &error);
  lec_entries_skip (self, name);
  return TRUE;
}

static void
tell_skipped (LecEntries *self)
{
  const guint more = self->n_refused > REASONS ? self->n_refused - REASONS : 0;
  g_autofree char *sentence = NULL;

  if (more > 0)
    lec_warnings_add (self->announcement->warnings,
                      g_dngettext (GETTEXT_PACKAGE, "%u more reference was ignored",
                                   "%u more references were ignored", more),
                      more);
  if (self->n_skipped == 0)
    return;
  if (self->n_skipped > NAMED && self->skipped->len > 0)
    g_string_append (self->skipped, " …");
  sentence = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%1$u entry was left out: %2$s",
                                           "%1$u entries were left out: %2$s", self->n_skipped),
                              self->n_skipped,
                              self->skipped->len > 0 ? self->skipped->str : _ ("without a name"));
  lec_warnings_add_first (self->announcement->warnings, sentence);
}

gboolean
lec_entries_finish (LecEntries *self, GError **error)
{
  tell_skipped (self);
  if (self->announcement->channels->len > 0)
    return TRUE;
  if (self->reason != NULL)
    g_propagate_error (error, g_steal_pointer (&self->reason));
  else
    g_set_error_literal (error, LEC_ERROR, LEC_ERROR_UNSUPPORTED,
                         _ ("the playlist is empty: it names nothing to play"));
  return FALSE;
}
