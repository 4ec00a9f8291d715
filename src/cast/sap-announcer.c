/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cast/sap-announcer.h"

#include <string.h>

#include "announce/sap.h"
#include "discovery/discovery.h"
#include "net/sender.h"

static const guint first_intervals_ms[] = { 1000, 3000 };

struct _LecSapAnnouncer
{
  LecDiscovery *others; /* (nullable): who else announces there */
  char *group;
  GSocket *socket;
  GSocketAddress *destination;
  GBytes *announcement;
  GBytes *deletion;
  guint n_sent;
  guint timer;
};

/* A datagram that cannot be sent now is lost like any other: the next one follows. */
static void
send_packet (LecSapAnnouncer *self, GBytes *packet)
{
  gsize size;
  const char *data = g_bytes_get_data (packet, &size);

  g_socket_send_to (self->socket, self->destination, data, size, NULL, NULL);
}

/* Spread by a third either way, so that stations do not fall into step (RFC 2974, 3.1). */
static guint
choose_interval (const LecSapAnnouncer *self)
{
  guint count = self->others != NULL ? lec_discovery_count (self->others, self->group) : 1;
  guint interval = lec_sap_get_interval (g_bytes_get_size (self->announcement), count, self->group);

  if (self->n_sent <= G_N_ELEMENTS (first_intervals_ms))
    return first_intervals_ms[self->n_sent - 1];
  return interval - interval / 3 + (guint) g_random_int_range (0, (gint32) (interval * 2 / 3));
}

static gboolean
announce_cb (gpointer data)
{
  LecSapAnnouncer *self = data;

  send_packet (self, self->announcement);
  self->n_sent++;
  self->timer = g_timeout_add (choose_interval (self), announce_cb, self);
  return G_SOURCE_REMOVE;
}

LecSapAnnouncer *
lec_sap_announcer_new (const char *group,
                       const char *interface,
                       int ttl,
                       const char *sdp,
                       GError **error)
{
  g_autoptr (LecSapAnnouncer) self = g_new0 (LecSapAnnouncer, 1);
  g_autofree char *source = NULL;
  const char *sap_group;

  self->group = lec_sap_dup_group (group);
  sap_group = self->group;
  self->socket = lec_sender_open (sap_group, interface, ttl, error);
  if (self->socket == NULL)
    return NULL;
  self->others = lec_discovery_new (NULL, interface, NULL);
  source = lec_sender_dup_source (self->socket);
  self->destination = g_inet_socket_address_new_from_string (sap_group, LEC_SAP_PORT);
  self->announcement = lec_sap_print (LEC_SAP_ANNOUNCE, source, sdp);
  self->deletion = lec_sap_print (LEC_SAP_DELETE, source, sdp);
  announce_cb (self);
  return g_steal_pointer (&self);
}

void
lec_sap_announcer_free (LecSapAnnouncer *self)
{
  if (self == NULL)
    return;
  if (self->n_sent > 0)
    send_packet (self, self->deletion);
  g_clear_handle_id (&self->timer, g_source_remove);
  lec_discovery_free (self->others);
  g_clear_object (&self->socket);
  g_clear_object (&self->destination);
  g_clear_pointer (&self->announcement, g_bytes_unref);
  g_clear_pointer (&self->deletion, g_bytes_unref);
  g_free (self->group);
  g_free (self);
}
