/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "net/replay.h"

#include <glib/gstdio.h>
#include <poll.h>
#include <string.h>

#include "channel/error.h"
#include "net/capture.h"
#include "net/host.h"
#include "wire/units.h"

#define BEGAN (G_GINT64_CONSTANT (1000000000000) * MSECOND / 1000)

typedef struct
{
  char *folder, *path;
  LecReplay *replay;
  LecBatch *batch;
} Fixture;

static LecPacket *
acquire (gsize capacity, gpointer data)
{
  return lec_packet_new (capacity);
}

static void
put (LecCapture *capture, gint64 at_ns, const char *from, const char *to, guint16 port, gsize size)
{
  struct sockaddr_storage sender, group;
  g_autofree guint8 *bytes = g_malloc0 (size + 1);

  bytes[0] = (guint8) size;
  g_assert_true (lec_host_parse (from, 4000, &sender));
  g_assert_true (lec_host_parse (to, port, &group));
  lec_capture_write (capture, BEGAN + at_ns, &sender, &group, bytes, size, size);
}

static void
fixture_init (Fixture *self, void (*fill) (LecCapture *capture))
{
  g_autoptr (GError) error = NULL;
  LecCapture *capture;

  self->folder = g_dir_make_tmp ("lectern-replay-XXXXXX", NULL);
  self->path = g_build_filename (self->folder, "x.pcap", NULL);
  capture = lec_capture_open (self->path, &error);
  g_assert_no_error (error);
  fill (capture);
  lec_capture_free (capture);
  self->replay = lec_replay_open (self->path, &error);
  g_assert_no_error (error);
  self->batch = lec_batch_new (acquire, NULL);
}

static void
fixture_clear (Fixture *self)
{
  lec_batch_free (self->batch);
  lec_replay_unref (self->replay);
  g_assert_cmpint (g_remove (self->path), ==, 0);
  g_assert_cmpint (g_rmdir (self->folder), ==, 0);
  g_free (self->path);
  g_free (self->folder);
}

static LecIngress *
open_leg (const Fixture *self, LecLeg leg)
{
  g_autoptr (GError) error = NULL;
  LecIngress *ingress = lec_replay_open_ingress (self->replay, &leg, leg.port, &error);

  g_assert_no_error (error);
  g_assert_false (lec_ingress_is_member (ingress));
  g_assert_cmpuint (lec_ingress_get_joined (ingress)->len, ==, 0);
  return ingress;
}

/* Waits until it is readable; FALSE when nothing comes any more. */
static gboolean
await (const LecIngress *ingress)
{
  struct pollfd fd = { .fd = lec_ingress_get_fd (ingress), .events = POLLIN };

  return poll (&fd, 1, 500) == 1;
}

/* The sizes of all that comes, in order. */
static char *
read_all (const Fixture *self, LecIngress *ingress)
{
  g_autoptr (GString) sizes = g_string_new (NULL);

  while (await (ingress)) {
    guint count = lec_ingress_read (ingress, self->batch);

    for (guint i = 0; i < count; i++) {
      LecDatagram datagram = lec_batch_peek (self->batch, i);
      g_autoptr (LecPacket) packet = NULL;

      if (!lec_ingress_accepts (ingress, &datagram))
        continue;
      packet = lec_batch_take (self->batch, i);
      g_assert_cmpuint (packet->size, ==, datagram.size);
      g_assert_cmpuint (packet->data[0], ==, (guint8) datagram.size);
      g_string_append_printf (sizes, " %u", packet->size);
    }
  }
  return g_strdup (sizes->str);
}

static void
fill_mixed (LecCapture *capture)
{
  put (capture, 0, "192.0.2.1", "239.1.1.1", 5004, 10);
  put (capture, 1, "192.0.2.2", "239.1.1.1", 5004, 11);
  put (capture, 2, "192.0.2.1", "239.1.1.2", 5004, 12);
  put (capture, 3, "192.0.2.1", "239.1.1.1", 5005, 13);
  put (capture, 4, "2001:db8::1", "ff15::1", 5004, 14);
  put (capture, 5, "192.0.2.1", "239.1.1.1", 5004, 1500);
  put (capture, 6, "192.0.2.9", "192.0.2.77", 5004, 16);
}

