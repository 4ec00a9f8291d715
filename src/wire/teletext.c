/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/teletext.h"

#include <string.h>

#include "wire/reader.h"
#include "wire/teletext-letters.h"

/* EN 300 472: data_identifier, data_unit_id, and what a unit of teletext has: the line it is from,
 * the framing code, and the packet */
#define FIRST_IDENTIFIER 0x10
#define LAST_IDENTIFIER 0x1F
#define UNIT 0x02
#define SUBTITLE_UNIT 0x03
#define FRAMING 0xE4
#define PACKET 42 /* [bytes] */

/* spacing attributes (EN 300 706, table 26) */
#define MOSAIC_FIRST 0x10
#define MOSAIC_LAST 0x17
#define ALPHA_LAST 0x07
#define END_BOX 0x0A
#define START_BOX 0x0B
#define DOUBLE_HEIGHT 0x0D

#define SWITCH 0x1B /* between the first and the second G0 set */

#define NO_SET 0x7F
#define RIGHT_TO_LEFT_MARK 0x200F

/* ---- codes ---- */

/* The packet comes as it stood in the line: the lowest bit first. */
static guint8
turn_around (guint8 byte)
{
  byte = (guint8) ((byte & 0xF0) >> 4 | (byte & 0x0F) << 4);
  byte = (guint8) ((byte & 0xCC) >> 2 | (byte & 0x33) << 2);
  return (guint8) ((byte & 0xAA) >> 1 | (byte & 0x55) << 1);
}

static guint
count_bits (guint32 bits)
{
  guint count = 0;

  for (; bits != 0; bits &= bits - 1)
    count++;
  return count;
}

/* Section 8.2. Returns: four bits; -1: two or more of the eight are wrong */
static gint
get_hamming_8_4 (guint8 byte)
{
  static const guint8 codes[16] = { 0x15, 0x02, 0x49, 0x5E, 0x64, 0x73, 0x38, 0x2F,
                                    0xD0, 0xC7, 0x8C, 0x9B, 0xA1, 0xB6, 0xFD, 0xEA };

  for (guint i = 0; i < 16; i++) {
    if (count_bits (codes[i] ^ byte) < 2)
      return (gint) i;
  }
  return -1;
}

/* Section 8.3. Returns: 18 bits; -1: two or more of the 24 are wrong */
static gint32
get_hamming_24_18 (const guint8 *bytes)
{
  guint32 code = bytes[0] | (guint32) bytes[1] << 8 | (guint32) bytes[2] << 16;
  guint32 wrong = 0;
  const gboolean is_odd = (count_bits (code) & 1) != 0;

  for (guint i = 0; i < 5; i++) {
    guint32 tested = 0; /* of the first 23, those in whose number the bit of this test is set */

    for (guint j = 1; j <= 23; j++) {
      if ((j >> i & 1) != 0)
        tested |= 1u << (j - 1);
    }
    if ((count_bits (code & tested) & 1) == 0)
      wrong |= 1u << i;
  }
  if (wrong > 23 || (wrong != 0 && is_odd))
    return -1;
  if (wrong != 0)
    code ^= 1u << (wrong - 1);
  return (gint32) ((code >> 2 & 1) | (code >> 4 & 7) << 1 | (code >> 8 & 0x7F) << 4
                   | (code >> 16 & 0x7F) << 11);
}

/* ---- packets ---- */

/* What says it of this page goes first, then what says it of all of its magazine, and then what is
 * usual where its language is spoken. The header's bits take the place of the last three. */
static guint
get_designation (const LecTeletext *self)
{
  const guint designation = self->page_set != NO_SET       ? self->page_set
                            : self->magazine_set != NO_SET ? self->magazine_set
                                                           : self->region;

  return lec_teletext_choose (designation, self->option);
}

static gboolean
clear (LecTeletext *self)
{
  memset (self->cells, 0, sizeof self->cells);
  self->page_set = self->page_second = NO_SET;
  return TRUE;
}

