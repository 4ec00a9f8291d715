/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The character sets of teletext (EN 300 706, section 15).
 *
 * A designation, of 7 bits, says which is meant: four bits of a region (in steps of
 * #LEC_TELETEXT_REGION), and the three national option bits, C12 to C14 of a page header (tables 32
 * and 33). Letters of Arabic are given as such, not as the forms that they are sent in. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LEC_TELETEXT_REGION 8

/* Returns: the region of pages in @language (nullable; ISO 639-2, either code), where nothing else
 *   says which it is */
guint lec_teletext_find_region (const char *language);

/* Returns: @designation with @option in the place of its own where there is such a set, otherwise
 *   @designation; that of English where that is none either */
guint lec_teletext_choose (guint designation, guint option);

/* Returns: what is meant by @code, 0x20 to 0x7F, of the G0 set (tables 35, 36, 38 to 40, 42, 44,
 * 46)
 */
gunichar2 lec_teletext_get_letter (guint designation, guint8 code);

/* Likewise of the G2 set (tables 37, 41, 43 and 45) */
gunichar2 lec_teletext_get_supplement (guint designation, guint8 code);

/* Likewise of the G0 set of Latin, without national options, or of the set of other letters, with
 * the accent number @accent of the G2 set, 0 to 15, as one character where there is such a one. */
gunichar2 lec_teletext_get_accented (guint designation, guint accent, guint8 code);

/**
 * lec_teletext_reorder:
 * @cells: (array length=n): as they stand on the screen, from left to right
 *
 * Puts them in the order in which they are read, where some are of a script that is written from
 * right to left.
 *
 * Returns: whether that is so
 */
gboolean lec_teletext_reorder (gunichar2 *cells, guint n);

G_END_DECLS
