/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cast/rtx-sender.h"

#include <glib-unix.h>
#include <sys/socket.h>

#include "cast/fec-config.h"
#include "cast/packet-tap.h"
#include "cast/rtx-history.h"
#include "net/ingress.h"
#include "wire/rtcp.h"

#define DATAGRAMS 32 /* that are read at once; a flood of requests has no end */
#define FIELDS 64    /* of one datagram that are answered */

struct _LecRtxSender
{
  GSocket *socket;
  GSocketAddress *to;
  double drop;
  GRand *rng;
  LecIngress *requests;
  guint source;

  GMutex lock; /* the streaming thread adds to the history */
  LecRtxHistory *history;
  GstPad *pad;
  gulong probe;
};

/* ---- what is sent ---- */

static void
packet_cb (const guint8 *bytes, gsize size, gpointer data)
{
  LecRtxSender *self = data;

  if (size < 2 || (bytes[1] & 0x7f) == LEC_FEC_ULP_PAYLOAD)
    return;
  g_mutex_lock (&self->lock);
  lec_rtx_history_add (self->history, bytes, size, g_get_monotonic_time ());
  g_mutex_unlock (&self->lock);
}

/* ---- what is asked for ---- */

/* An answer that cannot be sent is one that was lost. */
static void
answer (LecRtxSender *self, guint16 number)
{
  guint8 bytes[LEC_RTX_SIZE + 2];
  const gsize size = lec_rtx_history_answer (self->history, number, g_get_monotonic_time (), bytes);

  if (size > 0 && (self->drop <= 0 || g_rand_double (self->rng) >= self->drop))
    g_socket_send_to (self->socket, self->to, (const char *) bytes, size, NULL, NULL);
}

static void
answer_field (LecRtxSender *self, const LecNackField *field)
{
  for (guint i = 0; i < LEC_NACK_SPAN; i++) {
    if (lec_nack_field_names (field, i))
      answer (self, (guint16) (field->first + i));
  }
}

static void
take_request (LecRtxSender *self, const guint8 *bytes, gsize size)
{
  LecRtcpReader reader = lec_rtcp_read (bytes, size);
  LecRtcpItem item;

  if (!lec_rtcp_check (bytes, size))
    return;
  g_mutex_lock (&self->lock);
  for (guint i = 0; i < FIELDS && lec_rtcp_next (&reader, &item); i++) {
    if (item.kind == LEC_RTCP_NACK && item.media_ssrc == lec_rtx_history_get_ssrc (self->history))
      answer_field (self, &item.nack);
  }
  g_mutex_unlock (&self->lock);
}

static gboolean
requests_cb (int fd, GIOCondition condition, gpointer data)
{
  guint8 bytes[LEC_RTX_SIZE];

  for (guint i = 0; i < DATAGRAMS; i++) {
    const gssize size = recv (fd, bytes, sizeof bytes, MSG_DONTWAIT);

    if (size < 0)
      break;
    take_request (data, bytes, (gsize) size);
  }
  return G_SOURCE_CONTINUE;
}

LecRtxSender *
lec_rtx_sender_new (GstPad *pad, const LecRtxSenderConfig *config, GSocket *socket, GError **error)
{
  const guint16 requests = config->port + 1;
  const LecLeg leg = { .group = (char *) config->destination, .port = requests };
  LecIngress *ingress = lec_ingress_open (&leg, requests, config->interface, error);
  LecRtxSender *self;

  if (ingress == NULL)
    return NULL;
  self = g_new0 (LecRtxSender, 1);
  self->requests = ingress;
  self->socket = g_object_ref (socket);
  self->to
      = g_inet_socket_address_new_from_string (config->destination, config->port + LEC_RTX_PORT);
  self->drop = config->drop;
  self->rng = g_rand_new_with_seed (config->seed);
  self->history = lec_rtx_history_new (config->kept_ms, g_rand_int (self->rng));
  g_mutex_init (&self->lock);
  self->source = g_unix_fd_add (lec_ingress_get_fd (ingress), G_IO_IN, requests_cb, self);
  self->pad = gst_object_ref (pad);
  self->probe = lec_packet_tap_add (pad, packet_cb, self, NULL);
  return self;
}

void
lec_rtx_sender_free (LecRtxSender *self)
{
  if (self == NULL)
    return;

  gst_pad_remove_probe (self->pad, self->probe);
  gst_object_unref (self->pad);
  g_source_remove (self->source);
  lec_ingress_free (self->requests);
  lec_rtx_history_free (self->history);
  g_object_unref (self->socket);
  g_object_unref (self->to);
  g_rand_free (self->rng);
  g_mutex_clear (&self->lock);
  g_free (self);
}

void
lec_rtx_sender_describe (guint kept_ms, LecStream *stream)
{
  const LecLeg *leg = g_ptr_array_index (stream->legs, 0);
  const LecPayload *payload = g_ptr_array_index (stream->payloads, 0);
  g_autoptr (GStrvBuilder) parameters = g_strv_builder_new ();
  g_autofree char *type = g_strdup_printf ("%u", payload->payload);
  g_autofree char *time = g_strdup_printf ("%u", kept_ms);
  LecRepair *repair
      = lec_stream_add_repair (stream, LEC_REPAIR_RTX, leg->group, leg->port + LEC_RTX_PORT);

  g_strv_builder_add_many (parameters, "apt", type, "rtx-time", time, NULL);
  repair->payload = LEC_RTX_PAYLOAD;
  repair->clock_rate = payload->clock_rate;
  repair->parameters = g_strv_builder_end (parameters);
  stream->feedback.nack = TRUE;
}
