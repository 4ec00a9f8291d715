/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the tables of a transport stream say of its media, put beside what is decoded of them: a
 * picture that is scrambled, or that nothing here knows, is a track as well. */
#pragma once

#include <gst/gst.h>

#include "report/report.h"

G_BEGIN_DECLS

/**
 * lec_program_report_add:
 * @draft: has the tracks that there are, those of one type in the order of the program
 * @stream: of it, with a transport stream inside
 * @wants: as of LecPipelineCallbacks
 *
 * Completes the tracks of the program that is played, and adds those that no demultiplexer gives.
 */
void lec_program_report_add (LecReportDraft *draft,
                             guint stream,
                             gboolean (*wants) (GstStreamType type, guint index, gpointer data),
                             gpointer data);

G_END_DECLS
