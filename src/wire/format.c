/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/format.h"

static const LecFormat *const formats[] = {
  [LEC_KIND_RTP] = &lec_format_rtp,
  [LEC_KIND_TS] = &lec_format_ts,
  [LEC_KIND_MSB] = &lec_format_msb,
};

const LecFormat *
lec_format_of (LecKind kind)
{
  return (guint) kind < G_N_ELEMENTS (formats) ? formats[kind] : NULL;
}
