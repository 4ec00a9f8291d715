/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ending.h"

#include <glib-unix.h>
#include <signal.h>

/* A shell ignores SIGINT for what it runs in the background, but who ignores SIGHUP wants that the
 * program goes on without a terminal. */
static gboolean
is_wanted (int number)
{
  struct sigaction action;

  return number != SIGHUP || sigaction (number, NULL, &action) != 0 || action.sa_handler != SIG_IGN;
}

void
lec_ending_watch (GSourceFunc end, gpointer data, guint sources[LEC_ENDING_SIGNALS])
{
  static const int numbers[LEC_ENDING_SIGNALS] = { SIGINT, SIGTERM, SIGHUP };

  for (guint i = 0; i < LEC_ENDING_SIGNALS; i++)
    sources[i] = is_wanted (numbers[i]) ? g_unix_signal_add (numbers[i], end, data) : 0;
}

void
lec_ending_ignore (guint sources[LEC_ENDING_SIGNALS])
{
  for (guint i = 0; i < LEC_ENDING_SIGNALS; i++)
    g_clear_handle_id (&sources[i], g_source_remove);
}
