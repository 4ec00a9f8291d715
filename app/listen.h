/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* lectern-guide --listen: which channels are announced on the network. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * lec_listen:
 * @seconds: how long; an interrupt ends it sooner, and prints what was heard until then
 * @interface: (nullable): the one to listen on; NULL: all
 * @json: print one JSON object instead of lines for a person
 * @error: #LEC_ERROR_UNREACHABLE
 *
 * Returns: whether there was a network to listen on
 */
gboolean lec_listen (double seconds, const char *interface, gboolean json, GError **error);

G_END_DECLS
