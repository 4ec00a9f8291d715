/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What an administrator types so that a firewall on this computer lets a channel in. */
#pragma once

#include "channel/channel.h"

G_BEGIN_DECLS

/* Appends the command of each of the usual ones, with all groups and ports of @alternative. */
void lec_firewall_append (GString *sentence, const LecAlternative *alternative);

G_END_DECLS
