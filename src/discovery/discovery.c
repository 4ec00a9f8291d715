/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "discovery/discovery.h"

#include <errno.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "discovery/directory.h"
#include "discovery/sap-sockets.h"
#include "net/batch.h"
#include "net/host.h"
#include "net/link-watch.h"
#include "net/thread.h"

#define WAITING_MAX (4 * 1024 * 1024) /* [bytes] received and not read yet */
#define READ_AT_ONCE 64               /* announcements, before the sockets are looked at again */
#define PUT_AT_ONCE 32                /* rows, in one change of the list */
#define PUT_US 3000                   /* of changing it, before the main loop may draw again */
#define PUBLISH_EVERY 100             /* [ms] */
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
} Waiting;

/* What the thread hands over: all that is different since the last time. */
typedef struct
{
  GPtrArray *changes; /* of LecAdvertisement */
  guint n_put;        /* of them, how many the list has */
  GHashTable *counts;
  GStrv notes;
  char *interfaces;
} Update;

struct _LecDiscovery
{
  /* the thread's */
  LecSapSockets *sockets;
  LecBatch *batch;
  GQueue waiting; /* of Waiting */
  gsize waiting_bytes;
  LecLinkWatch *watch; /* (nullable) */
  LecDirectory *directory;
  gint64 reopen_ms;
  gint64 age_ms;
  gint64 published_ms;
  guint n_notes; /* as published */
  gboolean interfaces_changed;

  /* between them */
  int wake;          /* an eventfd: the thread is wanted */
  int stopping;      /* atomic */
  Update *update;    /* (nullable), atomic: set by the thread, and taken away by the main context */
  GSource *delivery; /* ready when there is an update */

  /* the main context's */
  GThread *thread;
  LecChannelList *list; /* (nullable) */
  GSource *tick;        /* (nullable) */
  GMainContext *context;
  GHashTable *counts; /* as of lec_directory_count() */
  GStrv notes;
  char *interfaces;
};

static gint64
now_ms (void)
{
  return g_get_monotonic_time () / 1000;
}

static void
waiting_free (Waiting *datagram)
{
  g_bytes_unref (datagram->bytes);
  g_free (datagram->group);
  g_free (datagram);
}

static gsize
waiting_size (const Waiting *datagram)
{
  return sizeof *datagram + g_bytes_get_size (datagram->bytes);
}

static void
update_free (Update *update)
{
  g_ptr_array_unref (update->changes);
  g_hash_table_unref (update->counts);
  g_strfreev (update->notes);
  g_free (update->interfaces);
  g_free (update);
}

/* ---- the thread: from datagrams to updates ---- */

