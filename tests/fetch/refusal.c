/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "refusal.h"

#include <string.h>

#include "channel/error.h"
#include "fetch/document.h"

void
lec_refusal_check (const char *address,
                   guint limit_ms,
                   GCancellable *cancellable,
                   gboolean may_play,
                   const char *refusal)
{
  g_autoptr (LecDeadline) deadline = lec_deadline_new (limit_ms, cancellable, NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *said = NULL;
  const char *piece = strchr (refusal, ' ') + 1;
  gboolean may = !may_play;

  g_assert_null (lec_document_open (address, deadline, NULL, &may, &error));
  g_assert_true (error->domain == LEC_ERROR);
  said = g_strdup_printf ("%s: %s", lec_error_get_name (error), error->message);
  if (strncmp (said, refusal, (gsize) (piece - refusal)) != 0 || strstr (said, piece) == NULL)
    g_error ("expected “%s”, not “%s”", refusal, said);
  g_assert_cmpint (may, ==, may_play);
}