/* | page units, tens | four of the subcode, in which C4 to C6 are | C7 to C10 | C11 to C14 | */
static gboolean
take_header (LecTeletext *self, guint magazine, const guint8 *bytes)
{
  gint nibbles[8];
  guint page;

  for (guint i = 0; i < 8; i++) {
    nibbles[i] = get_hamming_8_4 (bytes[i]);
    if (nibbles[i] < 0)
      return FALSE;
  }
  page = magazine << 8 | (guint) nibbles[1] << 4 | (guint) nibbles[0];
  if (page != self->page) {
    /* one of another magazine ends it only where they come one after the other: C11 */
    if (magazine == self->page >> 8 || (nibbles[7] & 1) != 0)
      self->is_open = FALSE;
    return FALSE;
  }
  self->is_open = TRUE;
  memset (self->letters, 0, sizeof self->letters);
  self->is_boxed = (nibbles[5] & 0x0C) != 0;
  self->option = (guint) ((nibbles[7] & 2) << 1 | (nibbles[7] & 4) >> 1 | (nibbles[7] & 8) >> 3);
  return (nibbles[3] & 8) != 0 && clear (self); /* C4 */
}

/* What is damaged stays what it was. */
static gboolean
take_row (LecTeletext *self, guint row, const guint8 *bytes)
{
  for (guint i = 0; i < LEC_TELETEXT_COLUMNS; i++) {
    const guint8 code = bytes[i] & 0x7F;

    if ((count_bits (bytes[i]) & 1) == 0)
      continue;
    self->cells[row][i] = code;
  }
  return TRUE;
}

/* Thirteen triplets: an address of 6 bits, a mode of 5, data of 7 (section 12.3). An address of 40
 * and above is of a row. */
static gboolean
take_enhancement (LecTeletext *self, const guint8 *bytes)
{
  const guint designation = get_designation (self);
  guint row = 0;
  gboolean changed = FALSE;

  for (guint i = 0; i < 13; i++) {
    const gint32 triplet = get_hamming_24_18 (bytes + 1 + 3 * i);
    const guint bits = (guint) MAX (triplet, 0);
    const guint address = bits & 0x3F, mode = bits >> 6 & 0x1F, code = bits >> 11 & 0x7F;

    if (triplet < 0)
      continue;
    if (address >= 40 && mode == 0x1F) /* the last of all */
      break;
    if (address >= 40 && mode == 0x04)
      row = address == 40 ? 24 : address - 40;
    if (address >= 40 || row == 0 || row >= LEC_TELETEXT_ROWS || code < 0x20)
      continue;
    if (mode == 0x0F)
      self->letters[row][address] = lec_teletext_get_supplement (designation, (guint8) code);
    else if (mode >= 0x10)
      self->letters[row][address]
          = lec_teletext_get_accented (designation, mode & 0x0F, (guint8) code);
    else
      continue;
    changed = TRUE;
  }
  return changed;
}

/* Sections 9.4.2, 9.4.5 and 9.5: | designation code: 0 or 4 | function 4, coding 3, set 7, second
 * set 4 | 3 ... | ... */
static gboolean
read_sets (const guint8 *bytes, guint8 *first, guint8 *second)
{
  const gint code = get_hamming_8_4 (bytes[0]);
  const gint32 one = get_hamming_24_18 (bytes + 1), two = get_hamming_24_18 (bytes + 4);

  if ((code != 0 && code != 4) || one < 0 || two < 0 || (code == 0 && (one & 0x0F) != 0))
    return FALSE; /* other functions have other things there */
  *first = (guint8) (one >> 7 & 0x7F);
  *second = (guint8) ((one >> 14 & 0x0F) | (two & 7) << 4);
  return TRUE;
}

static gboolean
take_packet (LecTeletext *self, const guint8 *sent)
{
  guint8 bytes[PACKET];
  gint low, high;
  guint magazine, number;

  for (guint i = 0; i < PACKET; i++)
    bytes[i] = turn_around (sent[i]);
  low = get_hamming_8_4 (bytes[0]);
  high = get_hamming_8_4 (bytes[1]);
  if (low < 0 || high < 0)
    return FALSE;
  magazine = (low & 7) != 0 ? (guint) low & 7 : 8;
  number = (guint) (low >> 3 | high << 1);
  if (number == 0)
    return take_header (self, magazine, bytes + 2);
  if (magazine != self->page >> 8)
    return FALSE;
  if (number == 29)
    return read_sets (bytes + 2, &self->magazine_set, &self->magazine_second);
  if (!self->is_open)
    return FALSE;
  if (number == 28)
    return read_sets (bytes + 2, &self->page_set, &self->page_second);
  if (number < LEC_TELETEXT_ROWS)
    return take_row (self, number, bytes + 2);
  return number == 26 && take_enhancement (self, bytes + 2);
}

