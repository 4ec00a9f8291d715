/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/sync.h"

#define LIP_MAX (3 * G_GINT64_CONSTANT (1000000000)) /* further apart are clocks, not delays */

void
lec_sync_update (LecSession *const *sessions, guint n_sessions)
{
  gint64 most = G_MININT64;
  gint64 offset;
  guint64 cname, common = 0;

  for (guint i = 0; i < n_sessions; i++) {
    if (!lec_session_get_sync (sessions[i], &offset, &cname))
      continue;
    if (common != 0 && cname != 0 && cname != common)
      return;
    common = cname != 0 ? cname : common;
    most = MAX (most, offset);
  }

  for (guint i = 0; i < n_sessions; i++) {
    if (lec_session_get_sync (sessions[i], &offset, &cname) && most - offset < LIP_MAX)
      lec_session_set_lip (sessions[i], most - offset);
  }
}
