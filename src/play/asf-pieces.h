/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Keeps pieces of objects from asfdemux of which one before is missing.
 *
 * It takes an object for whole as soon as it has its last piece, and gives what happens to be in
 * memory for what is missing in between. Without the pieces behind the missing one it drops the
 * object, and tells of it. */
#pragma once

#include "wire/asf-header.h"
#include "wire/asf-packet.h"

G_BEGIN_DECLS

/* The newest object of each stream. */
typedef struct
{
  struct
  {
    guint object;
    guint32 size, filled; /* [bytes] */
  } newest[LEC_ASF_STREAMS];
} LecAsfPieces;

/* All of it means nothing. */
void lec_asf_pieces_init (LecAsfPieces *self);

/**
 * lec_asf_pieces_hide:
 * @header: that asfdemux has
 * @bytes: of @packet; such pieces become those of a stream that is not declared
 * @packet: read to its end
 */
void lec_asf_pieces_hide (LecAsfPieces *self,
                          const LecAsfHeader *header,
                          guint8 *bytes,
                          LecAsfPacket *packet);

G_END_DECLS
