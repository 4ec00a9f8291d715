/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What an RTSP server says of how it sends one stream (RFC 2326, section 12.39). */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LEC_RTSP_ADDRESS 64 /* [bytes] of a numeric address, with its end */

typedef enum {
  LEC_RTSP_MULTICAST,
  LEC_RTSP_UNICAST,
  LEC_RTSP_INTERLEAVED,
} LecRtspDelivery;

/* As the server wrote it: neither addresses nor ports are what they should be. */
typedef struct
{
  LecRtspDelivery delivery;
  guint16 port, rtcp_port;            /* of a group, or of ours that it sends to; 0: not said */
  int ttl;                            /* 0 to 255; -1: not said */
  int channel, rtcp_channel;          /* 0 to 255, of what is interleaved; -1: not said */
  char destination[LEC_RTSP_ADDRESS]; /* numeric, or empty: not said */
  char source[LEC_RTSP_ADDRESS];      /* likewise */
} LecRtspTransport;

/**
 * lec_rtsp_transport_parse:
 * @value: of a `Transport:` header; of several transports the first is read
 *
 * A group as destination means multicast, and an address of a host unicast, whatever is said
 * beside it: there are servers that answer the one where the other was asked for, and say so badly.
 *
 * Returns: whether it is RTP in a way that can be received
 */
gboolean lec_rtsp_transport_parse (const char *value, LecRtspTransport *transport);

G_END_DECLS
