/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Puts the sections of one PID together (ISO/IEC 13818-1, section 2.4.4): one may lie in several
 * packets, several in one. Only those whose CRC is right come out. */
#pragma once

#include "wire/ts-packet.h"

G_BEGIN_DECLS

#define LEC_TS_SECTION_MAX 1024 /* [bytes] of PAT, PMT and SDT, header and CRC included */
#define LEC_TS_SECTION_CRC 4    /* [bytes] at the end */

/* A plain struct to be embedded; zeroed is empty. All fields are private. */
typedef struct
{
  guint8 bytes[LEC_TS_SECTION_MAX];
  guint length;        /* [bytes] here */
  gboolean collecting; /* where the next payload begins is known */
  guint8 counter;
} LecTsSection;

/* @section: @length bytes, header and CRC included, the latter right; for the call only */
typedef void (*LecTsSectionTake) (const guint8 *section, guint length, gpointer data);

/**
 * lec_ts_section_feed:
 * @packet: one of the PID, parsed from @bytes
 * @take: called for each section that is complete with it
 */
void lec_ts_section_feed (LecTsSection *self,
                          const LecTsPacket *packet,
                          const guint8 *bytes,
                          LecTsSectionTake take,
                          gpointer data);

/* Returns: the CRC of @length bytes (annex A); 0 where they end in their own */
guint32 lec_ts_crc (const guint8 *bytes, guint length);

G_END_DECLS
