/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/asf-header.h"

#include <string.h>

#include "wire/asf-field.h"
#include "wire/reader.h"

#define GUID 16              /* [bytes] */
#define OBJECT (GUID + 8)    /* [bytes] GUID and size in front of each object */
#define HEADER (OBJECT + 6)  /* [bytes] of the Header Object in front of the objects in it */
#define EXTENSION (GUID + 6) /* [bytes] of a Header Extension in front of the objects in it */
#define FILE_PROPERTIES 104  /* [bytes] */
#define DATA_SIZE GUID       /* [bytes] from the start of the Data Object to its size... */
#define DATA_PACKETS 40      /* ...and to the number of its packets */
#define FLAG_BROADCAST 1
#define STREAM_ENCRYPTED 0x80 /* in the upper byte of a stream's flags */

/* Offsets in the File Properties Object [bytes] */
#define FILE_SIZE 40
#define FILE_PACKETS 56
#define FILE_PLAY_DURATION 64
#define FILE_SEND_DURATION 72
#define FILE_PREROLL 80
#define FILE_FLAGS 88
#define FILE_MIN_PACKET 92
#define FILE_MAX_PACKET 96

typedef guint8 Guid[GUID];

static const Guid header_object = { 0x30, 0x26, 0xb2, 0x75, 0x8e, 0x66, 0xcf, 0x11,
                                    0xa6, 0xd9, 0x00, 0xaa, 0x00, 0x62, 0xce, 0x6c };
static const Guid file_properties = { 0xa1, 0xdc, 0xab, 0x8c, 0x47, 0xa9, 0xcf, 0x11,
                                      0x8e, 0xe4, 0x00, 0xc0, 0x0c, 0x20, 0x53, 0x65 };
static const Guid stream_properties = { 0x91, 0x07, 0xdc, 0xb7, 0xb7, 0xa9, 0xcf, 0x11,
                                        0x8e, 0xe6, 0x00, 0xc0, 0x0c, 0x20, 0x53, 0x65 };
static const Guid header_extension = { 0xb5, 0x03, 0xbf, 0x5f, 0x2e, 0xa9, 0xcf, 0x11,
                                       0x8e, 0xe3, 0x00, 0xc0, 0x0c, 0x20, 0x53, 0x65 };
static const Guid extended_stream = { 0xcb, 0xa5, 0xe6, 0x14, 0x72, 0xc6, 0x32, 0x43,
                                      0x83, 0x99, 0xa9, 0x69, 0x52, 0x06, 0x5b, 0x5a };
static const Guid padding = { 0x74, 0xd4, 0x06, 0x18, 0xdf, 0xca, 0x09, 0x45,
                              0xa4, 0xba, 0x9a, 0xab, 0xcb, 0x96, 0xaa, 0xe8 };
static const Guid signature = { 0xfc, 0xb3, 0x11, 0x22, 0x23, 0xbd, 0xd2, 0x11,
                                0xb4, 0xb7, 0x00, 0xa0, 0xc9, 0x55, 0xfc, 0x6e };

static const Guid bit_rates = { 0xce, 0x75, 0xf8, 0x7b, 0x8d, 0x46, 0xd1, 0x11,
                                0x8d, 0x82, 0x00, 0x60, 0x97, 0xc9, 0xa2, 0xb2 };

/* Bitrate and Advanced Mutual Exclusion */
static const Guid exclusions[] = {
  { 0xdc, 0x29, 0xe2, 0xd6, 0xda, 0x35, 0xd1, 0x11, 0x90, 0x34, 0x00, 0xa0, 0xc9, 0x03, 0x49,
    0xbe },
  { 0xcf, 0x49, 0x86, 0xa0, 0x75, 0x47, 0x70, 0x46, 0x8a, 0x16, 0x6e, 0x35, 0x35, 0x75, 0x66,
    0xcd },
};

/* Content Encryption, Extended and Advanced Content Encryption */
static const Guid encryptions[] = {
  { 0xfb, 0xb3, 0x11, 0x22, 0x23, 0xbd, 0xd2, 0x11, 0xb4, 0xb7, 0x00, 0xa0, 0xc9, 0x55, 0xfc,
    0x6e },
  { 0x14, 0xe6, 0x8a, 0x29, 0x22, 0x26, 0x17, 0x4c, 0xb9, 0x35, 0xda, 0xe0, 0x7e, 0xe9, 0x28,
    0x9c },
  { 0x33, 0x85, 0x05, 0x43, 0x81, 0x69, 0xe6, 0x49, 0x9b, 0x74, 0xad, 0x12, 0xcb, 0x86, 0xd5,
    0x8c },
};

