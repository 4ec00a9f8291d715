/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The receiving side of the benchmark, in four kinds:
 *
 *   listener bare|udpsrc|channelsrc|msb GROUP PORT INTERFACE SECONDS SIZE
 *
 * Says “ready” when it has joined, and SECONDS later how many packets have come since. Then, of all
 * but the first half second of that: packets, CPU [µs], context switches, calls of the heap; and
 * the peak of resident memory [KiB]. */
#include <gst/gst.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <netinet/in.h>
#include <net/if.h>
#include <arpa/inet.h>

#include "channel/channel.h"
#include "element/plugin.h"
#include "heap.h"
#include "support/msb-station.h"

#define BATCH 64
#define SLOT 2048
#define WARM_UP 0.5              /* [s] pools are filled, code is in the caches */
#define BUFFER (8 * 1024 * 1024) /* [bytes] what channelsrc asks for too */

typedef struct
{
  const char *group, *interface;
  int port;
  double seconds;
  guint size; /* [bytes] of a datagram */
} Task;

/* What has been used up at one time. */
typedef struct
{
  struct rusage usage;
  guint64 received, heap;
} Reading;

static guint64 received; /* by one thread */
static Reading before, after;

static Reading
reading (void)
{
  Reading now = { .received = __atomic_load_n (&received, __ATOMIC_RELAXED) };

  now.heap = heap_calls ();
  getrusage (RUSAGE_SELF, &now.usage);
  return now;
}

/* What start and end cost is not what is asked for. */
static void
ready (void)
{
  puts ("ready");
  fflush (stdout);
}

/* ---- what can be had at the least ---- */

static int
join (const Task *task)
{
  struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons ((guint16) task->port) };
  struct ip_mreqn request = { .imr_ifindex = (int) if_nametoindex (task->interface) };
  int fd = socket (AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  int buffer = BUFFER, on = 1;

  inet_pton (AF_INET, task->group, &to.sin_addr);
  request.imr_multiaddr = to.sin_addr;
  setsockopt (fd, SOL_SOCKET, SO_RCVBUF, &buffer, sizeof buffer);
  setsockopt (fd, SOL_SOCKET, SO_RCVBUFFORCE, &buffer, sizeof buffer);
  setsockopt (fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (bind (fd, (struct sockaddr *) &to, sizeof to) != 0
      || setsockopt (fd, IPPROTO_IP, IP_ADD_MEMBERSHIP, &request, sizeof request) != 0)
    g_error ("cannot join %s", task->group);
  return fd;
}

static void
listen_bare (const Task *task)
{
  static guint8 bytes[BATCH][SLOT];
  struct mmsghdr messages[BATCH] = { 0 };
  struct iovec vectors[BATCH];
  struct pollfd wanted = { .fd = join (task), .events = POLLIN };
  gint64 start_us = g_get_monotonic_time ();
  gint64 warm_us = start_us + (gint64) (WARM_UP * G_USEC_PER_SEC);
  gint64 end_us = start_us + (gint64) (task->seconds * G_USEC_PER_SEC);
  gboolean warm = FALSE;

  for (guint i = 0; i < BATCH; i++) {
    vectors[i] = (struct iovec){ bytes[i], SLOT };
    messages[i].msg_hdr.msg_iov = &vectors[i];
    messages[i].msg_hdr.msg_iovlen = 1;
  }
  ready ();
  for (;;) {
    gint64 now_us = g_get_monotonic_time ();
    gint64 left_us = end_us - now_us;
    int got;

    if (!warm && now_us >= warm_us) {
      before = reading ();
      warm = TRUE;
    }
    if (left_us <= 0 || poll (&wanted, 1, (int) (left_us / 1000 + 1)) < 0)
      break;
    while ((got = recvmmsg (wanted.fd, messages, BATCH, MSG_DONTWAIT, NULL)) > 0)
      received += (guint64) got;
  }
  after = reading ();
}

/* ---- pipelines ---- */

/* The header in front of ASF is none of the packets. */
static GstPadProbeReturn
count_cb (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  if (!(info->type & GST_PAD_PROBE_TYPE_BUFFER_LIST)
      && GST_BUFFER_FLAG_IS_SET (GST_PAD_PROBE_INFO_BUFFER (info), GST_BUFFER_FLAG_HEADER))
    return GST_PAD_PROBE_OK;
  if (info->type & GST_PAD_PROBE_TYPE_BUFFER_LIST)
    __atomic_fetch_add (&received, gst_buffer_list_length (GST_PAD_PROBE_INFO_BUFFER_LIST (info)),
                        __ATOMIC_RELAXED);
  else
    __atomic_fetch_add (&received, 1, __ATOMIC_RELAXED);
  return GST_PAD_PROBE_OK;
}

static char *
describe (const Task *task, gboolean ours)
{
  if (!ours)
    return g_strdup_printf (
        "udpsrc address=%s port=%d multicast-iface=%s buffer-size=%d retrieve-sender-address=false "
        "caps=\"application/x-rtp,media=video,clock-rate=90000,encoding-name=H264,payload=96\" ! "
        "rtpjitterbuffer latency=150 ! fakesink name=sink sync=false async=false",
        task->group, task->port, task->interface, BUFFER);
  return g_strdup_printf (
      "channelsrc name=source interface=%s ! fakesink name=sink sync=false async=false",
      task->interface);
}

static void
announce_rtp (LecChannelInfo *info, const Task *task)
{
  LecStream *stream = lec_alternative_add_stream (
      lec_channel_info_add_alternative (info, LEC_KIND_RTP), LEC_MEDIA_VIDEO);

  lec_stream_add_leg (stream, task->group, (guint16) task->port);
  lec_stream_add_payload (stream, 96, "H264", 90000);
}

static void
announce_msb (LecChannelInfo *info, const Task *task)
{
  LecAlternative *alternative = lec_channel_info_add_alternative (info, LEC_KIND_MSB);
  LecStream *stream = lec_alternative_add_stream (alternative, LEC_MEDIA_VIDEO);

  lec_stream_add_leg (stream, task->group, (guint16) task->port);
  lec_alternative_add_format (alternative, 1, msb_station_make_header (task->size - 8));
  alternative->msb->fec_span = 10;
}

static LecChannel *
new_channel (const Task *task, gboolean msb)
{
  LecChannelInfo *info = lec_channel_info_new ();

  if (msb)
    announce_msb (info, task);
  else
    announce_rtp (info, task);
  return lec_channel_new (info, NULL);
}

static void
listen_for (GstElement *pipeline, double seconds)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (pipeline);
  g_autoptr (GstMessage) message = gst_bus_timed_pop_filtered (
      bus, (GstClockTime) (seconds * (double) GST_SECOND), GST_MESSAGE_ERROR | GST_MESSAGE_EOS);

  g_assert_null (message);
}

