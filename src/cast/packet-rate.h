/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How many packets a second a stream will be, before the first of them is sent. */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/**
 * lec_packet_rate_estimate:
 * @pad: the source pad of a payloader
 * @first: (nullable): the first packet that it gives
 *
 * Sound has a packet for each of the duration that the first one has. Pictures have one each at
 * least, and more where it is known how many bits a second they are; what an encoder means to be
 * the most is not taken for that, as slides that do not move are far below it.
 *
 * Returns: [1/s] rather too few than too many
 */
double lec_packet_rate_estimate (GstPad *pad, const GstBuffer *first);

G_END_DECLS