static LecPacket *
acquire (gsize capacity, gpointer data)
{
  return lec_packet_new (capacity);
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
queue_datagram (LecDiscovery *self, const LecSapSocket *socket, guint index)
{
  LecDatagram datagram = lec_batch_peek (self->batch, index);
  Waiting *waiting;

  if (!lec_socket_accepts (socket->socket, datagram.from, datagram.interface))
    return;
  waiting = g_new0 (Waiting, 1);
  lec_host_format (datagram.from, waiting->from);
  waiting->group = g_strdup (socket->group);
  waiting->bytes = copy_datagram (self, &datagram, index);
  self->waiting_bytes += waiting_size (waiting);
  g_queue_push_tail (&self->waiting, waiting);
}

/* Empties the socket: the kernel keeps far less for us than we may. */
static void
receive (LecDiscovery *self, const LecSapSocket *socket)
{
  guint got;

  do {
    got = lec_batch_receive (self->batch, lec_socket_get_fd (socket->socket), NULL);
    for (guint i = 0; i < got; i++)
      queue_datagram (self, socket, i);
  } while (got == LEC_BATCH_MAX && self->waiting_bytes < WAITING_MAX);
}

static void
process_waiting (LecDiscovery *self)
{
  gint64 now = now_ms ();

  if (!g_queue_is_empty (&self->waiting))
    self->age_ms = MIN (self->age_ms, now + SETTLE); /* what is new may be due sooner */
  for (guint i = 0; i < READ_AT_ONCE && !g_queue_is_empty (&self->waiting); i++) {
    Waiting *datagram = g_queue_pop_head (&self->waiting);
    gsize size;
    const guint8 *bytes = g_bytes_get_data (datagram->bytes, &size);

    self->waiting_bytes -= waiting_size (datagram);
    lec_directory_process (self->directory, bytes, size, datagram->from, datagram->group, now);
    waiting_free (datagram);
  }
  if (now >= self->age_ms)
    self->age_ms = lec_directory_age (self->directory, now);
}

/* A station may announce in a scope that is not listened in yet: where it sends, others may
 * announce. */
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
publish (LecDiscovery *self, GPtrArray *changes, GStrv notes)
{
  Update *update = g_new0 (Update, 1);

  update->changes = changes;
  update->counts = lec_directory_count (self->directory);
  update->notes = notes;
  update->interfaces = lec_sap_sockets_dup_interfaces (self->sockets);
  self->n_notes = g_strv_length (notes);
  self->interfaces_changed = FALSE;
  g_atomic_pointer_set (&self->update, update);
  g_source_set_ready_time (self->delivery, 0);
}

/* One update at a time: until it is taken the directory collects what changes, each announcement
 * once, so that a main loop that does not turn makes nothing grow. */
static void
publish_changes (LecDiscovery *self)
{
  g_autoptr (GPtrArray) changes = NULL;
  g_auto (GStrv) notes = NULL;
  gint64 now = now_ms ();

  if (now - self->published_ms < PUBLISH_EVERY && !g_queue_is_empty (&self->waiting))
    return;
  if (g_atomic_pointer_get (&self->update) != NULL)
    return;
  self->published_ms = now;
  changes = lec_directory_take_changes (self->directory);
  notes = lec_directory_dup_notes (self->directory);
  for (guint i = 0; i < changes->len; i++) {
    const LecAdvertisement *advertisement = g_ptr_array_index (changes, i);

    if (advertisement->channel != NULL)
      follow_scopes (self, advertisement->channel);
  }
  if (changes->len > 0 || g_strv_length (notes) != self->n_notes || self->interfaces_changed)
    publish (self, g_steal_pointer (&changes), g_steal_pointer (&notes));
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
  self->interfaces_changed = TRUE;
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
clear_wake (LecDiscovery *self)
{
  guint64 count;

  while (read (self->wake, &count, sizeof count) < 0 && errno == EINTR)
    ;
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
  if (fds[count].revents != 0)
    clear_wake (self);
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
    process_waiting (self);
    publish_changes (self);
  }
  return NULL;
}

static void
wake_thread (LecDiscovery *self)
{
  guint64 one = 1;

  while (write (self->wake, &one, sizeof one) < 0 && errno == EINTR)
    ;
}

/* ---- the main context: from updates to the list ---- */

static void
clear_source (GSource **source)
{
  if (*source != NULL)
    g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static gboolean tick_cb (gpointer data);

/* Tells the list the time, and comes back when it wants to know again. */
static void
tick (LecDiscovery *self)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  gint64 next = lec_channel_list_set_time (self->list, now);
  gint64 wait_s = next != 0 ? CLAMP (next - now, 1, TICK_MAX) : TICK_MAX;

  clear_source (&self->tick);
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

/* Returns: whether all of it is in the list */
static gboolean
put_for_a_while (LecDiscovery *self, Update *update)
{
  const gint64 until_us = g_get_monotonic_time () + PUT_US;

  while (update->n_put < update->changes->len && g_get_monotonic_time () < until_us) {
    guint n = MIN (update->changes->len - update->n_put, PUT_AT_ONCE);

    if (self->list != NULL)
      lec_channel_list_put (self->list,
                            (LecAdvertisement **) &update->changes->pdata[update->n_put], n);
    update->n_put += n;
  }
  return update->n_put == update->changes->len;
}

static gboolean
deliver_cb (gpointer data)
{
  LecDiscovery *self = data;
  Update *update = g_atomic_pointer_get (&self->update);

  if (!put_for_a_while (self, update))
    return G_SOURCE_CONTINUE;
  g_source_set_ready_time (self->delivery, -1);
  g_atomic_pointer_set (&self->update, NULL);
  wake_thread (self);
  if (self->list != NULL)
    tick (self);
  g_hash_table_unref (self->counts);
  self->counts = g_hash_table_ref (update->counts);
  g_strfreev (self->notes);
  self->notes = g_steal_pointer (&update->notes);
  g_free (self->interfaces);
  self->interfaces = g_steal_pointer (&update->interfaces);
  update_free (update);
  return G_SOURCE_CONTINUE;
}

static gboolean
dispatch (GSource *source, GSourceFunc callback, gpointer data)
{
  return callback (data);
}

static GSource *
make_delivery (LecDiscovery *self)
{
  static GSourceFuncs funcs = { NULL, NULL, dispatch, NULL, NULL, NULL };
  GSource *source = g_source_new (&funcs, sizeof (GSource));

  g_source_set_priority (source, G_PRIORITY_DEFAULT_IDLE);
  g_source_set_callback (source, deliver_cb, self, NULL);
  g_source_attach (source, self->context);
  return source;
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
  self->directory = lec_directory_new ();
  self->wake = eventfd (0, EFD_CLOEXEC | EFD_NONBLOCK);
  self->context = g_main_context_ref_thread_default ();
  self->delivery = make_delivery (self);
  self->counts = lec_directory_count (self->directory);
  self->notes = lec_directory_dup_notes (self->directory);
  self->interfaces = lec_sap_sockets_dup_interfaces (sockets);
  if (list != NULL) {
    self->list = g_object_ref (list);
    tick (self);
  }
  self->thread = lec_thread_new ("lectern-sap", run, self, error);
  if (self->thread == NULL)
    g_clear_pointer (&self, lec_discovery_free);
  return self;
}

void
lec_discovery_free (LecDiscovery *self)
{
  if (self == NULL)
    return;

  g_atomic_int_set (&self->stopping, 1);
  wake_thread (self);
  g_clear_pointer (&self->thread, g_thread_join);
  clear_source (&self->delivery);
  clear_source (&self->tick);
  g_clear_pointer (&self->update, update_free);
  g_queue_clear_full (&self->waiting, (GDestroyNotify) waiting_free);
  lec_batch_free (self->batch);
  lec_sap_sockets_free (self->sockets);
  lec_directory_free (self->directory);
  lec_link_watch_free (self->watch);
  close (self->wake);
  g_hash_table_unref (self->counts);
  g_strfreev (self->notes);
  g_free (self->interfaces);
  g_clear_object (&self->list);
  g_main_context_unref (self->context);
  g_free (self);
}

const char *
lec_discovery_get_interfaces (const LecDiscovery *self)
{
  return self->interfaces;
}

const char *const *
lec_discovery_get_notes (const LecDiscovery *self)
{
  return (const char *const *) self->notes;
}

guint
lec_discovery_count (const LecDiscovery *self, const char *group)
{
  const guint *count = g_hash_table_lookup (self->counts, group);

  return count != NULL ? *count : 0;
}
