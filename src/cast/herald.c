/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cast/herald.h"

#include <string.h>

#include "announce/sap.h"
#include "lan/sender.h"

/* RFC 2974, section 3.1, asks for at least 300 s between announcements. That is made for the
 * Internet's multicast backbone: in a scope that ends at the house (239.255/16, link-local) a
 * viewer who comes late should not look at an empty list for five minutes. */
#define MIN_INTERVAL_MS 300000
#define MIN_INTERVAL_LOCAL_MS 10000
#define LIMIT_BITS_PER_S 4000 /* all announcements of a scope together */

static const guint first_intervals_ms[] = { 1000, 3000 };

struct _LecHerald
{
  GSocket *socket;
  GSocketAddress *destination;
  GBytes *announcement;
  GBytes *deletion;
  guint min_interval_ms;
  guint n_sent;
  guint timer;
};

/* A datagram that cannot be sent now is lost like any other: the next one follows. */
static void
send_packet (LecHerald *self, GBytes *packet)
{
  gsize size;
  const char *data = g_bytes_get_data (packet, &size);

  g_socket_send_to (self->socket, self->destination, data, size, NULL, NULL);
}

/* Spread by a third either way, so that stations do not fall into step (RFC 2974, 3.1). */
static guint
choose_interval (const LecHerald *self)
{
  guint bits = 8 * (guint) g_bytes_get_size (self->announcement);
  guint interval = MAX (self->min_interval_ms, bits * 1000 / LIMIT_BITS_PER_S);

  if (self->n_sent <= G_N_ELEMENTS (first_intervals_ms))
    return first_intervals_ms[self->n_sent - 1];
  return interval - interval / 3 + (guint) g_random_int_range (0, (gint32) (interval * 2 / 3));
}

static gboolean
announce_cb (gpointer data)
{
  LecHerald *self = data;

  send_packet (self, self->announcement);
  self->n_sent++;
  self->timer = g_timeout_add (choose_interval (self), announce_cb, self);
  return G_SOURCE_REMOVE;
}

static gboolean
is_local (const char *sap_group)
{
  return g_str_has_prefix (sap_group, "239.255.") || g_str_has_prefix (sap_group, "224.0.0.")
         || g_str_has_prefix (sap_group, "ff02:") || g_str_has_prefix (sap_group, "ff03:");
}

LecHerald *
lec_herald_new (const char *group, const char *interface, int ttl, const char *sdp, GError **error)
{
  g_autoptr (LecHerald) self = g_new0 (LecHerald, 1);
  g_autofree char *sap_group = lec_sap_dup_group (group);
  g_autofree char *source = NULL;

  self->socket = lec_sender_open (sap_group, interface, ttl, error);
  if (self->socket == NULL)
    return NULL;
  source = lec_sender_dup_source (self->socket);
  self->destination = g_inet_socket_address_new_from_string (sap_group, LEC_SAP_PORT);
  self->announcement = lec_sap_print (LEC_SAP_ANNOUNCE, source, sdp);
  self->deletion = lec_sap_print (LEC_SAP_DELETE, source, sdp);
  self->min_interval_ms = is_local (sap_group) ? MIN_INTERVAL_LOCAL_MS : MIN_INTERVAL_MS;
  announce_cb (self);
  return g_steal_pointer (&self);
}

void
lec_herald_free (LecHerald *self)
{
  if (self == NULL)
    return;
  if (self->n_sent > 0)
    send_packet (self, self->deletion);
  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_object (&self->socket);
  g_clear_object (&self->destination);
  g_clear_pointer (&self->announcement, g_bytes_unref);
  g_clear_pointer (&self->deletion, g_bytes_unref);
  g_free (self);
}
