/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Sound of MPEG without a container (ISO/IEC 11172-3, 2.4.1; ADTS of ISO/IEC 13818-7, 6.2), as
 * radio stations of the web send it: from wherever they are, when somebody tunes in. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LEC_MPEG_SOUND_ENOUGH 8192 /* [bytes] that hold three frames, wherever they begin */

/* Returns: whether there are three frames one behind the other in @bytes, the first ones */
gboolean lec_mpeg_sound_is_there (const guint8 *bytes, gsize length);

G_END_DECLS
