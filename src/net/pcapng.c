/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "net/pcapng.h"

#include "wire/units.h"

/* Section 4: each block begins with its type and length, and ends with its length. */
#define BLOCK_SECTION 0x0a0d0d0a /* the same in both byte orders */
#define BLOCK_INTERFACE 1
#define BLOCK_PACKET 2 /* obsolete */
#define BLOCK_ENHANCED_PACKET 6
#define BLOCK_HEADER 8
#define BLOCK_FRAME (BLOCK_HEADER + 4)
#define ORDER_MAGIC 0x1a2b3c4d

#define OPTION_END 0
#define OPTION_RESOLUTION 9
#define OPTION_OFFSET 14
#define BINARY 0x80 /* of a resolution: a power of two, not of ten */
#define MICROSECONDS 6
#define DECIMALS_MAX 19
#define BINARIES_MAX 63

/* Seconds since 1970 that fit into nanoseconds. */
#define LATEST (G_MAXINT64 / SECOND - 1)

static guint16
read16 (const LecPcapng *self, LecReader *reader)
{
  return self->little ? lec_reader_le16 (reader) : lec_reader_u16 (reader);
}

static guint32
read32 (const LecPcapng *self, LecReader *reader)
{
  return self->little ? lec_reader_le32 (reader) : lec_reader_u32 (reader);
}

static guint64
read64 (const LecPcapng *self, LecReader *reader)
{
  return self->little ? lec_reader_le64 (reader) : lec_reader_u64 (reader);
}

static guint64
units_of (guint8 resolution)
{
  guint64 units = 1;

  if (resolution & BINARY)
    return G_GUINT64_CONSTANT (1) << MIN (resolution & ~BINARY, BINARIES_MAX);
  for (guint i = 0; i < MIN (resolution, DECIMALS_MAX); i++)
    units *= 10;
  return units;
}

/* Section 3.5: each has a number and a length, and ends at a multiple of four bytes. */
static void
read_options (const LecPcapng *self, LecReader *body, LecPcapLink *link)
{
  for (;;) {
    const guint16 number = read16 (self, body);
    const guint16 length = read16 (self, body);
    LecReader value = lec_reader_init (body->at, MIN (length, body->left));

    lec_reader_skip (body, (length + 3u) & ~3u);
    if (body->failed || number == OPTION_END)
      return;
    if (number == OPTION_RESOLUTION && length == 1)
      link->units = units_of (lec_reader_u8 (&value));
    else if (number == OPTION_OFFSET && length == 8)
      link->offset_s = (gint64) read64 (self, &value);
  }
}

/* Section 4.1. What follows may have another byte order, and other interfaces. */
static gboolean
begin_section (LecPcapng *self)
{
  LecReader reader = lec_reader_init (self->at, self->left);
  guint32 magic;

  lec_reader_skip (&reader, BLOCK_HEADER);
  magic = lec_reader_u32 (&reader);
  if (reader.failed || (magic != ORDER_MAGIC && GUINT32_SWAP_LE_BE (magic) != ORDER_MAGIC))
    return FALSE;
  self->little = magic != ORDER_MAGIC;
  self->n_links = 0;
  return TRUE;
}

/* Section 4.2. */
static void
add_interface (LecPcapng *self, LecReader *body)
{
  LecPcapLink link = { .type = read16 (self, body), .units = units_of (MICROSECONDS) };

  lec_reader_skip (body, 2 + 4); /* reserved; the most that is kept of a packet */
  if (body->failed || self->n_links == LEC_PCAPNG_LINKS)
    return;
  read_options (self, body, &link);
  self->links[self->n_links++] = link;
}

static gint64
to_real_ns (const LecPcapLink *link, guint64 stamp)
{
  const gint64 offset_s = CLAMP (link->offset_s, -LATEST, LATEST);
  const gint64 seconds = (gint64) MIN (stamp / link->units, (guint64) LATEST);
  const double fraction = (double) (stamp % link->units) / (double) link->units;

  /* seconds are far from what overflows; a fraction may be rounded up to 1 */
  return CLAMP (seconds + offset_s, 0, LATEST) * SECOND
         + MIN ((gint64) (fraction * (double) SECOND), SECOND - 1);
}

/* Sections 4.3 and A: number of the interface, time, bytes kept, bytes there were; then those kept.
 */
static gboolean
read_packet (const LecPcapng *self,
             LecReader *body,
             guint32 block,
             LecReader *record,
             guint *link,
             gint64 *real_ns)
{
  const guint32 interface = block == BLOCK_PACKET ? read16 (self, body) : read32 (self, body);
  guint64 stamp;
  guint32 kept;
  const guint8 *bytes;

  if (block == BLOCK_PACKET)
    lec_reader_skip (body, 2); /* drops */
  stamp = (guint64) read32 (self, body) << 32;
  stamp |= read32 (self, body);
  kept = read32 (self, body);
  lec_reader_skip (body, 4);
  bytes = lec_reader_bytes (body, kept);
  if (body->failed || interface >= self->n_links)
    return FALSE;

  *link = self->links[interface].type;
  *record = lec_reader_init (bytes, kept);
  *real_ns = to_real_ns (&self->links[interface], stamp);
  return TRUE;
}

/* @body: (out): what is in the next block. Returns: FALSE where there is none, or not all of it */
static gboolean
take_block (LecPcapng *self, guint32 *block, LecReader *body)
{
  LecReader reader = lec_reader_init (self->at, self->left);
  guint32 length;

  *block = read32 (self, &reader);
  if (*block == BLOCK_SECTION && !reader.failed && !begin_section (self))
    return FALSE;
  length = read32 (self, &reader);
  if (reader.failed || length < BLOCK_FRAME || length % 4 != 0 || length > self->left)
    return FALSE;

  *body = lec_reader_init (reader.at, length - BLOCK_FRAME);
  self->at += length;
  self->left -= length;
  return TRUE;
}

gboolean
lec_pcapng_init (LecPcapng *self, const guint8 *bytes, gsize size)
{
  LecReader reader = lec_reader_init (bytes, size);

  *self = (LecPcapng){ .at = bytes, .left = size };
  return lec_reader_u32 (&reader) == BLOCK_SECTION && !reader.failed;
}

gboolean
lec_pcapng_next (LecPcapng *self, LecReader *record, guint *link, gint64 *real_ns)
{
  LecReader body;
  guint32 block;

  while (take_block (self, &block, &body)) {
    if (block == BLOCK_INTERFACE)
      add_interface (self, &body);
    else if ((block == BLOCK_ENHANCED_PACKET || block == BLOCK_PACKET)
             && read_packet (self, &body, block, record, link, real_ns))
      return TRUE;
  }
  return FALSE;
}
