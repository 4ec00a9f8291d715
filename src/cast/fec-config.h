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
  guint percent;          /* of ULPFEC: parity packets for a hundred of media */
} LecFecConfig;

/**
 * lec_fec_config_parse:
 * @text: "2022-1", "2022-1:10x5", "flex", "flex:10x5", "ulp" or "ulp:20"
 * @config: (out): unchanged where that is none
 */
gboolean lec_fec_config_parse (const char *text, LecFecConfig *config);

/**
 * lec_fec_config_describe:
 * @stream: gets what repairs it, for an announcement; it has its leg
 */
void lec_fec_config_describe (const LecFecConfig *config, LecStream *stream);

G_END_DECLS
