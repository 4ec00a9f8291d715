/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Joins all that an alternative promises. */
#pragma once

#include "receive/endpoints.h"
#include "receive/streams.h"

G_BEGIN_DECLS

typedef struct
{
  LecStreams *streams;
  LecEndpoints *endpoints;
  const char *interface;    /* (nullable) where to join; NULL: as announced, or all suitable ones */
  char **missing_interface; /* set to the first one that is announced and not here */
} LecJoining;

/**
 * lec_joining_run:
 * @config: for each stream
 * @error: as of lec_streams_add() and lec_endpoints_add()
 *
 * Adds a stream for each of @alternative, and endpoints for all of its legs and repair. What was
 * joined before one failed stays so, until the endpoints are cleared.
 */
gboolean lec_joining_run (const LecJoining *self,
                          const LecAlternative *alternative,
                          const LecStreamsConfig *config,
                          GError **error);

G_END_DECLS
