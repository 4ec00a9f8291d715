/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "channel/error.h"

G_DEFINE_QUARK (lec - error - quark, lec_error)

LecError
lec_error_get_code (const GError *error)
{
  return error->domain == LEC_ERROR ? (LecError) error->code : LEC_ERROR_UNREACHABLE;
}

const char *
lec_error_get_name (const GError *error)
{
  static const char *const names[] = {
    [LEC_ERROR_MALFORMED] = "malformed",       [LEC_ERROR_UNSUPPORTED] = "unsupported",
    [LEC_ERROR_UNREACHABLE] = "unreachable",   [LEC_ERROR_SILENT] = "silent",
    [LEC_ERROR_NEEDS_SOURCE] = "needs-source", [LEC_ERROR_TOO_MUCH] = "too-much",
    [LEC_ERROR_LOW_PORT] = "low-port",         [LEC_ERROR_JOIN_LIMIT] = "join-limit",
    [LEC_ERROR_PORT_HELD] = "port-held",
  };

  return names[lec_error_get_code (error)];
}
