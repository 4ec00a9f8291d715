/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/ts-tables.h"

#include <string.h>

#include "wire/reader.h"

#define ID_PAT 0x00
#define ID_PMT 0x02
#define ID_SDT_ACTUAL 0x42

#define SYNTAX 0x80   /* section_syntax_indicator */
#define RESERVED 0x30 /* bits that are set */
#define PID_MASK 0x1fff
#define LENGTH_MASK 0x0fff

/* A reader of what is between header and CRC. */
static gboolean
begin (LecReader *reader, const guint8 *section, guint length, guint id, LecTsTable *table)
{
  guint8 version;

  *reader = lec_reader_init (section, length - MIN (length, LEC_TS_SECTION_CRC));
  if (lec_reader_u8 (reader) != id || (lec_reader_u16 (reader) >> 8 & SYNTAX) == 0)
    return FALSE;
  table->id = lec_reader_u16 (reader);
  version = lec_reader_u8 (reader);
  table->is_now = (version & 1) != 0;
  table->number = lec_reader_u8 (reader);
  table->last = lec_reader_u8 (reader);
  return !reader->failed;
}

/* ---- PAT ---- */

/* | table 0 | length | transport stream | version | number | last |
 * | program number, 16 bits | 3 reserved, PID 13 bits | ... | CRC | ; number 0 is the network's PID
 */
gboolean
lec_ts_pat_parse (const guint8 *section, guint length, LecTsPat *pat)
{
  LecReader reader;

  if (!begin (&reader, section, length, ID_PAT, &pat->table))
    return FALSE;
  pat->n_programs = 0;
  while (reader.left >= 4 && pat->n_programs < LEC_TS_PAT_MAX) {
    LecTsPatEntry entry = { .number = lec_reader_u16 (&reader) };

    entry.pmt_pid = lec_reader_u16 (&reader) & PID_MASK;
    if (entry.number != 0)
      pat->programs[pat->n_programs++] = entry;
  }
  return reader.left == 0;
}

/* ---- PMT ---- */

/* A loop of descriptors whose length comes first. */
static const guint8 *
read_loop (LecReader *reader, guint *length)
{
  *length = lec_reader_u16 (reader) & LENGTH_MASK;
  return lec_reader_bytes (reader, *length);
}

static guint
get_ca_system (const guint8 *descriptors, guint length)
{
  guint size;
  const guint8 *body = lec_ts_descriptor_find (descriptors, length, LEC_TS_CA, &size);

  return body != NULL && size >= 2 ? (guint) body[0] << 8 | body[1] : 0;
}

static guint32
get_registration (const guint8 *descriptors, guint length)
{
  guint size;
  const guint8 *body = lec_ts_descriptor_find (descriptors, length, LEC_TS_REGISTRATION, &size);
  LecReader reader = lec_reader_init (body, body != NULL ? size : 0);

  return lec_reader_u32 (&reader);
}

/* Of sound it is the first thing in its descriptor; of text likewise. */
static void
set_language (LecTsElement *element, const guint8 *descriptors, guint length)
{
  static const guint tags[] = { LEC_TS_LANGUAGE, LEC_TS_SUBTITLING, LEC_TS_TELETEXT };

  for (guint i = 0; i < G_N_ELEMENTS (tags); i++) {
    guint size;
    const guint8 *body = lec_ts_descriptor_find (descriptors, length, tags[i], &size);

    if (body == NULL || size < 3 || !g_ascii_isalpha (body[0]) || !g_ascii_isalpha (body[1])
        || !g_ascii_isalpha (body[2]))
      continue;
    for (guint j = 0; j < 3; j++)
      element->language[j] = g_ascii_tolower ((char) body[j]);
    return;
  }
}

static gboolean
has_pid (const LecTsPmt *pmt, guint16 pid)
{
  for (guint i = 0; i < pmt->n_elements; i++) {
    if (pmt->elements[i].pid == pid)
      return TRUE;
  }
  return FALSE;
}

/* | table 2 | length | program number | version | 0 | 0 | PCR PID | length, descriptors |
 * | type, 8 bits | 3 reserved, PID 13 bits | 4 reserved, length 12 bits | descriptors | ... | CRC |
 */
