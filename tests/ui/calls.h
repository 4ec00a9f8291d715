/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the doubles were asked for, in order. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Remembers a call, and appends it to the file that CALLS_LOG names, if any.
 * @object: (nullable) */
void calls_add (const char *verb, const char *object);

/* Returns: (transfer full): the calls since this was asked last, as in "open x.sdp; start Hall; "
 */
char *calls_take (void);

/* No other calls since the last time than these. */
#define assert_calls(expected)                                                                     \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *calls_ = calls_take ();                                                       \
                                                                                                   \
    g_assert_cmpstr (calls_, ==, (expected));                                                      \
  }                                                                                                \
  G_STMT_END

G_END_DECLS
