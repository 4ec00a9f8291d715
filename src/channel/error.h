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
 */
typedef enum {
  LEC_ERROR_MALFORMED,
  LEC_ERROR_UNSUPPORTED,
  LEC_ERROR_UNREACHABLE,
} LecError;

GQuark lec_error_quark (void);

/**
 * lec_error_get_name:
 * @error: an error of any domain
 *
 * Returns: (transfer none): the word that programs print for the code of @error: `malformed`,
 *   `unsupported` or `unreachable`, which is also the word for other domains, as these only
 *   ever come from files and sockets
 */
const char *lec_error_get_name (const GError *error);

G_END_DECLS
