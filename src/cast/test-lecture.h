/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The test lecture in RTP: camera, slides and voice (cast/test-scenes.h), each a stream. */
#pragma once

#include "cast/station.h"

G_BEGIN_DECLS

/**
 * lec_test_lecture_add:
 * @station: (transfer none): gets three streams, and is complete with them
 * @error: #LEC_ERROR_UNREACHABLE where an element is not installed
 */
gboolean lec_test_lecture_add (LecStation *station, GError **error);

G_END_DECLS
