/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "fetch/server-filter.h"

#include <errno.h>

/* Of IANA's registries of special addresses (RFC 6890): what is not of the Internet. Those in which
 * an address of the other family stands may lead anywhere. */
static const struct
{
  const char *prefix;
  LecServerReach reach;
} special[] = {
  { "0.0.0.0/8", LEC_SERVER_REACH_ALL },
  { "127.0.0.0/8", LEC_SERVER_REACH_ALL },
  { "169.254.0.0/16", LEC_SERVER_REACH_ALL },
  { "224.0.0.0/3", LEC_SERVER_REACH_ALL }, /* groups, and what is nobody's */
  { "10.0.0.0/8", LEC_SERVER_REACH_NETWORK },
  { "100.64.0.0/10", LEC_SERVER_REACH_NETWORK },
  { "172.16.0.0/12", LEC_SERVER_REACH_NETWORK },
  { "192.0.0.0/24", LEC_SERVER_REACH_NETWORK },
  { "192.168.0.0/16", LEC_SERVER_REACH_NETWORK },
  { "198.18.0.0/15", LEC_SERVER_REACH_NETWORK },
  { "::/96", LEC_SERVER_REACH_ALL }, /* ::, ::1, and IPv4 in the oldest manner */
  { "fe80::/10", LEC_SERVER_REACH_ALL },
  { "ff00::/8", LEC_SERVER_REACH_ALL },
  { "fc00::/7", LEC_SERVER_REACH_NETWORK },
  { "fec0::/10", LEC_SERVER_REACH_NETWORK },
};

/* Where an IPv4 address stands in an IPv6 one, and counts. */
static const struct
{
  const char *prefix;
  guint at; /* [bytes] */
} nested[] = {
  { "::ffff:0:0/96", 12 },
  { "64:ff9b::/96", 12 }, /* NAT64 */
  { "64:ff9b:1::/48", 12 },
  { "2002::/16", 2 }, /* 6to4 */
};

static gboolean
is_in (GInetAddress *address, const char *prefix)
{
  g_autoptr (GInetAddressMask) mask = g_inet_address_mask_new_from_string (prefix, NULL);

  return g_inet_address_mask_get_family (mask) == g_inet_address_get_family (address)
         && g_inet_address_mask_matches (mask, address);
}

LecServerReach
lec_server_reach_of (GInetAddress *address)
{
  for (guint i = 0; i < G_N_ELEMENTS (nested); i++) {
    if (is_in (address, nested[i].prefix)) {
      g_autoptr (GInetAddress) inner = g_inet_address_new_from_bytes (
          g_inet_address_to_bytes (address) + nested[i].at, G_SOCKET_FAMILY_IPV4);

      return lec_server_reach_of (inner);
    }
  }
  for (guint i = 0; i < G_N_ELEMENTS (special); i++) {
    if (is_in (address, special[i].prefix))
      return special[i].reach;
  }
  return LEC_SERVER_REACH_PUBLIC;
}

/* ---- the addresses of a host, one after the other ---- */

#define LEC_TYPE_FILTERED_ADDRESSES (lec_filtered_addresses_get_type ())
G_DECLARE_FINAL_TYPE (LecFilteredAddresses,
                      lec_filtered_addresses,
                      LEC,
                      FILTERED_ADDRESSES,
                      GSocketAddressEnumerator)

struct _LecFilteredAddresses
{
  GSocketAddressEnumerator parent;

  GSocketAddressEnumerator *all;
  LecServerReach reach;
  gboolean has_given;
  gboolean has_refused;
};

G_DEFINE_FINAL_TYPE (LecFilteredAddresses, lec_filtered_addresses, G_TYPE_SOCKET_ADDRESS_ENUMERATOR)

static gboolean
may_connect (LecFilteredAddresses *self, GSocketAddress *address)
{
  return G_IS_INET_SOCKET_ADDRESS (address)
         && lec_server_reach_of (
                g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (address)))
                <= self->reach;
}

static GSocketAddress *
lec_filtered_addresses_next (GSocketAddressEnumerator *enumerator,
                             GCancellable *cancellable,
                             GError **error)
{
  LecFilteredAddresses *self = LEC_FILTERED_ADDRESSES (enumerator);
  g_autoptr (GError) failure = NULL;
  GSocketAddress *address;

  while ((address = g_socket_address_enumerator_next (self->all, cancellable, &failure)) != NULL) {
    if (may_connect (self, address)) {
      self->has_given = TRUE;
      return address;
    }
    self->has_refused = TRUE;
    g_object_unref (address);
  }
  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  else if (self->has_refused && !self->has_given)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED, g_strerror (EACCES));
  return NULL;
}

static void
lec_filtered_addresses_finalize (GObject *object)
{
  g_object_unref (LEC_FILTERED_ADDRESSES (object)->all);
  G_OBJECT_CLASS (lec_filtered_addresses_parent_class)->finalize (object);
}

static void
lec_filtered_addresses_class_init (LecFilteredAddressesClass *class)
{
  G_OBJECT_CLASS (class)->finalize = lec_filtered_addresses_finalize;
  G_SOCKET_ADDRESS_ENUMERATOR_CLASS (class)->next = lec_filtered_addresses_next;
}

static void
lec_filtered_addresses_init (LecFilteredAddresses *self)
{
}

/* ---- the host ---- */

/* A GNetworkAddress, as the name that a certificate must have is taken from one. */
#define LEC_TYPE_SERVER_FILTER (lec_server_filter_get_type ())
G_DECLARE_FINAL_TYPE (LecServerFilter, lec_server_filter, LEC, SERVER_FILTER, GNetworkAddress)

struct _LecServerFilter
{
  GNetworkAddress parent;

  LecServerReach reach;
};

static void lec_server_filter_connectable_init (GSocketConnectableIface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (LecServerFilter,
                               lec_server_filter,
                               G_TYPE_NETWORK_ADDRESS,
                               G_IMPLEMENT_INTERFACE (G_TYPE_SOCKET_CONNECTABLE,
                                                      lec_server_filter_connectable_init))

static GSocketConnectableIface *parent_iface;

static GSocketAddressEnumerator *
lec_server_filter_enumerate (GSocketConnectable *connectable)
{
  LecFilteredAddresses *filtered = g_object_new (LEC_TYPE_FILTERED_ADDRESSES, NULL);

  filtered->all = parent_iface->enumerate (connectable);
  filtered->reach = LEC_SERVER_FILTER (connectable)->reach;
  return G_SOCKET_ADDRESS_ENUMERATOR (filtered);
}

/* Where a proxy would connect to is not known here. */
static void
lec_server_filter_connectable_init (GSocketConnectableIface *iface)
{
  parent_iface = g_type_interface_peek_parent (iface);
  iface->enumerate = lec_server_filter_enumerate;
  iface->proxy_enumerate = lec_server_filter_enumerate;
}

static void
lec_server_filter_class_init (LecServerFilterClass *class)
{
}

static void
lec_server_filter_init (LecServerFilter *self)
{
}

GSocketConnectable *
lec_server_filter_new (const char *host, guint16 port, LecServerReach reach)
{
  LecServerFilter *self
      = g_object_new (LEC_TYPE_SERVER_FILTER, "hostname", host, "port", (guint) port, NULL);

  self->reach = reach;
  return G_SOCKET_CONNECTABLE (self);
}
