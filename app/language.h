/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The language that a program speaks. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Takes the language and the character set from the environment. Numbers keep the point, so that
 * what is printed reads the same everywhere. First thing in main(). */
void lec_language_init (void);

/* From now on sentences are English: for output that programs read. */
void lec_language_use_english (void);

G_END_DECLS
