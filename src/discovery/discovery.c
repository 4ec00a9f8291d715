/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "discovery/discovery.h"

#include <arpa/inet.h>
#include <errno.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "discovery/directory.h"
#include "discovery/sap-sockets.h"
#include "net/batch.h"
#include "net/link-watch.h"

#define WAITING_MAX (4 * 1024 * 1024) /* [bytes] received and not read yet */
#define READ_AT_ONCE 64               /* announcements, before the sockets are looked at again */
#define PUT_AT_ONCE 256               /* rows, before the main loop may draw again */
#define TELL_EVERY 100                /* [ms] */
#define REOPEN_AFTER 500              /* [ms] an interface that comes up changes several times */
#define SETTLE 1000                   /* [ms] */
#define WAIT_MAX 60000                /* [ms] */
#define TICK_MAX 60                   /* [s] */

/* A datagram that waits to be read. */
typedef struct
{
  GBytes *bytes;
  char from[INET6_ADDRSTRLEN];
  char *group; /* it was sent to */
} Letter;

struct _LecDiscovery
{
  /* the thread's */
  LecSapSockets *sockets;
  LecBatch *batch;
  GQueue waiting; /* of Letter */
  gsize waiting_bytes;
  LecLinkWatch *watch; /* (nullable) */
  gint64 reopen_ms;
  gint64 age_ms;
  gint64 told_ms;

  /* both */
  int wake;
  int stopping; /* atomic */
  GMutex directory_mutex;
  LecDirectory *directory;
  char *interfaces;
  GMutex told_mutex;
  GQueue told;  /* of LecSighting */
  GSource *put; /* (nullable): scheduled */

  /* the main context's */
  GMainContext *context;
  GThread *thread;
  LecChannelList *list;
  GSource *tick; /* (nullable) */
};

static gint64
now_ms (void)
{
  return g_get_monotonic_time () / 1000;
}

static void
letter_free (Letter *letter)
{
  g_bytes_unref (letter->bytes);
  g_free (letter->group);
  g_free (letter);
}

static gsize
letter_size (const Letter *letter)
{
  return sizeof *letter + g_bytes_get_size (letter->bytes);
}

static LecPacket *
acquire (gsize capacity, gpointer data)
{
  return lec_packet_new (capacity);
}

static void
format_address (const struct sockaddr_storage *address, char *text)
{
  const void *bytes = address->ss_family == AF_INET6
                          ? (const void *) &((const struct sockaddr_in6 *) address)->sin6_addr
                          : (const void *) &((const struct sockaddr_in *) address)->sin_addr;

  if (inet_ntop (address->ss_family, bytes, text, INET6_ADDRSTRLEN) == NULL)
    text[0] = '\0';
}

/* A copy of just its size: most are far smaller than what is kept ready for them. */
static GBytes *
copy_datagram (LecDiscovery *self, const LecDatagram *datagram, guint index)
{
  g_autoptr (LecPacket) large = NULL;

  if (datagram->size <= LEC_PACKET_SLOT)
    return g_bytes_new (datagram->bytes, datagram->size);
  large = lec_batch_take (self->batch, index);
  return g_bytes_new (large->data, large->size);
}

static void
queue_letter (LecDiscovery *self, const LecSapSocket *socket, guint index)
{
  LecDatagram datagram = lec_batch_peek (self->batch, index);
  Letter *letter;

  if (!lec_socket_accepts (socket->socket, datagram.from, datagram.interface))
    return;
  letter = g_new0 (Letter, 1);
  format_address (datagram.from, letter->from);
  letter->group = g_strdup (socket->group);
  letter->bytes = copy_datagram (self, &datagram, index);
  self->waiting_bytes += letter_size (letter);
  g_queue_push_tail (&self->waiting, letter);
}

/* Empties the socket: the kernel keeps far less for us than we may. */
static void
receive (LecDiscovery *self, const LecSapSocket *socket)
{
  guint got;

  do {
    got = lec_batch_receive (self->batch, lec_socket_get_fd (socket->socket));
    for (guint i = 0; i < got; i++)
      queue_letter (self, socket, i);
  } while (got == LEC_BATCH_MAX && self->waiting_bytes < WAITING_MAX);
}

static void
read_letters (LecDiscovery *self)
{
  gint64 now = now_ms ();

  if (!g_queue_is_empty (&self->waiting))
    self->age_ms = MIN (self->age_ms, now + SETTLE); /* what is new may be due sooner */
  g_mutex_lock (&self->directory_mutex);
  for (guint i = 0; i < READ_AT_ONCE && !g_queue_is_empty (&self->waiting); i++) {
    Letter *letter = g_queue_pop_head (&self->waiting);
    gsize size;
    const guint8 *bytes = g_bytes_get_data (letter->bytes, &size);

    self->waiting_bytes -= letter_size (letter);
    lec_directory_process (self->directory, bytes, size, letter->from, letter->group, now);
    letter_free (letter);
  }
  if (now >= self->age_ms)
    self->age_ms = lec_directory_age (self->directory, now);
  g_mutex_unlock (&self->directory_mutex);
}