static const struct
{
  Guid type;
  LecAsfKind kind;
} medias[] = {
  { { 0x40, 0x9e, 0x69, 0xf8, 0x4d, 0x5b, 0xcf, 0x11, 0xa8, 0xfd, 0x00, 0x80, 0x5f, 0x5c, 0x44,
      0x2b },
    LEC_ASF_AUDIO },
  { { 0xc0, 0xef, 0x19, 0xbc, 0x4d, 0x5b, 0xcf, 0x11, 0xa8, 0xfd, 0x00, 0x80, 0x5f, 0x5c, 0x44,
      0x2b },
    LEC_ASF_VIDEO },
  { { 0xc0, 0xcf, 0xda, 0x59, 0xe6, 0x59, 0xd0, 0x11, 0xa3, 0xac, 0x00, 0xa0, 0xc9, 0x03, 0x48,
      0xf6 },
    LEC_ASF_COMMAND },
};

/* Hears of one object: where it stands in the header, and of its contents. */
typedef void (*ObjectFunc) (gsize offset, const guint8 *guid, LecReader content, gpointer data);

static gboolean
is_guid (const guint8 *bytes, const guint8 *guid)
{
  return memcmp (bytes, guid, GUID) == 0;
}

/* What follows the names of a stream and the payload extensions in its extended properties is its
 * Stream Properties Object, where it has none elsewhere. */
static LecReader
skip_to_stream (LecReader extended)
{
  guint names, extensions;

  lec_reader_skip (&extended, 8 + 8 + 8 * 4 + 2 + 2 + 8);
  names = lec_reader_le16 (&extended);
  extensions = lec_reader_le16 (&extended);
  while (names-- > 0 && !extended.failed) {
    lec_reader_skip (&extended, 2);
    lec_reader_skip (&extended, lec_reader_le16 (&extended));
  }
  while (extensions-- > 0 && !extended.failed) {
    lec_reader_skip (&extended, GUID + 2);
    lec_reader_skip (&extended, lec_reader_le32 (&extended));
  }
  return extended;
}

/* Tells of the objects in @objects. Where one is not whole, the rest is no use here; but a demuxer
 * may see more in it. */
static void
tell_objects (const guint8 *base, LecReader objects, ObjectFunc tell, gpointer data)
{
  while (objects.left >= OBJECT) {
    const guint8 *guid = lec_reader_bytes (&objects, GUID);
    const guint64 size = lec_reader_le64 (&objects);
    const guint8 *content;

    if (size < OBJECT || (content = lec_reader_bytes (&objects, (gsize) size - OBJECT)) == NULL)
      return;
    tell ((gsize) (guid - base), guid, lec_reader_init (content, (gsize) size - OBJECT), data);
  }
}

typedef struct
{
  const guint8 *base;
  ObjectFunc tell;
  gpointer data;
} Telling;

static void
tell_of_extension (gsize offset, const guint8 *guid, LecReader content, gpointer data)
{
  const Telling *telling = data;

  telling->tell (offset, guid, content, telling->data);
  if (is_guid (guid, extended_stream)) {
    content = skip_to_stream (content);
    if (!content.failed)
      tell_objects (telling->base, content, telling->tell, telling->data);
  }
}

static void
tell_of_header (gsize offset, const guint8 *guid, LecReader content, gpointer data)
{
  const Telling *telling = data;

  telling->tell (offset, guid, content, telling->data);
  if (is_guid (guid, header_extension)) {
    lec_reader_skip (&content, EXTENSION);
    if (!content.failed)
      tell_objects (telling->base, content, tell_of_extension, data);
  }
}

/* Tells of all objects of a header of @size, those in others too. */
static void
for_each_object (const guint8 *bytes, gsize size, ObjectFunc tell, gpointer data)
{
  Telling telling = { bytes, tell, data };

  tell_objects (bytes, lec_reader_init (bytes + HEADER, size - HEADER), tell_of_header, &telling);
}

/* Returns: of the Header Object; 0: it is none, or not whole */
static gsize
get_size (const guint8 *bytes, gsize length)
{
  LecReader reader = lec_reader_init (bytes, length);
  const guint8 *guid = lec_reader_bytes (&reader, GUID);
  const guint64 size = lec_reader_le64 (&reader);

  if (guid == NULL || !is_guid (guid, header_object) || size < HEADER || size > length)
    return 0;
  return (gsize) size;
}

/* ---- reading ---- */

static void
read_file (LecReader file, LecAsfHeader *header)
{
  lec_reader_skip (&file, FILE_PREROLL - OBJECT);
  header->preroll_ms = lec_reader_le64 (&file);
  lec_reader_skip (&file, FILE_MAX_PACKET - FILE_FLAGS);
  header->packet_size = lec_reader_le32 (&file);
}

