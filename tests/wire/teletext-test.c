/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/teletext.h"

#include <string.h>

static const guint8 hamming[16] = { 0x15, 0x02, 0x49, 0x5E, 0x64, 0x73, 0x38, 0x2F,
                                    0xD0, 0xC7, 0x8C, 0x9B, 0xA1, 0xB6, 0xFD, 0xEA };

static guint8
turn_around (guint8 byte)
{
  guint8 turned = 0;

  for (guint i = 0; i < 8; i++)
    turned = (guint8) (turned | (byte >> i & 1) << (7 - i));
  return turned;
}

static guint8
with_parity (guint8 byte)
{
  guint count = 0;

  for (guint i = 0; i < 7; i++)
    count += byte >> i & 1;
  return (guint8) (byte | (count % 2 == 0 ? 0x80 : 0));
}

static void
add_packet (GByteArray *to, guint magazine, guint number, const guint8 *body)
{
  guint8 unit[46] = { 3,
                      44,
                      0xC7,
                      0xE4,
                      turn_around (hamming[(magazine & 7) | (number & 1) << 3]),
                      turn_around (hamming[number >> 1]) };

  for (guint i = 0; i < 40; i++)
    unit[6 + i] = turn_around (body[i]);
  g_byte_array_append (to, unit, sizeof unit);
}

/* @flags: C4 erases (1), C6 subtitle (2), C11 serial (4); @option: C12 to C14 */
static void
add_header (GByteArray *to, guint page, guint flags, guint option)
{
  const guint nibbles[8]
      = { page & 15, page >> 4 & 15,
          0,         flags & 1 ? 8 : 0,
          0,         flags & 2 ? 8 : 0,
          0,         (flags >> 2 & 1) | (option & 4) >> 1 | (option & 2) << 1 | (option & 1) << 3 };
  guint8 body[40];

  for (guint i = 0; i < 40; i++)
    body[i] = i < 8 ? hamming[nibbles[i]] : with_parity (' ');
  add_packet (to, page >> 8, 0, body);
}

static void
add_row (GByteArray *to, guint magazine, guint row, const char *text)
{
  guint8 body[40];
  const gsize length = strlen (text);

  for (guint i = 0; i < 40; i++)
    body[i] = with_parity (i < length ? (guint8) text[i] : ' ');
  add_packet (to, magazine, row, body);
}

static GByteArray *
new_pes (void)
{
  return g_byte_array_append (g_byte_array_new (), (const guint8 *) "\x10", 1);
}

#define BOX "\x0B\x0B"
#define END "\x0A\x0A"

static const struct
{
  const char *row, *below;
  guint option;
  const char *text;
} rows[] = {
  { BOX "Hello" END, "", 0, "Hello" },
  { "outside" BOX "Hello" END "outside", "", 0, "Hello" },
  { BOX "Two" END, BOX "rows" END, 0, "Two\nrows" },
  { "\x0D" BOX "High" END, BOX "covered" END, 0, "High" },
  { BOX "\x03"
        "Two\x06"
        "colours" END,
    "", 0, "Two colours" },
  { BOX "\x11zzz\x07"
        "after mosaics" END,
    "", 0, "after mosaics" },
  { BOX "[\\] {|}~" END, "", 1, "ÄÖÜ äöüß" },
  { BOX "R|da tr{d" END, "", 2, "Röda träd" },
  { BOX "_e@" END, "", 6, "řeč" },
  { BOX "]Qu{ #" END, "", 4, "ùQuâ é" },
  { "no box at all", "", 0, "" },
};

static void
test_rows (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GByteArray) pes = new_pes ();
    char text[LEC_TELETEXT_TEXT];
    LecTeletext teletext;

    lec_teletext_init (&teletext, 0x888);
    add_header (pes, 0x888, 3, rows[i].option);
    add_row (pes, 8, 20, rows[i].row);
    add_row (pes, 8, 21, rows[i].below);
    g_assert_true (lec_teletext_feed (&teletext, pes->data, pes->len));
    lec_teletext_print (&teletext, text);
    g_assert_cmpstr (text, ==, rows[i].text);
  }
}

static void
feed (LecTeletext *teletext, GByteArray *pes)
{
  lec_teletext_feed (teletext, pes->data, pes->len);
  g_byte_array_set_size (pes, 1);
}

static void
assert_text (const LecTeletext *teletext, const char *expected)
{
  char text[LEC_TELETEXT_TEXT];

  lec_teletext_print (teletext, text);
  g_assert_cmpstr (text, ==, expected);
}

/* What is of another page is not of this one: of the same magazine, and of another where pages come
 * one after the other. */
