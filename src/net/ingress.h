/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Where the datagrams of one group and port come from: it owns a descriptor, yields what comes, and
 * knows what to do so that more comes.
 *
 * Live, that is a socket of the kernel; it may as well be a file that is played, or a tunnel. Used
 * by one thread. */
#pragma once

#include <netinet/in.h>

#include "channel/channel.h"
#include "net/batch.h"
#include "net/interfaces.h"

G_BEGIN_DECLS

typedef struct _LecIngress LecIngress;

/**
 * LecRenewal:
 * @LEC_RENEWAL_LEAVE, @LEC_RENEWAL_JOIN: leaves the group, and joins anew: on the pinned interface,
 *   or on all there are by then
 * @LEC_RENEWAL_WIDEN: joins on the interfaces that it has not joined on, too
 * @LEC_RENEWAL_REPORT, @LEC_RENEWAL_SETTLE: reports the membership while packets go on
 *
 * The steps in which the network is made to hear of a membership. It hears of the host, not of one
 * ingress: all of one membership take a step before any takes the next.
 */
typedef enum {
  LEC_RENEWAL_LEAVE,
  LEC_RENEWAL_JOIN,
  LEC_RENEWAL_WIDEN,
  LEC_RENEWAL_REPORT,
  LEC_RENEWAL_SETTLE,
} LecRenewal;

/* What one kind of ingress does; see the functions below. */
typedef struct
{
  void (*free) (LecIngress *self);
  guint (*read) (LecIngress *self, LecBatch *batch);
  gboolean (*accepts) (const LecIngress *self, const LecDatagram *datagram);
  void (*get_address) (const LecIngress *self, struct sockaddr_storage *address);
  gboolean (*get_dropped) (const LecIngress *self, guint32 *dropped);
  guint (*reserve) (LecIngress *self, guint size);

  const GArray *(*get_joined) (const LecIngress *self);
  const char *(*get_interfaces) (const LecIngress *self);
  void (*note_sender) (LecIngress *self, const struct sockaddr_storage *from);
  gboolean (*is_reportable) (const LecIngress *self);
  void (*pin) (LecIngress *self, guint interface);
  void (*renew) (LecIngress *self, LecRenewal step, const LecIngress *hearing);
} LecIngressClass;

/* To be embedded first by each kind. */
struct _LecIngress
{
  const LecIngressClass *klass;
  int fd;             /* non-blocking; readable when there is something to read */
  gboolean is_member; /* of a group, so that there is something to renew */
};

/**
 * lec_ingress_open:
 * @port: the leg's own port or its RTCP port
 * @interface: (nullable): name of the interface to join on; NULL: all there are, until
 *   lec_ingress_pin()
 * @error: #LEC_ERROR_UNREACHABLE, naming address and reason
 *
 * Opens a socket of the kernel. A unicast address is listened on; nothing is joined then.
 */
LecIngress *lec_ingress_open (const LecLeg *leg,
                              guint16 port,
                              const char *interface,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Who opens ingresses in another way than lec_ingress_open(), which it stands for. */
typedef struct
{
  LecIngress *(*open) (const LecLeg *leg,
                       guint16 port,
                       const char *interface,
                       gpointer data,
                       GError **error);
  gpointer data;
} LecIngressOpener;

/* Leaves what was joined, and closes. */
void lec_ingress_free (LecIngress *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecIngress, lec_ingress_free)

/* Stays the ingress's. */
static inline int
lec_ingress_get_fd (const LecIngress *self)
{
  return self->fd;
}

/* Returns: how many datagrams were read into @batch without waiting, at most #LEC_BATCH_MAX */
static inline guint
lec_ingress_read (LecIngress *self, LecBatch *batch)
{
  return self->klass->read (self, batch);
}

/* Returns: whether the announcement lets this datagram in */
static inline gboolean
lec_ingress_accepts (const LecIngress *self, const LecDatagram *datagram)
{
  return self->klass->accepts (self, datagram);
}

/* @address: (out): where datagrams are received: group and port */
static inline void
lec_ingress_get_address (const LecIngress *self, struct sockaddr_storage *address)
{
  self->klass->get_address (self, address);
}

/* Returns: whether it is known how many datagrams were dropped for want of room, ever */
static inline gboolean
lec_ingress_get_dropped (const LecIngress *self, guint32 *dropped)
{
  return self->klass->get_dropped (self, dropped);
}

/* Makes room for @size bytes, as the kernel counts, of datagrams that wait to be read. Returns:
 * what was granted */
static inline guint
lec_ingress_reserve (LecIngress *self, guint size)
{
  return self->klass->reserve (self, size);
}

/* ---- membership ---- */

/* Whether there is a membership to renew: unicast is listened to only. */
static inline gboolean
lec_ingress_is_member (const LecIngress *self)
{
  return self->is_member;
}

/* Returns: (element-type LecInterface): those that it is joined on, or would be; empty for none */
static inline const GArray *
lec_ingress_get_joined (const LecIngress *self)
{
  return self->klass->get_joined (self);
}

/* Returns: their names, "eth0" or "eth0, wlan0"; valid until they change */
static inline const char *
lec_ingress_get_interfaces (const LecIngress *self)
{
  return self->klass->get_interfaces (self);
}

/* Whether more than one interface is joined on, and it is worth to learn which one delivers. */
static inline gboolean
lec_ingress_is_unpinned (const LecIngress *self)
{
  return lec_ingress_get_joined (self)->len > 1;
}

/* Stays on @interface and leaves the group on all others. */
static inline void
lec_ingress_pin (LecIngress *self, guint interface)
{
  self->klass->pin (self, interface);
}

/* Remembers a sender that was let in: for %LEC_RENEWAL_REPORT. */
static inline void
lec_ingress_note_sender (LecIngress *self, const struct sockaddr_storage *from)
{
  self->klass->note_sender (self, from);
}

/* Whether it can report its membership without a packet lost: it must know who sends. */
static inline gboolean
lec_ingress_is_reportable (const LecIngress *self)
{
  return self->klass->is_reportable (self);
}

/**
 * lec_ingress_renew:
 * @hearing: (nullable): with %LEC_RENEWAL_REPORT, one of the same membership that
 *   lec_ingress_is_reportable()
 */
static inline void
lec_ingress_renew (LecIngress *self, LecRenewal step, const LecIngress *hearing)
{
  self->klass->renew (self, step, hearing);
}

G_END_DECLS
