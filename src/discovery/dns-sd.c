/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "discovery/dns-sd.h"

#include <avahi-client/client.h>
#include <avahi-client/lookup.h>
#include <avahi-common/error.h>
#include <avahi-common/malloc.h>
#include <avahi-glib/glib-malloc.h>
#include <avahi-glib/glib-watch.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "announce/reference.h"
#include "channel/error.h"

#define RTSP "_rtsp._tcp"
#define RAVENNA "_ravenna_session._sub._rtsp._tcp"
#define MAX_PATH 256 /* [bytes] of what a service says of its media */

struct _LecDnsSd
{
  LecChannelList *list;
  AvahiGLibPoll *poll;
  AvahiClient *client;
  AvahiServiceBrowser *browsers[2]; /* all servers; those that are RAVENNA sessions */
  GHashTable *services;             /* key to Service, owned */
};

/* One instance of a service on one interface. */
typedef struct
{
  LecDnsSd *owner;
  char *key;
  gboolean is_ravenna;
  AvahiServiceResolver *resolver;
} Service;

static void
service_free (Service *service)
{
  if (service->resolver != NULL)
    avahi_service_resolver_free (service->resolver);
  g_free (service->key);
  g_free (service);
}

static char *
make_key (AvahiIfIndex interface, AvahiProtocol protocol, const char *name, const char *domain)
{
  return g_strdup_printf ("%d %d %s %s", interface, protocol, domain, name);
}

static void
put (LecDnsSd *self, const Service *service, LecChannel *channel, const char *announcer)
{
  g_autoptr (LecAdvertisement) advertisement = lec_advertisement_new (
      LEC_CHANNEL_ORIGIN_DNS_SD, service->key, channel, announcer, LEC_ADVERTISEMENT_CURRENT);

  lec_channel_list_put (self->list, &advertisement, 1);
}

/* What a server says of where its media are, in the TXT record: `path=/stream`. */
static char *
read_path (AvahiStringList *texts)
{
  AvahiStringList *found = avahi_string_list_find (texts, "path");
  char *name = NULL;
  char *value = NULL;
  char *path = NULL;

  if (found == NULL || avahi_string_list_get_pair (found, &name, &value, NULL) != 0)
    return NULL;
  if (value != NULL && strlen (value) <= MAX_PATH && g_utf8_validate (value, -1, NULL))
    path = lec_reference_escape (value + (value[0] == '/'));
  avahi_free (name);
  avahi_free (value);
  return path;
}

/* A RAVENNA device describes a session under its name (RAVENNA, Operating Principles, 5.3). */
static char *
make_uri (const Service *service,
          const char *name,
          const char *address,
          guint16 port,
          AvahiStringList *texts)
{
  g_autofree char *path = read_path (texts);
  g_autofree char *server = lec_address_format (address, port);

  if (path == NULL && service->is_ravenna) {
    g_autofree char *escaped = g_uri_escape_string (name, NULL, FALSE);

    path = g_strconcat ("by-name/", escaped, NULL);
  }
  return g_strdup_printf ("rtsp://%s/%s", server, path != NULL ? path : "");
}

static LecChannel *
make_channel (const char *name, char *uri, const char *host)
{
  LecChannelInfo *info = lec_channel_info_new ();

  lec_channel_info_add_alternative (info, LEC_KIND_URI)->uri = uri;
  info->id = g_strdup_printf ("dns-sd %s %s", host, name);
  info->title = g_strdup (name);
  info->origin = g_strdup (host);
  return lec_channel_new (info, NULL);
}

static void
resolved_cb (AvahiServiceResolver *resolver,
             AvahiIfIndex interface,
             AvahiProtocol protocol,
             AvahiResolverEvent event,
             const char *name,
             const char *type,
             const char *domain,
             const char *host,
             const AvahiAddress *address,
             uint16_t port,
             AvahiStringList *texts,
             AvahiLookupResultFlags flags,
             void *data)
{
  Service *service = data;
  g_autoptr (LecChannel) channel = NULL;
  char text[AVAHI_ADDRESS_STR_MAX];

  if (event != AVAHI_RESOLVER_FOUND || port == 0)
    return;
  avahi_address_snprint (text, sizeof text, address);
  channel = make_channel (name, make_uri (service, name, text, port, texts), host);
  if (channel != NULL)
    put (service->owner, service, channel, host);
}

