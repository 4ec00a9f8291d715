/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* RTCP compound packets (RFC 3550, section 6): read whole and in order, and those that a receiver
 * sends written.
 *
 * Nothing here believes anybody: it only reads. Who may say what is decided elsewhere. */
#pragma once

#include "wire/reader.h"

G_BEGIN_DECLS

/**
 * LecRtcpKind:
 * @LEC_RTCP_SENDER_REPORT: ntp, timestamp and packets are set
 * @LEC_RTCP_RECEIVER_REPORT: from a member that does not send
 * @LEC_RTCP_BLOCK: what the member receives of somebody: block is set
 * @LEC_RTCP_CNAME: canonical name, the same for all streams of one host: text is set
 * @LEC_RTCP_NAME: what it calls itself: text is set
 * @LEC_RTCP_TOOL: what it sends with: text is set
 * @LEC_RTCP_BYE: it leaves; text is the reason, or empty
 * @LEC_RTCP_NACK: it asks for packets again that it has lost (RFC 4585, section 6.2.1): nack is set
 * @LEC_RTCP_LOSS_KNOWN: it says that they were lost, so that nobody need ask (RFC 6642, section
 *   4.1): likewise
 *
 * One thing that a compound says.
 */
typedef enum {
  LEC_RTCP_SENDER_REPORT,
  LEC_RTCP_RECEIVER_REPORT,
  LEC_RTCP_BLOCK,
  LEC_RTCP_CNAME,
  LEC_RTCP_NAME,
  LEC_RTCP_TOOL,
  LEC_RTCP_BYE,
  LEC_RTCP_NACK,
  LEC_RTCP_LOSS_KNOWN,
} LecRtcpKind;

#define LEC_NACK_SPAN 17 /* [numbers] that one LecNackField can name */

/* Which packets are missing: the first one, and any of the 16 behind it. */
typedef struct
{
  guint16 first; /* sequence number (PID) */
  guint16 more;  /* bit 0: the next one, too; and so on (BLP) */
} LecNackField;

/* Returns: whether @field names the packet that is @ahead [0 to LEC_NACK_SPAN - 1] of its first one
 */
static inline gboolean
lec_nack_field_names (const LecNackField *field, guint ahead)
{
  return ahead == 0 || (field->more >> (ahead - 1) & 1) != 0;
}

/* How one receives another (RFC 3550, section 6.4.1). */
typedef struct
{
  guint32 ssrc;        /* of the sender */
  guint8 fraction;     /* [1/256] lost since the report before */
  gint32 lost;         /* [packets] since the beginning; -2^23 to 2^23 - 1 */
  guint32 highest;     /* extended sequence number */
  guint32 jitter;      /* [1/clock rate s] */
  guint32 last_report; /* the middle of the NTP time of the newest sender report; 0: none */
  guint32 delay;       /* [1/65536 s] since that came */
} LecReportBlock;

typedef struct
{
  LecRtcpKind kind;
  guint32 ssrc;      /* who says it, or of whom it is said */
  guint64 ntp;       /* wall clock of the report, 32.32 fixed point; only differences count */
  guint32 timestamp; /* RTP time stamp of the same moment */
  guint32 packets;   /* that the sender has sent by then, modulo 2^32 */
  LecReportBlock block;
  guint32 media_ssrc; /* whose packets nack is about */
  LecNackField nack;
  const guint8 *text; /* any bytes, not terminated; valid as long as the datagram is */
  gsize length;       /* [bytes] of text, at most 255 */
} LecRtcpItem;

/* A plain struct on the stack. All fields are private. */
typedef struct
{
  LecReader rest;  /* of the compound */
  LecReader block; /* of the packet that is being read */
  gsize size;      /* [bytes] of that */
  guint8 type;
  guint left;      /* things in it that were not read yet */
  gboolean opened; /* the head of a report, or of a chunk, has been read */
  guint32 ssrc;    /* of that */
  guint8 format;   /* of feedback */
  guint32 media_ssrc;
  LecReader reason;
} LecRtcpReader;

/**
 * lec_rtcp_check:
 *
 * Returns: whether the whole datagram is a compound that tiles exactly, with every length in it
 *   true. Reduced ones (RFC 5506) are good.
 */
gboolean lec_rtcp_check (const guint8 *data, gsize size);

/* Begins to read a datagram that lec_rtcp_check() has found good. */
LecRtcpReader lec_rtcp_read (const guint8 *data, gsize size);

/**
 * lec_rtcp_next:
 * @item: (out)
 *
 * Returns: FALSE at the end. What is not understood is passed over.
 */
gboolean lec_rtcp_next (LecRtcpReader *self, LecRtcpItem *item);

#define LEC_RTCP_NAME_MAX 32 /* [bytes] of the canonical name that is written */
#define LEC_RTCP_BLOCKS 2    /* in one report: of the media, and of what is sent again */
#define LEC_RTCP_MAX 120     /* [bytes] of the largest compound that lec_rtcp_write() writes */
#define LEC_RTCP_NACKS 16    /* fields of one request */
#define LEC_RTCP_REQUEST_MAX (LEC_RTCP_MAX + 12 + 4 * LEC_RTCP_NACKS) /* [bytes] of the largest */

/**
 * lec_rtcp_write:
 * @bytes: room for #LEC_RTCP_MAX
 * @ssrc: our own
 * @blocks: (array length=n_blocks): how we receive each stream, at most #LEC_RTCP_BLOCKS; none
 * where nothing has come
 * @cname: our canonical name, at most #LEC_RTCP_NAME_MAX bytes
 * @bye: we leave
 *
 * Writes a receiver report and a description, which each compound must have.
 *
 * Returns: [bytes]
 */
gsize lec_rtcp_write (guint8 *bytes,
                      guint32 ssrc,
                      const LecReportBlock *blocks,
                      guint n_blocks,
                      const char *cname,
                      gboolean bye);

/**
 * lec_rtcp_write_nack:
 * @bytes: room for 12 + 4 * @count
 * @ssrc: our own
 * @media_ssrc: whose packets they are
 * @count: at most #LEC_RTCP_NACKS
 *
 * Writes generic NACK, to stand behind what lec_rtcp_write() has written.
 *
 * Returns: [bytes]
 */
gsize lec_rtcp_write_nack (guint8 *bytes,
                           guint32 ssrc,
                           guint32 media_ssrc,
                           const LecNackField *fields,
                           guint count);

/**
 * lec_ntp_to_ns:
 *
 * Returns: a 32.32 NTP time as nanoseconds, good for differences within one NTP era
 */
gint64 lec_ntp_to_ns (guint64 ntp);

G_END_DECLS
