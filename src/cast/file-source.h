/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Files that play side by side: each of their encoded streams becomes one of the station.
 *
 * Belongs to the main thread. */
#pragma once

#include "cast/station.h"

G_BEGIN_DECLS

typedef struct _LecFileSource LecFileSource;

typedef enum {
  LEC_FILE_SOURCE_ONCE,
  LEC_FILE_SOURCE_LOOP, /* when the longest has ended, all begin again; time goes on */
} LecFileSourceEnd;

/**
 * lec_file_source_new:
 * @station: (transfer none): outlives the owner
 * @paths: at least one
 * @error: #LEC_ERROR_UNREACHABLE where a file cannot be opened
 *
 * Streams that no payloader takes are left out with a `warning` of the station.
 */
LecFileSource *lec_file_source_new (LecStation *station,
                                    char *const *paths,
                                    LecFileSourceEnd at_end,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;
void lec_file_source_free (LecFileSource *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecFileSource, lec_file_source_free)

G_END_DECLS
