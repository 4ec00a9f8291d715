/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "names.h"

#define NAMES_TYPE (names_get_type ())
G_DECLARE_FINAL_TYPE (Names, names, NAMES, RESOLVER, GResolver)

struct _Names
{
  GResolver parent;
};

G_DEFINE_FINAL_TYPE (Names, names, G_TYPE_RESOLVER)

static void
free_addresses (gpointer addresses)
{
  g_resolver_free_addresses (addresses);
}

static void
look_up_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const char *name = data;

  if (g_str_equal (name, "nobody.example")) {
    g_task_return_new_error (task, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND, "no such name");
  } else if (g_str_equal (name, "lost.example")) {
    g_task_return_new_error (task, G_RESOLVER_ERROR, G_RESOLVER_ERROR_TEMPORARY_FAILURE, "lost");
  } else if (g_str_equal (name, "silent.example")) {
    while (!g_task_return_error_if_cancelled (task))
      g_usleep (1000);
  } else {
    GInetAddress *address = g_inet_address_new_from_string ("127.0.0.1");

    g_task_return_pointer (task, g_list_append (NULL, address), free_addresses);
  }
}

static void
names_look_up_async (GResolver *resolver,
                     const char *name,
                     GResolverNameLookupFlags flags,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer data)
{
  g_autoptr (GTask) task = g_task_new (resolver, cancellable, callback, data);

  g_task_set_task_data (task, g_strdup (name), g_free);
  g_task_run_in_thread (task, look_up_thread);
}

static GList *
names_look_up_finish (GResolver *resolver, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static GList *
names_look_up (GResolver *resolver, const char *name, GCancellable *cancellable, GError **error)
{
  g_autoptr (GTask) task = g_task_new (resolver, cancellable, NULL, NULL);

  g_task_set_task_data (task, g_strdup (name), g_free);
  g_task_run_in_thread_sync (task, look_up_thread);
  return g_task_propagate_pointer (task, error);
}

static void
names_class_init (NamesClass *class)
{
  GResolverClass *resolver_class = G_RESOLVER_CLASS (class);

  resolver_class->lookup_by_name = names_look_up;
  resolver_class->lookup_by_name_with_flags_async = names_look_up_async;
  resolver_class->lookup_by_name_with_flags_finish = names_look_up_finish;
}

static void
names_init (Names *self)
{
}

void
names_install (void)
{
  g_autoptr (GResolver) names = g_object_new (NAMES_TYPE, NULL);

  g_resolver_set_default (names);
}