static void
test_pages (void)
{
  g_autoptr (GByteArray) pes = new_pes ();
  LecTeletext teletext;

  lec_teletext_init (&teletext, 0x150);
  add_row (pes, 1, 20, BOX "before any header" END);
  add_header (pes, 0x150, 3, 0);
  add_row (pes, 2, 20, BOX "of magazine 2" END);
  add_row (pes, 1, 20, BOX "Ours" END);
  add_header (pes, 0x250, 3, 0);
  add_row (pes, 1, 22, BOX "still ours" END);
  add_header (pes, 0x151, 3, 0);
  add_row (pes, 1, 22, BOX "of another" END);
  feed (&teletext, pes);
  assert_text (&teletext, "Ours\nstill ours");

  add_header (pes, 0x150, 2, 0); /* is not erased */
  add_header (pes, 0x250, 6, 0);
  add_row (pes, 1, 22, BOX "of nobody" END);
  feed (&teletext, pes);
  assert_text (&teletext, "Ours\nstill ours");

  add_header (pes, 0x150, 3, 0);
  feed (&teletext, pes);
  assert_text (&teletext, "");
}

/* As of section 8.3: bits of data with five of parity between them and one behind. */
static void
put_triplet (guint8 *to, guint32 data)
{
  guint32 code = (data & 1) << 2 | (data >> 1 & 7) << 4 | (data >> 4 & 0x7F) << 8
                 | (data >> 11 & 0x7F) << 16;
  guint count = 0;

  for (guint i = 0; i < 5; i++) {
    guint odd = 0;

    for (guint j = 1; j <= 23; j++) {
      if ((j >> i & 1) != 0)
        odd ^= code >> (j - 1) & 1;
    }
    if (odd == 0)
      code |= 1u << ((1u << i) - 1);
  }
  for (guint i = 0; i < 23; i++)
    count += code >> i & 1;
  if (count % 2 == 0)
    code |= 1u << 23;
  to[0] = (guint8) code;
  to[1] = (guint8) (code >> 8);
  to[2] = (guint8) (code >> 16);
}

#define TRIPLET(address, mode, data) ((address) | (mode) << 6 | (data) << 11)

/* Letters that are put in the place of others, sent before the rows; one bit of the address is
 * wrong. */
static void
test_enhancement (void)
{
  static const guint32 triplets[13] = {
    TRIPLET (40 + 20, 0x04, 0), TRIPLET (2, 0x1F, 'C'), TRIPLET (3, 0x12, 'a'),
    TRIPLET (4, 0x0F, 0x71),    TRIPLET (63, 0x1F, 0),  TRIPLET (5, 0x10, '!'),
  };
  g_autoptr (GByteArray) pes = new_pes ();
  guint8 body[40] = { hamming[0] };
  LecTeletext teletext;

  for (guint i = 0; i < 13; i++)
    put_triplet (body + 1 + 3 * i, triplets[i]);
  body[4] ^= 0x10;
  lec_teletext_init (&teletext, 0x888);
  add_header (pes, 0x888, 3, 0);
  add_packet (pes, 8, 26, body);
  add_row (pes, 8, 20, BOX "Cae?" END);
  feed (&teletext, pes);
  assert_text (&teletext, "Čáæ?");
  add_header (pes, 0x888, 3, 0);
  add_row (pes, 8, 20, BOX "Cae?" END);
  feed (&teletext, pes);
  assert_text (&teletext, "Cae?");
}

/* Says which character sets are meant, of a page (28) or its magazine (29). @code: 0 or 4 */
static void
add_sets (GByteArray *to, guint packet, guint code, guint first, guint second)
{
  guint8 body[40] = { hamming[code] };

  put_triplet (body + 1, first << 7 | (second & 0x0F) << 14);
  put_triplet (body + 4, second >> 4);
  for (guint i = 2; i < 13; i++)
    put_triplet (body + 1 + 3 * i, 0);
  add_packet (to, 8, packet, body);
}

#define SET(region, option) ((region) *8 + (option))
#define NO_SET 0x7F

/* Which set a row is in: said of the page, of its magazine, or by its language; the header's bits
 * choose among those of a region. */
