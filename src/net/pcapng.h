/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Reads what was captured out of a pcapng file, as Wireshark writes it (draft-ietf-opsawg-pcapng),
 * from memory: net/pcap.h finds the datagrams in that.
 *
 * Opens nothing and allocates nothing. */
#pragma once

#include <glib.h>

#include "wire/reader.h"

G_BEGIN_DECLS

/* Most interfaces of one file: more than a computer has that receives lectures. */
#define LEC_PCAPNG_LINKS 16

/* An interface that was captured on. */
typedef struct
{
  guint16 type;    /* as of the registry at tcpdump.org/linktypes.html */
  guint64 units;   /* of its time stamps, in a second */
  gint64 offset_s; /* to be added to them [s] */
} LecPcapLink;

/* A plain struct; copied, it reads on from the same place. All fields are private. */
typedef struct
{
  const guint8 *at;
  gsize left;
  gboolean little; /* numbers begin with their least byte, in this section */
  LecPcapLink links[LEC_PCAPNG_LINKS];
  guint n_links;
} LecPcapng;

/**
 * lec_pcapng_init:
 * @bytes: a whole file; must outlive the reading
 *
 * Returns: whether it begins as such a file does
 */
gboolean lec_pcapng_init (LecPcapng *self, const guint8 *bytes, gsize size);

/**
 * lec_pcapng_next:
 * @record: (out): what was captured
 * @link: (out): kind of the interface that it was captured on, as in %LecPcapLink
 * @real_ns: (out): when [ns since 1970]
 *
 * Passes over what is no packet, and over packets without a time or of an interface that is not
 * described, or is beyond %LEC_PCAPNG_LINKS.
 *
 * Returns: FALSE at the end of the file, or where it is cut
 */
gboolean lec_pcapng_next (LecPcapng *self, LecReader *record, guint *link, gint64 *real_ns);

G_END_DECLS
