/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The receiving side of the benchmark, in six kinds:
 *
 *   listener bare|paced|keeping|udpsrc|channelsrc|msb GROUP PORT INTERFACE SECONDS SIZE CHANNELS
 *
 * “paced” is the bare loop that leaves packets in the kernel for as long as channelsrc does;
 * “keeping” also keeps each for the latency, and has the kernel tell of it what channelsrc asks
 * for. The first of CHANNELS is on GROUP and PORT, each other one on the next address and the same
 * port.
 *
 * Says “ready” when it has joined, and SECONDS later how many packets have come since. Then, of all
 * but the first half second of that: packets, CPU [µs], context switches, calls of the heap; the
 * peak of resident memory [KiB] (not ru_maxrss: that begins with what the parent had before it
 * became this program), and the threads. */
#include <gio/gio.h>
#include <gst/gst.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <netinet/in.h>
#include <net/if.h>
#include <arpa/inet.h>

#include "channel/channel.h"
#include "element/plugin.h"
#include "heap.h"
#include "net/receive-buffer.h"
#include "receive/read-pacer.h"
#include "support/msb-station.h"

#define BATCH 64
#define SLOT 2048
#define WARM_UP 0.5              /* [s] pools are filled, code is in the caches */
#define BUFFER (8 * 1024 * 1024) /* [bytes] what channelsrc asks for too */
#define LATENCY (150 * GST_MSECOND)
#define CHANNELS_MAX 64
#define KEPT 131072 /* [packets] */
#define CONTROL 192

typedef struct
{
  const char *group, *interface;
  int port;
  double seconds;
  guint size; /* [bytes] of a datagram */
  guint channels;
} Task;

/* What has been used up at one time. */
typedef struct
{
  struct rusage usage;
  guint64 received, heap;
  guint threads;
} Reading;

static guint64 received;
static Reading before, after;

static guint
read_status (const char *name)
{
  g_autofree char *text = NULL;
  const char *line;

  g_file_get_contents ("/proc/self/status", &text, NULL, NULL);
  line = text != NULL ? strstr (text, name) : NULL;
  if (line == NULL)
    return 0;
  line += strlen (name);
  return (guint) g_ascii_strtoull (line + strspn (line, " \t"), NULL, 10);
}

