/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The third generation of metafiles: `<ASX>`, ENTRY, REF and what is around them. */
#pragma once

#include "announce/asx-playlist.h"

G_BEGIN_DECLS

/**
 * lec_asx_document_read:
 * @playlist: gets the entries in the order in which they are played
 * @warnings: gets what is ignored
 *
 * Never fails: a bad tail does not take away what was read before it.
 */
void lec_asx_document_read (const char *text, LecAsxPlaylist *playlist, LecWarnings *warnings);

G_END_DECLS
