/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Sends packets of one stream again that its viewers have lost: to the group, never to who asks.
 *
 * Requests are read on the main thread. */
#pragma once

#include <gio/gio.h>
#include <gst/gst.h>

#include "channel/channel-info.h"

G_BEGIN_DECLS

typedef struct
{
  const char *destination; /* a group */
  const char *interface;   /* (nullable): as the routes say */
  guint16 port;            /* of the media; requests come to the next one */
  guint kept_ms;           /* how long a packet can be asked for */
  double drop;             /* share of what is sent again that is not sent, from 0 to 1 */
  guint32 seed;            /* which one that is */
} LecRtxSenderConfig;

typedef struct _LecRtxSender LecRtxSender;

/**
 * lec_rtx_sender_new:
 * @pad: on which the packets of RTP pass, just before they are sent
 * @config: read during the call only
 * @socket: that the media are sent from; kept
 * @error: #LEC_ERROR_UNREACHABLE: requests cannot be heard
 */
LecRtxSender *lec_rtx_sender_new (GstPad *pad,
                                  const LecRtxSenderConfig *config,
                                  GSocket *socket,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;
void lec_rtx_sender_free (LecRtxSender *self);

/**
 * lec_rtx_sender_describe:
 * @kept_ms: as above
 * @stream: gets what repairs it, for an announcement; it has its leg and its payload
 */
void lec_rtx_sender_describe (guint kept_ms, LecStream *stream);

G_END_DECLS
