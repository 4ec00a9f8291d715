/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cast/msb-station.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "announce/nsc.h"
#include "cast/asf-edit.h"
#include "cast/msb-packer.h"
#include "channel/channel.h"
#include "channel/error.h"
#include "net/sender.h"
#include "wire/asf-packet.h"

#define BEACON "MSB "
#define BEACON_INTERVAL_US G_USEC_PER_SEC
#define MAX_FORMATS 2048

/* What players are told to hold against jitter, on top of the preroll: little, as this is for local
 * networks. */
#define BUFFER_MS 500

struct _LecMsbStation
{
  LecMsbStationConfig config;
  char *title;
  char *destination;
  char *unicast_url;
  char *log_url;
  LecAsfProgramme *programme;
  GArray *formats; /* of guint: number of each header */
  GSocket *socket;
  GSocketAddress *address;

  GThread *thread;
  LecMsbStationEnded ended;
  gpointer data;
  GSource *telling; /* tells @ended of the end; the thread attaches it */
  GError *error;    /* the thread's, and after its end the main thread's */

  GMutex lock;
  GCond cond;
  gboolean stopped; /* guarded by lock */

  /* of the thread */
  LecMsbPacker packer;
  GRand *rng;
  guint8 datagram[LEC_MSB_MAX_SIZE];
  guint8 held[LEC_MSB_MAX_SIZE]; /* back until the next one has been sent */
  gsize held_size;
};

static void
put (LecMsbStation *self, const guint8 *datagram, gsize size)
{
  /* what cannot be sent is lost, as on any network */
  g_socket_send_to (self->socket, self->address, (const char *) datagram, size, NULL, NULL);
}

static gboolean
chance (LecMsbStation *self, double share)
{
  return share > 0 && g_rand_double (self->rng) < share;
}

static void
put_spoilt (LecMsbStation *self, const guint8 *datagram, gsize size)
{
  if (chance (self, self->config.drop))
    return;
  if (self->held_size == 0 && chance (self, self->config.reorder)) {
    memcpy (self->held, datagram, size);
    self->held_size = size;
    return;
  }
  put (self, datagram, size);
  if (chance (self, self->config.duplicate))
    put (self, datagram, size);
  if (self->held_size > 0)
    put (self, self->held, self->held_size);
  self->held_size = 0;
}

/* Returns: FALSE where the station has been stopped meanwhile */
static gboolean
sleep_until (LecMsbStation *self, gint64 until_us)
{
  gboolean goes_on;

  g_mutex_lock (&self->lock);
  while (!self->stopped && g_cond_wait_until (&self->cond, &self->lock, until_us))
    ;
  goes_on = !self->stopped;
  g_mutex_unlock (&self->lock);
  return goes_on;
}

/* As long as there is nothing to send, beacons say that the station is there. */
static gboolean
wait_until (LecMsbStation *self, gint64 until_us)
{
  gint64 now_us = g_get_monotonic_time ();

  for (; until_us - now_us > BEACON_INTERVAL_US / 2; now_us = g_get_monotonic_time ()) {
    put (self, (const guint8 *) BEACON, strlen (BEACON));
    if (!sleep_until (self, MIN (now_us + BEACON_INTERVAL_US, until_us)))
      return FALSE;
  }
  return sleep_until (self, until_us);
}

static void
send_packet (LecMsbStation *self, const guint8 *packet, gsize size)
{
  gsize length = lec_msb_packer_put (&self->packer, packet, size, self->datagram);

  put_spoilt (self, self->datagram, length);
  length = lec_msb_packer_get_parity (&self->packer, self->datagram);
  if (length > 0)
    put_spoilt (self, self->datagram, length);
}

/* Where the entry that is being sent began. */
typedef struct
{
  guint entry;
  gint64 start_us;
  guint32 first_ms; /* send time of its first packet */
  guint64 sent;     /* packets of all entries */
} Pace;

/* Sends it when it is due by its send time.
 *
 * Returns: FALSE where the station has been stopped meanwhile */
static gboolean
send_unit (LecMsbStation *self, Pace *pace, const LecAsfUnit *unit)
{
  gsize size;
  const guint8 *packet = g_bytes_get_data (unit->bytes, &size);
  LecAsfPacket facts;

  if (!lec_asf_packet_read (packet, size, &facts) || facts.is_parity)
    return TRUE;
  if (pace->sent == 0 || unit->entry != pace->entry) {
    lec_msb_packer_begin (&self->packer, g_array_index (self->formats, guint, unit->format));
    pace->entry = unit->entry;
    pace->start_us = g_get_monotonic_time ();
    pace->first_ms = facts.send_time;
  }
  pace->sent++;
  if (!wait_until (self, pace->start_us
                             + (gint64) (gint32) (facts.send_time - pace->first_ms)
                                   * G_TIME_SPAN_MILLISECOND))
    return FALSE;
  send_packet (self, packet, size);
  return TRUE;
}

static gboolean
tell_cb (gpointer data)
{
  LecMsbStation *self = data;

  self->ended (self->error, self->data);
  return G_SOURCE_REMOVE;
}

