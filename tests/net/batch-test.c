/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "net/batch.h"

#include <arpa/inet.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "wire/units.h"

/* Two ends of one connection over lo. */
typedef struct
{
  int in, out;
  LecBatch *batch;
  guint acquired;
} Fixture;

static LecPacket *
acquire_cb (gsize capacity, gpointer data)
{
  ((Fixture *) data)->acquired++;
  return lec_packet_new (capacity);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  struct sockaddr_in address = { .sin_family = AF_INET };
  socklen_t length = sizeof address;
  int buffer = 4 * 1024 * 1024, on = 1;

  address.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
  self->in = socket (AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  self->out = socket (AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  g_assert_cmpint (bind (self->in, (struct sockaddr *) &address, sizeof address), ==, 0);
  setsockopt (self->in, SOL_SOCKET, SO_RCVBUFFORCE, &buffer, sizeof buffer);
  setsockopt (self->in, SOL_SOCKET, SO_TIMESTAMPNS, &on, sizeof on);
  setsockopt (self->in, IPPROTO_IP, IP_PKTINFO, &on, sizeof on);
  g_assert_cmpint (getsockname (self->in, (struct sockaddr *) &address, &length), ==, 0);
  g_assert_cmpint (connect (self->out, (struct sockaddr *) &address, sizeof address), ==, 0);
  self->batch = lec_batch_new (acquire_cb, self);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  lec_batch_free (self->batch);
  close (self->in);
  close (self->out);
}

static void
send_filled (Fixture *self, gsize size, guint8 value)
{
  g_autofree guint8 *bytes = g_malloc (MAX (size, 1));

  memset (bytes, value, MAX (size, 1));
  g_assert_cmpint (send (self->out, bytes, size, 0), ==, (gssize) size);
}

/* Every size there is room for, in one batch, each with its facts. */
static void
test_sizes (Fixture *self, gconstpointer data)
{
  static const gsize sizes[]
      = { 0, 1, 12, LEC_PACKET_SLOT - 1, LEC_PACKET_SLOT, LEC_PACKET_SLOT + 1, 30000, 65507 };
  guint got;

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    send_filled (self, sizes[i], (guint8) (i + 1));
  got = lec_batch_receive (self->batch, self->in, NULL);
  g_assert_cmpuint (got, ==, G_N_ELEMENTS (sizes));
  for (guint i = 0; i < got; i++) {
    LecDatagram datagram = lec_batch_peek (self->batch, i);
    g_autoptr (LecPacket) packet = NULL;

    g_assert_cmpuint (datagram.size, ==, sizes[i]);
    g_assert_cmpint (datagram.from->ss_family, ==, AF_INET);
    g_assert_cmpint (datagram.real_ns, >, 0);
    g_assert_cmpuint (datagram.interface, ==, 1);
    g_assert_cmpuint (datagram.dropped, ==, 0);
    packet = lec_batch_take (self->batch, i);
    g_assert_cmpuint (packet->size, ==, sizes[i]);
    for (gsize j = 0; j < sizes[i]; j++)
      g_assert_cmpuint (packet->data[j], ==, i + 1);
  }
  g_assert_cmpuint (lec_batch_receive (self->batch, self->in, NULL), ==, 0);
}

/* What is not taken is used again, and what is taken is asked for again: no more than that. */
static void
test_reuse (Fixture *self, gconstpointer data)
{
  g_assert_cmpuint (lec_batch_receive (self->batch, self->in, NULL), ==, 0);
  g_assert_cmpuint (self->acquired, ==, LEC_BATCH_MAX);
  for (guint i = 0; i < 100; i++) {
    send_filled (self, 100, (guint8) i);
    send_filled (self, 100, (guint8) i);
    g_assert_cmpuint (lec_batch_receive (self->batch, self->in, NULL), ==, 2);
    if (i % 2 == 0)
      lec_packet_release (lec_batch_take (self->batch, 1));
  }
  g_assert_cmpuint (lec_batch_receive (self->batch, self->in, NULL), ==, 0);
  g_assert_cmpuint (self->acquired, ==, LEC_BATCH_MAX + 50);
}

static void
test_full (Fixture *self, gconstpointer data)
{
  for (guint i = 0; i < LEC_BATCH_MAX + 3; i++)
    send_filled (self, 10, (guint8) i);
  g_assert_cmpuint (lec_batch_receive (self->batch, self->in, NULL), ==, LEC_BATCH_MAX);
  for (guint i = 0; i < LEC_BATCH_MAX; i++)
    g_assert_cmpuint (lec_batch_peek (self->batch, i).bytes[0], ==, i);
  g_assert_cmpuint (lec_batch_receive (self->batch, self->in, NULL), ==, 3);
  g_assert_cmpuint (lec_batch_peek (self->batch, 2).bytes[0], ==, LEC_BATCH_MAX + 2);
}

/* As if many had come each second. */
static void
thin (LecStampThinning *thinning)
{
  lec_stamp_thinning_note (thinning, 1, SECOND);
  lec_stamp_thinning_note (thinning, 5000, SECOND + 100 * MSECOND);
  g_assert_cmpuint (lec_stamp_thinning_get_step (thinning), ==, 4);
}

/* Of one in four the kernel tells everything; the others have come between two of them, or at the
 * end, where nothing is known of when. All have their bytes and their sender. */
static void
test_thinned (Fixture *self, gconstpointer data)
{
  LecStampThinning thinning = { 0 };
  gint64 before_ns = 0;
  guint got;

  thin (&thinning);
  for (guint i = 0; i < 23; i++)
    send_filled (self, 10, (guint8) i);
  got = lec_batch_receive (self->batch, self->in, &thinning);
  g_assert_cmpuint (got, ==, 23);
  for (guint i = 0; i < got; i++) {
    LecDatagram datagram = lec_batch_peek (self->batch, i);

    g_assert_cmpuint (datagram.bytes[0], ==, i);
    g_assert_cmpuint (datagram.size, ==, 10);
    g_assert_cmpint (datagram.from->ss_family, ==, AF_INET);
    g_assert_cmpuint (datagram.interface, ==, i % 4 == 0 ? 1 : 0);
    g_assert_cmpint (datagram.real_ns, >=, before_ns);
    g_assert_cmpint (datagram.real_ns, <=, g_get_real_time () * 1000);
    g_assert_true (i % 4 != 0 || !datagram.is_vague);
    g_assert_true (i <= 20 || datagram.is_vague);
    before_ns = datagram.real_ns;
  }
}

/* What lies on both sides of a rest came when nobody knows. */
static void
test_rest (Fixture *self, gconstpointer data)
{
  LecStampThinning thinning = { 0 };

  thin (&thinning);
  for (guint i = 0; i < 9; i++) {
    if (i == 6)
      g_usleep (2000);
    send_filled (self, 10, (guint8) i);
  }
  g_assert_cmpuint (lec_batch_receive (self->batch, self->in, &thinning), ==, 9);
  for (guint i = 5; i < 8; i++) {
    LecDatagram datagram = lec_batch_peek (self->batch, i);

    g_assert_true (datagram.is_vague);
    g_assert_cmpint (datagram.real_ns, ==, lec_batch_peek (self->batch, 8).real_ns);
  }
}

/* Who wants to know of each is told, and a batch that reads now so, now so, mixes nothing up. */
static void
test_each (Fixture *self, gconstpointer data)
{
  LecStampThinning thinning = { 0 };

  thin (&thinning);
  for (guint round = 0; round < 4; round++) {
    LecStampThinning *asked = round % 2 == 0 ? &thinning : NULL;

    if (round == 2)
      lec_batch_tell_of_each (self->batch, TRUE);
    for (guint i = 0; i < 7; i++)
      send_filled (self, 10, (guint8) i);
    g_assert_cmpuint (lec_batch_receive (self->batch, self->in, asked), ==, 7);
    for (guint i = 0; i < 7; i++)
      g_assert_cmpuint (lec_batch_peek (self->batch, i).interface, ==,
                        round > 0 || i % 4 == 0 ? 1 : 0);
  }
}

static guint64
sender_of (const char *host, guint16 port)
{
  struct sockaddr_storage address = { 0 };
  struct sockaddr_in *v4 = (struct sockaddr_in *) &address;
  struct sockaddr_in6 *v6 = (struct sockaddr_in6 *) &address;
  LecDatagram datagram = { .from = &address };

  if (inet_pton (AF_INET, host, &v4->sin_addr) == 1) {
    v4->sin_family = AF_INET;
    v4->sin_port = htons (port);
  } else {
    g_assert_cmpint (inet_pton (AF_INET6, host, &v6->sin6_addr), ==, 1);
    v6->sin6_family = AF_INET6;
    v6->sin6_port = htons (port);
  }
  return lec_datagram_get_sender (&datagram);
}

/* RTP and RTCP of one host come from two ports of it. */
static void
test_hosts (Fixture *self, gconstpointer data)
{
  static const char *const hosts[]
      = { "0.0.0.0",     "192.0.2.1",   "192.0.2.2",       "255.255.255.255", "::",
          "2001:db8::1", "2001:db8::2", "2001:db8::1:0:1", "fe80::1:1",       "2001:db8:1::1" };

  for (guint i = 0; i < G_N_ELEMENTS (hosts); i++) {
    guint64 host = lec_sender_get_host (sender_of (hosts[i], 0));

    g_assert_cmpuint (host, !=, 0);
    g_assert_cmpuint (lec_sender_get_host (sender_of (hosts[i], 65535)), ==, host);
    g_assert_cmpuint (sender_of (hosts[i], 5004), !=, sender_of (hosts[i], 5005));
    for (guint j = 0; j < i; j++)
      g_assert_cmpuint (lec_sender_get_host (sender_of (hosts[j], 0)), !=, host);
  }
}

#define ADD(name, function) g_test_add (name, Fixture, NULL, set_up, function, tear_down)

/* As long as nobody reads, what waits grows old; what is older than that is of another wall clock.
 */
static void
test_arrival (void)
{
  static const struct
  {
    gint64 real_ns, empty_ns, arrival_ns; /* read at 100 s, which by the wall clock is 1000 */
  } rows[] = {
    { 999.5 * SECOND, 99.9 * SECOND, 99.5 * SECOND },
    { 990.5 * SECOND, 90 * SECOND, 90.5 * SECOND },
    { 995 * SECOND, 99.9 * SECOND, 100 * SECOND },
    { 1001 * SECOND, 99.9 * SECOND, 100 * SECOND },
    { 0, 99.9 * SECOND, 100 * SECOND },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    const LecDatagram datagram = { .real_ns = rows[i].real_ns };

    g_assert_cmpint (
        lec_datagram_get_arrival (&datagram, 100 * SECOND, 1000 * SECOND, rows[i].empty_ns), ==,
        rows[i].arrival_ns);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/batch/sizes", test_sizes);
  ADD ("/batch/reuse", test_reuse);
  ADD ("/batch/full", test_full);
  ADD ("/batch/thinned", test_thinned);
  ADD ("/batch/rest", test_rest);
  ADD ("/batch/each", test_each);
  ADD ("/batch/hosts", test_hosts);
  g_test_add_func ("/batch/arrival", test_arrival);
  return g_test_run ();
}
