/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Times are nanoseconds; what they are written in. */
#pragma once

#include <glib.h>

#define MSECOND G_GINT64_CONSTANT (1000000)
#define SECOND (1000 * MSECOND)