static gpointer
run (gpointer data)
{
  LecMsbStation *self = data;
  Pace pace = { 0 };
  LecAsfUnit unit = { 0 };
  gboolean goes_on = wait_until (self, g_get_monotonic_time ()
                                           + self->config.beacons_s * (gint64) G_USEC_PER_SEC);

  while (goes_on && self->programme->next (self->programme, &unit, &self->error)) {
    goes_on = send_unit (self, &pace, &unit);
    g_clear_pointer (&unit.bytes, g_bytes_unref);
    if (pace.sent == 0 && unit.entry > 0) {
      self->error = g_error_new (LEC_ERROR, LEC_ERROR_UNSUPPORTED,
                                 _ ("Nothing is sent: there is no media in it"));
      break;
    }
  }
  if (self->held_size > 0)
    put (self, self->held, self->held_size);
  g_source_attach (self->telling, NULL);
  return NULL;
}

void
lec_msb_station_start (LecMsbStation *self, LecMsbStationEnded ended, gpointer data)
{
  g_return_if_fail (self->thread == NULL);

  self->ended = ended;
  self->data = data;
  self->telling = g_idle_source_new ();
  g_source_set_callback (self->telling, tell_cb, self, NULL);
  self->thread = g_thread_new ("lectern-station", run, self);
}

void
lec_msb_station_stop (LecMsbStation *self)
{
  g_mutex_lock (&self->lock);
  self->stopped = TRUE;
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->lock);
}

char *
lec_msb_station_print_nsc (LecMsbStation *self, GError **error)
{
  LecChannelInfo *info = lec_channel_info_new ();
  LecAlternative *multicast = lec_channel_info_add_alternative (info, LEC_KIND_MSB);
  LecStream *stream = lec_alternative_add_stream (multicast, LEC_MEDIA_VIDEO);
  LecLeg *leg = lec_stream_add_leg (stream, self->destination, self->config.port);
  g_autoptr (LecChannel) channel = NULL;

  info->title = g_strdup (self->title);
  leg->ttl = self->config.ttl;
  for (guint i = 0; i < self->formats->len; i++)
    lec_alternative_add_format (multicast, g_array_index (self->formats, guint, i),
                                g_bytes_ref (g_ptr_array_index (self->programme->headers, i)));
  multicast->msb->source = lec_sender_dup_source (self->socket);
  multicast->msb->fec_span = self->config.span;
  multicast->msb->buffer_ms = BUFFER_MS;
  multicast->msb->log_url = g_strdup (self->log_url);
  multicast->msb->may_split = TRUE;
  multicast->msb->may_record = TRUE;
  multicast->msb->expires_s = 24 * 60 * 60;
  if (self->unicast_url != NULL)
    lec_channel_info_add_alternative (info, LEC_KIND_URI)->uri = g_strdup (self->unicast_url);
  channel = lec_channel_new (info, error);
  return channel != NULL ? lec_nsc_print (channel, error) : NULL;
}

/* Numbers of formats are made of their headers, as those of Windows Media Services are: whoever has
 * the announcement of another programme sees that this one is not in it, and of a station that has
 * begun the same once more it sees that it is back. */
static void
number_formats (LecMsbStation *self)
{
  const GPtrArray *headers = self->programme->headers;

  g_autoptr (GHashTable) taken = g_hash_table_new (NULL, NULL);

  self->formats = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < headers->len; i++) {
    guint number = lec_asf_edit_hash (g_ptr_array_index (headers, i)) % MAX_FORMATS;

    while (!g_hash_table_add (taken, GUINT_TO_POINTER (number)))
      number = (number + 1) % MAX_FORMATS;
    g_array_append_val (self->formats, number);
  }
}

LecMsbStation *
lec_msb_station_new (const LecMsbStationConfig *config, LecAsfProgramme *programme, GError **error)
{
  g_autoptr (LecMsbStation) self = g_new0 (LecMsbStation, 1);
  g_autoptr (GInetAddress) host = g_inet_address_new_from_string (config->destination);

  g_mutex_init (&self->lock);
  g_cond_init (&self->cond);
  self->config = *config;
  self->title = g_strdup (config->title);
  self->destination = g_strdup (config->destination);
  self->unicast_url = g_strdup (config->unicast_url);
  self->log_url = g_strdup (config->log_url);
  self->programme = programme;
  number_formats (self);
  self->rng = g_rand_new_with_seed (config->seed);
  lec_msb_packer_init (&self->packer, config->span);
  self->address = g_inet_socket_address_new (host, config->port);
  self->socket = lec_sender_open (config->destination, config->interface, config->ttl, error);
  return self->socket != NULL ? g_steal_pointer (&self) : NULL;
}

void
lec_msb_station_free (LecMsbStation *self)
{
  if (self == NULL)
    return;
  lec_msb_station_stop (self);
  if (self->thread != NULL)
    g_thread_join (self->thread);
  if (self->telling != NULL)
    g_source_destroy (self->telling);
  g_clear_pointer (&self->telling, g_source_unref);
  g_clear_error (&self->error);
  lec_asf_programme_free (self->programme);
  g_array_unref (self->formats);
  g_clear_object (&self->socket);
  g_clear_object (&self->address);
  g_rand_free (self->rng);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->cond);
  g_free (self->title);
  g_free (self->destination);
  g_free (self->unicast_url);
  g_free (self->log_url);
  g_free (self);
}