gboolean
lec_ts_pmt_parse (const guint8 *section, guint length, LecTsPmt *pmt)
{
  LecReader reader;
  const guint8 *descriptors;
  guint32 registration;

  if (!begin (&reader, section, length, ID_PMT, &pmt->table))
    return FALSE;
  pmt->pcr_pid = lec_reader_u16 (&reader) & PID_MASK;
  descriptors = read_loop (&reader, &pmt->length);
  if (descriptors == NULL)
    return FALSE;
  pmt->at = (guint) (descriptors - section);
  pmt->ca_system = get_ca_system (descriptors, pmt->length);
  registration = get_registration (descriptors, pmt->length);
  pmt->n_elements = 0;
  while (reader.left > 0) {
    LecTsElement element = { .type = lec_reader_u8 (&reader) };

    element.pid = lec_reader_u16 (&reader) & PID_MASK;
    descriptors = read_loop (&reader, &element.length);
    if (descriptors == NULL)
      return FALSE;
    element.at = (guint) (descriptors - section);
    element.codec = lec_ts_codec_find (element.type, descriptors, element.length, registration);
    element.ca_system = get_ca_system (descriptors, element.length);
    if (pmt->ca_system == 0)
      pmt->ca_system = element.ca_system;
    set_language (&element, descriptors, element.length);
    if (pmt->n_elements < LEC_TS_STREAMS && !has_pid (pmt, element.pid))
      pmt->elements[pmt->n_elements++] = element;
  }
  return TRUE;
}

guint
lec_ts_pmt_get_number (const guint8 *section, guint length)
{
  LecTsTable table;
  LecReader reader;

  return begin (&reader, section, length, ID_PMT, &table) ? table.id : 0;
}

/* ---- SDT ---- */

/* | type | length, name of the provider | length, name of the service | */
static const guint8 *
get_service_name (const guint8 *descriptors, guint length, guint *name_length)
{
  guint size;
  const guint8 *body = lec_ts_descriptor_find (descriptors, length, LEC_TS_SERVICE, &size);
  LecReader reader = lec_reader_init (body, body != NULL ? size : 0);

  lec_reader_skip (&reader, 1);
  lec_reader_skip (&reader, lec_reader_u8 (&reader));
  *name_length = lec_reader_u8 (&reader);
  return lec_reader_bytes (&reader, *name_length);
}

void
lec_ts_sdt_foreach (
    const guint8 *section,
    guint length,
    void (*take) (guint number, const guint8 *name, guint name_length, gpointer data),
    gpointer data)
{
  LecTsTable table;
  LecReader reader;

  if (!begin (&reader, section, length, ID_SDT_ACTUAL, &table) || !table.is_now)
    return;
  lec_reader_skip (&reader, 3); /* original network, reserved */
  while (reader.left > 0 && !reader.failed) {
    const guint number = lec_reader_u16 (&reader);
    const guint8 *descriptors, *name;
    guint size, name_length;

    lec_reader_skip (&reader, 1); /* event information flags */
    descriptors = read_loop (&reader, &size);
    if (descriptors == NULL)
      return;
    name = get_service_name (descriptors, size, &name_length);
    if (name != NULL && name_length > 0)
      take (number, name, name_length, data);
  }
}

/* ---- the inverse ---- */

static guint8 *
put16 (guint8 *at, guint value)
{
  at[0] = (guint8) (value >> 8);
  at[1] = (guint8) value;
  return at + 2;
}

static guint8 *
put_head (guint8 *at, guint id, guint number, guint version)
{
  at[0] = (guint8) id;
  at = put16 (at + 3, number); /* the length is put in at the end */
  at[0] = (guint8) (0xc1 | version << 1);
  at[1] = at[2] = 0;
  return at + 3;
}

static guint
finish (guint8 *section, guint8 *end)
{
  const guint length = (guint) (end - section);
  guint32 crc;

  put16 (section + 1, (SYNTAX | RESERVED) << 8 | (length - 3 + LEC_TS_SECTION_CRC));
  crc = lec_ts_crc (section, length);
  put16 (end, crc >> 16);
  put16 (end + 2, crc & 0xffff);
  return length + LEC_TS_SECTION_CRC;
}

guint
lec_ts_pat_print (guint number, guint16 pmt_pid, guint8 *section)
{
  guint8 *at = put_head (section, ID_PAT, 1, 0);

  at = put16 (at, number);
  at = put16 (at, 0xe000 | pmt_pid);
  return finish (section, at);
}

static guint8 *
put_loop (guint8 *at, const guint8 *descriptors, guint length)
{
  at = put16 (at, 0xf000 | length);
  memcpy (at, descriptors, length);
  return at + length;
}

guint
lec_ts_pmt_print (const LecTsPmt *pmt, const guint8 *from, guint version, guint8 *section)
{
  guint8 *at = put_head (section, ID_PMT, pmt->table.id, version);

  at = put16 (at, 0xe000 | pmt->pcr_pid);
  at = put_loop (at, from + pmt->at, pmt->length);
  for (guint i = 0; i < pmt->n_elements; i++) {
    const LecTsElement *element = &pmt->elements[i];

    *at++ = element->type;
    at = put16 (at, 0xe000 | element->pid);
    at = put_loop (at, from + element->at, element->length);
  }
  return finish (section, at);
}
