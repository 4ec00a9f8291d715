/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "net/thread.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>

#include "channel/error.h"

/* In GLib (seen in 2.74) two threads can wait for each other for ever: one initialises a class, and
 * asks for the type of a property or of a signal's argument; another is registering that type just
 * then, has come to an interface of it, and that waits until no class is being initialised.
 * libsoup's session meets whoever makes the first address, a listener whoever makes the first
 * socket. So these types are there before any thread is, whoever makes it. */
static void __attribute__ ((constructor)) register_types (void)
{
  g_type_ensure (G_TYPE_INET_SOCKET_ADDRESS);
  g_type_ensure (G_TYPE_SOCKET);
}

void
lec_thread_explain (GError **error)
{
  if (error == NULL || *error == NULL || (*error)->domain != G_THREAD_ERROR)
    return;
  g_clear_error (error);
  g_set_error_literal (error, LEC_ERROR, LEC_ERROR_UNREACHABLE,
                       _ ("This computer grants no more threads: end other programs, and try "
                          "again"));
}

GThread *
lec_thread_new (const char *name, GThreadFunc func, gpointer data, GError **error)
{
  GThread *thread = g_thread_try_new (name, func, data, error);

  if (thread == NULL)
    lec_thread_explain (error);
  return thread;
}
