/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "announce/asf-header.h"

#include <string.h>

#include "wire/reader.h"

#define GUID 16           /* [bytes] */
#define OBJECT (GUID + 8) /* [bytes] GUID and size in front of each object */

static const guint8 header_object[GUID] = { 0x30, 0x26, 0xb2, 0x75, 0x8e, 0x66, 0xcf, 0x11,
                                            0xa6, 0xd9, 0x00, 0xaa, 0x00, 0x62, 0xce, 0x6c };
static const guint8 stream_properties[GUID] = { 0x91, 0x07, 0xdc, 0xb7, 0xb7, 0xa9, 0xcf, 0x11,
                                                0x8e, 0xe6, 0x00, 0xc0, 0x0c, 0x20, 0x53, 0x65 };
static const guint8 encryption[GUID] = { 0xfb, 0xb3, 0x11, 0x22, 0x23, 0xbd, 0xd2, 0x11,
                                         0xb4, 0xb7, 0x00, 0xa0, 0xc9, 0x55, 0xfc, 0x6e };
static const guint8 more_encryption[GUID] = { 0x14, 0xe6, 0x8a, 0x29, 0x22, 0x26, 0x17, 0x4c,
                                              0xb9, 0x35, 0xda, 0xe0, 0x7e, 0xe9, 0x28, 0x9c };
static const guint8 video_media[GUID] = { 0xc0, 0xef, 0x19, 0xbc, 0x4d, 0x5b, 0xcf, 0x11,
                                          0xa8, 0xfd, 0x00, 0x80, 0x5f, 0x5c, 0x44, 0x2b };
static const guint8 audio_media[GUID] = { 0x40, 0x9e, 0x69, 0xf8, 0x4d, 0x5b, 0xcf, 0x11,
                                          0xa8, 0xfd, 0x00, 0x80, 0x5f, 0x5c, 0x44, 0x2b };

/* ASF is little-endian, all else that is read here is not. */
static guint64
read_size (LecReader *reader)
{
  return GUINT64_SWAP_LE_BE (lec_reader_u64 (reader));
}

static gboolean
is_guid (const guint8 *bytes, const guint8 *guid)
{
  return memcmp (bytes, guid, GUID) == 0;
}

/* The type of a stream stands first; behind it, two lengths and a time, its flags. */
static void
look_at_stream (LecReader stream, LecAsfHeader *header)
{
  const guint8 *type = lec_reader_bytes (&stream, GUID);

  if (type == NULL)
    return;
  header->has_video |= is_guid (type, video_media);
  header->has_audio |= is_guid (type, audio_media);
  lec_reader_skip (&stream, GUID + 8 + 4 + 4 + 1);
  header->is_encrypted |= (lec_reader_u8 (&stream) & 0x80) != 0;
}

static void
look_at_object (const guint8 *guid, LecReader content, LecAsfHeader *header)
{
  if (is_guid (guid, stream_properties))
    look_at_stream (content, header);
  header->is_encrypted |= is_guid (guid, encryption) || is_guid (guid, more_encryption);
}

gboolean
lec_asf_header_read (const guint8 *bytes, gsize length, LecAsfHeader *header)
{
  LecReader reader = lec_reader_init (bytes, length);
  LecAsfHeader found = { 0 };
  const guint8 *guid = lec_reader_bytes (&reader, GUID);
  guint64 size = read_size (&reader);

  if (guid == NULL || !is_guid (guid, header_object) || size < OBJECT + 6 || size > length)
    return FALSE;
  found.size = (gsize) size;
  reader = lec_reader_init (bytes + OBJECT + 6, found.size - OBJECT - 6);
  while (reader.left >= OBJECT) {
    const guint8 *content;

    guid = lec_reader_bytes (&reader, GUID);
    size = read_size (&reader);
    if (size < OBJECT || (content = lec_reader_bytes (&reader, (gsize) size - OBJECT)) == NULL)
      break; /* the rest is no use, but a demuxer may see more in it */
    look_at_object (guid, lec_reader_init (content, (gsize) size - OBJECT), &found);
  }
  *header = found;
  return TRUE;
}
