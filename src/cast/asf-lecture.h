/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The test lecture as Windows Media (WMV 8 and WMA 8): the camera and the voice of
 * cast/test-scenes.h, captions, and slides that are flipped by their addresses. */
#pragma once

#include "cast/asf-programme.h"

G_BEGIN_DECLS

/**
 * lec_asf_lecture_new:
 * @slides: (nullable): what addresses of slides begin with; `-01.png` follows. NULL: no slides
 * @error: #LEC_ERROR_UNREACHABLE where an element is not installed
 *
 * Waits until it is known how the media are encoded. It never ends.
 */
LecAsfProgramme *lec_asf_lecture_new (const char *slides, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * lec_asf_lecture_write_slides:
 * @path: what the names of the images begin with
 * @error: #LEC_ERROR_UNREACHABLE where they cannot be written
 */
gboolean lec_asf_lecture_write_slides (const char *path, GError **error);

G_END_DECLS
