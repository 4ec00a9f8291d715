/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A name server for tests, in place of the one of this computer. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * names_install:
 *
 * From now on, names are known so: `nobody.example` does not exist, for `lost.example` no server
 * answers, for `silent.example` the answer never comes, and all others are 127.0.0.1.
 */
void names_install (void);

G_END_DECLS