static gboolean tick_cb (gpointer data);

/* Tells the list the time, and comes back when it wants to know again. */
static void
tick (LecDiscovery *self)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  gint64 next = lec_channel_list_set_time (self->list, now);
  gint64 wait_s = next != 0 ? CLAMP (next - now, 1, TICK_MAX) : TICK_MAX;

  if (self->tick != NULL)
    g_source_destroy (self->tick);
  g_clear_pointer (&self->tick, g_source_unref);
  self->tick = g_timeout_source_new_seconds ((guint) wait_s);
  g_source_set_callback (self->tick, tick_cb, self, NULL);
  g_source_attach (self->tick, self->context);
}

static gboolean
tick_cb (gpointer data)
{
  tick (data);
  return G_SOURCE_REMOVE;
}

static void
put (LecDiscovery *self, GPtrArray *sightings)
{
  g_autofree LecClaim *claims = g_new0 (LecClaim, sightings->len);
  g_autoptr (GPtrArray) keys = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < sightings->len; i++) {
    const LecSighting *sighting = g_ptr_array_index (sightings, i);
    char *key = g_strdup_printf ("%" G_GUINT64_FORMAT, sighting->number);

    g_ptr_array_add (keys, key);
    claims[i].origin = LEC_CHANNEL_ORIGIN_SAP;
    claims[i].key = key;
    claims[i].channel = sighting->channel;
    claims[i].announcer = sighting->announcer;
    claims[i].withdrawn = sighting->withdrawn;
    claims[i].silent = sighting->silent;
  }
  lec_channel_list_put (self->list, claims, sightings->len);
}

/* In the main context: a piece of what was told. */
static gboolean
put_cb (gpointer data)
{
  LecDiscovery *self = data;
  g_autoptr (GPtrArray) sightings
      = g_ptr_array_new_with_free_func ((GDestroyNotify) lec_sighting_free);
  gboolean more;

  g_mutex_lock (&self->told_mutex);
  while (sightings->len < PUT_AT_ONCE && !g_queue_is_empty (&self->told))
    g_ptr_array_add (sightings, g_queue_pop_head (&self->told));
  more = !g_queue_is_empty (&self->told);
  if (!more)
    g_clear_pointer (&self->put, g_source_unref);
  g_mutex_unlock (&self->told_mutex);

  put (self, sightings);
  if (!more)
    tick (self);
  return more;
}

static void
tell (LecDiscovery *self, GPtrArray *changes)
{
  g_mutex_lock (&self->told_mutex);
  for (guint i = 0; i < changes->len; i++)
    g_queue_push_tail (&self->told, g_ptr_array_index (changes, i));
  if (self->put == NULL) {
    self->put = g_idle_source_new ();
    g_source_set_callback (self->put, put_cb, self, NULL);
    g_source_attach (self->put, self->context);
  }
  g_mutex_unlock (&self->told_mutex);
  g_ptr_array_set_free_func (changes, NULL);
}

/* A station may announce in a scope of which nobody knew: where it sends, others may announce. */
static void
follow_scopes (LecDiscovery *self, const LecChannel *channel)
{
  const LecAlternative *alternative
      = g_ptr_array_index (lec_channel_get_info (channel)->alternatives, 0);

  for (guint i = 0; i < alternative->streams->len; i++) {
    const LecStream *stream = g_ptr_array_index (alternative->streams, i);

    for (guint j = 0; j < stream->legs->len; j++)
      lec_sap_sockets_add_scope (self->sockets,
                                 ((const LecLeg *) g_ptr_array_index (stream->legs, j))->group);
  }
}

static void
tell_changes (LecDiscovery *self)
{
  g_autoptr (GPtrArray) changes = NULL;
  gint64 now = now_ms ();

  if (now - self->told_ms < TELL_EVERY && !g_queue_is_empty (&self->waiting))
    return;
  self->told_ms = now;
  g_mutex_lock (&self->directory_mutex);
  changes = lec_directory_take_changes (self->directory);
  g_mutex_unlock (&self->directory_mutex);
  if (changes->len == 0)
    return;
  for (guint i = 0; i < changes->len; i++) {
    const LecSighting *sighting = g_ptr_array_index (changes, i);

    if (sighting->channel != NULL)
      follow_scopes (self, sighting->channel);
  }
  tell (self, changes);
}

static void
update_interfaces (LecDiscovery *self)
{
  char *interfaces = lec_sap_sockets_dup_interfaces (self->sockets);

  g_mutex_lock (&self->directory_mutex);
  g_free (self->interfaces);
  self->interfaces = interfaces;
  g_mutex_unlock (&self->directory_mutex);
}

