/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Asks a viewer whether a log may be sent, and shows it word for word. */
#pragma once

#include <gtk/gtk.h>

#include "play/logger.h"

G_BEGIN_DECLS

/**
 * lec_log_question_watch:
 * @logger: (transfer full): lives as long as @window
 *
 * Asks over @window whatever @logger asks from now on.
 */
void lec_log_question_watch (LecLogger *logger, GtkWindow *window);

/* Returns: (transfer none) (nullable): that of lec_log_question_watch() */
LecLogger *lec_log_question_get_logger (GtkWindow *window);

G_END_DECLS
