/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Where the repair of a stream arrives, beside its media: as it was announced; or, for a transport
 * stream that announces none, by the convention of its senders (SMPTE ST 2022-1, section 8: columns
 * two ports above the media, rows four). */
#pragma once

#include "receive/endpoints.h"

G_BEGIN_DECLS

/**
 * lec_repair_ports_open:
 * @alternative: that the endpoints are of; all its legs were added before
 * @stream: index of the one that is repaired
 * @interface: (nullable): as for its media
 *
 * Opens the ports. By convention those of the group that is joined anyway, and no other. Repair is
 * a help: what cannot be opened is left out.
 */
void lec_repair_ports_open (LecEndpoints *endpoints,
                            const LecAlternative *alternative,
                            guint stream,
                            const char *interface);

G_END_DECLS