static LecAsfKind
find_kind (const guint8 *type)
{
  for (guint i = 0; i < G_N_ELEMENTS (medias); i++) {
    if (is_guid (type, medias[i].type))
      return medias[i].kind;
  }
  return LEC_ASF_OTHER;
}

/* What only @kind has: sections 9.1 and 9.2. */
static guint32
read_codec (LecReader special, LecAsfKind kind)
{
  if (kind == LEC_ASF_AUDIO)
    return lec_reader_le16 (&special);
  if (kind != LEC_ASF_VIDEO)
    return 0;
  lec_reader_skip (&special, 4 + 4 + 1 + 2 + 16);
  return lec_reader_le32 (&special);
}

/* The type of a stream stands first, then that of its error correction, a time, two lengths, and
 * flags: its number, and whether it is encrypted. */
static void
read_stream (LecReader stream, LecAsfHeader *header)
{
  const guint8 *type = lec_reader_bytes (&stream, GUID);
  LecAsfKind kind;
  guint number;

  if (type == NULL)
    return;
  kind = find_kind (type);
  header->has_audio |= kind == LEC_ASF_AUDIO;
  header->has_video |= kind == LEC_ASF_VIDEO;
  lec_reader_skip (&stream, GUID + 8 + 4 + 4);
  number = lec_reader_u8 (&stream) % LEC_ASF_STREAMS;
  header->is_encrypted |= (lec_reader_u8 (&stream) & STREAM_ENCRYPTED) != 0;
  if (number > 0 && !stream.failed)
    header->kinds[number] = kind;
  lec_reader_skip (&stream, 4);
  if (number > 0)
    header->codecs[number] = read_codec (stream, kind);
}

static void
read_object (gsize offset, const guint8 *guid, LecReader content, gpointer data)
{
  LecAsfHeader *header = data;

  if (is_guid (guid, file_properties))
    read_file (content, header);
  else if (is_guid (guid, stream_properties))
    read_stream (content, header);
  for (guint i = 0; i < G_N_ELEMENTS (encryptions); i++)
    header->is_encrypted |= is_guid (guid, encryptions[i]);
}

gboolean
lec_asf_header_read (const guint8 *bytes, gsize length, LecAsfHeader *header)
{
  LecAsfHeader found = { .size = get_size (bytes, length) };

  if (found.size == 0)
    return FALSE;
  for_each_object (bytes, found.size, read_object, &found);
  *header = found;
  return TRUE;
}

gsize
lec_asf_header_list (const LecAsfHeader *header, LecAsfKind kind, guint8 *numbers)
{
  gsize count = 0;

  for (guint i = 1; i < LEC_ASF_STREAMS; i++) {
    if (header->kinds[i] == kind)
      numbers[count++] = (guint8) i;
  }
  return count;
}

/* ---- choosing ---- */

typedef struct
{
  guint32 bit_rates[LEC_ASF_STREAMS]; /* [bit/s]; 0: not said */
  gboolean *spare;                    /* borrowed */
} Choice;

static void
read_bit_rates (LecReader rates, Choice *choice)
{
  guint count = lec_reader_le16 (&rates);

  while (count-- > 0 && !rates.failed) {
    const guint number = lec_reader_le16 (&rates) % LEC_ASF_STREAMS;
    const guint32 rate = lec_reader_le32 (&rates);

    choice->bit_rates[number] = MAX (choice->bit_rates[number], rate);
  }
}

static void
read_extended_rate (LecReader extended, Choice *choice)
{
  guint32 rate;
  guint number;

  lec_reader_skip (&extended, 8 + 8);
  rate = lec_reader_le32 (&extended);
  lec_reader_skip (&extended, 7 * 4);
  number = lec_reader_le16 (&extended) % LEC_ASF_STREAMS;
  if (!extended.failed)
    choice->bit_rates[number] = MAX (choice->bit_rates[number], rate);
}

static void
rate_object (gsize offset, const guint8 *guid, LecReader content, gpointer data)
{
  if (is_guid (guid, bit_rates))
    read_bit_rates (content, data);
  else if (is_guid (guid, extended_stream))
    read_extended_rate (content, data);
}

/* By what they exclude each other stands first, then how many, and their numbers. */
static void
exclude (LecReader streams, Choice *choice)
{
  guint best = 0, count;

  lec_reader_skip (&streams, GUID);
  count = lec_reader_le16 (&streams);
  while (count-- > 0) {
    const guint number = lec_reader_le16 (&streams) % LEC_ASF_STREAMS;

    if (streams.failed)
      return;
    if (number == 0 || number == best || choice->spare[number])
      continue;
    if (best > 0 && choice->bit_rates[number] <= choice->bit_rates[best]) {
      choice->spare[number] = TRUE;
      continue;
    }
    choice->spare[best] = best > 0;
    best = number;
  }
}

