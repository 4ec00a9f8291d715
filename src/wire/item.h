/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What reception hands on, one after the other: the packets of a stream in order, and what is to be
 * known between them.
 *
 * The same from the session to the pads, whatever lies between. */
#pragma once

#include "wire/cue.h"
#include "wire/packet.h"

G_BEGIN_DECLS

/**
 * LecItemKind:
 * @LEC_ITEM_PACKET: the next packet
 * @LEC_ITEM_GAP: packets that were given up; the one after them comes next
 * @LEC_ITEM_CUE: what is timed but no media, a script command beside the stream: it breaks nothing
 * @LEC_ITEM_RESET: what comes next does not go on from what came before: another epoch begins, or
 *   times step, or somebody on the way had to drop something
 */
typedef enum {
  LEC_ITEM_PACKET,
  LEC_ITEM_GAP,
  LEC_ITEM_CUE,
  LEC_ITEM_RESET,
} LecItemKind;

/* Packets that were given up. */
typedef struct
{
  gint64 first;       /* extended sequence number of the first one missing */
  guint64 count;      /* [packets] */
  gint64 pts_ns;      /* where it begins */
  gint64 duration_ns; /* 0 when the time stamps do not tell */
} LecGap;

/* Passed by value; whoever has it owns its packet or cue. */
typedef struct
{
  LecItemKind kind;
  union
  {
    LecPacket *packet; /* of LEC_ITEM_PACKET */
    LecGap gap;        /* of LEC_ITEM_GAP */
    LecCue *cue;       /* of LEC_ITEM_CUE */
  };
} LecItem;

/* Where items go, stream by stream. Its functions run on the thread that yields them, and must not
 * wait. */
typedef struct
{
  /* @item: (transfer full): the next one of @stream */
  void (*push) (guint stream, const LecItem *item, gpointer data);
  /* All that is there for now has been pushed to @stream. */
  void (*flush) (guint stream, gpointer data);
  gpointer data;
} LecOutlet;

G_END_DECLS
