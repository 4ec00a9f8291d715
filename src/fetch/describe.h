/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What an RTSP server says of a channel: one DESCRIBE (RFC 2326, section 10.2), bounded in size,
 * time and redirects.
 *
 * Nothing is set up or played: fetch/rtsp-session.h does that. Blocks; may be called from any
 * thread. */
#pragma once

#include "fetch/deadline.h"

G_BEGIN_DECLS

typedef struct
{
  GBytes *text;      /* a session description, most likely; not empty */
  char *address;     /* of the channel, in the end, without a password */
  char *base;        /* what the controls in it are relative to (RFC 2326, C.1.1) */
  char *credentials; /* (nullable): user:password for that server. Never printed or logged */
} LecDescription;

void lec_description_free (LecDescription *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecDescription, lec_description_free)

/* Whether @location is an `rtsp:` address; `rtspt:` is one that asks for media over TCP. */
gboolean lec_describe_is_address (const char *location);

/**
 * lec_describe:
 * @address: an `rtsp:` address
 * @deadline: for all of it
 * @is_passing: (out): on failure, whether it may be different another time
 * @error: #LEC_ERROR with a sentence that names the server; or %G_IO_ERROR_CANCELLED
 *
 * Returns: (nullable) (transfer full): what it hands out
 */
LecDescription *lec_describe (const char *address,
                              const LecDeadline *deadline,
                              gboolean *is_passing,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