static void
test_sets (void)
{
  static const struct
  {
    guint page, magazine; /* designations; 0x7F: not sent */
    const char *language;
    guint option;
    const char *row, *text;
  } sets[] = {
    { SET (4, 4), NO_SET, NULL, 4, "Priwet! 12:30", "Привет! 12:30" },
    { NO_SET, SET (4, 4), NULL, 4, "Priwet", "Привет" },
    { SET (1, 0), SET (4, 4), NULL, 0, "}@ka", "łąka" },
    { NO_SET, NO_SET, "rus", 4, "M& wse s&r&", "Мы все сыры" },
    { NO_SET, NO_SET, "RUS", 4, "_", "Ы" },
    { NO_SET, NO_SET, "ukr", 5, "Ki&w |", "Київ є" },
    { NO_SET, NO_SET, "srp", 0, "Beograd, {a~a\\", "Београд, ћашаЖ" },
    { NO_SET, NO_SET, "ell", 7, "Jakgl]qa <x>", "Καλημέρα «ψ»" },
    { NO_SET, NO_SET, "tur", 6, "`{@k", "ışİk" },
    { NO_SET, NO_SET, "est", 2, "$ige `~ks", "õige šüks" },
    { NO_SET, NO_SET, "ron", 7, "}n {ar}", "ăn âară" },
    { NO_SET, NO_SET, "hrv", 5, "{~`", "ćšč" },
    { NO_SET, NO_SET, "lit", 3, "\\]^_", "ęŽčū" },
    { NO_SET, NO_SET, "pol", 6, "_e@", "řeč" },     /* in Poland's region there is Czech as well */
    { NO_SET, NO_SET, "heb", 0, "[]", "←→" },       /* as there is none for 0 */
    { SET (5, 1), NO_SET, NULL, 1, "[\\]", "←½→" }, /* there is no such region */
  };

  for (guint i = 0; i < G_N_ELEMENTS (sets); i++) {
    g_autoptr (GByteArray) pes = new_pes ();
    g_autofree char *row = g_strconcat (BOX, sets[i].row, END, NULL);
    LecTeletext teletext;

    lec_teletext_init (&teletext, 0x888);
    lec_teletext_set_language (&teletext, sets[i].language);
    if (sets[i].magazine != NO_SET)
      add_sets (pes, 29, i % 2 * 4, sets[i].magazine, NO_SET);
    add_header (pes, 0x888, 3, sets[i].option);
    if (sets[i].page != NO_SET)
      add_sets (pes, 28, i % 2 * 4, sets[i].page, NO_SET);
    add_row (pes, 8, 20, row);
    feed (&teletext, pes);
    assert_text (&teletext, sets[i].text);
  }
}

/* Two sets in one row, from one to the other and back; a page that is erased knows of none. */
static void
test_second_set (void)
{
  g_autoptr (GByteArray) pes = new_pes ();
  LecTeletext teletext;

  lec_teletext_init (&teletext, 0x888);
  add_header (pes, 0x888, 3, 1);
  add_sets (pes, 28, 0, SET (0, 1), SET (4, 4));
  add_row (pes, 8, 20,
           BOX "Gr}n\x1B"
               "PA\x1B"
               "[" END);
  feed (&teletext, pes);
  assert_text (&teletext, "Grün ПА Ä");
  add_header (pes, 0x888, 3, 1);
  add_row (pes, 8, 20,
           BOX "Gr}n\x1B"
               "PA\x1B"
               "[" END);
  feed (&teletext, pes);
  assert_text (&teletext, "Grün PA Ä");
}

/* What stands on the screen from left to right is given as it is read; who shows it turns it round.
 */
static void
test_right_to_left (void)
{
  static const struct
  {
    const char *language;
    guint option;
    const char *row, *text;
  } turned[] = {
    { "heb", 5, "mely", "\u200Fשלום" },
    { "heb", 5, "12:30 mely", "\u200Fשלום 12:30" },
    { "heb", 5, "?mely (BBC NEWS)", "\u200F(BBC NEWS) שלום?" },
    { "heb", 5, "ONLY LATIN", "ONLY LATIN" },
    { "heb", 5, "mely 1,5 30", "\u200F30 1,5 שלום" },
    { "ara", 7, "FHMQe", "\u200Fمرحبا" },
    { "ara", 7, "?FHMQe", "\u200Fمرحبا؟" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (turned); i++) {
    g_autoptr (GByteArray) pes = new_pes ();
    g_autofree char *row = g_strconcat (BOX, turned[i].row, END, NULL);
    LecTeletext teletext;

    lec_teletext_init (&teletext, 0x888);
    lec_teletext_set_language (&teletext, turned[i].language);
    add_header (pes, 0x888, 3, turned[i].option);
    add_row (pes, 8, 20, row);
    feed (&teletext, pes);
    assert_text (&teletext, turned[i].text);
  }
}

/* A byte of wrong parity leaves what is there; a packet of wrong address is left out. */
static void
test_damage (void)
{
  g_autoptr (GByteArray) pes = new_pes ();
  LecTeletext teletext;

  lec_teletext_init (&teletext, 0x888);
  add_header (pes, 0x888, 3, 0);
  add_row (pes, 8, 20, BOX "Hello" END);
  feed (&teletext, pes);
  add_row (pes, 8, 20, BOX "Jelly" END);
  pes->data[1 + 6 + 2] ^= 0x01;
  add_row (pes, 8, 20, BOX "Wrong" END);
  pes->data[1 + 46 + 4] ^= 0x81;
  feed (&teletext, pes);
  assert_text (&teletext, "Helly");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/teletext/rows", test_rows);
  g_test_add_func ("/teletext/pages", test_pages);
  g_test_add_func ("/teletext/enhancement", test_enhancement);
  g_test_add_func ("/teletext/sets", test_sets);
  g_test_add_func ("/teletext/second-set", test_second_set);
  g_test_add_func ("/teletext/right-to-left", test_right_to_left);
  g_test_add_func ("/teletext/damage", test_damage);
  return g_test_run ();
}