/* Each hears what was sent to it, by whom the announcement lets in. */
static void
test_filters (void)
{
  char *one[] = { (char *) "192.0.2.2", NULL };
  const struct
  {
    LecLeg leg;
    const char *sizes;
  } rows[] = {
    { { .group = (char *) "239.1.1.1", .port = 5004 }, " 10 11 1500" },
    { { .group = (char *) "239.1.1.1", .port = 5005 }, " 13" },
    { { .group = (char *) "239.1.1.2", .port = 5004 }, " 12" },
    { { .group = (char *) "239.1.1.3", .port = 5004 }, "" },
    { { .group = (char *) "ff15:0::1", .port = 5004 }, " 14" },
    { { .group = (char *) "239.1.1.1", .port = 5004, .sources = one }, " 11" },
    { { .group = (char *) "239.1.1.1", .port = 5004, .excluded = one }, " 10 1500" },
    { { .group = (char *) "127.0.0.1", .port = 5004 }, " 16" }, /* another host captured it */
  };
  Fixture fixture;

  fixture_init (&fixture, fill_mixed);
  g_assert_cmpint (lec_replay_get_duration (fixture.replay), ==, 6);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (LecIngress) ingress = open_leg (&fixture, rows[i].leg);
    g_autofree char *sizes = read_all (&fixture, ingress);
    struct sockaddr_storage address;

    g_assert_cmpstr (sizes, ==, rows[i].sizes);
    lec_ingress_get_address (ingress, &address);
    g_assert_cmpuint (lec_host_get_port (&address), ==, rows[i].leg.port);
  }
  fixture_clear (&fixture);
}

#define MANY 300
#define PACE (2 * MSECOND)

static void
fill_paced (LecCapture *capture)
{
  for (gint64 i = 0; i < MANY; i++)
    put (capture, (i == 100 ? 50 : i) * PACE, "192.0.2.1", "239.1.1.1", i % 2 ? 5004 : 5005, 20);
}

/* Nothing comes before its time, by the clock of the first that was read; and its arrival says
 * exactly when that was, however late it is read. A time stamp that goes back is as good as the one
 * before. */
static void
test_pace (void)
{
  const LecLeg leg = { .group = (char *) "239.1.1.1", .port = 5004 };
  const LecLeg other = { .group = (char *) "239.1.1.1", .port = 5005 };
  LecIngress *ingresses[2];
  gint64 first_real_ns = 0, last_real_ns = 0;
  guint count = 0;
  Fixture fixture;

  fixture_init (&fixture, fill_paced);
  g_assert_cmpint (lec_replay_get_duration (fixture.replay), ==, (MANY - 1) * PACE);
  g_assert_true (lec_replay_has_ended (fixture.replay)); /* nobody reads it */
  ingresses[0] = open_leg (&fixture, leg);
  ingresses[1] = open_leg (&fixture, other);
  while (count < MANY) {
    g_assert_false (lec_replay_has_ended (fixture.replay));
    for (guint i = 0; i < 2; i++) {
      guint got = lec_ingress_read (ingresses[i], fixture.batch);
      gint64 real_ns = g_get_real_time () * 1000 + 1000;

      for (guint j = 0; j < got; j++) {
        LecDatagram datagram = lec_batch_peek (fixture.batch, j);

        g_assert_cmpint (datagram.real_ns, <=, real_ns);
        g_assert_cmpuint (datagram.dropped, ==, 0);
        first_real_ns
            = first_real_ns == 0 ? datagram.real_ns : MIN (first_real_ns, datagram.real_ns);
        last_real_ns = MAX (last_real_ns, datagram.real_ns);
      }
      count += got;
    }
    g_usleep (1000);
  }
  g_assert_true (lec_replay_has_ended (fixture.replay));
  g_assert_cmpint (last_real_ns - first_real_ns, ==, (MANY - 1) * PACE);
  g_assert_false (await (ingresses[0]));
  lec_ingress_free (ingresses[0]);
  lec_ingress_free (ingresses[1]);
  fixture_clear (&fixture);
}

