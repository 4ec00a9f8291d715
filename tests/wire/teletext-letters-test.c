/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/teletext-letters.h"

#define SET(region, option) ((region) *8 + (option))

static char *
spell (guint designation, gunichar2 (*get) (guint designation, guint8 code), guint from, guint to)
{
  GString *text = g_string_new (NULL);

  for (guint code = from; code <= to; code++)
    g_string_append_unichar (text, get (designation, (guint8) code));
  return g_string_free (text, FALSE);
}

/* Parts of the sets, as their languages have them. */
static void
test_sets (void)
{
  static const struct
  {
    guint designation, from, to;
    const char *letters;
  } parts[] = {
    { SET (0, 0), 0x20, 0x2F, " !\"£$%&'()*+,-./" },
    { SET (0, 0), 0x5B, 0x60, "←½→↑#—" },
    { SET (0, 1), 0x7B, 0x7F, "äöüß■" },
    { SET (4, 0), 0x40, 0x5F, "ЧАБЦДЕФГХИЈКЛМНОПЌРСТУВЃЉЊЗЋЖЂШЏ" },
    { SET (4, 0), 0x60, 0x7F, "чабцдефгхијклмнопќрстувѓљњзћжђш■" },
    { SET (4, 4), 0x40, 0x5F, "ЮАБЦДЕФГХИЙКЛМНОПЯРСТУЖВЬЪЗШЭЩЧЫ" },
    { SET (4, 4), 0x60, 0x7F, "юабцдефгхийклмнопярстужвьъзшэщч■" },
    { SET (4, 5), 0x58, 0x5F, "ЬІЗШЄЩЧЇ" },
    { SET (4, 5), 0x78, 0x7F, "ьізшєщч■" },
    { SET (6, 7), 0x40, 0x5F, "ΐΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡ΄ΣΤΥΦΧΨΩΪΫάέήί" },
    { SET (6, 7), 0x60, 0x7F, "ΰαβγδεζηθικλμνξοπρςστυφχψωϊϋόύώ■" },
    { SET (10, 5), 0x60, 0x7F, "אבגדהוזחטיךכלםמןנסעףפץצקרשת₪‖¾÷■" },
    { SET (10, 5), 0x41, 0x43, "ABC" },
    { SET (8, 7), 0x4B, 0x58, "ثجحخدذرزسشصضطظ" },
    { SET (8, 7), 0x60, 0x6A, "ـفقكلمنهوىي" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++) {
    g_autofree char *letters
        = spell (parts[i].designation, lec_teletext_get_letter, parts[i].from, parts[i].to);

    g_assert_cmpstr (letters, ==, parts[i].letters);
  }
}

static void
test_supplements (void)
{
  static const struct
  {
    guint designation, from, to;
    const char *letters;
  } parts[] = {
    { SET (0, 0), 0x60, 0x63, "\u2126ÆĐª" }, { SET (4, 4), 0x60, 0x65, "DEFGIJ" },
    { SET (4, 4), 0x59, 0x5B, "Łłß" },       { SET (4, 1), 0x60, 0x61, "\u2126Æ" },
    { SET (6, 7), 0x59, 0x5B, "ΊΎΏ" },       { SET (6, 7), 0x34, 0x37, "xmnp" },
    { SET (6, 7), 0x24, 0x26, "ehi" },       { SET (8, 7), 0x30, 0x39, "٠١٢٣٤٥٦٧٨٩" },
    { SET (10, 5), 0x61, 0x63, "abc" },      { SET (8, 0), 0x7B, 0x7E, "âôûç" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++) {
    g_autofree char *letters
        = spell (parts[i].designation, lec_teletext_get_supplement, parts[i].from, parts[i].to);

    g_assert_cmpstr (letters, ==, parts[i].letters);
  }
}

static void
test_choice (void)
{
  static const struct
  {
    guint designation, option, chosen;
  } rows[] = {
    { SET (0, 0), 6, SET (0, 6) }, { SET (4, 0), 4, SET (4, 4) }, { SET (6, 7), 0, SET (6, 7) },
    { SET (3, 5), 1, SET (3, 5) }, { SET (5, 0), 3, 0 },          { 0x7F, 7, 0 },
    { SET (0, 1), 7, SET (0, 1) },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpuint (lec_teletext_choose (rows[i].designation, rows[i].option), ==,
                      rows[i].chosen);
  g_assert_cmpuint (lec_teletext_find_region ("ell"), ==, SET (6, 0));
  g_assert_cmpuint (lec_teletext_find_region ("GRE"), ==, SET (6, 0));
  g_assert_cmpuint (lec_teletext_find_region ("eng"), ==, 0);
  g_assert_cmpuint (lec_teletext_find_region (NULL), ==, 0);
}

static void
test_accents (void)
{
  g_assert_cmpuint (lec_teletext_get_accented (0, 2, 'e'), ==, 0xE9);
  g_assert_cmpuint (lec_teletext_get_accented (SET (0, 1), 2, '['), ==, '['); /* of no nation */
  g_assert_cmpuint (lec_teletext_get_accented (SET (4, 4), 6, 'i'), ==, 0x439);
  g_assert_cmpuint (lec_teletext_get_accented (0, 0, '!'), ==, '!');
}

/* Every code of every designation is a character. */
static void
test_all (void)
{
  for (guint designation = 0; designation < 128; designation++) {
    for (guint code = 0x20; code < 0x80; code++) {
      g_assert_cmpuint (lec_teletext_get_letter (designation, (guint8) code), >=, 0x20);
      g_assert_cmpuint (lec_teletext_get_supplement (designation, (guint8) code), >=, 0x20);
      g_assert_cmpuint (lec_teletext_get_accented (designation, code & 0x0F, (guint8) code), >=,
                        0x20);
    }
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/teletext-letters/sets", test_sets);
  g_test_add_func ("/teletext-letters/supplements", test_supplements);
  g_test_add_func ("/teletext-letters/choice", test_choice);
  g_test_add_func ("/teletext-letters/accents", test_accents);
  g_test_add_func ("/teletext-letters/all", test_all);
  return g_test_run ();
}
