/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Options that other programs write with an address, or beside it in a list: one table says what
 * each of them means here. */
#pragma once

#include "announce/warnings.h"
#include "channel/channel.h"

G_BEGIN_DECLS

/**
 * LecAddressOption:
 * @LEC_ADDRESS_OPTION_TAKEN: it is part of the channel now
 * @LEC_ADDRESS_OPTION_TUNING: it only tunes buffers, clocks or senders of another program
 * @LEC_ADDRESS_OPTION_UNKNOWN: nothing is known of it
 * @LEC_ADDRESS_OPTION_MALFORMED: its value makes no sense
 *
 * What became of an option.
 */
typedef enum {
  LEC_ADDRESS_OPTION_TAKEN,
  LEC_ADDRESS_OPTION_TUNING,
  LEC_ADDRESS_OPTION_UNKNOWN,
  LEC_ADDRESS_OPTION_MALFORMED,
} LecAddressOption;

/**
 * lec_address_option_apply:
 * @option: `NAME`, `NAME=VALUE` or `NAME VALUE`, of which neither hyphens in front nor quotes
 * around the value count; names are compared without case, and hyphens and underscores are the same
 * @alternative: of the address: gets the program
 * @leg: (nullable): of the address: gets all else; NULL where the address is none of a group, and
 *   such options are malformed
 * @error: #LEC_ERROR_UNSUPPORTED, with %LEC_ADDRESS_OPTION_MALFORMED, where to go on without the
 *   option would let in what it keeps out
 */
LecAddressOption lec_address_option_apply (const char *option,
                                           LecAlternative *alternative,
                                           LecLeg *leg,
                                           GError **error);

/* Returns: whether @option, as above, is one whose name is known */
gboolean lec_address_option_is_known (const char *option);

/* Returns: (transfer full): the name in @option, as it is written there */
char *lec_address_option_dup_name (const char *option) G_GNUC_WARN_UNUSED_RESULT;

/**
 * lec_address_option_add_source:
 * @list: (inout): of addresses
 * @address: numeric; `0.0.0.0` and `::` stand for anybody, and nothing is added
 * @error: #LEC_ERROR_UNSUPPORTED where it is not numeric
 */
gboolean lec_address_option_add_source (GStrv *list, const char *address, GError **error);

/**
 * lec_address_option_is_interface:
 * @text: what stands where other programs take a source as well
 *
 * Returns: whether it looks like the name of a network interface: `eth0`, `enp3s0.100`, `br-lan`
 */
gboolean lec_address_option_is_interface (const char *text);

G_END_DECLS
