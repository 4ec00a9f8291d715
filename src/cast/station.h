/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The sending side of a channel: RTP streams to one address, each with its sender reports.
 *
 * Streams come from a reel of files or from the test lecture, which add their elements to the
 * station's pipeline. Nothing is sent before every stream has shown what it is, so that the
 * announcement is there before the first packet.
 *
 * Signals, all on the main thread:
 *  - `ready` (char *sdp): the announcement is known, and sending begins
 *  - `warning` (char *text): one sentence about what is left out
 *  - `ended` (GError *): nothing more will be sent; NULL where it came to its proper end
 *
 * All functions belong to the main thread but for those that say otherwise. */
#pragma once

#include <gst/gst.h>

#include "cast/fec-config.h"

G_BEGIN_DECLS

#define LEC_STATION_PORT 5004      /* of the first stream (RFC 3551, section 8) */
#define LEC_STATION_PORT_STEP 10   /* from one stream to the next */
#define LEC_STATION_MAX_STREAMS 32 /* as many as there are dynamic payload types */

typedef struct
{
  const char *title;
  const char *destination; /* numeric group or unicast address */
  guint16 port;            /* of the first stream; its RTCP goes to the next one */
  const char *interface;   /* (nullable): as the routes say */
  int ttl;                 /* 0 to 255 */
  double drop;             /* share of RTP packets that are not sent, 0 to 1 */
  guint32 seed;            /* which ones these are */
  LecFecConfig fec;        /* how lost packets can be repaired */
  guint rtx_ms;            /* for which they are sent again when somebody asks, in a group; 0: never
                            */
} LecStationConfig;

#define LEC_TYPE_STATION (lec_station_get_type ())
G_DECLARE_FINAL_TYPE (LecStation, lec_station, LEC, STATION, GObject)

/**
 * lec_station_new:
 * @config: copied
 * @error: #LEC_ERROR_UNREACHABLE where the address or the interface cannot be used
 */
LecStation *lec_station_new (const LecStationConfig *config,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * lec_station_get_pipeline:
 *
 * Returns: (transfer none): where sources add their elements. Thread-safe
 */
GstBin *lec_station_get_pipeline (LecStation *self);

/**
 * lec_station_name_source:
 * @element: in the pipeline, or about to be
 * @name: of the file it reads: errors of @element and of those inside it will name it
 */
void lec_station_name_source (GstElement *element, const char *name);

/**
 * lec_station_get_next_payload:
 *
 * Returns: the dynamic payload type of the stream to be added next
 */
guint lec_station_get_next_payload (LecStation *self);

/**
 * lec_station_add_stream:
 * @payloader: an element of the pipeline whose `src` pad gives RTP, not yet linked
 * @label: (nullable): for a person
 * @content: (nullable): its role, in the words of RFC 4796
 * @error: #LEC_ERROR_UNREACHABLE where it cannot be sent
 */
gboolean lec_station_add_stream (LecStation *self,
                                 GstElement *payloader,
                                 const char *label,
                                 const char *content,
                                 GError **error);

/* Says that no stream will be added any more. */
void lec_station_complete (LecStation *self);

/**
 * lec_station_warn:
 * @sentence: (transfer full): what `warning` will say on the main thread. Thread-safe
 */
void lec_station_warn (LecStation *self, char *sentence);

/**
 * lec_station_fail:
 * @error: (transfer full): what `ended` will say on the main thread. Thread-safe
 */
void lec_station_fail (LecStation *self, GError *error);

/* Starts to look at the streams; `ready` or `ended` follows. */
void lec_station_start (LecStation *self);

/* Says goodbye; `ended` follows within a second. */
void lec_station_stop (LecStation *self);

/**
 * lec_station_dup_source:
 *
 * Returns: (transfer full): the numeric address that the station sends from
 */
char *lec_station_dup_source (LecStation *self);

/**
 * lec_station_get_wall_clock:
 * @running_time: of a picture or sound
 *
 * Returns: the time of day [µs since 1970-01-01 UTC] at which it is sent; before sending
 *   begins, a guess. Thread-safe
 */
gint64 lec_station_get_wall_clock (LecStation *self, GstClockTime running_time);

G_END_DECLS
