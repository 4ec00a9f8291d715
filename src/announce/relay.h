/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Relays that hand on a group as a page of the web, as udpxy, msd_lite and rtp2httpd do: the
 * address of the page says which group it is. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * lec_relay_dup_group:
 * @uri: hostile
 *
 * Returns: (nullable) (transfer full): the address of the group itself, for lec_address_add();
 *   NULL where @uri is no page of a relay
 */
char *lec_relay_dup_group (const char *uri) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
