/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What an announcement says beside addresses, as one line that a table can hold. */
#pragma once

#include "announce/announcement.h"

G_BEGIN_DECLS

/**
 * lec_property_list_new:
 *
 * Returns: (transfer full): the facts of the list (`[Title] repeat 0-1`), then of each channel
 *   between ` # `, those that are said only, as in `Hall 3; by Noether; logo http://…; p=1; no
 * skip`, then the events, as in ` @ name break: Channel, Channel`
 */
char *lec_property_list_new (const LecAnnouncement *announcement);

G_END_DECLS
