/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Datagrams that came over a connection with other things (RFC 2326, section 10.12), handed to
 * whoever receives them as if they had come on the socket that was meant for them.
 *
 * The thread that reads the connection writes; the ingress is read by another one. They share no
 * more than a pair of sockets and two numbers. */
#pragma once

#include "net/ingress.h"

G_BEGIN_DECLS

typedef struct _LecInterleaved LecInterleaved;

/**
 * lec_interleaved_new:
 * @from: whom all of them come from
 * @error: #LEC_ERROR_UNREACHABLE: there are no more descriptors
 */
LecInterleaved *lec_interleaved_new (const struct sockaddr_storage *from,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;
LecInterleaved *lec_interleaved_ref (LecInterleaved *self);
void lec_interleaved_unref (LecInterleaved *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecInterleaved, lec_interleaved_unref)

/* Hands over one datagram; one that nobody has room for is dropped, and counted. */
void lec_interleaved_write (LecInterleaved *self, const guint8 *bytes, gsize size);

/* Whether a datagram has come on the socket, and was let in; since it was last made to forget. */
gboolean lec_interleaved_is_bypassed (LecInterleaved *self);
void lec_interleaved_forget_bypassed (LecInterleaved *self);

/**
 * lec_interleaved_open_ingress:
 * @direct: (transfer full): the socket; all that is asked of the ingress is asked of it
 * @error: #LEC_ERROR_UNREACHABLE
 *
 * What comes on @direct, and what is written. Once for each.
 */
LecIngress *lec_interleaved_open_ingress (LecInterleaved *self,
                                          LecIngress *direct,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
