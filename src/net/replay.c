/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "net/replay.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <sys/stat.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

#include "channel/error.h"
#include "net/host.h"
#include "net/pcap.h"
#include "wire/units.h"

struct _LecReplay
{
  gatomicrefcount references;
  GMappedFile *file;
  LecPcap start;
  gint64 first_ns; /* time stamp of the first datagram */
  gint64 duration_ns;
  gint64 began_ns,
      began_real_ns; /* when it is played, by CLOCK_MONOTONIC and _REALTIME; 0: not yet */
  guint unread;      /* ingresses that have not yet read all that is for them */
};

typedef struct
{
  LecIngress parent;
  LecReplay *replay;
  LecPcap place;
  LecPcapDatagram next; /* at that place, one for us */
  gboolean has_next;
  gint64 due_ns; /* that is to come so long after the beginning */

  struct sockaddr_storage group; /* with port */
  GArray *sources, *excluded;    /* of struct sockaddr_storage */
  GArray *joined;                /* on nothing */
} ReplayIngress;

static gint64
now (clockid_t clock)
{
  struct timespec time;

  clock_gettime (clock, &time);
  return time.tv_sec * SECOND + time.tv_nsec;
}

/* ---- the file ---- */

/* Time stamps that go back are as good as the one before them. Returns: whether there is anything
 */
static gboolean
measure (LecReplay *self, GError **error)
{
  LecPcap place = self->start;
  LecPcapDatagram datagram;
  gboolean any = FALSE;

  while (lec_pcap_next (&place, &datagram)) {
    if (!any)
      self->first_ns = datagram.real_ns;
    any = TRUE;
    self->duration_ns = MAX (self->duration_ns, datagram.real_ns - self->first_ns);
  }
  if (!any && place.cut > 0)
    g_set_error_literal (error, LEC_ERROR, LEC_ERROR_UNSUPPORTED,
                         _ ("only the beginning of each packet was kept when it was captured; "
                            "capture whole packets (tcpdump -s 0)"));
  else if (!any)
    g_set_error_literal (error, LEC_ERROR, LEC_ERROR_UNSUPPORTED,
                         _ ("there are no UDP packets in it"));
  return any;
}

/* Returns: (transfer full): NULL with errno set, or 0 for what is no file */
static GMappedFile *
map (const char *path)
{
  const int fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  GMappedFile *file = NULL;
  struct stat status;

  if (fd < 0)
    return NULL;
  errno = 0;
  if (fstat (fd, &status) == 0 && S_ISREG (status.st_mode))
    file = g_mapped_file_new_from_fd (fd, FALSE, NULL);
  close (fd); /* which leaves a number that was set alone, as it succeeds */
  return file;
}

LecReplay *
lec_replay_open (const char *path, GError **error)
{
  g_autoptr (LecReplay) self = g_new0 (LecReplay, 1);
  g_autoptr (GError) reason = NULL;

  g_atomic_ref_count_init (&self->references);
  self->file = map (path);
  if (self->file == NULL) {
    g_set_error (error, LEC_ERROR, LEC_ERROR_UNREACHABLE, _ ("Cannot read “%1$s”: %2$s"), path,
                 errno != 0 ? g_strerror (errno) : _ ("this is not a regular file"));
    return NULL;
  }
  if (!lec_pcap_init (&self->start, (const guint8 *) g_mapped_file_get_contents (self->file),
                      g_mapped_file_get_length (self->file), &reason)
      || !measure (self, &reason)) {
    g_set_error (error, LEC_ERROR, reason->code, _ ("Cannot play “%1$s”: %2$s"), path,
                 reason->message);
    return NULL;
  }
  return g_steal_pointer (&self);
}

LecReplay *
lec_replay_ref (LecReplay *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
lec_replay_unref (LecReplay *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->references))
    return;
  g_clear_pointer (&self->file, g_mapped_file_unref);
  g_free (self);
}

gint64
lec_replay_get_duration (const LecReplay *self)
{
  return self->duration_ns;
}

gboolean
lec_replay_has_ended (const LecReplay *self)
{
  return self->unread == 0;
}

static void
begin (LecReplay *self)
{
  if (self->began_ns != 0)
    return;
  self->began_ns = now (CLOCK_MONOTONIC);
  self->began_real_ns = now (CLOCK_REALTIME);
}

/* ---- what is for one group and port ---- */

static gboolean
is_for (const ReplayIngress *self, const LecPcapDatagram *datagram)
{
  if (lec_host_get_port (&datagram->to) != lec_host_get_port (&self->group))
    return FALSE;
  return lec_host_equal (&datagram->to, &self->group)
         || (!lec_host_is_group (&self->group) && !lec_host_is_group (&datagram->to));
}

