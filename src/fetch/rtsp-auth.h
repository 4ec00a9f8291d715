/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Name and password for an RTSP server that asks for them: Basic and Digest (RFC 2617, RFC 7616).
 * They are in no message and no log. */
#pragma once

#include "fetch/rtsp-answer.h"

G_BEGIN_DECLS

typedef struct _LecRtspAuth LecRtspAuth;

/* @credentials: (nullable): `user:password`; without them nothing is ever proved */
LecRtspAuth *lec_rtsp_auth_new (const char *credentials) G_GNUC_WARN_UNUSED_RESULT;
void lec_rtsp_auth_free (LecRtspAuth *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecRtspAuth, lec_rtsp_auth_free)

/**
 * lec_rtsp_auth_take_challenge:
 * @answer: one with status 401
 *
 * Returns: whether it is worth asking again with lec_rtsp_auth_write(): not where the server has
 *   refused what it was told
 */
gboolean lec_rtsp_auth_take_challenge (LecRtspAuth *self, const LecRtspAnswer *answer);

/* Says that the server wants a password, or another one. */
void lec_rtsp_auth_refuse (const LecRtspAuth *self, const char *server, GError **error);

/* Appends the header line that proves it, where the server has asked for one. */
void lec_rtsp_auth_write (LecRtspAuth *self, const char *method, const char *uri, GString *request);

G_END_DECLS
