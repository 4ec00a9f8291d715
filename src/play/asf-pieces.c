/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/asf-pieces.h"

#define NUMBER 0x7f /* of the stream, in the first byte of a payload */

void
lec_asf_pieces_init (LecAsfPieces *self)
{
  *self = (LecAsfPieces){ 0 };
}

/* Returns: whether it begins an object, or goes on with one of which all is there up to it */
static gboolean
fits (LecAsfPieces *self, const LecAsfPayload *payload)
{
  typeof (self->newest[0]) *newest = &self->newest[payload->stream];

  if (payload->offset == 0) {
    newest->object = payload->object;
    newest->size = payload->object_size;
    newest->filled = (guint32) payload->size;
    return TRUE;
  }
  if (newest->object != payload->object || newest->size != payload->object_size
      || newest->filled != payload->offset)
    return FALSE;
  newest->filled += (guint32) payload->size;
  return TRUE;
}

static guint8
find_undeclared (const LecAsfHeader *header)
{
  for (guint8 number = LEC_ASF_STREAMS - 1; number > 0; number--) {
    if (header->kinds[number] == LEC_ASF_NONE)
      return number;
  }
  return 0; /* all are: 0 is none as well */
}

void
lec_asf_pieces_hide (LecAsfPieces *self,
                     const LecAsfHeader *header,
                     guint8 *bytes,
                     LecAsfPacket *packet)
{
  LecAsfPayload payload;

  while (lec_asf_packet_next (packet, &payload)) {
    guint8 *number = bytes + (payload.start - bytes);

    if (!fits (self, &payload))
      *number = (guint8) ((*number & ~NUMBER) | find_undeclared (header));
  }
}
