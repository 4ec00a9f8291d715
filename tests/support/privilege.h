/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Tests run as root of their namespace; people do not. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Gives up what this thread may do to the network beyond any person, until it is taken back. */
void privilege_drop (void);
void privilege_take (void);

G_END_DECLS
