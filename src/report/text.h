/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Sentences with figures in them: a name in braces stands for one. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Appends to @sentence what @name stands for. */
typedef void (*LecTextFigure) (GString *sentence, const char *name, gconstpointer data);

/* Returns: (transfer full): @text, which has been translated, with what @figure says for each name
 */
char *lec_text_fill (const char *text, LecTextFigure figure, gconstpointer data);

G_END_DECLS
