/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Lets a parser have done with a picture when it has it.
 *
 * What comes out of a transport stream as H.264 or H.265 is said to be any NAL units, so a parser
 * waits for the next picture before it lets one go: 40 ms of nothing, 25 times a second. Nearly all
 * stations put one picture into each PES packet (ISO/IEC 13818-1, 2.14.3), and that is what is
 * claimed in the caps then, for as long as it is true. */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/**
 * lec_whole_units_claim:
 * @pad: a sink pad that coded pictures come by, from now on; it keeps what is needed
 */
void lec_whole_units_claim (GstPad *pad);

G_END_DECLS
