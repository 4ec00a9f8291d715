/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Lets a demultiplexer have done with a picture when it has it.
 *
 * A PES packet of video may leave out how long it is (ISO/IEC 13818-1, 2.4.3.7), and most do.
 * tsdemux hands it on when the next one begins then, which is one picture later. But whoever makes
 * a transport stream fills up the last packet of a picture, and no other; as soon as that has been
 * seen to be so, and for as long as it is, a packet is put behind the last one that seems to begin
 * another PES packet, and is none. */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/**
 * lec_pes_ends_tell:
 * @pad: the sink pad of a tsdemux, from now on; it keeps what is needed
 */
void lec_pes_ends_tell (GstPad *pad);

G_END_DECLS