static void
fill_burst (LecCapture *capture)
{
  for (guint i = 0; i < 1000; i++)
    put (capture, 0, "192.0.2.1", "239.1.1.1", 5004, 1 + i % 200);
}

/* What comes at once is read a batch at a time, and all of it. */
static void
test_burst (void)
{
  const LecLeg leg = { .group = (char *) "239.1.1.1", .port = 5004 };
  const LecLeg silent = { .group = (char *) "239.1.1.2", .port = 5004 };
  Fixture fixture;
  LecIngress *ingress, *other, *left;
  guint count = 0;

  fixture_init (&fixture, fill_burst);
  /* nothing is for this one, and this one closes before its end: neither holds up the end */
  other = open_leg (&fixture, silent);
  left = open_leg (&fixture, leg);
  ingress = open_leg (&fixture, leg);
  g_assert_cmpuint (lec_ingress_read (left, fixture.batch), >, 0);
  lec_ingress_free (left);
  while (await (ingress)) {
    guint got = lec_ingress_read (ingress, fixture.batch);

    g_assert_cmpuint (got, <=, LEC_BATCH_MAX);
    count += got;
  }
  g_assert_cmpuint (count, ==, 1000);
  g_assert_true (lec_replay_has_ended (fixture.replay));
  lec_ingress_free (ingress);
  lec_ingress_free (other);
  fixture_clear (&fixture);
}

/* Of a datagram that was captured, as tcpdump keeps it with a short “-s”. */
static void
write_cut (const char *path)
{
  g_autoptr (GError) error = NULL;
  LecCapture *capture = lec_capture_open (path, &error);
  struct sockaddr_storage sender, group;
  const guint8 bytes[40] = { 0 };

  g_assert_no_error (error);
  g_assert_true (lec_host_parse ("192.0.2.1", 4000, &sender));
  g_assert_true (lec_host_parse ("239.1.1.1", 5004, &group));
  lec_capture_write (capture, BEGAN, &sender, &group, bytes, sizeof bytes, 1400);
  lec_capture_free (capture);
}

static void
check_refused (const char *path, LecError code, const char *what, const char *why)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *expected = g_strdup_printf ("Cannot %s “%s”: %s", what, path, why);

  g_assert_null (lec_replay_open (path, &error));
  g_assert_error (error, LEC_ERROR, (int) code);
  g_assert_cmpstr (error->message, ==, expected);
}

static void
test_refused (void)
{
  g_autofree char *folder = g_dir_make_tmp ("lectern-replay-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "x.pcap", NULL);
  LecCapture *capture;

  check_refused (path, LEC_ERROR_UNREACHABLE, "read", "No such file or directory");
  check_refused (folder, LEC_ERROR_UNREACHABLE, "read", "this is not a regular file");
  check_refused ("/dev/null", LEC_ERROR_UNREACHABLE, "read", "this is not a regular file");
  g_assert_true (g_file_set_contents (path, "v=0\r\n", -1, NULL));
  check_refused (path, LEC_ERROR_MALFORMED, "play", "this is not a capture file (pcap)");
  g_assert_true (g_file_set_contents (path, "", -1, NULL));
  check_refused (path, LEC_ERROR_MALFORMED, "play", "this is not a capture file (pcap)");
  g_remove (path);
  capture = lec_capture_open (path, NULL);
  g_assert_nonnull (capture);
  lec_capture_free (capture);
  check_refused (path, LEC_ERROR_UNSUPPORTED, "play", "there are no UDP packets in it");
  g_remove (path);
  write_cut (path);
  check_refused (path, LEC_ERROR_UNSUPPORTED, "play",
                 "only the beginning of each packet was kept when it was "
                 "captured; capture whole packets (tcpdump -s 0)");
  g_remove (path);
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/replay/filters", test_filters);
  g_test_add_func ("/replay/pace", test_pace);
  g_test_add_func ("/replay/burst", test_burst);
  g_test_add_func ("/replay/refused", test_refused);
  return g_test_run ();
}
