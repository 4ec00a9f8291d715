/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cast/fec-sender.h"

#include "cast/fec-encoder.h"
#include "cast/packet-tap.h"

typedef struct
{
  LecFecEncoder *encoder;
  GSocket *socket;
  GSocketAddress *columns, *rows; /* where they go */
  double drop;
  GRand *rng; /* streaming thread only */
} Sender;

static void
sender_free (gpointer data)
{
  Sender *self = data;

  lec_fec_encoder_free (self->encoder);
  g_clear_object (&self->socket);
  g_clear_object (&self->columns);
  g_clear_object (&self->rows);
  g_rand_free (self->rng);
  g_free (self);
}

/* Parity is a help: where it cannot be sent, the media are. */
static void
emit_cb (guint ahead, const guint8 *bytes, gsize size, gpointer data)
{
  Sender *self = data;

  if (self->drop > 0 && g_rand_double (self->rng) < self->drop)
    return;
  g_socket_send_to (self->socket, ahead == LEC_FEC_ROWS_PORT ? self->rows : self->columns,
                    (const char *) bytes, size, NULL, NULL);
}

static void
packet_cb (const guint8 *bytes, gsize size, gpointer data)
{
  lec_fec_encoder_add (((Sender *) data)->encoder, bytes, size);
}

void
lec_fec_sender_attach (GstPad *pad,
                       const LecFecConfig *config,
                       GSocket *socket,
                       const char *destination,
                       guint16 port,
                       double drop,
                       guint32 seed)
{
  Sender *self = g_new0 (Sender, 1);

  self->encoder
      = lec_fec_encoder_new (config->scheme, config->columns, config->rows, emit_cb, self);
  self->socket = g_object_ref (socket);
  self->columns = g_inet_socket_address_new_from_string (destination, port + LEC_FEC_COLUMNS_PORT);
  self->rows = g_inet_socket_address_new_from_string (destination, port + LEC_FEC_ROWS_PORT);
  self->drop = drop;
  self->rng = g_rand_new_with_seed (seed);
  lec_packet_tap_add (pad, packet_cb, self, sender_free);
}
