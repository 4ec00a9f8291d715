/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "net/interleaved.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "channel/error.h"
#include "wire/units.h"

#define ROOM (1024 * 1024) /* [bytes], as the kernel counts, that wait to be read */

struct _LecInterleaved
{
  gatomicrefcount references;
  int in, out;    /* what is written to the one is read from the other */
  guint dropped;  /* atomic */
  guint bypassed; /* atomic */
  struct sockaddr_storage from;
};

typedef struct
{
  LecIngress parent;
  LecInterleaved *shared;
  LecIngress *direct;
  gboolean is_from_direct; /* the last batch */
  guint8 bytes[LEC_PACKET_MAX];
} InterleavedIngress;

static void
fail (GError **error)
{
  g_set_error (error, LEC_ERROR, LEC_ERROR_UNREACHABLE, _ ("Cannot wait for packets: %s"),
               g_strerror (errno));
}

/* ---- what is shared ---- */

LecInterleaved *
lec_interleaved_new (const struct sockaddr_storage *from, GError **error)
{
  LecInterleaved *self;
  int pair[2];

  if (socketpair (AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, pair) != 0) {
    fail (error);
    return NULL;
  }
  self = g_new0 (LecInterleaved, 1);
  g_atomic_ref_count_init (&self->references);
  self->in = pair[0];
  self->out = pair[1];
  self->from = *from;
  setsockopt (self->in, SOL_SOCKET, SO_SNDBUF, &(int){ ROOM }, sizeof (int));
  return self;
}

LecInterleaved *
lec_interleaved_ref (LecInterleaved *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
lec_interleaved_unref (LecInterleaved *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->references))
    return;
  close (self->in);
  close (self->out);
  g_free (self);
}

void
lec_interleaved_write (LecInterleaved *self, const guint8 *bytes, gsize size)
{
  if (size > 0 && send (self->in, bytes, size, MSG_DONTWAIT | MSG_NOSIGNAL) < 0)
    g_atomic_int_inc (&self->dropped);
}

gboolean
lec_interleaved_is_bypassed (LecInterleaved *self)
{
  return g_atomic_int_get (&self->bypassed) != 0;
}

void
lec_interleaved_forget_bypassed (LecInterleaved *self)
{
  g_atomic_int_set (&self->bypassed, 0);
}

/* ---- the ingress ---- */

static void
interleaved_free (LecIngress *ingress)
{
  InterleavedIngress *self = (InterleavedIngress *) ingress;

  if (ingress->fd >= 0)
    close (ingress->fd);
  lec_ingress_free (self->direct);
  lec_interleaved_unref (self->shared);
  g_free (self);
}

static gint64
real_now (void)
{
  struct timespec time;

  clock_gettime (CLOCK_REALTIME, &time);
  return time.tv_sec * SECOND + time.tv_nsec;
}

static guint
read_written (InterleavedIngress *self, LecBatch *batch)
{
  guint count = 0;

  lec_batch_begin (batch);
  while (count < LEC_BATCH_MAX) {
    gssize size = recv (self->shared->out, self->bytes, sizeof self->bytes, MSG_DONTWAIT);

    if (size <= 0)
      break;
    lec_batch_put (batch, self->bytes, (gsize) size, &self->shared->from, real_now ());
    count++;
  }
  return count;
}

static guint
interleaved_read (LecIngress *ingress, LecBatch *batch)
{
  InterleavedIngress *self = (InterleavedIngress *) ingress;
  guint count = lec_ingress_read (self->direct, batch);

  self->is_from_direct = count > 0;
  return count > 0 ? count : read_written (self, batch);
}

static gboolean
interleaved_accepts (const LecIngress *ingress, const LecDatagram *datagram)
{
  const InterleavedIngress *self = (const InterleavedIngress *) ingress;

  if (!self->is_from_direct)
    return TRUE;
  if (!lec_ingress_accepts (self->direct, datagram))
    return FALSE;
  g_atomic_int_set (&self->shared->bypassed, 1);
  return TRUE;
}

static void
interleaved_get_address (const LecIngress *ingress, struct sockaddr_storage *address)
{
  lec_ingress_get_address (((const InterleavedIngress *) ingress)->direct, address);
}

static gboolean
interleaved_get_dropped (const LecIngress *ingress, guint32 *dropped)
{
  const InterleavedIngress *self = (const InterleavedIngress *) ingress;

  if (!lec_ingress_get_dropped (self->direct, dropped))
    return FALSE;
  *dropped += (guint32) g_atomic_int_get (&self->shared->dropped);
  return TRUE;
}

static guint
interleaved_reserve (LecIngress *ingress, guint size)
{
  return lec_ingress_reserve (((InterleavedIngress *) ingress)->direct, size);
}

static const GArray *
interleaved_get_joined (const LecIngress *ingress)
{
  return lec_ingress_get_joined (((const InterleavedIngress *) ingress)->direct);
}

static const char *
interleaved_get_interfaces (const LecIngress *ingress)
{
  return lec_ingress_get_interfaces (((const InterleavedIngress *) ingress)->direct);
}

static void
interleaved_note_sender (LecIngress *ingress, const struct sockaddr_storage *from)
{
  InterleavedIngress *self = (InterleavedIngress *) ingress;

  if (self->is_from_direct)
    lec_ingress_note_sender (self->direct, from);
}

static gboolean
interleaved_is_reportable (const LecIngress *ingress)
{
  return lec_ingress_is_reportable (((const InterleavedIngress *) ingress)->direct);
}

static void
interleaved_pin (LecIngress *ingress, guint interface)
{
  lec_ingress_pin (((InterleavedIngress *) ingress)->direct, interface);
}

static void
interleaved_renew (LecIngress *ingress, LecRenewal step, const LecIngress *hearing)
{
  const InterleavedIngress *other = (const InterleavedIngress *) hearing;

  /* all ingresses of one reception are of one kind */
  lec_ingress_renew (((InterleavedIngress *) ingress)->direct, step,
                     other != NULL ? other->direct : NULL);
}

static const LecIngressClass interleaved_class = {
  .free = interleaved_free,
  .read = interleaved_read,
  .accepts = interleaved_accepts,
  .get_address = interleaved_get_address,
  .get_dropped = interleaved_get_dropped,
  .reserve = interleaved_reserve,
  .get_joined = interleaved_get_joined,
  .get_interfaces = interleaved_get_interfaces,
  .note_sender = interleaved_note_sender,
  .is_reportable = interleaved_is_reportable,
  .pin = interleaved_pin,
  .renew = interleaved_renew,
};

static gboolean
watch (LecIngress *ingress, int fd)
{
  struct epoll_event event = { .events = EPOLLIN };

  return epoll_ctl (ingress->fd, EPOLL_CTL_ADD, fd, &event) == 0;
}

LecIngress *
lec_interleaved_open_ingress (LecInterleaved *shared, LecIngress *direct, GError **error)
{
  InterleavedIngress *self = g_new0 (InterleavedIngress, 1);
  g_autoptr (LecIngress) ingress = &self->parent;

  ingress->klass = &interleaved_class;
  ingress->is_member = lec_ingress_is_member (direct);
  self->shared = lec_interleaved_ref (shared);
  self->direct = direct;
  ingress->fd = epoll_create1 (EPOLL_CLOEXEC);
  if (ingress->fd >= 0 && watch (ingress, shared->out)
      && watch (ingress, lec_ingress_get_fd (direct)))
    return g_steal_pointer (&ingress);
  fail (error);
  return NULL;
}