static void
add_service (LecDnsSd *self,
             AvahiIfIndex interface,
             AvahiProtocol protocol,
             const char *name,
             const char *domain,
             gboolean is_ravenna)
{
  g_autofree char *key = make_key (interface, protocol, name, domain);
  Service *service = g_hash_table_lookup (self->services, key);

  if (service == NULL && g_hash_table_size (self->services) == LEC_MAX_SERVICES)
    return;
  if (service == NULL) {
    service = g_new0 (Service, 1);
    service->owner = self;
    service->key = g_steal_pointer (&key);
    g_hash_table_insert (self->services, service->key, service);
  }
  if (service->resolver != NULL && service->is_ravenna >= is_ravenna)
    return;
  service->is_ravenna |= is_ravenna;
  g_clear_pointer (&service->resolver, avahi_service_resolver_free);
  service->resolver
      = avahi_service_resolver_new (self->client, interface, protocol, name, RTSP, domain,
                                    AVAHI_PROTO_UNSPEC, 0, resolved_cb, service);
}

static void
remove_service (LecDnsSd *self,
                AvahiIfIndex interface,
                AvahiProtocol protocol,
                const char *name,
                const char *domain)
{
  g_autofree char *key = make_key (interface, protocol, name, domain);
  Service *service = g_hash_table_lookup (self->services, key);

  if (service == NULL)
    return;
  put (self, service, NULL, NULL);
  g_hash_table_remove (self->services, key);
}

static void
browsed_cb (AvahiServiceBrowser *browser,
            AvahiIfIndex interface,
            AvahiProtocol protocol,
            AvahiBrowserEvent event,
            const char *name,
            const char *type,
            const char *domain,
            AvahiLookupResultFlags flags,
            void *data)
{
  LecDnsSd *self = data;

  if (event == AVAHI_BROWSER_NEW)
    add_service (self, interface, protocol, name, domain, browser == self->browsers[1]);
  else if (event == AVAHI_BROWSER_REMOVE && browser == self->browsers[0])
    remove_service (self, interface, protocol, name, domain);
}

static void
stop_browsing (LecDnsSd *self)
{
  GHashTableIter iter;
  Service *service;

  for (guint i = 0; i < G_N_ELEMENTS (self->browsers); i++)
    g_clear_pointer (&self->browsers[i], avahi_service_browser_free);
  g_hash_table_iter_init (&iter, self->services);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &service)) {
    put (self, service, NULL, NULL);
    g_hash_table_iter_remove (&iter);
  }
}

static void
start_browsing (LecDnsSd *self, AvahiClient *client)
{
  static const char *const types[] = { RTSP, RAVENNA };

  self->client = client;
  for (guint i = 0; i < G_N_ELEMENTS (types); i++) {
    if (self->browsers[i] == NULL)
      self->browsers[i] = avahi_service_browser_new (client, AVAHI_IF_UNSPEC, AVAHI_PROTO_UNSPEC,
                                                     types[i], NULL, 0, browsed_cb, self);
  }
}

/* The daemon may come later, and go. */
static void
client_cb (AvahiClient *client, AvahiClientState state, void *data)
{
  LecDnsSd *self = data;

  if (state == AVAHI_CLIENT_S_RUNNING)
    start_browsing (self, client);
  else if (state == AVAHI_CLIENT_CONNECTING)
    stop_browsing (self);
}

LecDnsSd *
lec_dns_sd_new (LecChannelList *list, GError **error)
{
  g_autoptr (LecDnsSd) self = g_new0 (LecDnsSd, 1);
  int code = 0;

  avahi_set_allocator (avahi_glib_allocator ());
  self->list = g_object_ref (list);
  self->services
      = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) service_free);
  self->poll = avahi_glib_poll_new (NULL, G_PRIORITY_DEFAULT);
  self->client = avahi_client_new (avahi_glib_poll_get (self->poll), AVAHI_CLIENT_NO_FAIL,
                                   client_cb, self, &code);
  if (self->client == NULL) {
    g_set_error (error, LEC_ERROR, LEC_ERROR_UNREACHABLE,
                 _ ("Services on the network cannot be looked for: %s"), avahi_strerror (code));
    return NULL;
  }
  return g_steal_pointer (&self);
}

void
lec_dns_sd_free (LecDnsSd *self)
{
  if (self == NULL)
    return;

  for (guint i = 0; i < G_N_ELEMENTS (self->browsers); i++)
    g_clear_pointer (&self->browsers[i], avahi_service_browser_free);
  g_clear_pointer (&self->services, g_hash_table_unref);
  g_clear_pointer (&self->client, avahi_client_free);
  g_clear_pointer (&self->poll, avahi_glib_poll_free);
  g_object_unref (self->list);
  g_free (self);
}
