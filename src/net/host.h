/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Addresses of hosts and groups as the kernel has them, of either family. */
#pragma once

#include <glib.h>
#include <netinet/in.h>

G_BEGIN_DECLS

/* Returns: whether @text is a numeric address; with @port [0 to 65535] it becomes @address */
gboolean lec_host_parse (const char *text, guint16 port, struct sockaddr_storage *address);

/* Writes @address as text, without its port; "" where it is of neither family. */
void lec_host_format (const struct sockaddr_storage *address, char text[INET6_ADDRSTRLEN]);

/* Returns: (element-type struct sockaddr_storage): those of @texts (nullable) that are addresses */
GArray *lec_host_parse_all (GStrv texts);

/* Whether two are the same, whatever their ports. */
gboolean lec_host_equal (const struct sockaddr_storage *a, const struct sockaddr_storage *b);

/* Whether @address is among @addresses, whatever the ports. */
gboolean lec_host_is_among (const struct sockaddr_storage *address, const GArray *addresses);

/* Whether it is that of a group. */
gboolean lec_host_is_group (const struct sockaddr_storage *address);

/* Returns: [bytes] of it that belong to its family */
socklen_t lec_host_get_length (const struct sockaddr_storage *address);

/* Returns: the port */
guint16 lec_host_get_port (const struct sockaddr_storage *address);

G_END_DECLS
