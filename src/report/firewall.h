/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What an administrator types so that a firewall on this computer lets a channel in. */
#pragma once

#include "channel/channel.h"
#include "report/report.h"

G_BEGIN_DECLS

/* Appends the command for the firewall that @host has, or of each of the usual ones where that is
 * not known, with all groups and ports of @alternative. */
void lec_firewall_append (GString *sentence,
                          const LecHostReport *host,
                          const LecAlternative *alternative);

G_END_DECLS
