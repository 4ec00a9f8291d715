/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Reading the statistics of channelsrc: a structure of figures with lists of structures in it,
 * `streams` and, in each of those, `legs`.
 *
 * Any field may be absent: what is not known is not said. */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/* @parent: (nullable)
 * Returns: how many structures its @list has */
guint lec_figures_count (const GstStructure *parent, const char *list);

/* @index: below lec_figures_count()
 * Returns: (transfer none): as long-lived as @parent */
const GstStructure *lec_figures_get (const GstStructure *parent, const char *list, guint index);

/* Returns: a counter [packets, bytes] or a number of things; 0 when absent */
guint64 lec_figures_get_counter (const GstStructure *structure, const char *field);

/* Returns: a gauge in the unit of its name; NAN when absent */
double lec_figures_get_gauge (const GstStructure *structure, const char *field);

/* @structure: (nullable)
 * Returns: (transfer none) (nullable): NULL when absent or empty */
const char *lec_figures_get_text (const GstStructure *structure, const char *field);

/* What something that came as "H264", or only as "video", is called; never NULL. */
const char *lec_figures_get_name (const GstStructure *stream);

G_END_DECLS
