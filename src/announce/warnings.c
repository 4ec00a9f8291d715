/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "announce/warnings.h"

LecWarnings *
lec_warnings_new (void)
{
  return g_ptr_array_new_with_free_func (g_free);
}

void
lec_warnings_add_first (LecWarnings *self, const char *sentence)
{
  if (self->len == LEC_MAX_WARNINGS)
    g_ptr_array_set_size (self, LEC_MAX_WARNINGS - 1);
  g_ptr_array_insert (self, 0, g_utf8_make_valid (sentence, -1));
}

void
lec_warnings_add (LecWarnings *self, const char *format, ...)
{
  g_autofree char *sentence = NULL;
  g_autofree char *warning = NULL;
  va_list arguments;

  if (self->len == LEC_MAX_WARNINGS)
    return;
  va_start (arguments, format);
  sentence = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  /* A piece that was cut to a number of bytes may end inside a character. */
  warning = g_utf8_make_valid (sentence, -1);
  if (!g_ptr_array_find_with_equal_func (self, warning, g_str_equal, NULL))
    g_ptr_array_add (self, g_steal_pointer (&warning));
}
