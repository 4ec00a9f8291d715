/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Reads the two kinds of tables in which Linux tells the counters of its network. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * lec_proc_net_find_column:
 * @table: as of /proc/net/snmp
 * @protocol: with its colon: "Udp:"
 * @value: (out): the one below @name, of two lines that begin with @protocol
 *
 * Returns: FALSE where it is not told
 */
gboolean lec_proc_net_find_column (const char *table,
                                   const char *protocol,
                                   const char *name,
                                   guint64 *value);

/* Returns: the value behind @name, which stands at the begin of a line, as in /proc/net/snmp6; 0
 * where it is not told */
guint64 lec_proc_net_find_line (const char *table, const char *name);

G_END_DECLS
