/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "fetch/fetch.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "announce/recognise.h"
#include "channel/error.h"
#include "channel/text.h"
#include "fetch/document.h"
#include "fetch/include.h"

/* Who pastes a text has it from anywhere: it may lead where a page of the web may. */
#define TEXT_URI "http://text.invalid/"

gboolean
lec_fetch_is_text (const char *location)
{
  const char *end = strpbrk (location, "\r\n");

  return end != NULL && end[strspn (end, "\r\n \t")] != '\0';
}

static LecAnnouncement *
open_location (const char *location,
               LecIncludeOpen open_document,
               const LecDeadline *deadline,
               char **uri,
               GError **error)
{
  gboolean may_play;

  if (!lec_fetch_is_text (location))
    return open_document (location, deadline, uri, &may_play, error);
  *uri = g_strdup (TEXT_URI);
  return lec_announcement_parse (location, strlen (location), NULL, error);
}

static LecAnnouncement *
fetch (const char *location,
       LecIncludeOpen open_document,
       const LecDeadline *deadline,
       GError **error)
{
  g_autofree char *uri = NULL;
  g_autoptr (LecAnnouncement) announcement
      = open_location (location, open_document, deadline, &uri, error);

  if (announcement == NULL
      || !lec_include_follow (announcement, uri, lec_document_open_reference, deadline, error))
    return NULL;
  if (!lec_fetch_is_text (location))
    announcement->uri = g_steal_pointer (&uri);
  return g_steal_pointer (&announcement);
}

static LecAnnouncement *
fetch_within_limit (const char *location,
                    LecIncludeOpen open_document,
                    GCancellable *cancellable,
                    GError **error)
{
  g_autoptr (LecDeadline) deadline = NULL;
  LecAnnouncement *announcement;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  deadline = lec_deadline_new (LEC_FETCH_LIMIT_MS, cancellable, error);
  if (deadline == NULL)
    return NULL;
  announcement = fetch (location, open_document, deadline, error);
  if (announcement == NULL && error != NULL && (*error)->domain == LEC_ERROR) {
    g_autofree char *shown = lec_text_hide_password (location);
    g_autofree char *name = lec_fetch_is_text (location) ? g_strdup (_ ("the text"))
                                                         : g_filename_display_name (shown);

    /* Translators: the file or address that the sentence is about. Right-to-left languages begin
     * this with U+200F: Latin letters in front would turn the whole sentence around. */
    g_prefix_error (error, _ ("%s: "), name);
  }
  return announcement;
}

LecAnnouncement *
lec_fetch_announcement (const char *location, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (location != NULL, NULL);

  return fetch_within_limit (location, lec_document_open, cancellable, error);
}

LecAnnouncement *
lec_fetch_reference (const char *location, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (location != NULL, NULL);

  return fetch_within_limit (location, lec_document_open_reference, cancellable, error);
}
