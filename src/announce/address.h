/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Addresses as people type them: `rtp://239.1.2.3:5004`, `udp://@239.1.2.3:1234`, `239.1.2.3:1234`.
 *
 * One line of text stands for a whole announcement. */
#pragma once

#include "announce/announcement.h"

G_BEGIN_DECLS

/**
 * lec_address_is_address:
 * @text: what a person typed or a playlist names
 *
 * Returns: whether lec_address_parse() is the one to ask: an address of a scheme that means
 *   datagrams, or a bare numeric group with a port; FALSE for file names and all other schemes
 */
gboolean lec_address_is_address (const char *text);

/**
 * lec_address_skip_player:
 * @text: a line of a list
 *
 * Returns: @text from its address on, where one of the words stands in front of it by which set-top
 *   boxes choose their player, as in `ifm udp://239.1.2.3:1234`; else @text
 */
const char *lec_address_skip_player (const char *text);

/**
 * lec_address_parse:
 * @text: an address in any of the spellings that other programs and lists of set-top boxes use:
 *   `SCHEME://[SOURCE@]GROUP[:PORT][?OPTIONS]`, IPv6 in brackets or not, a card in place of the
 *   source, or either behind the group; options behind `?`, `#`, a slash or a blank, as in
 *   announce/address-option.h
 *
 * Nothing is resolved: a host name is refused with a sentence that says so.
 *
 * Returns: (nullable) (transfer full): one channel with one alternative; for `udp:` of kind
 *   %LEC_KIND_TS, for `rtp:` of kind %LEC_KIND_RTP with one stream without payloads
 */
LecAnnouncement *lec_address_parse (const char *text, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * lec_address_add:
 * @text: as for lec_address_parse()
 * @info: gets one more alternative; unchanged on failure
 * @warnings: gets what is ignored
 *
 * For readers of playlists, whose entries may be such addresses.
 */
gboolean
lec_address_add (const char *text, LecChannelInfo *info, LecWarnings *warnings, GError **error);

/**
 * lec_address_print:
 * @alternative: of a channel
 * @error: #LEC_ERROR_UNSUPPORTED where an address says too little, with what it cannot say, as in
 *   "its streams have to be described"
 *
 * The inverse of lec_address_add(), in the spelling that VLC and ffmpeg understand as well. An
 * alternative to open is its URI.
 *
 * Returns: (nullable) (transfer full): the address
 */
char *lec_address_print (const LecAlternative *alternative,
                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