static void
listen_pipeline (const Task *task, const char *kind)
{
  const gboolean ours = strcmp (kind, "udpsrc") != 0;
  g_autofree char *description = describe (task, ours);
  g_autoptr (GError) error = NULL;
  g_autoptr (GstElement) pipeline = NULL;
  g_autoptr (GstElement) sink = NULL;
  g_autoptr (GstPad) pad = NULL;

  gst_init (NULL, NULL);
  lec_element_register (NULL);
  pipeline = gst_parse_launch (description, &error);
  if (error != NULL)
    g_error ("%s", error->message);
  if (ours) {
    g_autoptr (GstElement) source = gst_bin_get_by_name (GST_BIN (pipeline), "source");
    g_autoptr (LecChannel) channel = new_channel (task, strcmp (kind, "msb") == 0);

    g_object_set (source, "channel", channel, NULL);
  }
  sink = gst_bin_get_by_name (GST_BIN (pipeline), "sink");
  pad = gst_element_get_static_pad (sink, "sink");
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER | GST_PAD_PROBE_TYPE_BUFFER_LIST, count_cb,
                     NULL, NULL);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  gst_element_get_state (pipeline, NULL, NULL, GST_CLOCK_TIME_NONE);
  ready ();
  listen_for (pipeline, WARM_UP);
  before = reading ();
  listen_for (pipeline, task->seconds - WARM_UP);
  after = reading ();
  gst_element_set_state (pipeline, GST_STATE_NULL);
}

static gint64
cpu_us (const struct rusage *u)
{
  return (u->ru_utime.tv_sec + u->ru_stime.tv_sec) * G_USEC_PER_SEC + u->ru_utime.tv_usec
         + u->ru_stime.tv_usec;
}

static long
switches (const struct rusage *u)
{
  return u->ru_nvcsw + u->ru_nivcsw;
}

/* Not ru_maxrss: that begins with what the parent had before it became this program. */
static guint
peak_kib (void)
{
  g_autofree char *text = NULL;
  const char *line;

  g_file_get_contents ("/proc/self/status", &text, NULL, NULL);
  line = text != NULL ? strstr (text, "VmHWM:") : NULL;
  return line != NULL ? (guint) g_ascii_strtoull (line + 7 + strspn (line + 7, " \t"), NULL, 10)
                      : 0;
}

int
main (int argc, char **argv)
{
  Task task;

  if (argc != 7) {
    fprintf (stderr, "listener bare|udpsrc|channelsrc|msb GROUP PORT INTERFACE SECONDS SIZE\n");
    return 2;
  }
  task = (Task){ argv[2], argv[4], atoi (argv[3]), g_ascii_strtod (argv[5], NULL),
                 (guint) atoi (argv[6]) };
  if (strcmp (argv[1], "bare") == 0)
    listen_bare (&task);
  else
    listen_pipeline (&task, argv[1]);
  printf ("%" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT " %" G_GINT64_FORMAT " %ld %" G_GUINT64_FORMAT
          " %u\n",
          after.received, after.received - before.received,
          cpu_us (&after.usage) - cpu_us (&before.usage),
          switches (&after.usage) - switches (&before.usage), after.heap - before.heap,
          peak_kib ());
  return 0;
}
