/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Sends the parity of one stream beside it. */
#pragma once

#include <gio/gio.h>
#include <gst/gst.h>

#include "cast/fec-config.h"

G_BEGIN_DECLS

/**
 * lec_fec_sender_attach:
 * @pad: on which the packets of RTP pass, just before they are sent; parity is sent by its thread
 * @config: of %LEC_REPAIR_2022_1 or %LEC_REPAIR_FLEXFEC; copied
 * @socket: kept
 * @destination: numeric address
 * @port: of the media
 * @drop: share of the parity that is not sent, from 0 to 1
 * @seed: which one that is
 */
void lec_fec_sender_attach (GstPad *pad,
                            const LecFecConfig *config,
                            GSocket *socket,
                            const char *destination,
                            guint16 port,
                            double drop,
                            guint32 seed);

G_END_DECLS