void
lec_teletext_init (LecTeletext *self, guint page)
{
  memset (self, 0, sizeof *self);
  self->page = page;
  self->page_set = self->page_second = self->magazine_set = self->magazine_second = NO_SET;
}

void
lec_teletext_set_language (LecTeletext *self, const char *language)
{
  self->region = lec_teletext_find_region (language);
}

/* | identifier | units: id | length | line | framing code | packet | ... | */
gboolean
lec_teletext_feed (LecTeletext *self, const guint8 *data, gsize size)
{
  LecReader reader = lec_reader_init (data, size);
  const guint8 identifier = lec_reader_u8 (&reader);
  gboolean changed = FALSE;

  if (identifier < FIRST_IDENTIFIER || identifier > LAST_IDENTIFIER)
    return FALSE;
  while (reader.left > 0 && !reader.failed) {
    const guint8 id = lec_reader_u8 (&reader);
    const guint8 length = lec_reader_u8 (&reader);
    const guint8 *unit = lec_reader_bytes (&reader, length);

    if (unit != NULL && (id == UNIT || id == SUBTITLE_UNIT) && length >= PACKET + 2
        && unit[1] == FRAMING)
      changed = take_packet (self, unit + 2) || changed;
  }
  return changed;
}

/* ---- reading ---- */

/* What is outside of boxes, or made of mosaics, is not to be read. */
static void
read_row (const LecTeletext *self, guint row, gunichar2 *read, gboolean *is_double)
{
  const guint second = self->page_set != NO_SET ? self->page_second : self->magazine_second;
  const guint sets[2] = { get_designation (self), lec_teletext_choose (second, second) };
  gboolean in_box = !self->is_boxed, in_mosaics = FALSE;
  guint set = 0;

  for (guint i = 0; i < LEC_TELETEXT_COLUMNS; i++) {
    const gunichar2 cell = self->cells[row][i], letter = self->letters[row][i];

    if (cell == START_BOX)
      in_box = TRUE;
    else if (cell == END_BOX)
      in_box = !self->is_boxed;
    else if (cell <= ALPHA_LAST)
      in_mosaics = FALSE;
    else if (cell >= MOSAIC_FIRST && cell <= MOSAIC_LAST)
      in_mosaics = TRUE;
    else if (cell == DOUBLE_HEIGHT)
      *is_double = TRUE;
    else if (cell == SWITCH && second != NO_SET)
      set = 1 - set;
    if (!in_box)
      read[i] = ' ';
    else if (letter != 0)
      read[i] = letter;
    else
      read[i]
          = cell > ' ' && !in_mosaics ? lec_teletext_get_letter (sets[set], (guint8) cell) : ' ';
  }
}

/* Returns: where the row ends in @to */
static char *
print_row (gunichar2 *cells, char *to)
{
  guint begin = 0, end = LEC_TELETEXT_COLUMNS;

  while (begin < end && cells[begin] == ' ')
    begin++;
  while (end > begin && cells[end - 1] == ' ')
    end--;
  if (lec_teletext_reorder (cells + begin, end - begin))
    to += g_unichar_to_utf8 (RIGHT_TO_LEFT_MARK, to);
  for (guint i = begin; i < end; i++) {
    if (cells[i] != ' ' || i == begin
        || cells[i - 1] != ' ') /* attributes stand in cells of their own */
      to += g_unichar_to_utf8 (cells[i], to);
  }
  return to;
}

void
lec_teletext_print (const LecTeletext *self, char text[LEC_TELETEXT_TEXT])
{
  char *to = text;

  for (guint i = 1; i < LEC_TELETEXT_ROWS; i++) {
    gunichar2 read[LEC_TELETEXT_COLUMNS];
    gboolean is_double = FALSE;
    char *row = to > text ? to + 1 : to;
    char *end;

    read_row (self, i, read, &is_double);
    end = print_row (read, row);
    i += is_double; /* the row below it is covered */
    if (end == row)
      continue;
    if (row > to)
      *to = '\n';
    to = end;
  }
  *to = '\0';
}
