/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "net/ingress.h"

#include <linux/sock_diag.h> /* SK_MEMINFO_DROPS */
#include <sys/socket.h>

#include "net/receive-buffer.h"
#include "net/socket.h"

/* ---- a socket of the kernel ---- */

typedef struct
{
  LecIngress parent;
  LecSocket *socket;
  LecStampThinning thinning;
} SocketIngress;

static LecSocket *
socket_of (const LecIngress *self)
{
  return ((const SocketIngress *) self)->socket;
}

static void
socket_free (LecIngress *self)
{
  lec_socket_free (socket_of (self));
  g_free (self);
}

/* Where the interface decides whether a datagram is let in, the kernel must tell of each. */
static guint
socket_read (LecIngress *self, LecBatch *batch)
{
  SocketIngress *ingress = (SocketIngress *) self;

  return lec_batch_receive (
      batch, self->fd, lec_socket_asks_for_interface (ingress->socket) ? NULL : &ingress->thinning);
}

static gboolean
socket_accepts (const LecIngress *self, const LecDatagram *datagram)
{
  return lec_socket_accepts (socket_of (self), datagram->from, datagram->interface);
}

static void
socket_get_address (const LecIngress *self, struct sockaddr_storage *address)
{
  socklen_t length = sizeof *address;

  getsockname (self->fd, (struct sockaddr *) address, &length);
}

static gboolean
socket_get_dropped (const LecIngress *self, guint32 *dropped)
{
  guint32 info[SK_MEMINFO_VARS] = { 0 };
  socklen_t length = sizeof info;

  if (getsockopt (self->fd, SOL_SOCKET, SO_MEMINFO, info, &length) != 0)
    return FALSE;
  *dropped = info[SK_MEMINFO_DROPS];
  return TRUE;
}

static guint
socket_reserve (LecIngress *self, guint size)
{
  return lec_receive_buffer_set (self->fd, size);
}

static const GArray *
socket_get_joined (const LecIngress *self)
{
  return lec_socket_get_joined (socket_of (self));
}

static const char *
socket_get_interfaces (const LecIngress *self)
{
  return lec_socket_get_interfaces (socket_of (self));
}

static void
socket_note_sender (LecIngress *self, const struct sockaddr_storage *from)
{
  lec_socket_note_sender (socket_of (self), from);
}

static gboolean
socket_is_reportable (const LecIngress *self)
{
  return lec_socket_is_reportable (socket_of (self));
}

static void
socket_pin (LecIngress *self, guint interface)
{
  lec_socket_pin (socket_of (self), interface);
}

static void
socket_renew (LecIngress *self, LecRenewal step, const LecIngress *hearing)
{
  LecSocket *socket = socket_of (self);

  switch (step) {
  case LEC_RENEWAL_LEAVE:
    lec_socket_leave (socket);
    break;
  case LEC_RENEWAL_JOIN:
    lec_socket_join_again (socket);
    break;
  case LEC_RENEWAL_WIDEN:
    lec_socket_add_interfaces (socket);
    break;
  case LEC_RENEWAL_REPORT:
    lec_socket_begin_report (socket, socket_of (hearing));
    break;
  case LEC_RENEWAL_SETTLE:
    lec_socket_end_report (socket);
    break;
  default:
    g_assert_not_reached ();
  }
}

static const LecIngressClass socket_class = {
  .free = socket_free,
  .read = socket_read,
  .accepts = socket_accepts,
  .get_address = socket_get_address,
  .get_dropped = socket_get_dropped,
  .reserve = socket_reserve,
  .get_joined = socket_get_joined,
  .get_interfaces = socket_get_interfaces,
  .note_sender = socket_note_sender,
  .is_reportable = socket_is_reportable,
  .pin = socket_pin,
  .renew = socket_renew,
};

LecIngress *
lec_ingress_open (const LecLeg *leg, guint16 port, const char *interface, GError **error)
{
  LecInterface found;
  SocketIngress *self;
  LecSocket *socket;

  if (interface != NULL && !lec_interfaces_find_present (interface, &found, error))
    return NULL;
  socket = lec_socket_open (leg, port, interface != NULL ? &found : NULL, error);
  if (socket == NULL)
    return NULL;

  self = g_new0 (SocketIngress, 1);
  self->parent.klass = &socket_class;
  self->parent.fd = lec_socket_get_fd (socket);
  self->parent.is_member = lec_address_is_group (leg->group);
  self->socket = socket;
  return &self->parent;
}

/* ---- of any kind ---- */

void
lec_ingress_free (LecIngress *self)
{
  if (self != NULL)
    self->klass->free (self);
}
