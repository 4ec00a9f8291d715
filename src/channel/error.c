/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "channel/error.h"

G_DEFINE_QUARK (lec - error - quark, lec_error)

const char *
lec_error_get_name (const GError *error)
{
  if (g_error_matches (error, LEC_ERROR, LEC_ERROR_MALFORMED))
    return "malformed";
  if (g_error_matches (error, LEC_ERROR, LEC_ERROR_UNSUPPORTED))
    return "unsupported";
  return "unreachable";
}
