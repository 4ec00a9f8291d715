/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ui/clock-text.h"

char *
lec_clock_text_print (gint64 time_us)
{
  const gint64 seconds = time_us / G_TIME_SPAN_SECOND;
  const gint64 minutes = seconds / 60;

  if (minutes < 60)
    return g_strdup_printf ("%d:%02d", (int) minutes, (int) (seconds % 60));
  return g_strdup_printf ("%" G_GINT64_FORMAT ":%02d:%02d", minutes / 60, (int) (minutes % 60),
                          (int) (seconds % 60));
}
