/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "discovery/sap-sockets.h"

#include <string.h>

#include "announce/sap.h"

#define MAX_SCOPES 8 /* beside those that everybody uses: hostile announcements name many */

/* RFC 2974, section 3, and what stations really use: PipeWire announces on 224.0.0.56. */
static const char *const groups[] = {
  "224.2.127.254", "239.255.255.255", "239.195.255.255", "224.0.0.255",  "224.0.0.56",
  "ff0e::2:7ffe",  "ff08::2:7ffe",    "ff05::2:7ffe",    "ff04::2:7ffe", "ff03::2:7ffe",
};

/* Scopes that end at a link: each interface has its own. */
static const char *const link_groups[] = { "ff02::2:7ffe", "ff01::2:7ffe" };

struct _LecSapSockets
{
  char *interface;
  GArray *sockets;   /* of LecSapSocket */
  GPtrArray *scopes; /* of char: groups that were added */
};

static void
sap_socket_clear (LecSapSocket *item)
{
  lec_socket_free (item->socket);
  g_free (item->group);
}

/* That one scope cannot be joined is nothing to complain of: many hosts have no IPv6. */
static void
open_group (LecSapSockets *self, const char *group, const LecInterface *interface, GError **error)
{
  const LecLeg leg = { .group = (char *) group, .port = LEC_SAP_PORT, .ttl = -1 };
  LecSapSocket item = { NULL, NULL };

  if (self->sockets->len == LEC_MAX_SAP_SOCKETS)
    return;
  item.socket = lec_socket_open (&leg, LEC_SAP_PORT, interface,
                                 error != NULL && *error == NULL ? error : NULL);
  if (item.socket == NULL)
    return;
  item.group = g_strdup (group);
  g_array_append_val (self->sockets, item);
}

/* The pinned interface in *@only, NULL for all; FALSE where it is not there. */
static gboolean
find_only (const LecSapSockets *self,
           LecInterface *pinned,
           const LecInterface **only,
           GError **error)
{
  *only = self->interface != NULL ? pinned : NULL;
  return self->interface == NULL || lec_interfaces_find (self->interface, pinned, error);
}

static void
open_all (LecSapSockets *self, GError **error)
{
  g_autoptr (GArray) interfaces = lec_interfaces_list ();
  LecInterface pinned;
  const LecInterface *only;

  if (!find_only (self, &pinned, &only, error))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    open_group (self, groups[i], only, error);
  for (guint i = 0; i < self->scopes->len; i++)
    open_group (self, g_ptr_array_index (self->scopes, i), only, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (link_groups); i++) {
    for (guint j = 0; j < interfaces->len; j++) {
      const LecInterface *interface = &g_array_index (interfaces, LecInterface, j);

      if (only == NULL || only->index == interface->index)
        open_group (self, link_groups[i], interface, NULL);
    }
  }
}

LecSapSockets *
lec_sap_sockets_new (const char *interface, GError **error)
{
  g_autoptr (LecSapSockets) self = g_new0 (LecSapSockets, 1);
  g_autoptr (GError) reason = NULL;

  self->interface = g_strdup (interface);
  self->sockets = g_array_new (FALSE, FALSE, sizeof (LecSapSocket));
  self->scopes = g_ptr_array_new_with_free_func (g_free);
  g_array_set_clear_func (self->sockets, (GDestroyNotify) sap_socket_clear);
  open_all (self, &reason);
  if (self->sockets->len == 0) {
    g_propagate_error (error, g_steal_pointer (&reason));
    return NULL;
  }
  return g_steal_pointer (&self);
}

void
lec_sap_sockets_free (LecSapSockets *self)
{
  if (self == NULL)
    return;

  g_array_unref (self->sockets);
  g_ptr_array_unref (self->scopes);
  g_free (self->interface);
  g_free (self);
}

void
lec_sap_sockets_reopen (LecSapSockets *self)
{
  g_array_set_size (self->sockets, 0);
  open_all (self, NULL);
}

static gboolean
is_heard (const LecSapSockets *self, const char *group)
{
  for (guint i = 0; i < self->sockets->len; i++) {
    if (strcmp (g_array_index (self->sockets, LecSapSocket, i).group, group) == 0)
      return TRUE;
  }
  return FALSE;
}

void
lec_sap_sockets_add_scope (LecSapSockets *self, const char *group)
{
  g_autofree char *sap_group = lec_sap_dup_scope_group (group);
  LecInterface pinned;
  const LecInterface *only;

  if (sap_group == NULL || self->scopes->len == MAX_SCOPES || is_heard (self, sap_group))
    return;
  g_ptr_array_add (self->scopes, g_strdup (sap_group));
  if (find_only (self, &pinned, &only, NULL)) /* else it is opened once the interface is back */
    open_group (self, sap_group, only, NULL);
}

const LecSapSocket *
lec_sap_sockets_get (const LecSapSockets *self, guint *count)
{
  *count = self->sockets->len;
  return (const LecSapSocket *) self->sockets->data;
}

static gboolean
is_listed (GStrv names, const char *name)
{
  return g_strv_contains ((const char *const *) names, name);
}

char *
lec_sap_sockets_dup_interfaces (const LecSapSockets *self)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < self->sockets->len; i++) {
    const LecSapSocket *item = &g_array_index (self->sockets, LecSapSocket, i);
    g_auto (GStrv) more = g_strsplit (lec_socket_get_interfaces (item->socket), ", ", -1);
    g_auto (GStrv) before = g_strsplit (names->str, ", ", -1);

    for (guint j = 0; more[j] != NULL; j++) {
      if (!is_listed (before, more[j]))
        g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", more[j]);
    }
  }
  return g_string_free (g_steal_pointer (&names), FALSE);
}