static void
find_next (ReplayIngress *self)
{
  do {
    self->has_next = lec_pcap_next (&self->place, &self->next);
    if (self->has_next)
      self->due_ns = MAX (self->due_ns, self->next.real_ns - self->replay->first_ns);
  } while (self->has_next && !is_for (self, &self->next));
  if (!self->has_next)
    self->replay->unread--;
}

/* Makes the descriptor readable when the next one is due; a moment that is past is due. */
static void
arm (ReplayIngress *self)
{
  struct itimerspec spec = { 0 };
  gint64 at_ns = self->replay->began_ns + self->due_ns;

  if (self->has_next) {
    spec.it_value.tv_sec = at_ns / SECOND;
    spec.it_value.tv_nsec = MAX (at_ns % SECOND, 1);
  }
  timerfd_settime (self->parent.fd, TFD_TIMER_ABSTIME, &spec, NULL);
}

static guint
replay_read (LecIngress *ingress, LecBatch *batch)
{
  ReplayIngress *self = (ReplayIngress *) ingress;
  guint count = 0;
  gint64 now_ns;

  begin (self->replay);
  now_ns = now (CLOCK_MONOTONIC) - self->replay->began_ns;
  lec_batch_begin (batch);
  while (self->has_next && self->due_ns <= now_ns && count < LEC_BATCH_MAX) {
    lec_batch_put (batch, self->next.bytes, self->next.size, &self->next.from,
                   self->replay->began_real_ns + self->due_ns);
    count++;
    find_next (self);
  }
  arm (self);
  return count;
}

static gboolean
replay_accepts (const LecIngress *ingress, const LecDatagram *datagram)
{
  const ReplayIngress *self = (const ReplayIngress *) ingress;

  return (self->sources->len == 0 || lec_host_is_among (datagram->from, self->sources))
         && !lec_host_is_among (datagram->from, self->excluded);
}

static void
replay_get_address (const LecIngress *ingress, struct sockaddr_storage *address)
{
  *address = ((const ReplayIngress *) ingress)->group;
}

/* What is in a file waits for ever. */
static gboolean
replay_get_dropped (const LecIngress *ingress, guint32 *dropped)
{
  return FALSE;
}

static guint
replay_reserve (LecIngress *ingress, guint size)
{
  return size;
}

static const GArray *
replay_get_joined (const LecIngress *ingress)
{
  return ((const ReplayIngress *) ingress)->joined;
}

static const char *
replay_get_interfaces (const LecIngress *ingress)
{
  return "";
}

static void
replay_note_sender (LecIngress *ingress, const struct sockaddr_storage *from)
{
}

static gboolean
replay_is_reportable (const LecIngress *ingress)
{
  return FALSE;
}

static void
replay_pin (LecIngress *ingress, guint interface)
{
}

static void
replay_renew (LecIngress *ingress, LecRenewal step, const LecIngress *hearing)
{
}

static void
replay_free (LecIngress *ingress)
{
  ReplayIngress *self = (ReplayIngress *) ingress;

  if (self->has_next)
    self->replay->unread--;
  if (self->parent.fd >= 0)
    close (self->parent.fd);
  g_array_unref (self->sources);
  g_array_unref (self->excluded);
  g_array_unref (self->joined);
  lec_replay_unref (self->replay);
  g_free (self);
}

static const LecIngressClass replay_class = {
  .free = replay_free,
  .read = replay_read,
  .accepts = replay_accepts,
  .get_address = replay_get_address,
  .get_dropped = replay_get_dropped,
  .reserve = replay_reserve,
  .get_joined = replay_get_joined,
  .get_interfaces = replay_get_interfaces,
  .note_sender = replay_note_sender,
  .is_reportable = replay_is_reportable,
  .pin = replay_pin,
  .renew = replay_renew,
};

LecIngress *
lec_replay_open_ingress (LecReplay *replay, const LecLeg *leg, guint16 port, GError **error)
{
  ReplayIngress *self = g_new0 (ReplayIngress, 1);
  g_autoptr (LecIngress) ingress = &self->parent;

  ingress->klass = &replay_class;
  ingress->fd = timerfd_create (CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK);
  self->replay = lec_replay_ref (replay);
  self->place = replay->start;
  self->sources = lec_host_parse_all (leg->sources);
  self->excluded = lec_host_parse_all (leg->excluded);
  self->joined = g_array_new (FALSE, FALSE, sizeof (LecInterface));
  if (!lec_host_parse (leg->group, port, &self->group)) {
    g_set_error (error, LEC_ERROR, LEC_ERROR_MALFORMED, _ ("“%s” is not a numeric address"),
                 leg->group);
    return NULL;
  }
  if (ingress->fd < 0) {
    g_set_error (error, LEC_ERROR, LEC_ERROR_UNREACHABLE, _ ("Cannot wait for packets: %s"),
                 g_strerror (errno));
    return NULL;
  }
  replay->unread++;
  find_next (self);
  arm (self);
  return g_steal_pointer (&ingress);
}
