/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What is agreed with an RTSP server of the streams of a channel: where each arrives, and how
 * (RFC 2326, section 10.4). Used by one thread. */
#pragma once

#include "channel/channel.h"
#include "fetch/rtsp-connection.h"
#include "fetch/rtsp-transport.h"
#include "net/ingress.h"

G_BEGIN_DECLS

typedef struct _LecRtspSetup LecRtspSetup;

/* What the requests of a session need. */
typedef struct
{
  gint64 until_us; /* monotonic */
  GCancellable *cancellable;
  const char *server; /* its name, for a sentence */
} LecRtspPatience;

/**
 * lec_rtsp_setup_new:
 * @alternative: one with an RTSP server; must outlive it
 * @connection: for the addresses of both ends; read during the call only
 * @error: #LEC_ERROR_UNREACHABLE: there are no more ports or descriptors
 */
LecRtspSetup *lec_rtsp_setup_new (const LecAlternative *alternative,
                                  LecRtspConnection *connection,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;
void lec_rtsp_setup_free (LecRtspSetup *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecRtspSetup, lec_rtsp_setup_free)

/**
 * lec_rtsp_setup_run:
 * @error: #LEC_ERROR with a sentence, or of GIO
 *
 * Sets up all streams. The first time, the ways are offered in turn: multicast first where the
 * description names a group. From then on the legs stay what they are: what cannot be agreed on so
 * is asked for over the connection.
 *
 * Returns: whether the server will send at least one
 */
gboolean lec_rtsp_setup_run (LecRtspSetup *self,
                             LecRtspConnection *connection,
                             LecRtspAuth *auth,
                             const LecRtspPatience *patience,
                             GError **error);

/* As above, over the connection only; FALSE leaves it as it would be without. */
gboolean lec_rtsp_setup_run_interleaved (LecRtspSetup *self,
                                         LecRtspConnection *connection,
                                         LecRtspAuth *auth,
                                         const LecRtspPatience *patience,
                                         GError **error);

/* The server has forgotten the session. */
void lec_rtsp_setup_forget_session (LecRtspSetup *self);

/* (transfer none) (nullable): what names the session */
const char *lec_rtsp_setup_get_session (const LecRtspSetup *self);

/* [s] after which the server ends a session that it hears nothing of */
guint lec_rtsp_setup_get_timeout (const LecRtspSetup *self);
LecRtspDelivery lec_rtsp_setup_get_delivery (const LecRtspSetup *self);

/* (transfer full): the address of all streams together, and of one; NULL: that was not set up */
char *lec_rtsp_setup_dup_control (const LecRtspSetup *self);
char *lec_rtsp_setup_dup_stream_control (const LecRtspSetup *self, guint stream);

/* The channel is on another server, under the same names; it sends over the connection then. */
void lec_rtsp_setup_move (LecRtspSetup *self, const char *base);

/* Returns: (transfer full): the alternative with all legs */
LecAlternative *lec_rtsp_setup_dup_alternative (const LecRtspSetup *self) G_GNUC_WARN_UNUSED_RESULT;

/* As lec_rtsp_session_open_ingress(). */
LecIngress *lec_rtsp_setup_open_ingress (LecRtspSetup *self,
                                         const LecLeg *leg,
                                         guint16 port,
                                         const char *interface,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Hands a datagram of the connection to the ingress that it is for. */
void lec_rtsp_setup_take_frame (LecRtspSetup *self, guint channel, const guint8 *bytes, gsize size);

/* Whether a datagram has come in another way than over the connection, since the latter. */
gboolean lec_rtsp_setup_is_heard (const LecRtspSetup *self);
void lec_rtsp_setup_begin_to_hear (LecRtspSetup *self);

G_END_DECLS