static void
exclude_object (gsize offset, const guint8 *guid, LecReader content, gpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (exclusions); i++) {
    if (is_guid (guid, exclusions[i]))
      exclude (content, data);
  }
}

void
lec_asf_header_find_spare (const guint8 *bytes, gsize length, gboolean *spare)
{
  const gsize size = get_size (bytes, length);
  Choice choice = { .spare = spare };

  memset (spare, 0, LEC_ASF_STREAMS * sizeof *spare);
  if (size == 0)
    return;
  for_each_object (bytes, size, rate_object, &choice);
  for_each_object (bytes, size, exclude_object, &choice);
}

/* ---- changing ---- */

static void
normalise_file (guint8 *file)
{
  const guint8 flags[] = { FLAG_BROADCAST, 0, 0, 0 };

  memset (file + FILE_SIZE, 0, 8);
  memset (file + FILE_PACKETS, 0, 8);
  memset (file + FILE_PLAY_DURATION, 0, 8);
  memset (file + FILE_SEND_DURATION, 0, 8);
  memcpy (file + FILE_FLAGS, flags, sizeof flags);
  /* asfdemux refuses a header where they differ */
  memcpy (file + FILE_MIN_PACKET, file + FILE_MAX_PACKET, 4);
}

static void
normalise_object (gsize offset, const guint8 *guid, LecReader content, gpointer data)
{
  guint8 *bytes = data;

  if (is_guid (guid, file_properties) && content.left >= FILE_PROPERTIES - OBJECT)
    normalise_file (bytes + offset);
  else if (is_guid (guid, signature))
    memcpy (bytes + offset, padding, GUID);
}

GBytes *
lec_asf_header_normalise (GBytes *header)
{
  gsize length;
  const guint8 *bytes = g_bytes_get_data (header, &length);
  const gsize size = get_size (bytes, length);
  guint8 *copy = g_memdup2 (bytes, length);

  if (size > 0)
    for_each_object (copy, size, normalise_object, copy);
  if (size > 0 && length - size >= LEC_ASF_DATA_START) {
    const guint8 data_size[8] = { LEC_ASF_DATA_START };

    memcpy (copy + size + DATA_SIZE, data_size, sizeof data_size);
    memset (copy + size + DATA_PACKETS, 0, 8);
  }
  return g_bytes_new_take (copy, length);
}

typedef struct
{
  guint8 *bytes;
  guint more;
} Growing;

static void
grow_object (gsize offset, const guint8 *guid, LecReader content, gpointer data)
{
  const Growing *growing = data;
  guint8 *file = growing->bytes + offset;

  if (!is_guid (guid, file_properties) || content.left < FILE_PROPERTIES - OBJECT)
    return;
  for (guint at = FILE_MIN_PACKET; at <= FILE_MAX_PACKET; at += 4)
    lec_asf_field_write (file + at, 4, lec_asf_field_read (file + at, 4) + growing->more);
}

GBytes *
lec_asf_header_grow_packets (GBytes *header, guint more)
{
  gsize length;
  const guint8 *bytes = g_bytes_get_data (header, &length);
  const gsize size = get_size (bytes, length);
  guint8 *copy = g_memdup2 (bytes, length);
  Growing growing = { copy, more };

  if (size > 0)
    for_each_object (copy, size, grow_object, &growing);
  return g_bytes_new_take (copy, length);
}

typedef struct
{
  guint8 *bytes;
  const gboolean *streams;
} LeavingOut;

/* Returns: the number of the stream that an object declares; 0: it declares none */
static guint
get_number (const guint8 *guid, LecReader content)
{
  if (is_guid (guid, stream_properties))
    lec_reader_skip (&content, GUID + GUID + 8 + 4 + 4);
  else if (is_guid (guid, extended_stream))
    lec_reader_skip (&content, 8 + 8 + 8 * 4);
  else
    return 0;
  return lec_reader_u8 (&content) % LEC_ASF_STREAMS;
}

/* Padding may stand wherever they may. */
static void
leave_out_object (gsize offset, const guint8 *guid, LecReader content, gpointer data)
{
  const LeavingOut *leaving = data;
  const guint number = get_number (guid, content);

  if (number > 0 && leaving->streams[number])
    memcpy (leaving->bytes + offset, padding, GUID);
}

GBytes *
lec_asf_header_leave_out (GBytes *header, const gboolean *streams)
{
  gsize length;
  const guint8 *bytes = g_bytes_get_data (header, &length);
  const gsize size = get_size (bytes, length);
  guint8 *copy = g_memdup2 (bytes, length);
  LeavingOut leaving = { copy, streams };

  if (size > 0)
    for_each_object (copy, size, leave_out_object, &leaving);
  return g_bytes_new_take (copy, length);
}
