/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Addresses of servers, as people and playlists write them. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * lec_server_parse_address:
 * @address: blanks and letters of any alphabet are escaped
 * @base: (nullable): what a relative one is relative to
 * @error: #LEC_ERROR_MALFORMED
 *
 * Returns: (nullable) (transfer full): an address with a host that can be asked
 */
GUri *lec_server_parse_address (const char *address,
                                GUri *base,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* (transfer full): @address without passwords, which are not sent, and are no part of what other
 * addresses are made of either. */
char *lec_server_print_address (GUri *address);

/**
 * lec_server_dup_name:
 * @usual_port: left out where it is this one
 *
 * Returns: (transfer full): `server`, `server:8080`, `[::1]:8080`, for a sentence
 */
char *lec_server_dup_name (GUri *address, int usual_port);

G_END_DECLS
