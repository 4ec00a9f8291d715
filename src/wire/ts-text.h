/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Texts of DVB tables (EN 300 468, annex A). */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * lec_ts_text_copy:
 * @bytes: as in a table: the first of them may say by which character table the others are read
 * @text: (out): room for @room bytes, 1 at least: what may be shown of it, as lec_text_clean() has
 *   it, cut where it does not fit; "" where it cannot be read
 */
void lec_ts_text_copy (const guint8 *bytes, guint length, char *text, gsize room);

G_END_DECLS
