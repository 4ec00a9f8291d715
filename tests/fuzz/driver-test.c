/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A target that knows what it must have been given: that the driver does its work. */
#include <glib.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static const char marker[] = "that the driver does its work";
static guint n_whole, n_cut, n_other;

static void
check (void)
{
  g_assert_cmpuint (n_whole, >, 0);
  g_assert_cmpuint (n_cut, >, 0);
  g_assert_cmpuint (n_other, >, 1000);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static gboolean is_registered;
  gboolean has_marker = size > 0 && memmem (data, size, marker, strlen (marker)) != NULL;

  if (!is_registered)
    atexit (check);
  is_registered = TRUE;
  if (has_marker)
    n_whole++;
  else if (size > 7 && memcmp (data, "/* SPDX", 7) == 0)
    n_cut++;
  n_other++;
  return 0;
}
