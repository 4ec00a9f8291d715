/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A Windows Media station in memory: MSB packets as real ones and unusual ones send them, with
 * parity after each span, made of the specification and of none of our code. */
#pragma once

#include <glib.h>

#define MSB_DATAGRAM_MAX 2048

/* How the position in the span is told. */
typedef enum {
  MSB_NUMBERS_NONE, /* it is 1 for ever */
  MSB_NUMBERS_HIGH, /* in the upper four bits */
  MSB_NUMBERS_LOW,  /* in the lower four bits */
} MsbNumbers;

typedef struct
{
  guint8 bytes[MSB_DATAGRAM_MAX];
  guint size;
  guint number; /* of the datagram, from 0 on */
  guint32 id;
  gboolean is_parity;
  guint32 send_ms;
} MsbDatagram;

typedef struct
{
  guint stream; /* as packets have it: format and toggle */
  guint32 id;   /* of the next packet */
  guint32 send_ms;
  guint step_ms;
  guint packet_size;
  guint span; /* 0: no parity */
  MsbNumbers numbers;
  gboolean whole; /* padding is left in */
  guint8 cycle;
  GRand *rand;

  guint position; /* in the span */
  guint8 sum[MSB_DATAGRAM_MAX];
  guint sum_size;
  guint number;
} MsbStation;

void msb_station_init (MsbStation *self, guint32 seed);
void msb_station_clear (MsbStation *self);

/* Another entry begins: another stream, and a new cycle. */
void msb_station_switch (MsbStation *self, guint stream, guint32 id, guint32 send_ms);

/* Appends the next @count packets, and parity where it is due, to @datagrams, an array of
 * MsbDatagram. */
void msb_station_send (MsbStation *self, guint count, GArray *datagrams);

/* Returns: (transfer full): an ASF header with the start of its data: a video as stream 1, script
 * commands as stream 2, and packets of @packet_size bytes */
GBytes *msb_station_make_header (guint packet_size) G_GNUC_WARN_UNUSED_RESULT;

/* Appends a packet with the script command @type and @parameter, of ASCII, to be acted on @ahead_ms
 * after it is sent. */
void msb_station_send_command (MsbStation *self,
                               const char *type,
                               const char *parameter,
                               guint ahead_ms,
                               GArray *datagrams);