static Reading
reading (void)
{
  Reading now = { .received = __atomic_load_n (&received, __ATOMIC_RELAXED) };

  now.threads = read_status ("Threads:");
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

static char *
group_of (const Task *task, guint channel)
{
  g_autoptr (GInetAddress) first = g_inet_address_new_from_string (task->group);
  guint8 bytes[4];
  g_autoptr (GInetAddress) address = NULL;

  memcpy (bytes, g_inet_address_to_bytes (first), sizeof bytes);
  bytes[3] = (guint8) (bytes[3] + channel);
  address = g_inet_address_new_from_bytes (bytes, G_SOCKET_FAMILY_IPV4);
  return g_inet_address_to_string (address);
}

/* Returns: a socket of what comes to one group; @granted [bytes] is its buffer */
static int
join (const Task *task, guint channel, guint *granted)
{
  g_autofree char *group = group_of (task, channel);
  struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons ((guint16) task->port) };
  struct ip_mreqn request = { .imr_ifindex = (int) if_nametoindex (task->interface) };
  int fd = socket (AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  int on = 1;

  inet_pton (AF_INET, group, &to.sin_addr);
  request.imr_multiaddr = to.sin_addr;
  *granted = lec_receive_buffer_set (fd, BUFFER);
  setsockopt (fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (bind (fd, (struct sockaddr *) &to, sizeof to) != 0
      || setsockopt (fd, IPPROTO_IP, IP_ADD_MEMBERSHIP, &request, sizeof request) != 0)
    g_error ("cannot join %s", group);
  return fd;
}

/* What channelsrc asks the kernel to tell of each packet. */
static void
ask (int fd)
{
  int on = 1;

  setsockopt (fd, SOL_SOCKET, SO_TIMESTAMPNS, &on, sizeof on);
  setsockopt (fd, SOL_SOCKET, SO_RXQ_OVFL, &on, sizeof on);
  setsockopt (fd, IPPROTO_IP, IP_PKTINFO, &on, sizeof on);
  setsockopt (fd, IPPROTO_IP, IP_RECVTTL, &on, sizeof on);
}

static int
join_all (const Task *task, gboolean tells, guint *headroom)
{
  int poll = epoll_create1 (EPOLL_CLOEXEC);

  *headroom = G_MAXUINT;
  for (guint i = 0; i < task->channels; i++) {
    struct epoll_event event = { .events = EPOLLIN };
    guint granted;

    event.data.fd = join (task, i, &granted);
    epoll_ctl (poll, EPOLL_CTL_ADD, event.data.fd, &event);
    *headroom = MIN (*headroom, lec_receive_buffer_get_headroom (granted));
    if (tells)
      ask (event.data.fd);
  }
  return poll;
}

/* Where packets are read to. All jitter buffers keep them for the latency, so that the memory has
 * left the caches when it is used again; a loop that keeps none always has the same few. */
typedef struct
{
  gboolean keeps;
  guint8 *slots[KEPT];
  gint64 read_us[KEPT]; /* when */
  guint first, count;   /* of those that are kept, in a ring */
  struct mmsghdr messages[BATCH];
  struct iovec vectors[BATCH];
  struct sockaddr_storage senders[BATCH];
  guint8 controls[BATCH][CONTROL];
} Memory;

static guint8 *
take_slot (Memory *self, gint64 now_us)
{
  const guint place = self->first;

  if (self->count < BATCH || (self->keeps && now_us - self->read_us[place] < LATENCY / 1000)) {
    g_assert_cmpuint (self->count, <, KEPT);
    return g_malloc (SLOT);
  }
  self->first = (place + 1) % KEPT;
  self->count--;
  return self->slots[place];
}

static void
keep_slot (Memory *self, guint8 *slot, gint64 now_us)
{
  const guint place = (self->first + self->count) % KEPT;

  self->slots[place] = slot;
  self->read_us[place] = now_us;
  self->count++;
}

/* Who keeps packets for their time also wants to know it, and what else channelsrc asks for. */
static void
arm (Memory *self, guint i, gint64 now_us)
{
  struct msghdr *header = &self->messages[i].msg_hdr;

  if (self->vectors[i].iov_base == NULL)
    self->vectors[i] = (struct iovec){ take_slot (self, now_us), SLOT };
  header->msg_iov = &self->vectors[i];
  header->msg_iovlen = 1;
  if (!self->keeps)
    return;
  header->msg_name = &self->senders[i];
  header->msg_namelen = sizeof self->senders[i];
  header->msg_control = self->controls[i];
  header->msg_controllen = CONTROL;
}

static guint
read_empty (Memory *self, int fd)
{
  const gint64 now_us = g_get_monotonic_time ();
  guint count = 0;
  int got;

  do {
    for (guint i = 0; i < BATCH; i++)
      arm (self, i, now_us);
    got = recvmmsg (fd, self->messages, BATCH, MSG_DONTWAIT, NULL);
    for (int i = 0; i < got; i++)
      keep_slot (self, g_steal_pointer (&self->vectors[i].iov_base), now_us);
    count += got > 0 ? (guint) got : 0;
  } while (got == BATCH);
  return count;
}

static void
pause_for (gint64 pause_ns)
{
  struct timespec time = { .tv_nsec = pause_ns };

  if (pause_ns > 0)
    clock_nanosleep (CLOCK_MONOTONIC, 0, &time, NULL);
}

static void
listen_bare (const Task *task, gboolean paced, gboolean keeps)
{
  static Memory memory;
  struct epoll_event events[CHANNELS_MAX];
  guint headroom;
  int poll = join_all (task, keeps, &headroom);
  gint64 start_us = g_get_monotonic_time ();
  gint64 warm_us = start_us + (gint64) (WARM_UP * G_USEC_PER_SEC);
  gint64 end_us = start_us + (gint64) (task->seconds * G_USEC_PER_SEC);
  gboolean warm = FALSE;
  LecReadPacer pacer;

  memory.keeps = keeps;
  lec_read_pacer_start (&pacer, start_us * 1000);
  ready ();
  for (;;) {
    gint64 now_us = g_get_monotonic_time ();
    gint64 left_us = end_us - now_us;
    guint count = 0;
    int n;

    if (!warm && now_us >= warm_us) {
      before = reading ();
      warm = TRUE;
    }
    if (left_us <= 0)
      break;
    pause_for (lec_read_pacer_get (&pacer));
    n = epoll_wait (poll, events, CHANNELS_MAX, (int) (left_us / 1000 + 1));
    for (int i = 0; i < n; i++)
      count += read_empty (&memory, events[i].data.fd);
    received += count;
    if (paced)
      lec_read_pacer_note (&pacer, count, task->channels, headroom, LATENCY, now_us * 1000);
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

static void
describe (const Task *task, gboolean ours, guint channel, GString *text)
{
  g_autofree char *group = group_of (task, channel);

  if (ours) {
    g_string_append_printf (text, "channelsrc name=source%u interface=%s ", channel,
                            task->interface);
  } else {
    g_string_append_printf (
        text,
        "udpsrc address=%s port=%d multicast-iface=%s buffer-size=%d retrieve-sender-address=false "
        "caps=\"application/x-rtp,media=video,clock-rate=90000,encoding-name=H264,payload=96\" ! "
        "rtpjitterbuffer latency=150 ",
        group, task->port, task->interface, BUFFER);
  }
  g_string_append_printf (text, "! fakesink name=sink%u sync=false async=false ", channel);
}

static void
announce_rtp (LecChannelInfo *info, const Task *task, const char *group)
{
  LecStream *stream = lec_alternative_add_stream (
      lec_channel_info_add_alternative (info, LEC_KIND_RTP), LEC_MEDIA_VIDEO);

  lec_stream_add_leg (stream, group, (guint16) task->port);
  lec_stream_add_payload (stream, 96, "H264", 90000);
}

static void
announce_msb (LecChannelInfo *info, const Task *task, const char *group)
{
  LecAlternative *alternative = lec_channel_info_add_alternative (info, LEC_KIND_MSB);
  LecStream *stream = lec_alternative_add_stream (alternative, LEC_MEDIA_VIDEO);

  lec_stream_add_leg (stream, group, (guint16) task->port);
  lec_alternative_add_format (alternative, 1, msb_station_make_header (task->size - 8));
  alternative->msb->fec_span = 10;
}

static LecChannel *
new_channel (const Task *task, gboolean msb, guint channel)
{
  g_autofree char *group = group_of (task, channel);
  LecChannelInfo *info = lec_channel_info_new ();

  if (msb)
    announce_msb (info, task, group);
  else
    announce_rtp (info, task, group);
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

static gpointer
find (GstElement *pipeline, const char *name, guint channel)
{
  g_autofree char *full = g_strdup_printf ("%s%u", name, channel);

  return gst_bin_get_by_name (GST_BIN (pipeline), full);
}

static void
set_up (const Task *task, const char *kind, GstElement *pipeline, guint channel)
{
  g_autoptr (GstElement) source = find (pipeline, "source", channel);
  g_autoptr (GstElement) sink = find (pipeline, "sink", channel);
  g_autoptr (GstPad) pad = gst_element_get_static_pad (sink, "sink");

  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER | GST_PAD_PROBE_TYPE_BUFFER_LIST, count_cb,
                     NULL, NULL);
  if (source != NULL) {
    g_autoptr (LecChannel) announced = new_channel (task, strcmp (kind, "msb") == 0, channel);

    g_object_set (source, "channel", announced, NULL);
  }
}

static void
listen_pipeline (const Task *task, const char *kind)
{
  g_autoptr (GString) description = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GstElement) pipeline = NULL;

  gst_init (NULL, NULL);
  lec_element_register (NULL);
  for (guint i = 0; i < task->channels; i++)
    describe (task, strcmp (kind, "udpsrc") != 0, i, description);
  pipeline = gst_parse_launch (description->str, &error);
  if (error != NULL)
    g_error ("%s", error->message);
  for (guint i = 0; i < task->channels; i++)
    set_up (task, kind, pipeline, i);
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

int
main (int argc, char **argv)
{
  Task task;

  if (argc != 8) {
    fprintf (stderr,
             "listener bare|paced|keeping|udpsrc|channelsrc|msb GROUP PORT INTERFACE SECONDS SIZE "
             "CHANNELS\n");
    return 2;
  }
  task = (Task){ argv[2],
                 argv[4],
                 atoi (argv[3]),
                 g_ascii_strtod (argv[5], NULL),
                 (guint) atoi (argv[6]),
                 (guint) CLAMP (atoi (argv[7]), 1, CHANNELS_MAX) };
  if (strcmp (argv[1], "bare") == 0)
    listen_bare (&task, FALSE, FALSE);
  else if (strcmp (argv[1], "paced") == 0 || strcmp (argv[1], "keeping") == 0)
    listen_bare (&task, TRUE, strcmp (argv[1], "keeping") == 0);
  else
    listen_pipeline (&task, argv[1]);
  printf ("%" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT " %" G_GINT64_FORMAT " %ld %" G_GUINT64_FORMAT
          " %u %u\n",
          after.received, after.received - before.received,
          cpu_us (&after.usage) - cpu_us (&before.usage),
          switches (&after.usage) - switches (&before.usage), after.heap - before.heap,
          read_status ("VmHWM:"), after.threads);
  return 0;
}
