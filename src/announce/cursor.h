/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A bounded reader of one line of text whose failure sticks: read field after field, ask once.
 *
 * After a failure every further call returns nothing and moves nowhere. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  const char *at;
  const char *end;
  gboolean failed;
} LecCursor;

/**
 * lec_cursor_init:
 * @text: (transfer none): must outlive the cursor
 */
void lec_cursor_init (LecCursor *self, const char *text);

/* Passes over blanks and tabs; never fails. */
void lec_cursor_skip_blanks (LecCursor *self);

/* Passes over blanks and tabs; none at all fails. */
void lec_cursor_expect_blanks (LecCursor *self);

/**
 * lec_cursor_skip:
 *
 * Returns: whether the next character was @c and is passed; never fails
 */
gboolean lec_cursor_skip (LecCursor *self, char c);

/* Passes over @c; anything else fails. */
void lec_cursor_expect (LecCursor *self, char c);

/**
 * lec_cursor_number:
 * @max: the greatest number that makes sense here
 *
 * Decimal digits only: no sign, no blank, no wrapping around. No digit, or more than @max, fails.
 */
guint64 lec_cursor_number (LecCursor *self, guint64 max);

/**
 * lec_cursor_until:
 * @stops: characters that end the field; they are not passed
 *
 * Returns: (transfer full) (nullable): at least one character; nothing there fails
 */
char *lec_cursor_until (LecCursor *self, const char *stops);

/* The next field between blanks, with the blanks before it passed; nothing there fails. */
char *lec_cursor_word (LecCursor *self);

/* Whether all of the text was read and nothing failed. */
gboolean lec_cursor_done (const LecCursor *self);

G_END_DECLS
