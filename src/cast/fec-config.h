/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How a station protects what it sends, as a person writes it. */
#pragma once

#include <glib.h>

#include "channel/channel-info.h"

G_BEGIN_DECLS

#define LEC_FEC_ULP_PAYLOAD 127 /* among the media, whose payload types begin with 96 */

typedef struct
{
  gboolean is_on;
  LecRepairScheme scheme; /* not LEC_REPAIR_RTX */
  guint columns, rows;    /* of a matrix: L and D */
  gboolean fits_rate;     /* they are still to be chosen, by lec_fec_config_fit() */
  guint percent;          /* of ULPFEC: parity packets for a hundred of media */
} LecFecConfig;

/**
 * lec_fec_config_parse:
 * @text: "2022-1", "2022-1:10x5", "flex", "flex:10x5", "ulp" or "ulp:20"
 * @config: (out): unchanged where that is none
 */
gboolean lec_fec_config_parse (const char *text, LecFecConfig *config);

/* [s] that a matrix takes at most, where nobody has said how large it is to be: a packet is rebuilt
 * when the matrix is complete at the latest, and who watches is so much behind */
#define LEC_FEC_SPAN 0.5

/**
 * lec_fec_config_fit:
 * @packet_rate: [1/s] of the stream
 *
 * Where no size of the matrix was asked for: the largest up to 10x5 that takes no longer than
 * #LEC_FEC_SPAN, and the smallest where even that does.
 */
void lec_fec_config_fit (LecFecConfig *config, double packet_rate);

/**
 * lec_fec_config_describe:
 * @stream: gets what repairs it, for an announcement; it has its leg
 */
void lec_fec_config_describe (const LecFecConfig *config, LecStream *stream);

G_END_DECLS
