/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The receiver with senders beside it, in a network namespace: what it lets in, and what it counts.
 */
#include "receive/receiver.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "announce/nsc.h"
#include "announce/recognise.h"
#include "channel/error.h"
#include "net/host.h"
#include "net/interfaces.h"
#include "net/replay.h"
#include "no-threads.h"
#include "privilege.h"
#include "report/doctor.h"
#include "rtp-sender.h"
#include "support/msb-station.h"
#include "wire/units.h"

#define PATIENCE                                                                                   \
  (20 * G_TIME_SPAN_SECOND) /* what is awaited comes sooner, or the test has failed */
#define LATENCY (150 * MSECOND)
#define FRONT "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=Test\r\nc=IN IP4 239.9.9.3/1\r\nt=0 0\r\n"
#define AUDIO "m=audio 5004 RTP/AVP 97\r\na=rtpmap:97 L16/48000/2\r\n"
#define GROUP "239.9.9.3"
#define LATE_US (2200 * G_TIME_SPAN_MILLISECOND) /* what a socket has kept for so long is past */
#define IGMP "030909EF" /* GROUP as in /proc/net/igmp */

static const RtpHeader audio_header = { .payload = 97, .sequence = 1, .step = 48, .ssrc = 7 };

/* A receiver, and what it hands over. */
typedef struct
{
  LecReceiver *receiver;
  LecChannel *channel;
  GAsyncQueue *packets;
  gint gaps;   /* atomic */
  gint handed; /* atomic: packets put into the queue */
  GMutex held; /* as long as somebody else has it, nobody reads from the sockets */
} Listener;

static gint64
now_cb (gpointer data)
{
  return g_get_monotonic_time () * 1000;
}

static LecPacket *
acquire_cb (gsize capacity, gpointer data)
{
  return lec_packet_new (capacity);
}

static void
push_cb (guint stream, const LecItem *item, gpointer data)
{
  Listener *self = data;

  if (item->kind != LEC_ITEM_PACKET) {
    g_atomic_int_add (&self->gaps, item->kind == LEC_ITEM_GAP);
    return;
  }
  g_atomic_int_inc (&self->handed);
  g_async_queue_push (self->packets, item->packet);
  g_mutex_lock (&self->held);
  g_mutex_unlock (&self->held);
}

static void
flush_cb (guint stream, gpointer data)
{
}

static void
playout_cb (LecPlayout *playout, const LecSenderTime *sender, gint64 now_ns, gpointer data)
{
}

static void
report_cb (LecReportDraft *draft, gpointer data)
{
}

static const LecReceiverCallbacks callbacks = { now_cb, acquire_cb, playout_cb, report_cb };

