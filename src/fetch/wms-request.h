/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How a Windows Media server is asked over HTTP ([MS-WMSP], sections 2.2.2.1 and 2.2.2.6): what
 * makes a page's request one of a player. */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* For the session: what such a server knows a player by; others are given a list that leads to
 * itself. */
#define LEC_WMS_AGENT "NSPlayer/7.10.0.3059 Lectern/" LEC_VERSION

/* What is there? */
void lec_wms_request_describe (SoupMessageHeaders *headers);

/**
 * lec_wms_request_play:
 * @streams: (array fixed-size=128): which are wanted, by their numbers
 * @present: (array fixed-size=128): which there are
 * @start_ms: [ms] where to begin; negative: where it is
 */
void lec_wms_request_play (SoupMessageHeaders *headers,
                           const gboolean *streams,
                           const gboolean *present,
                           gint64 start_ms);

G_END_DECLS
