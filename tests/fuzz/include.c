/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Lists that include each other: the documents of the input stand one behind the other, with a byte
 * of 0xff between them. An address leads to the one whose number its last digit is. */
#include "fetch/include.h"

#include <string.h>

#include "channel/error.h"
#include "fetch/document.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

#define MAX_DOCUMENTS 10

static GBytes *documents[MAX_DOCUMENTS];
static guint n_documents;
static guint n_opened;

static guint
number_of (const char *location)
{
  for (gsize i = strlen (location); i > 0; i--) {
    if (g_ascii_isdigit (location[i - 1]))
      return (guint) (location[i - 1] - '0');
  }
  return 0;
}

static LecAnnouncement *
open_document (const char *location,
               const LecDeadline *deadline,
               char **uri,
               gboolean *may_play,
               GError **error)
{
  guint number = number_of (location);

  n_opened++;
  if (number >= n_documents) {
    *may_play = number % 2 == 0;
    g_set_error_literal (error, LEC_ERROR, LEC_ERROR_UNREACHABLE, "it is not there");
    return NULL;
  }
  *uri = g_strdup (location);
  return lec_document_parse_page (documents[number], NULL, location, may_play, error);
}

static void
split (const guint8 *data, gsize size)
{
  for (n_documents = 0; n_documents < MAX_DOCUMENTS && size > 0; n_documents++) {
    const guint8 *end = memchr (data, 0xff, size);
    gsize length = end != NULL ? (gsize) (end - data) : size;

    documents[n_documents] = g_bytes_new (data, length);
    data += length + (end != NULL);
    size -= length + (end != NULL);
  }
}

static void
follow (const LecDeadline *deadline)
{
  g_autofree char *uri = NULL;
  g_autoptr (GError) error = NULL;
  gboolean may_play;
  g_autoptr (LecAnnouncement) outermost
      = open_document ("http://station.example/0", deadline, &uri, &may_play, NULL);

  if (outermost == NULL)
    return;
  n_opened = 0;
  if (lec_include_follow (outermost, uri, open_document, deadline, &error))
    g_assert_cmpuint (outermost->channels->len, >, 0);
  else
    g_assert_true (error->domain == LEC_ERROR && error->message[0] != '\0');
  g_assert_cmpuint (outermost->channels->len, <=, LEC_MAX_ENTRIES);
  g_assert_cmpuint (outermost->repeat_to, <=, outermost->channels->len);
  g_assert_cmpuint (n_opened, <=, LEC_INCLUDE_DOCUMENTS);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static LecDeadline *deadline;

  if (deadline == NULL)
    deadline = lec_deadline_new (G_MAXINT, NULL, NULL);
  split (data, size);
  follow (deadline);
  for (guint i = 0; i < n_documents; i++)
    g_bytes_unref (documents[i]);
  return 0;
}
