/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "net/batch.h"

#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <time.h>

/* time stamp, drop counter, packet info and hop limit of either family */
#define CONTROL 192

#define STAMP_OLD G_GINT64_CONSTANT (2000000000) /* [ns] older ones are of another wall clock */

struct _LecBatch
{
  LecBatchAcquire acquire;
  gpointer data;

  LecPacket *packets[LEC_BATCH_MAX]; /* NULL: taken */
  guint8 *spill; /* one LEC_PACKET_MAX for each slot; untouched pages cost nothing */
  guint used;    /* message headers that the kernel has written to */
  guint step;    /* of every how manieth the kernel is asked to tell more than the bytes */
  gboolean each; /* of each, whatever is asked for */
  LecDatagram facts[LEC_BATCH_MAX]; /* what it told */

  struct mmsghdr messages[LEC_BATCH_MAX];
  struct iovec vectors[LEC_BATCH_MAX][2];
  struct sockaddr_storage senders[LEC_BATCH_MAX];
  union
  {
    struct cmsghdr align;
    guint8 bytes[CONTROL];
  } controls[LEC_BATCH_MAX];
};

LecBatch *
lec_batch_new (LecBatchAcquire acquire, gpointer data)
{
  LecBatch *self = g_new0 (LecBatch, 1);

  self->acquire = acquire;
  self->data = data;
  self->used = LEC_BATCH_MAX;
  self->step = 1;
  self->spill = mmap (NULL, (gsize) LEC_BATCH_MAX * LEC_PACKET_MAX, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  g_assert (self->spill != MAP_FAILED);
  return self;
}

void
lec_batch_free (LecBatch *self)
{
  if (self == NULL)
    return;

  for (guint i = 0; i < LEC_BATCH_MAX; i++)
    lec_packet_release (self->packets[i]);
  munmap (self->spill, (gsize) LEC_BATCH_MAX * LEC_PACKET_MAX);
  g_free (self);
}

static guint8 *
spill_of (LecBatch *self, guint index)
{
  return self->spill + (gsize) index * LEC_PACKET_MAX;
}

/* Whether the kernel is asked about this one. Of a full batch the last one is, so that what came
 * between lies between two. */
static gboolean
is_told (const LecBatch *self, guint index)
{
  return index % self->step == 0 || index == LEC_BATCH_MAX - 1;
}

/* The kernel shortens the lengths it is given, so each header is set up again before each use. It
 * spends little on what there is no room for. */
static void
arm (LecBatch *self, guint index)
{
  struct msghdr *header = &self->messages[index].msg_hdr;

  if (self->packets[index] == NULL) {
    self->packets[index] = self->acquire (LEC_PACKET_SLOT, self->data);
    self->vectors[index][0].iov_base = self->packets[index]->data;
    self->vectors[index][0].iov_len = self->packets[index]->capacity;
    self->vectors[index][1].iov_base = spill_of (self, index);
    self->vectors[index][1].iov_len = LEC_PACKET_MAX;
  }
  header->msg_name = &self->senders[index];
  header->msg_namelen = sizeof self->senders[index];
  header->msg_iov = self->vectors[index];
  header->msg_iovlen = 2;
  header->msg_control = &self->controls[index];
  header->msg_controllen = is_told (self, index) ? CONTROL : 0;
  header->msg_flags = 0;
}

static void
read_control (struct cmsghdr *control, LecDatagram *datagram)
{
  const void *body = CMSG_DATA (control);

  if (control->cmsg_level == SOL_SOCKET && control->cmsg_type == SCM_TIMESTAMPNS) {
    struct timespec time;

    memcpy (&time, body, sizeof time);
    datagram->real_ns = (gint64) time.tv_sec * 1000000000 + time.tv_nsec;
  } else if (control->cmsg_level == SOL_SOCKET && control->cmsg_type == SO_RXQ_OVFL) {
    memcpy (&datagram->dropped, body, sizeof datagram->dropped);
  } else if (control->cmsg_level == IPPROTO_IP && control->cmsg_type == IP_PKTINFO) {
    datagram->interface = (guint) ((const struct in_pktinfo *) body)->ipi_ifindex;
  } else if (control->cmsg_level == IPPROTO_IPV6 && control->cmsg_type == IPV6_PKTINFO) {
    datagram->interface = ((const struct in6_pktinfo *) body)->ipi6_ifindex;
  } else if ((control->cmsg_level == IPPROTO_IP && control->cmsg_type == IP_TTL)
             || (control->cmsg_level == IPPROTO_IPV6 && control->cmsg_type == IPV6_HOPLIMIT)) {
    int ttl;

    memcpy (&ttl, body, sizeof ttl);
    datagram->ttl = (guint) ttl;
  }
}

static void
read_facts (LecBatch *self, guint index)
{
  struct msghdr *header = &self->messages[index].msg_hdr;
  LecDatagram *facts = &self->facts[index];

  *facts = (LecDatagram){ 0 };
  for (struct cmsghdr *c = CMSG_FIRSTHDR (header); c != NULL; c = CMSG_NXTHDR (header, c))
    read_control (c, facts);
}

/* Nothing was told of those between @last and @next, which came @apart_ns one after the other. Of
 * those it is known when they came, unless it may have been before or after a rest. */
static void
fill_in_between (LecBatch *self, guint last, guint next, gint64 apart_ns)
{
  const gboolean is_vague = apart_ns < 0 || apart_ns > LEC_STAMP_APART_NS;
  const gint64 each_ns = is_vague ? 0 : apart_ns / (next - last);

  for (guint i = last + 1; i < next; i++)
    self->facts[i] = (LecDatagram){
      .real_ns = self->facts[next].real_ns - (next - i) * each_ns,
      .is_vague = is_vague,
    };
}

static void
read_all_facts (LecBatch *self, guint got, LecStampThinning *thinning)
{
  guint last = 0;

  read_facts (self, 0);
  for (guint i = 1; i < got; i++) {
    if (!is_told (self, i))
      continue;
    read_facts (self, i);
    fill_in_between (self, last, i, self->facts[i].real_ns - self->facts[last].real_ns);
    last = i;
  }
  for (guint i = last + 1; i < got; i++)
    self->facts[i] = (LecDatagram){ .real_ns = self->facts[last].real_ns, .is_vague = TRUE };
  lec_stamp_thinning_note (thinning, got, self->facts[last].real_ns);
}

static void
set_step (LecBatch *self, guint step)
{
  if (step == self->step)
    return;
  self->step = step;
  self->used = LEC_BATCH_MAX;
}

guint
lec_batch_receive (LecBatch *self, int fd, LecStampThinning *thinning)
{
  LecStampThinning none = { 0 };
  int got;

  if (thinning == NULL || self->each)
    thinning = &none;
  set_step (self, lec_stamp_thinning_get_step (thinning));
  for (guint i = 0; i < self->used; i++)
    arm (self, i);
  got = recvmmsg (fd, self->messages, LEC_BATCH_MAX, MSG_DONTWAIT, NULL);
  self->used = got > 0 ? (guint) got : 0;
  if (self->used > 0)
    read_all_facts (self, self->used, thinning);
  return self->used;
}

void
lec_batch_tell_of_each (LecBatch *self, gboolean each)
{
  self->each = each;
}

void
lec_batch_begin (LecBatch *self)
{
  for (guint i = 0; i < self->used; i++)
    arm (self, i);
  self->used = 0;
}

void
lec_batch_put (LecBatch *self,
               const guint8 *bytes,
               gsize size,
               const struct sockaddr_storage *from,
               gint64 real_ns)
{
  guint index = self->used;
  LecPacket *packet;
  gsize first;

  g_return_if_fail (index < LEC_BATCH_MAX && size <= LEC_PACKET_MAX);

  arm (self, index);
  packet = self->packets[index];
  first = MIN (size, packet->capacity);
  if (size > 0)
    memcpy (packet->data, bytes, first);
  if (size > first)
    memcpy (spill_of (self, index), bytes + first, size - first);
  self->messages[index].msg_len = (guint) size;
  self->senders[index] = *from;
  self->facts[index] = (LecDatagram){ .real_ns = real_ns };
  self->used++;
}

LecDatagram
lec_batch_peek (LecBatch *self, guint index)
{
  LecDatagram datagram = self->facts[index];

  datagram.from = &self->senders[index];
  datagram.bytes = self->packets[index]->data;
  datagram.size = self->messages[index].msg_len;
  return datagram;
}

LecPacket *
lec_batch_take (LecBatch *self, guint index)
{
  LecPacket *packet = self->packets[index];
  guint32 size = self->messages[index].msg_len;
  LecPacket *large;

  if (size <= packet->capacity) {
    self->packets[index] = NULL;
    packet->size = size;
    return packet;
  }

  large = self->acquire (size, self->data);
  memcpy (large->data, packet->data, packet->capacity);
  memcpy (large->data + packet->capacity, spill_of (self, index), size - packet->capacity);
  large->size = size;
  return large;
}

gint64
lec_datagram_get_arrival (const LecDatagram *self, gint64 now_ns, gint64 real_ns, gint64 empty_ns)
{
  gint64 age = real_ns - self->real_ns;

  if (self->real_ns == 0 || age < 0 || age > now_ns - empty_ns + STAMP_OLD)
    return now_ns;
  return now_ns - age;
}

/* Addresses of 128 bits are mixed down; a bit that is always set keeps each host from being 0. */
guint64
lec_address_get_sender (const struct sockaddr_storage *address)
{
  const struct sockaddr_in *v4 = (const struct sockaddr_in *) address;
  const struct sockaddr_in6 *v6 = (const struct sockaddr_in6 *) address;
  guint64 high, low;

  if (address->ss_family == AF_INET)
    return (G_GUINT64_CONSTANT (1) << 32 | v4->sin_addr.s_addr) << 16 | v4->sin_port;
  memcpy (&high, v6->sin6_addr.s6_addr, 8);
  memcpy (&low, v6->sin6_addr.s6_addr + 8, 8);
  high = (high * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15) ^ low)
         * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  return (high >> 16 | G_GUINT64_CONSTANT (1) << 47) << 16 | v6->sin6_port;
}

guint64
lec_datagram_get_sender (const LecDatagram *self)
{
  return lec_address_get_sender (self->from);
}