/* @replay: (nullable): heard in place of the network */
static Listener *
listener_open (const char *sdp, const char *interface, LecReplay *replay)
{
  Listener *self = g_new0 (Listener, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (LecAnnouncement) announcement
      = lec_announcement_parse (sdp, strlen (sdp), NULL, &error);

  g_assert_no_error (error);
  self->channel = lec_channel_ref (g_ptr_array_index (announcement->channels, 0));
  self->packets = g_async_queue_new_full ((GDestroyNotify) lec_packet_release);
  self->receiver = lec_receiver_open (
      g_ptr_array_index (lec_channel_get_info (self->channel)->alternatives, 0),
      &(LecReceiverConfig){ .interface = interface, .latency_ns = LATENCY, .replay = replay },
      &(LecOutlet){ push_cb, flush_cb, self }, &callbacks, self, &error);
  g_assert_no_error (error);
  return self;
}

static Listener *
listener_new (const char *sdp, const char *interface)
{
  return listener_open (sdp, interface, NULL);
}

/* Of the first stream, as it was a moment ago. */
static LecStats
get_stats (Listener *self)
{
  g_autoptr (LecReport) report = lec_receiver_dup_report (self->receiver);

  return report->streams[0].stats;
}

static gboolean
is_on (Listener *self, const char *interfaces)
{
  g_autoptr (LecReport) report = lec_receiver_dup_report (self->receiver);

  return g_str_equal (report->streams[0].interfaces, interfaces);
}

/* That it is joined on @interfaces becomes known within a tenth of a second. */
static void
await_interfaces (Listener *self, const char *interfaces)
{
  const gint64 end_us = g_get_monotonic_time () + PATIENCE;

  while (!is_on (self, interfaces)) {
    g_assert_cmpint (g_get_monotonic_time (), <, end_us);
    g_usleep (1000);
  }
}

static void
listener_free (Listener *self)
{
  lec_receiver_free (self->receiver);
  g_async_queue_unref (self->packets);
  lec_channel_unref (self->channel);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Listener, listener_free)

/* What was handed over by the receive thread. The counter says to the thread sanitizer, which does
 * not see into the queue, that it was; its excuses for each packet take minutes. */
static LecPacket *
take (Listener *self, guint64 patience)
{
  LecPacket *packet = g_async_queue_timeout_pop (self->packets, patience);

  return g_atomic_int_get (&self->handed) > 0 ? packet : NULL;
}

static LecPacket *
hear (Listener *self)
{
  LecPacket *packet = take (self, PATIENCE);

  if (packet == NULL)
    g_error ("nothing is heard");
  return packet;
}

static void
hear_many (Listener *self, guint count)
{
  for (guint i = 0; i < count; i++)
    lec_packet_release (hear (self));
}

static void
send_many (RtpSender *sender, RtpHeader *header, guint count, gsize size)
{
  for (guint i = 0; i < count; i++)
    rtp_sender_send (sender, header, size);
}

static void
shell (const char *command)
{
  if (system (command) != 0)
    g_error ("“%s” failed", command);
}

/* Whether GROUP is joined on @interface: its line stands below the interface's own. */
static gboolean
is_joined (const char *interface)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  gboolean ours = FALSE;

  g_assert_true (g_file_get_contents ("/proc/net/igmp", &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 1; lines[i] != NULL; i++) {
    if (g_ascii_isdigit (lines[i][0])) {
      g_auto (GStrv) fields = g_strsplit_set (lines[i], "\t ", -1);

      ours = strcmp (fields[1], interface) == 0;
    } else if (ours && strstr (lines[i], IGMP) != NULL) {
      return TRUE;
    }
  }
  return FALSE;
}

static void
await_joined (const char *interface, gboolean joined)
{
  gint64 end_us = g_get_monotonic_time () + PATIENCE;

  while (is_joined (interface) != joined) {
    g_assert_cmpint (g_get_monotonic_time (), <, end_us);
    g_usleep (1000);
  }
}

/* More packets than any window of the machine: all come, in order, and are counted. */
static void
test_exact (void)
{
  g_autoptr (Listener) listener = listener_new (FRONT AUDIO, "lo");
  g_autoptr (RtpSender) sender = rtp_sender_new (GROUP, 5004, "lo", NULL);
  RtpHeader header = audio_header;
  LecStats stats;

  header.sequence = 60000;
  header.step = 1;
  g_assert_true (lec_receiver_start (listener->receiver, NULL));
  for (guint i = 0; i < 20000; i++) {
    LecPacket *packet;

    rtp_sender_send (sender, &header, 50);
    if (i % 50 != 49)
      continue;
    for (guint j = 0; j < 50; j++) {
      packet = hear (listener);
      g_assert_cmpuint (packet->data[12] << 8 | packet->data[13], ==,
                        (60000 + i - 49 + j) & 0xffff);
      g_assert_cmpuint (packet->size, ==, 62);
      lec_packet_release (packet);
    }
  }
  rtp_sender_skip (&header);
  send_many (sender, &header, 10, 50);
  hear_many (listener, 10);
  lec_receiver_stop (listener->receiver);
  stats = get_stats (listener);
  g_assert_cmpuint (stats.received, ==, 20010);
  g_assert_cmpuint (stats.out, ==, 20010);
  g_assert_cmpuint (stats.bytes, ==, 20010 * 62);
  g_assert_cmpuint (stats.lost, ==, 1);
  g_assert_cmpuint (stats.gaps, ==, 1);
  g_assert_cmpuint (stats.duplicate + stats.late + stats.discarded + stats.lost_local, ==, 0);
  g_assert_cmpint (g_atomic_int_get (&listener->gaps), ==, 1);
}

/* What was there before anybody looked came at once. */
static void
test_first_packet (void)
{
  g_autoptr (Listener) listener = listener_new (FRONT AUDIO, "lo");
  g_autoptr (RtpSender) sender = rtp_sender_new (GROUP, 5004, "lo", NULL);
  RtpHeader header = audio_header;

  send_many (sender, &header, 5, 20);
  g_assert_true (lec_receiver_start (listener->receiver, NULL));
  hear_many (listener, 5);
  lec_receiver_stop (listener->receiver);
  g_assert_cmpint (get_stats (listener).first_packet_ns, ==, 0);
}

static gboolean
is_replayed (Listener *self)
{
  g_autoptr (LecReport) report = lec_receiver_dup_report (self->receiver);

  return report->replayed;
}

/* A capture waits for who plays it, however late that is, and tells when all of it is handed over. */
static void
test_replayed (void)
{
  g_autoptr (Listener) live = listener_new (FRONT AUDIO, "lo");
  g_autoptr (Listener) late = NULL;
  g_autoptr (RtpSender) sender = rtp_sender_new (GROUP, 5004, "lo", NULL);
  g_autoptr (LecReplay) replay = NULL;
  g_autofree char *folder = g_dir_make_tmp ("lectern-receiver-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "x.pcap", NULL);
  RtpHeader header = audio_header;
  gint64 end_us;

  g_assert_true (lec_receiver_set_capture (live->receiver, path, NULL));
  g_assert_true (lec_receiver_start (live->receiver, NULL));
  send_many (sender, &header, 5, 20);
  hear_many (live, 5);
  lec_receiver_stop (live->receiver);
  g_assert_false (is_replayed (live));

  replay = lec_replay_open (path, NULL);
  g_assert_nonnull (replay);
  late = listener_open (FRONT AUDIO, NULL, replay);
  g_usleep (LATE_US);
  g_assert_false (is_replayed (late));
  g_assert_true (lec_receiver_start (late->receiver, NULL));
  hear_many (late, 5);
  end_us = g_get_monotonic_time () + PATIENCE;
  while (!is_replayed (late)) {
    g_assert_cmpint (g_get_monotonic_time (), <, end_us);
    g_usleep (1000);
  }
  lec_receiver_stop (late->receiver);
  g_assert_cmpuint (get_stats (late).out, ==, 5);
  g_assert_cmpint (g_remove (path), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

/* What the kernel has no room for is this computer's loss, not the network's. */
static void
test_lost_local (void)
{
  g_autoptr (Listener) listener = listener_new (FRONT AUDIO, "lo");
  g_autoptr (RtpSender) sender = rtp_sender_new (GROUP, 5004, "lo", NULL);
  RtpHeader header = audio_header;
  LecStats stats;
  const guint flood = 30000; /* of more than 8 MiB in all */

  header.step = 1;
  g_mutex_lock (&listener->held);
  g_assert_true (lec_receiver_start (listener->receiver, NULL));
  send_many (sender, &header, 10, 1400);
  hear_many (listener, 1);
  send_many (sender, &header, flood - 10, 1400);
  g_mutex_unlock (&listener->held);
  while (stats = get_stats (listener), stats.received + stats.lost_local < flood)
    g_usleep (1000);
  send_many (sender, &header, 10, 1400);
  do {
    g_autoptr (LecPacket) packet = hear (listener);

    if ((packet->data[12] << 8 | packet->data[13]) == (guint16) (header.sequence - 1))
      break;
  } while (TRUE);
  lec_receiver_stop (listener->receiver);
  stats = get_stats (listener);
  g_assert_cmpuint (stats.lost_local, >, 0);
  g_assert_cmpuint (stats.received + stats.lost_local, ==, flood + 10);
  g_assert_cmpuint (stats.lost, ==, 0);
}

/* A datagram whose UDP checksum is wrong, as after a bad cable. It is long enough: of one below 76
 * bytes the kernel finds out before it looks for a socket. */
static void
send_damaged (const char *to, guint16 port)
{
  struct sockaddr_storage address;
  guint8 bytes[8 + 192] = { 0, 9, (guint8) (port >> 8), (guint8) port, 0, 200, 0xba, 0xd1, 0x80 };
  struct in_addr lo = { htonl (INADDR_LOOPBACK) };
  int fd;

  g_assert_true (lec_host_parse (to, 0, &address));
  fd = socket (address.ss_family, SOCK_RAW | SOCK_CLOEXEC, IPPROTO_UDP);
  g_assert_cmpint (fd, >=, 0);
  if (address.ss_family == AF_INET)
    g_assert_cmpint (setsockopt (fd, IPPROTO_IP, IP_MULTICAST_IF, &lo, sizeof lo), ==, 0);
  g_assert_cmpint (sendto (fd, bytes, sizeof bytes, 0, (struct sockaddr *) &address,
                           address.ss_family == AF_INET ? sizeof (struct sockaddr_in)
                                                        : sizeof (struct sockaddr_in6)),
                   ==, sizeof bytes);
  close (fd);
}

/* Neither the network has lost it, nor was there no room. */
static void
check_damaged (const char *sdp, const char *to)
{
  g_autoptr (Listener) listener = listener_new (sdp, "lo");
  g_autoptr (RtpSender) sender = rtp_sender_new (to, 5004, "lo", NULL);
  const gint64 end_us = g_get_monotonic_time () + PATIENCE;
  RtpHeader header = audio_header;
  LecStats stats;

  g_assert_true (lec_receiver_start (listener->receiver, NULL));
  for (guint i = 0; i < 20; i++) {
    send_many (sender, &header, 5, 20);
    rtp_sender_skip (&header);
    send_damaged (to, 5004);
    send_damaged ("127.0.0.1", 5999); /* and one that nobody waits for */
  }
  send_many (sender, &header, 5, 20);
  hear_many (listener, 105);
  while (stats = get_stats (listener), stats.damaged < 20) {
    g_assert_cmpint (g_get_monotonic_time (), <, end_us);
    g_usleep (1000);
  }
  lec_receiver_stop (listener->receiver);
  stats = get_stats (listener);
  g_assert_cmpuint (stats.received, ==, 105);
  g_assert_cmpuint (stats.damaged, ==, 20);
  g_assert_cmpuint (stats.lost_local, ==, 0);
  g_assert_cmpuint (stats.lost, ==, 0);
}

static void
test_damaged (void)
{
  check_damaged (FRONT AUDIO, GROUP);
  check_damaged ("v=0\r\no=- 1 1 IN IP6 ::1\r\ns=Test\r\nc=IN IP6 ::1\r\nt=0 0\r\n" AUDIO, "::1");
}

static char *
dup_advice (const char *sdp)
{
  g_autoptr (Listener) listener = listener_new (sdp, "lo");
  g_autoptr (LecReport) report = NULL;
  LecDoctorCase facts;

  g_assert_true (lec_receiver_start (listener->receiver, NULL));
  lec_receiver_stop (listener->receiver);
  report = lec_receiver_dup_report (listener->receiver);
  facts = (LecDoctorCase){ .report = report, .reception = lec_reception_read (report) };
  return lec_doctor_dup_advice (&facts);
}

/* What the system would have to grant is told only where it matters. */
static void
test_receive_buffer (void)
{
  g_autofree char *little = NULL, *unknown = NULL, *much = NULL;

  privilege_drop ();
  little = dup_advice (FRONT AUDIO "b=AS:1000\r\n");
  g_assert_null (little);
  unknown = dup_advice (FRONT AUDIO);
  g_assert_null (unknown);
  /* 640 Mbit/s: half a second of it is more than any system grants unasked */
  much = dup_advice (FRONT AUDIO "b=AS:640000\r\n");
  privilege_take ();
  if (much == NULL)
    g_test_skip ("this system grants much to everybody");
  else
    g_assert_nonnull (strstr (much, "“sysctl -w net.core.rmem_max=32914285”"));
}

#define SSM "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=Test\r\nc=IN IP4 232.9.9.3/1\r\nt=0 0\r\n"

/* Both send to the group; one was announced. */
static void
test_source_filter (void)
{
  g_autoptr (Listener) listener
      = listener_new (SSM "a=source-filter: incl IN IP4 232.9.9.3 127.0.0.2\r\n" AUDIO, "lo");
  g_autoptr (RtpSender) right = rtp_sender_new ("232.9.9.3", 5004, "lo", "127.0.0.2");
  g_autoptr (RtpSender) wrong = rtp_sender_new ("232.9.9.3", 5004, "lo", "127.0.0.3");
  RtpHeader header = audio_header, other = audio_header;
  LecStats stats;

  g_assert_true (lec_receiver_start (listener->receiver, NULL));
  for (guint i = 0; i < 10; i++) {
    rtp_sender_send (wrong, &other, 30);
    rtp_sender_send (right, &header, 20);
  }
  hear_many (listener, 10);
  lec_receiver_stop (listener->receiver);
  stats = get_stats (listener);
  g_assert_cmpuint (stats.received, ==, 10);
  g_assert_cmpuint (stats.bytes, ==, 320);
}

static void
test_excluded_source (void)
{
  g_autoptr (Listener) listener
      = listener_new (FRONT "a=source-filter: excl IN IP4 239.9.9.3 127.0.0.3\r\n" AUDIO, "lo");
  g_autoptr (RtpSender) right = rtp_sender_new (GROUP, 5004, "lo", "127.0.0.2");
  g_autoptr (RtpSender) wrong = rtp_sender_new (GROUP, 5004, "lo", "127.0.0.3");
  RtpHeader header = audio_header, other = audio_header;

  g_assert_true (lec_receiver_start (listener->receiver, NULL));
  for (guint i = 0; i < 10; i++) {
    rtp_sender_send (wrong, &other, 30);
    rtp_sender_send (right, &header, 20);
  }
  hear_many (listener, 10);
  lec_receiver_stop (listener->receiver);
  g_assert_cmpuint (get_stats (listener).received, ==, 10);
}

/* One group, one port, two sources that send the same: two memberships, one stream. */
static void
test_two_sources (void)
{
  g_autoptr (LecChannelInfo) info = lec_channel_info_new ();
  LecStream *stream = lec_alternative_add_stream (
      lec_channel_info_add_alternative (info, LEC_KIND_RTP), LEC_MEDIA_AUDIO);
  g_autoptr (RtpSender) first = rtp_sender_new ("232.9.9.4", 5004, "lo", "127.0.0.2");
  g_autoptr (RtpSender) second = rtp_sender_new ("232.9.9.4", 5004, "lo", "127.0.0.3");
  RtpHeader header = audio_header, same = audio_header;
  g_autoptr (Listener) listener = g_new0 (Listener, 1);
  g_autoptr (GError) error = NULL;
  LecStats stats;

  lec_stream_add_payload (stream, 97, "L16", 48000);
  for (guint i = 0; i < 2; i++) {
    const char *source[] = { i == 0 ? "127.0.0.2" : "127.0.0.3", NULL };

    lec_stream_add_leg (stream, "232.9.9.4", 5004)->sources = g_strdupv ((char **) source);
  }
  listener->channel = lec_channel_new (g_steal_pointer (&info), &error);
  g_assert_no_error (error);
  listener->packets = g_async_queue_new_full ((GDestroyNotify) lec_packet_release);
  listener->receiver = lec_receiver_open (
      g_ptr_array_index (lec_channel_get_info (listener->channel)->alternatives, 0),
      &(LecReceiverConfig){ .interface = "lo", .latency_ns = LATENCY },
      &(LecOutlet){ push_cb, flush_cb, listener }, &callbacks, listener, &error);
  g_assert_no_error (error);
  g_assert_true (lec_receiver_start (listener->receiver, NULL));
  /* each loses the half that the other has */
  for (guint i = 0; i < 20; i++) {
    if (i % 4 < 2) {
      rtp_sender_send (first, &header, 20);
      rtp_sender_skip (&same);
    } else {
      rtp_sender_send (second, &same, 20);
      rtp_sender_skip (&header);
    }
  }
  hear_many (listener, 20);
  lec_receiver_stop (listener->receiver);
  stats = get_stats (listener);
  g_assert_cmpuint (stats.out, ==, 20);
  g_assert_cmpuint (stats.lost, ==, 0);
}

/* Another group on the same port, which somebody else here has joined. */
static void
test_two_groups (void)
{
  g_autoptr (Listener) listener = listener_new (FRONT AUDIO, "lo");
  g_autoptr (Listener) other_ear = listener_new (
      "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=Test\r\nc=IN IP4 239.9.9.5/1\r\nt=0 0\r\n" AUDIO, "lo");
  g_autoptr (RtpSender) sender = rtp_sender_new (GROUP, 5004, "lo", NULL);
  g_autoptr (RtpSender) other_sender = rtp_sender_new ("239.9.9.5", 5004, "lo", NULL);
  g_autoptr (RtpSender) unicast = rtp_sender_new ("127.0.0.1", 5004, "lo", NULL);
  RtpHeader header = audio_header, other = audio_header, stray = audio_header;

  g_assert_true (lec_receiver_start (listener->receiver, NULL));
  g_assert_true (lec_receiver_start (other_ear->receiver, NULL));
  for (guint i = 0; i < 10; i++) {
    rtp_sender_send (other_sender, &other, 30);
    rtp_sender_send (unicast, &stray, 40);
    rtp_sender_send (sender, &header, 20);
  }
  hear_many (listener, 10);
  hear_many (other_ear, 10);
  lec_receiver_stop (listener->receiver);
  lec_receiver_stop (other_ear->receiver);
  g_assert_cmpuint (get_stats (listener).bytes, ==, 320);
  g_assert_cmpuint (get_stats (other_ear).bytes, ==, 420);
}

/* Joined everywhere until one delivers. */
static void
test_settles (void)
{
  g_autoptr (Listener) listener = listener_new (FRONT AUDIO, NULL);
  g_autoptr (RtpSender) sender = rtp_sender_new (GROUP, 5004, "right", NULL);
  g_autoptr (RtpSender) stranger = rtp_sender_new (GROUP, 5004, "left", NULL);
  RtpHeader header = audio_header, other = audio_header;
  g_autoptr (LecReport) before = lec_receiver_dup_report (listener->receiver);

  g_assert_true (is_joined ("left"));
  g_assert_true (is_joined ("right"));
  g_assert_true (is_joined ("lo"));
  g_assert_nonnull (strstr (before->streams[0].interfaces, "left"));
  g_assert_nonnull (strstr (before->streams[0].interfaces, "right"));
  g_assert_true (lec_receiver_start (listener->receiver, NULL));
  send_many (sender, &header, 5, 20);
  hear_many (listener, 5);
  await_interfaces (listener, "right");
  g_assert_false (is_joined ("left"));
  g_assert_true (is_joined ("right"));

  other.ssrc = 99;
  send_many (stranger, &other, 10, 30);
  send_many (sender, &header, 5, 20);
  hear_many (listener, 5);
  lec_receiver_stop (listener->receiver);
  g_assert_cmpuint (get_stats (listener).bytes, ==, 320);
}

/* The file of a Windows Media station. */
static char *
describe_station (void)
{
  LecChannelInfo *info = lec_channel_info_new ();
  LecAlternative *alternative = lec_channel_info_add_alternative (info, LEC_KIND_MSB);
  g_autoptr (LecChannel) channel = NULL;
  char *text;

  lec_stream_add_leg (lec_alternative_add_stream (alternative, LEC_MEDIA_VIDEO), GROUP, 5004);
  lec_alternative_add_format (alternative, 586, msb_station_make_header (600));
  channel = lec_channel_new (info, NULL);
  text = lec_nsc_print (channel, NULL);
  g_assert_nonnull (text);
  return text;
}

/* A station that has not begun says by its beacons which way it comes: nothing is joined anew. */
static void
test_beacons (void)
{
  g_autofree char *text = describe_station ();
  g_autoptr (Listener) listener = listener_new (text, NULL);
  g_autoptr (RtpSender) sender = rtp_sender_new (GROUP, 5004, "right", NULL);

  g_assert_true (lec_receiver_start (listener->receiver, NULL));
  for (guint i = 0; i < 5; i++)
    rtp_sender_send_bytes (sender, (const guint8 *) "MSB ", 4);
  await_interfaces (listener, "right");
  g_assert_false (is_joined ("left"));
  g_assert_true (is_joined ("right"));
  lec_receiver_stop (listener->receiver);
  g_assert_cmpuint (get_stats (listener).beacons, ==, 5);
}

#define PLUG_IN                                                                                    \
  "ip link add plug type veth peer name plug-end && ip link set plug-end up && "                   \
  "ip link set plug up && ip addr add 10.79.3.1/24 dev plug"

/* A few packets that come over @interface, from another station each time: one that says to be the
 * same would have to wait. */
static void
send_and_hear (Listener *listener, const char *interface, RtpHeader *header)
{
  g_autoptr (RtpSender) sender = rtp_sender_new (GROUP, 5004, interface, NULL);

  header->ssrc++;
  send_many (sender, header, 5, 20);
  hear_many (listener, 5);
}

/* The pinned interface is unplugged and comes back, as another one of the same name. Nothing of it
 * is left: one socket has twenty memberships. */
static void
test_unplugged (void)
{
  RtpHeader header = audio_header;
  g_autoptr (Listener) listener = NULL;

  shell (PLUG_IN);
  listener = listener_new (FRONT AUDIO, "plug");
  g_assert_true (lec_receiver_start (listener->receiver, NULL));
  for (guint i = 0; i < 25; i++) {
    send_and_hear (listener, "plug", &header);
    shell ("ip link del plug");
    g_assert_false (is_joined ("plug"));
    shell (PLUG_IN);
    await_joined ("plug", TRUE);
  }
  send_and_hear (listener, "plug", &header);
  g_clear_pointer (&listener, listener_free);
  g_assert_false (is_joined ("plug"));
  shell ("ip link del plug");
}

/* What has come on one interface now comes on another, as when somebody changes to Wi-Fi. */
static void
test_moved (void)
{
  RtpHeader header = audio_header;
  g_autoptr (Listener) listener = NULL;

  shell (PLUG_IN);
  listener = listener_new (FRONT AUDIO, NULL);
  g_assert_true (lec_receiver_start (listener->receiver, NULL));
  send_and_hear (listener, "plug", &header);
  g_assert_false (is_joined ("left"));

  shell ("ip link del plug");
  await_joined ("left", TRUE);
  send_and_hear (listener, "left", &header);
}

/* An interface that was not there before. */
static void
test_appears (void)
{
  RtpHeader header = audio_header;
  g_autoptr (Listener) listener = listener_new (FRONT AUDIO, NULL);
  g_autoptr (RtpSender) sender = NULL;
  gint64 end_us;

  g_assert_true (lec_receiver_start (listener->receiver, NULL));
  shell (PLUG_IN);
  await_joined ("plug", TRUE);
  end_us = g_get_monotonic_time () + PATIENCE;
  /* news of the link may come after the first packet, and then it joins on all once more; but a
   * station goes on sending */
  send_and_hear (listener, "plug", &header);
  sender = rtp_sender_new (GROUP, 5004, "plug", NULL);
  while (!is_on (listener, "plug")) {
    g_assert_cmpint (g_get_monotonic_time (), <, end_us);
    send_many (sender, &header, 1, 20);
  }
  shell ("ip link del plug");
}

/* The cable of one is out, and the stream comes on the other; and back. */
static void
test_cable_out (void)
{
  RtpHeader header = audio_header;
  g_autoptr (Listener) listener = NULL;

  shell (PLUG_IN);
  listener = listener_new (FRONT AUDIO, NULL);
  g_assert_true (lec_receiver_start (listener->receiver, NULL));
  for (guint i = 0; i < 2; i++) {
    send_and_hear (listener, "plug", &header);
    await_joined ("left", FALSE);
    shell ("ip link set plug-end down");
    await_joined ("left", TRUE);
    send_and_hear (listener, "left", &header);
    await_joined ("plug", FALSE);
    shell ("ip link set plug-end up && ip link set left-end down");
    await_joined ("plug", TRUE);
    shell ("ip link set left-end up");
  }
  shell ("ip link del plug");
}

/* Nothing is wrong with the interface but that nothing comes any more, though listeners go on to
 * report so. */
static void
test_falls_silent (void)
{
  g_autoptr (RtpSender) reporter = rtp_sender_new (GROUP, 5005, "right", NULL);
  RtpHeader header = audio_header;
  g_autoptr (Listener) listener = listener_new (FRONT AUDIO, NULL);
  gint64 begin_us;

  g_assert_true (lec_receiver_start (listener->receiver, NULL));
  send_and_hear (listener, "right", &header);
  begin_us = g_get_monotonic_time ();
  while (!is_joined ("left")) {
    g_assert_cmpint (g_get_monotonic_time () - begin_us, <, PATIENCE);
    rtp_sender_report (reporter, 1234, begin_us * 1000, 0, "listener");
    g_usleep (100 * 1000);
  }
  g_assert_true (is_joined ("right"));
  send_and_hear (listener, "left", &header);
  g_assert_false (is_joined ("right"));
}

/* An address is what reports are sent from, not what packets come to. */
static void
test_renumbered (void)
{
  g_autoptr (RtpSender) sender = NULL;
  RtpHeader header = audio_header;
  g_autoptr (Listener) listener = NULL;
  g_autoptr (LecReport) report = NULL;

  shell (PLUG_IN " && ip addr add 10.79.3.2/24 dev plug");
  sender = rtp_sender_new (GROUP, 5004, "plug", "10.79.3.2");
  listener = listener_new (FRONT AUDIO, "plug");
  g_assert_true (lec_receiver_start (listener->receiver, NULL));
  send_many (sender, &header, 5, 20);
  shell ("ip addr add 10.79.5.1/24 dev plug && ip addr del 10.79.3.1/24 dev plug && "
         "ip addr add 10.79.3.2/24 dev plug");
  for (guint i = 0; i < 30; i++) {
    send_many (sender, &header, 1, 20);
    g_usleep (20 * 1000);
  }
  hear_many (listener, 35);
  lec_receiver_stop (listener->receiver);
  g_assert_cmpuint (get_stats (listener).lost, ==, 0);
  report = lec_receiver_dup_report (listener->receiver);
  g_assert_cmpuint (report->network.rejoins, ==, 0);
  shell ("ip link del plug");
}

/* Start and stop, as often as somebody likes: nothing is left. */
static void
test_again (void)
{
  g_autoptr (RtpSender) sender = rtp_sender_new (GROUP, 5004, "lo", NULL);
  RtpHeader header = audio_header;

  for (guint i = 0; i < 50; i++) {
    g_autoptr (Listener) listener = listener_new (FRONT AUDIO, "lo");

    for (guint j = 0; j < 3; j++) {
      g_assert_true (lec_receiver_start (listener->receiver, NULL));
      send_many (sender, &header, 5, 20);
      if (j > 0)
        hear_many (listener, 5);
      lec_receiver_stop (listener->receiver);
      g_assert_true (is_joined ("lo"));
      while (g_async_queue_length (listener->packets) > 0)
        lec_packet_release (take (listener, 0));
    }
    g_clear_pointer (&listener, listener_free);
    g_assert_false (is_joined ("lo"));
  }
}

/* As an address in a list names it, which may be of another computer. */
static void
check_named_interface (const char *named,
                       const char *pinned,
                       const char *joined,
                       const char *missing)
{
  g_autoptr (LecChannelInfo) info = lec_channel_info_new ();
  g_autoptr (LecReceiver) receiver = NULL;
  g_autoptr (LecReport) report = NULL;
  g_autoptr (GError) error = NULL;
  LecAlternative *alternative = lec_channel_info_add_alternative (info, LEC_KIND_TS);
  LecStream *stream = lec_alternative_add_stream (alternative, LEC_MEDIA_VIDEO);

  lec_stream_add_leg (stream, GROUP, 5004)->interface = g_strdup (named);
  receiver = lec_receiver_open (alternative,
                                &(LecReceiverConfig){ .interface = pinned, .latency_ns = LATENCY },
                                &(LecOutlet){ push_cb, flush_cb, NULL }, &callbacks, NULL, &error);
  g_assert_no_error (error);
  report = lec_receiver_dup_report (receiver);
  g_assert_cmpstr (report->streams[0].interfaces, ==, joined);
  g_assert_cmpstr (lec_receiver_get_missing_interface (receiver), ==, missing);
}

static char *
name_all_interfaces (void)
{
  g_autoptr (GArray) list = lec_interfaces_list ();
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < list->len; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "",
                            g_array_index (list, LecInterface, i).name);
  return g_string_free (names, FALSE);
}

static void
test_named_interface (void)
{
  g_autofree char *everywhere = name_all_interfaces ();
  g_autofree char *index = g_strdup_printf ("%u", if_nametoindex ("lo"));

  check_named_interface ("lo", NULL, "lo", NULL);
  check_named_interface ("127.0.0.1", NULL, "lo", NULL);
  check_named_interface (index, NULL, "lo", NULL);
  check_named_interface ("left", "lo", "lo", NULL);
  check_named_interface ("eth77", "lo", "lo", NULL);
  check_named_interface ("eth77", NULL, everywhere, "eth77");
  check_named_interface ("192.0.2.77", NULL, everywhere, "192.0.2.77");
  check_named_interface ("4711", NULL, everywhere, "4711");
}

static void
test_low_port (void)
{
  g_autoptr (LecChannelInfo) info = lec_channel_info_new ();
  LecAlternative *alternative = lec_channel_info_add_alternative (info, LEC_KIND_TS);
  LecStream *stream = lec_alternative_add_stream (alternative, LEC_MEDIA_VIDEO);
  LecReceiverConfig config = { .interface = "lo", .latency_ns = LATENCY };

  lec_stream_add_leg (stream, GROUP, 1023);
  for (guint i = 0; i < 2; i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (LecReceiver) receiver = lec_receiver_open (
        alternative, &config, &(LecOutlet){ push_cb, flush_cb, NULL }, &callbacks, NULL, &error);

    g_assert_true ((receiver != NULL) == config.low_ports);
    if (!config.low_ports)
      g_assert_error (error, LEC_ERROR, LEC_ERROR_LOW_PORT);
    config.low_ports = TRUE;
  }
}

static void
check_refusal (const char *sdp, const char *interface, const char *sentence)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LecAnnouncement) announcement
      = lec_announcement_parse (sdp, strlen (sdp), NULL, &error);
  LecChannel *channel;

  g_assert_no_error (error);
  channel = g_ptr_array_index (announcement->channels, 0);
  g_assert_null (
      lec_receiver_open (g_ptr_array_index (lec_channel_get_info (channel)->alternatives, 0),
                         &(LecReceiverConfig){ .interface = interface, .latency_ns = LATENCY },
                         &(LecOutlet){ push_cb, flush_cb, NULL }, &callbacks, NULL, &error));
  g_assert_nonnull (error);
  if (!g_str_has_prefix (error->message, sentence))
    g_error ("“%s” does not begin with “%s”", error->message, sentence);
}

static void
test_refusals (void)
{
  check_refusal (FRONT AUDIO, "nonexistent0",
                 "No network interface “nonexistent0” is up; available: ");
  check_refusal (FRONT "m=audio 53 RTP/AVP 97\r\na=rtpmap:97 L16/48000/2\r\n", NULL,
                 "Port 53 is for services of the system and is not listened on; ask the sender for "
                 "one from 1024 on");
  check_refusal (
      "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=Test\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\n" AUDIO, NULL,
      "Cannot listen on 192.0.2.1:5004: ");
}

/* Where the system has no thread for it that is said, and another time it may have one. */
static void
test_no_thread (void)
{
  g_autoptr (Listener) listener = listener_new (FRONT AUDIO, "lo");
  g_autoptr (RtpSender) sender = rtp_sender_new (GROUP, 5004, "lo", NULL);
  RtpHeader header = audio_header;
  g_autoptr (GError) error = NULL;

  no_threads_begin ();
  g_assert_false (lec_receiver_start (listener->receiver, &error));
  no_threads_end ();
  g_assert_error (error, LEC_ERROR, LEC_ERROR_UNREACHABLE);
  g_assert_cmpstr (error->message, ==,
                   "This computer grants no more threads: end other programs, and try again");
  lec_receiver_stop (listener->receiver);
  g_assert_true (lec_receiver_start (listener->receiver, NULL));
  send_many (sender, &header, 5, 20);
  hear_many (listener, 5);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/receiver/exact", test_exact);
  g_test_add_func ("/receiver/first-packet", test_first_packet);
  g_test_add_func ("/receiver/replayed", test_replayed);
  g_test_add_func ("/receiver/lost-local", test_lost_local);
  g_test_add_func ("/receiver/damaged", test_damaged);
  g_test_add_func ("/receiver/receive-buffer", test_receive_buffer);
  g_test_add_func ("/receiver/source-filter", test_source_filter);
  g_test_add_func ("/receiver/excluded-source", test_excluded_source);
  g_test_add_func ("/receiver/two-sources", test_two_sources);
  g_test_add_func ("/receiver/two-groups", test_two_groups);
  g_test_add_func ("/receiver/settles", test_settles);
  g_test_add_func ("/receiver/beacons", test_beacons);
  g_test_add_func ("/receiver/unplugged", test_unplugged);
  g_test_add_func ("/receiver/moved", test_moved);
  g_test_add_func ("/receiver/appears", test_appears);
  g_test_add_func ("/receiver/cable-out", test_cable_out);
  g_test_add_func ("/receiver/falls-silent", test_falls_silent);
  g_test_add_func ("/receiver/renumbered", test_renumbered);
  g_test_add_func ("/receiver/again", test_again);
  g_test_add_func ("/receiver/named interface", test_named_interface);
  g_test_add_func ("/receiver/low port", test_low_port);
  g_test_add_func ("/receiver/refusals", test_refusals);
  g_test_add_func ("/receiver/no-thread", test_no_thread);
  return g_test_run ();
}
