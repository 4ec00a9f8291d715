/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What one advertiser says of one channel at one moment: that there is one, or that there is none
 * any longer.
 *
 * Immutable and reference-counted: the cache of announcements, the queue to the main thread, the
 * list of channels and its rows share it, on whatever threads they are. */
#pragma once

#include <glib-object.h>

#include "channel/channel.h"

G_BEGIN_DECLS

/**
 * LecChannelOrigin:
 * @LEC_CHANNEL_ORIGIN_SAP: announced on the network (RFC 2974)
 * @LEC_CHANNEL_ORIGIN_DNS_SD: found by DNS service discovery (RFC 6763)
 * @LEC_CHANNEL_ORIGIN_FILE: opened by the viewer: a file, an address, a page
 * @LEC_CHANNEL_ORIGIN_KEPT: as the viewer has kept it from another time; shown where nobody says
 *   anything newer
 *
 * Where a channel is known from; several may be true of one channel.
 */
typedef enum {
  LEC_CHANNEL_ORIGIN_SAP = 1 << 0,
  LEC_CHANNEL_ORIGIN_DNS_SD = 1 << 1,
  LEC_CHANNEL_ORIGIN_FILE = 1 << 2,
  LEC_CHANNEL_ORIGIN_KEPT = 1 << 3,
} LecChannelOrigin;

#define LEC_TYPE_CHANNEL_ORIGIN (lec_channel_origin_get_type ())
GType lec_channel_origin_get_type (void);

/**
 * LecAdvertisementFlags:
 * @LEC_ADVERTISEMENT_WITHDRAWN: the advertiser has deleted it
 * @LEC_ADVERTISEMENT_SILENT: it was not repeated for longer than it should
 */
typedef enum {
  LEC_ADVERTISEMENT_CURRENT = 0,
  LEC_ADVERTISEMENT_WITHDRAWN = 1 << 0,
  LEC_ADVERTISEMENT_SILENT = 1 << 1,
} LecAdvertisementFlags;

/* All fields are constant. */
typedef struct
{
  LecChannelOrigin origin;
  char *key; /* of the advertisement, unique within @origin, the same in all its versions */
  LecChannel *channel; /* (nullable): NULL: it is advertised no longer */
  GRefString
      *announcer; /* (nullable): numeric address of the announcing host, or its DNS-SD name */
  LecAdvertisementFlags flags;
} LecAdvertisement;

/**
 * lec_advertisement_new:
 * @channel: (nullable) (transfer none): as the fields of #LecAdvertisement
 */
LecAdvertisement *lec_advertisement_new (LecChannelOrigin origin,
                                         const char *key,
                                         LecChannel *channel,
                                         const char *announcer,
                                         LecAdvertisementFlags flags) G_GNUC_WARN_UNUSED_RESULT;

LecAdvertisement *lec_advertisement_ref (LecAdvertisement *self);
void lec_advertisement_unref (LecAdvertisement *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecAdvertisement, lec_advertisement_unref)

/* Whether it comes from the network, where hosts may contradict each other. */
gboolean lec_advertisement_is_announced (const LecAdvertisement *self);

/* Two versions of one advertisement are the same to a hash table: these are its functions. */
guint lec_advertisement_hash (gconstpointer advertisement);
gboolean lec_advertisement_is_same (gconstpointer a, gconstpointer b);

G_END_DECLS
