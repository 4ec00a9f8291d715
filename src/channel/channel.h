/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A channel: what one can watch, as its announcement promises it.
 *
 * A reader of announcements fills the plain fields of a LecChannelInfo and makes a LecChannel of
 * it, which validates it once. From then on it is immutable, counted, and may be used from any
 * thread. */
#pragma once

#include <glib-object.h>

#include "channel/channel-info.h"
#include "channel/text.h"

G_BEGIN_DECLS

/* What an announcement can make us hold or join. */
#define LEC_MAX_ALTERNATIVES 64
#define LEC_MAX_STREAMS 8 /* media of one alternative; more are refused, not joined */
#define LEC_MAX_LEGS 4
#define LEC_MAX_SOURCES 10 /* net.ipv4.igmp_max_msf of a stock kernel */
#define LEC_MAX_PAYLOADS 32

typedef struct _LecChannel LecChannel;

#define LEC_TYPE_CHANNEL (lec_channel_get_type ())
GType lec_channel_get_type (void);

/**
 * lec_channel_new:
 * @info: (transfer full): taken in any case, also on failure
 *
 * Checks everything a player relies on: at least one alternative with something to open, addresses
 * numeric, ports not 0, source filters of the family of their group, the `LEC_MAX_` bounds.
 *
 * Returns: (nullable): NULL with #LEC_ERROR_MALFORMED or #LEC_ERROR_UNSUPPORTED
 */
LecChannel *lec_channel_new (LecChannelInfo *info, GError **error) G_GNUC_WARN_UNUSED_RESULT;

LecChannel *lec_channel_ref (LecChannel *self);
void lec_channel_unref (LecChannel *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecChannel, lec_channel_unref)

const LecChannelInfo *lec_channel_get_info (const LecChannel *self);
const char *lec_channel_get_id (const LecChannel *self);
const char *lec_channel_get_title (const LecChannel *self);

/**
 * lec_channel_new_for_announcer:
 * @announcer: numeric address of the host that announces it on the network
 *
 * Returns: (transfer full): the same channel, with @announcer
 */
LecChannel *lec_channel_new_for_announcer (const LecChannel *self,
                                           const char *announcer) G_GNUC_WARN_UNUSED_RESULT;

/* Returns: (nullable): numeric address of the host that has announced it on the network; NULL: none
 * did */
const char *lec_channel_get_announcer (const LecChannel *self);

/**
 * lec_channel_equal:
 *
 * Returns: whether @a and @b promise the same thing, whoever announced it, so that nothing needs to
 *   be done when one replaces the other
 */
gboolean lec_channel_equal (const LecChannel *a, const LecChannel *b);

/* Returns: whether @text (nullable) is an IPv4 or IPv6 address, and no name */
gboolean lec_address_is_numeric (const char *text);

/**
 * lec_address_is_group:
 * @address: (nullable): a numeric address
 *
 * Returns: whether it is an IPv4 or IPv6 multicast address
 */
gboolean lec_address_is_group (const char *address);

/* Returns: (transfer full): a numeric address and a port as a person writes them: `239.1.2.3:5004`,
 * `[ff15::1]:5004` */
char *lec_address_format (const char *address, guint16 port) G_GNUC_WARN_UNUSED_RESULT;

/* Returns: (transfer full): where the first stream of @alternative arrives, as a person writes it;
 * the URI of one that is to be opened, or that its server has to be asked for */
char *lec_alternative_dup_address (const LecAlternative *alternative) G_GNUC_WARN_UNUSED_RESULT;

/**
 * lec_address_needs_source:
 * @address: (nullable): a numeric address
 *
 * Returns: whether it is of the ranges of source-specific multicast, 232/8 and FF3X::/32 (RFC 4607,
 *   section 1), which networks deliver only to who names the sender
 */
gboolean lec_address_needs_source (const char *address);

/* Returns: whether some group of it needs the address of its sender, and the announcement names
 * none. */
gboolean lec_channel_needs_source (const LecChannel *self);

/**
 * lec_channel_new_for_source:
 * @source: numeric address of the sender, as a person found it out
 * @error: #LEC_ERROR_MALFORMED where it cannot be one
 *
 * Returns: (transfer full) (nullable): the channel with @source for all groups that need one
 */
LecChannel *lec_channel_new_for_source (const LecChannel *self,
                                        const char *source,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
