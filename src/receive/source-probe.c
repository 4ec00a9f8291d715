/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "receive/source-probe.h"

#include <sys/socket.h>

#include "net/host.h"
#include "wire/units.h"

#define SILENT_NS (1200 * MSECOND) /* of a socket on which media are awaited */
#define DATAGRAMS 128              /* at most that are read of what has come in the meantime */
#define SENDERS 4                  /* at most that are counted */
#define LEAST 3                    /* [datagrams] that are no accident */

typedef struct
{
  struct sockaddr_storage address;
  guint n;
} Sender;

void
lec_source_probe_start (LecSourceProbe *self, gint64 now_ns)
{
  *self = (LecSourceProbe){ .changed_ns = now_ns };
}

void
lec_source_probe_stop (LecSourceProbe *self)
{
  g_clear_pointer (&self->socket, lec_socket_free);
}

/* ---- what comes ---- */

static void
count (Sender senders[SENDERS], const struct sockaddr_storage *from)
{
  for (guint i = 0; i < SENDERS; i++) {
    if (senders[i].n > 0 && !lec_host_equal (&senders[i].address, from))
      continue;
    senders[i].address = *from;
    senders[i].n++;
    return;
  }
}

/* The address of the one that sends most, of those that @admitted does not name. The kernel has
 * kept what came: a few are enough, whatever their size. */
static void
read_senders (LecSourceProbe *self, GStrv admitted)
{
  const int fd = lec_socket_get_fd (self->socket);
  g_autoptr (GArray) known = lec_host_parse_all (admitted);
  Sender senders[SENDERS] = { 0 };
  const Sender *most = &senders[0];

  for (guint i = 0; i < DATAGRAMS; i++) {
    struct sockaddr_storage from = { 0 };
    socklen_t length = sizeof from;
    guint8 first;

    if (recvfrom (fd, &first, sizeof first, MSG_DONTWAIT | MSG_TRUNC, (struct sockaddr *) &from,
                  &length)
        < 0)
      break;
    if (!lec_host_is_among (&from, known))
      count (senders, &from);
  }
  for (guint i = 1; i < SENDERS; i++) {
    if (senders[i].n > most->n)
      most = &senders[i];
  }
  *self->stranger = '\0';
  if (most->n >= LEAST)
    lec_host_format (&most->address, self->stranger);
}

/* ---- when ---- */

/* Returns: (nullable): one that listens to some sources only, and hears nothing */
static const LecEndpoint *
find_silent (const LecEndpoints *endpoints, gint64 now_ns)
{
  for (guint i = 0; i < endpoints->count; i++) {
    const LecEndpoint *endpoint = &endpoints->items[i];

    if (endpoint->role == LEC_ENDPOINT_MEDIA && endpoint->sources != NULL
        && lec_ingress_is_member (endpoint->ingress) && now_ns - endpoint->heard_ns >= SILENT_NS)
      return endpoint;
  }
  return NULL;
}

static void
begin (LecSourceProbe *self, const LecEndpoint *endpoint, const char *interface)
{
  const LecLeg leg = { .group = endpoint->group, .port = endpoint->port, .ttl = -1 };
  LecInterface pinned;
  const gboolean is_pinned = interface != NULL && lec_interfaces_find (interface, &pinned, NULL);

  self->socket = lec_socket_open (&leg, leg.port, is_pinned ? &pinned : NULL, NULL);
}

void
lec_source_probe_poll (LecSourceProbe *self,
                       const LecEndpoints *endpoints,
                       const char *interface,
                       gint64 now_ns)
{
  const gint64 passed_ns = now_ns - self->changed_ns;
  const gboolean is_here = endpoints->replay == NULL && endpoints->opener.open == NULL;
  const LecEndpoint *silent = is_here ? find_silent (endpoints, now_ns) : NULL;

  if (silent == NULL) {
    lec_source_probe_stop (self);
    lec_source_probe_start (self, now_ns);
  } else if (self->socket != NULL && passed_ns >= LEC_SOURCE_PROBE_NS) {
    read_senders (self, silent->sources);
    lec_source_probe_stop (self);
    self->changed_ns = now_ns;
    self->pause_ns = LEC_SOURCE_PROBE_PAUSE_NS;
  } else if (self->socket == NULL && passed_ns >= self->pause_ns) {
    begin (self, silent, interface);
    self->changed_ns = now_ns;
  }
}

const char *
lec_source_probe_get_stranger (const LecSourceProbe *self)
{
  return self->stranger;
}
