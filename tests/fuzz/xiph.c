/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The configuration of Vorbis or Theora: what is completed is whole. */
#include "element/xiph-config.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = g_base64_encode (data, size);
  g_autofree char *completed = lec_xiph_config_complete (text);
  g_autofree char *again = completed != NULL ? lec_xiph_config_complete (completed) : NULL;

  g_assert_null (again);
  return 0;
}