static void
follow_interfaces (LecDiscovery *self, gboolean changed)
{
  gint64 now = now_ms ();

  if (changed && lec_link_watch_read (self->watch))
    self->reopen_ms = now + REOPEN_AFTER;
  if (self->reopen_ms == 0 || now < self->reopen_ms)
    return;
  self->reopen_ms = 0;
  lec_sap_sockets_reopen (self->sockets);
  update_interfaces (self);
}

/* [ms] */
static int
choose_wait (LecDiscovery *self)
{
  gint64 until = self->age_ms;

  if (!g_queue_is_empty (&self->waiting))
    return 0;
  if (self->reopen_ms != 0)
    until = MIN (until, self->reopen_ms);
  return (int) CLAMP (until - now_ms (), 0, WAIT_MAX);
}

static void
wait_and_receive (LecDiscovery *self)
{
  struct pollfd fds[LEC_MAX_SAP_SOCKETS + 2];
  guint count;
  const LecSapSocket *sockets = lec_sap_sockets_get (self->sockets, &count);
  const nfds_t n_fds = count + (self->watch != NULL ? 2 : 1);

  for (guint i = 0; i < count; i++)
    fds[i] = (struct pollfd){ .fd = lec_socket_get_fd (sockets[i].socket), .events = POLLIN };
  fds[count] = (struct pollfd){ .fd = self->wake, .events = POLLIN };
  if (self->watch != NULL)
    fds[count + 1] = (struct pollfd){ .fd = lec_link_watch_get_fd (self->watch), .events = POLLIN };
  if (poll (fds, n_fds, choose_wait (self)) < 0)
    return;
  for (guint i = 0; i < count && self->waiting_bytes < WAITING_MAX; i++) {
    if (fds[i].revents != 0)
      receive (self, &sockets[i]);
  }
  follow_interfaces (self, n_fds == count + 2 && fds[count + 1].revents != 0);
}

static gpointer
run (gpointer data)
{
  LecDiscovery *self = data;

  while (!g_atomic_int_get (&self->stopping)) {
    wait_and_receive (self);
    read_letters (self);
    tell_changes (self);
  }
  return NULL;
}

LecDiscovery *
lec_discovery_new (LecChannelList *list, const char *interface, GError **error)
{
  LecSapSockets *sockets = lec_sap_sockets_new (interface, error);
  LecDiscovery *self;

  if (sockets == NULL)
    return NULL;

  self = g_new0 (LecDiscovery, 1);
  self->sockets = sockets;
  self->batch = lec_batch_new (acquire, NULL);
  g_queue_init (&self->waiting);
  self->watch = lec_link_watch_new ();
  self->wake = eventfd (0, EFD_CLOEXEC | EFD_NONBLOCK);
  g_mutex_init (&self->directory_mutex);
  self->directory = lec_directory_new ();
  g_mutex_init (&self->told_mutex);
  g_queue_init (&self->told);
  self->context = g_main_context_ref_thread_default ();
  self->list = g_object_ref (list);
  update_interfaces (self);
  tick (self);
  self->thread = g_thread_new ("lectern-sap", run, self);
  return self;
}

static void
stop (LecDiscovery *self)
{
  guint64 one = 1;

  g_atomic_int_set (&self->stopping, 1);
  while (write (self->wake, &one, sizeof one) < 0 && errno == EINTR)
    ;
  g_thread_join (self->thread);
}

static void
clear_source (GSource **source)
{
  if (*source != NULL)
    g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

void
lec_discovery_free (LecDiscovery *self)
{
  if (self == NULL)
    return;

  stop (self);
  clear_source (&self->put);
  clear_source (&self->tick);
  g_queue_clear_full (&self->waiting, (GDestroyNotify) letter_free);
  g_queue_clear_full (&self->told, (GDestroyNotify) lec_sighting_free);
  lec_batch_free (self->batch);
  lec_sap_sockets_free (self->sockets);
  lec_directory_free (self->directory);
  g_free (self->interfaces);
  g_mutex_clear (&self->directory_mutex);
  g_mutex_clear (&self->told_mutex);
  lec_link_watch_free (self->watch);
  close (self->wake);
  g_object_unref (self->list);
  g_main_context_unref (self->context);
  g_free (self);
}

char *
lec_discovery_dup_interfaces (LecDiscovery *self)
{
  char *interfaces;

  g_mutex_lock (&self->directory_mutex);
  interfaces = g_strdup (self->interfaces);
  g_mutex_unlock (&self->directory_mutex);
  return interfaces;
}

GStrv
lec_discovery_dup_notes (LecDiscovery *self)
{
  GStrv notes;

  g_mutex_lock (&self->directory_mutex);
  notes = lec_directory_dup_notes (self->directory);
  g_mutex_unlock (&self->directory_mutex);
  return notes;
}

guint
lec_discovery_count (LecDiscovery *self, const char *group)
{
  guint count;

  g_mutex_lock (&self->directory_mutex);
  count = lec_directory_count (self->directory, group);
  g_mutex_unlock (&self->directory_mutex);
  return count;
}
