/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The one error domain: what a person must hear of.
 *
 * What the network does (late, duplicate, malformed datagrams) is never an
 * error but an ordinary answer, and is counted. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * LEC_ERROR:
 *
 * The error domain of every #GError that Lectern itself raises. A message is
 * one plain sentence without a full stop at the end that names what failed and, where there
 * is one, the thing to try.
 */
#define LEC_ERROR (lec_error_quark ())

/**
 * LecError:
 * @LEC_ERROR_MALFORMED: the text breaks the rules of its own format
 * @LEC_ERROR_UNSUPPORTED: understood, but nothing here can play it
 * @LEC_ERROR_UNREACHABLE: a file, address or interface cannot be used
 * @LEC_ERROR_SILENT: everything is in order but nothing arrives
 * @LEC_ERROR_NEEDS_SOURCE: nothing arrives, as the network has to be told who sends, and the
 *   announcement does not say
 * @LEC_ERROR_TOO_MUCH: it would take more of the network than should surprise anybody
 * @LEC_ERROR_LOW_PORT: it would listen where services of the system do
 * @LEC_ERROR_JOIN_LIMIT: this computer lets nobody join more groups
 * @LEC_ERROR_PORT_HELD: another program listens there, and lets nobody else
 * @LEC_ERROR_NONE: never the code of a #GError: nothing is wrong
 *
 * What somebody may do about it depends on the code.
 */
typedef enum {
  LEC_ERROR_NONE = -1,
  LEC_ERROR_MALFORMED,
  LEC_ERROR_UNSUPPORTED,
  LEC_ERROR_UNREACHABLE,
  LEC_ERROR_SILENT,
  LEC_ERROR_NEEDS_SOURCE,
  LEC_ERROR_TOO_MUCH,
  LEC_ERROR_LOW_PORT,
  LEC_ERROR_JOIN_LIMIT,
  LEC_ERROR_PORT_HELD,
} LecError;

GQuark lec_error_quark (void);

/* Returns: the code of @error; %LEC_ERROR_UNREACHABLE for other domains, which only ever come from
 *   files and sockets */
LecError lec_error_get_code (const GError *error);

/**
 * lec_error_get_name:
 * @error: an error of any domain
 *
 * Returns: (transfer none): the word that programs print for lec_error_get_code(): `malformed`,
 *   `unsupported`, `unreachable`, `silent`, `needs-source`, `too-much`,
 *   `low-port`, `join-limit` or `port-held`
 */
const char *lec_error_get_name (const GError *error);

G_END_DECLS
