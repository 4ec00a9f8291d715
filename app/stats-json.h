/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The statistics of channelsrc as JSON: the same names, numbers and lists. */
#pragma once

#include <gst/gst.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * lec_stats_to_json:
 * @stats: a structure, with lists of structures in it at will
 *
 * Times are rounded to the microsecond. Texts that say nothing are absent.
 *
 * Returns: (transfer full): an object with a member for each field
 */
JsonObject *lec_stats_to_json (const GstStructure *stats) G_GNUC_WARN_UNUSED_RESULT;

/**
 * lec_stats_channel_to_json:
 * @stats: (nullable): of channelsrc
 *
 * Returns: (transfer full): likewise, with `streams` in any case, and with what the network does to
 *   all of them in an object `network`
 */
JsonObject *lec_stats_channel_to_json (const GstStructure *stats) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
