/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* ASF files, one behind the other. */
#pragma once

#include "cast/asf-programme.h"

G_BEGIN_DECLS

typedef enum {
  LEC_ASF_FILES_ONCE,
  LEC_ASF_FILES_LOOP, /* after the last one the first begins again */
} LecAsfFilesEnd;

/**
 * lec_asf_files_new:
 * @paths: at least one
 * @error: #LEC_ERROR_UNREACHABLE where one cannot be opened, #LEC_ERROR_UNSUPPORTED where one is no
 *   ASF file
 */
LecAsfProgramme *lec_asf_files_new (char *const *paths,
                                    LecAsfFilesEnd at_end,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
