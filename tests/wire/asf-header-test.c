/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/asf-header.h"

#include <string.h>

#define GUID 16

/* In the order of a file's bytes. */
#define HEADER "3026b2758e66cf11a6d900aa0062ce6c"
#define FILE_PROPERTIES "a1dcab8c47a9cf118ee400c00c205365"
#define STREAM_PROPERTIES "9107dcb7b7a9cf118ee600c00c205365"
#define HEADER_EXTENSION "b503bf5f2ea9cf118ee300c00c205365"
#define EXTENDED_STREAM "cba5e61472c632438399a96952065b5a"
#define PADDING "74d40618dfca0945a4ba9aabcb96aae8"
#define SIGNATURE "fcb3112223bdd211b4b700a0c955fc6e"
#define ENCRYPTION "fbb3112223bdd211b4b700a0c955fc6e"
#define EXTENDED_ENCRYPTION "14e68a292226174cb935dae07ee9289c"
#define ADVANCED_ENCRYPTION "338505438169e6499b74ad12cb86d58c"
#define AUDIO "409e69f84d5bcf11a8fd00805f5c442b"
#define VIDEO "c0ef19bc4d5bcf11a8fd00805f5c442b"
#define COMMAND "c0cfda59e659d011a3ac00a0c90348f6"
#define BIT_RATES "ce75f87b8d46d1118d82006097c9a2b2"
#define EXCLUSION "dc29e2d6da35d111903400a0c90349be"
#define ADVANCED_EXCLUSION "cf4986a0754770468a166e35357566cd"
#define IMAGE "d0b2e9e7d3f8d0119ac600a0c90348f6" /* of no kind that is known here */

static void
append_hex (GByteArray *bytes, const char *hex)
{
  for (; *hex != '\0'; hex += 2) {
    const guint8 byte
        = (guint8) (g_ascii_xdigit_value (hex[0]) << 4 | g_ascii_xdigit_value (hex[1]));

    g_byte_array_append (bytes, &byte, 1);
  }
}

static void
append_number (GByteArray *bytes, guint64 number, guint size)
{
  const guint64 little = GUINT64_TO_LE (number);

  g_byte_array_append (bytes, (const guint8 *) &little, size);
}

static void
append_zeros (GByteArray *bytes, guint count)
{
  for (guint i = 0; i < count; i++)
    append_number (bytes, 0, 1);
}

/* Returns: where it begins */
static guint
begin_object (GByteArray *bytes, const char *guid)
{
  const guint start = bytes->len;

  append_hex (bytes, guid);
  append_zeros (bytes, 8);
  return start;
}

static void
end_object (GByteArray *bytes, guint start)
{
  const guint64 size = GUINT64_TO_LE ((guint64) bytes->len - start);

  memcpy (bytes->data + start + GUID, &size, sizeof size);
}

static void
append_empty (GByteArray *bytes, const char *guid)
{
  end_object (bytes, begin_object (bytes, guid));
}

/* With all in it that is not true of a broadcast. */
static void
append_file (GByteArray *bytes)
{
  const guint start = begin_object (bytes, FILE_PROPERTIES);

  append_zeros (bytes, GUID);
  append_number (bytes, 1000000, 8);
  append_number (bytes, 0x01c000000000, 8);
  append_number (bytes, 2313, 8);
  append_number (bytes, 2437000000, 8);
  append_number (bytes, 2407000000, 8);
  append_number (bytes, 5000, 8);
  append_number (bytes, 2, 4);
  append_number (bytes, 200, 4);
  append_number (bytes, 1444, 4);
  append_number (bytes, 398224, 4);
  end_object (bytes, start);
}

static void
append_stream (GByteArray *bytes, const char *type, guint flags)
{
  const guint start = begin_object (bytes, STREAM_PROPERTIES);

  append_hex (bytes, type);
  append_zeros (bytes, GUID + 8 + 4 + 4);
  append_number (bytes, flags, 2);
  append_zeros (bytes, 4);
  end_object (bytes, start);
}

/* @type: (nullable): of the stream that is declared in it
 *
 * With two names and an extension, which stand in front of the stream. */
static void
append_extended (GByteArray *bytes, guint number, const char *type)
{
  const guint start = begin_object (bytes, EXTENDED_STREAM);

  append_zeros (bytes, 8 + 8 + 8 * 4);
  append_number (bytes, number, 2);
  append_zeros (bytes, 2 + 8);
  append_number (bytes, 2, 2);
  append_number (bytes, 1, 2);
  append_number (bytes, 0, 2);
  append_number (bytes, 4, 2);
  append_zeros (bytes, 4);
  append_zeros (bytes, 4); /* the second name, of no length */
  append_zeros (bytes, GUID + 2);
  append_number (bytes, 3, 4);
  append_zeros (bytes, 3);
  if (type != NULL)
    append_stream (bytes, type, number);
  end_object (bytes, start);
}

/* Words: F file properties; a1, v2, c3, i4 streams with their numbers; A5, V6 ones that are
 * declared in their extended properties only, E7 extended properties of one that is declared
 * elsewhere; s signature, p padding; x, y, z encryptions, e8 a stream with the mark of one. */
static void
append_words (GByteArray *bytes, const char *words)
{
  static const char *const types[]
      = { ['a'] = AUDIO, ['v'] = VIDEO, ['c'] = COMMAND, ['i'] = IMAGE, ['e'] = AUDIO };
  g_auto (GStrv) list = g_strsplit (words, " ", -1);

  for (guint i = 0; list[i] != NULL; i++) {
    const char word = list[i][0];
    const guint number = (guint) g_ascii_strtoull (word != '\0' ? list[i] + 1 : "", NULL, 10);

    if (word == 'F')
      append_file (bytes);
    else if (word == 's')
      append_empty (bytes, SIGNATURE);
    else if (word == 'p')
      append_empty (bytes, PADDING);
    else if (word == 'x')
      append_empty (bytes, ENCRYPTION);
    else if (word == 'y')
      append_empty (bytes, EXTENDED_ENCRYPTION);
    else if (word == 'z')
      append_empty (bytes, ADVANCED_ENCRYPTION);
    else if (word == 'E')
      append_extended (bytes, number, NULL);
    else if (g_ascii_isupper (word))
      append_extended (bytes, number, types[(guint) g_ascii_tolower (word)]);
    else if (word != '\0')
      append_stream (bytes, types[(guint) word], number | (word == 'e' ? 0x8000 : 0));
  }
}

/* @inside: what is in the header extension; "": there is none */
static GBytes *
header_new (const char *words, const char *inside)
{
  GByteArray *bytes = g_byte_array_new ();

  begin_object (bytes, HEADER);
  append_zeros (bytes, 6);
  append_words (bytes, words);
  if (inside[0] != '\0') {
    const guint start = begin_object (bytes, HEADER_EXTENSION);

    append_zeros (bytes, GUID + 6);
    append_words (bytes, inside);
    end_object (bytes, start);
  }
  end_object (bytes, 0);
  append_zeros (bytes, GUID);
  append_number (bytes, 4000000, 8);
  append_zeros (bytes, GUID);
  append_number (bytes, 2313, 8);
  append_number (bytes, 0x0101, 2);
  return g_byte_array_free_to_bytes (bytes);
}

static gboolean
read_header (GBytes *bytes, LecAsfHeader *header)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  return lec_asf_header_read (data, length, header);
}

/* As "a1 v2", and "encrypted". */
static char *
describe (const LecAsfHeader *header)
{
  static const char letters[] = "?avci";
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < LEC_ASF_STREAMS; i++) {
    if (header->kinds[i] != LEC_ASF_NONE)
      g_string_append_printf (text, "%s%c%u", text->len > 0 ? " " : "", letters[header->kinds[i]],
                              i);
  }
  if (header->is_encrypted)
    g_string_append (text, " encrypted");
  return g_string_free (text, FALSE);
}

static const struct
{
  const char *story;
  const char *words;
  const char *inside;
  const char *read;
} rows[] = {
  { "nothing in it", "", "", "" },
  { "sound, picture and commands", "F a1 v2 c3", "", "a1 v2 c3" },
  { "something else", "F a1 i4", "", "a1 i4" },
  { "a number that nobody may have", "F a1 v0", "", "a1" },
  { "the greatest number", "F a127", "", "a127" },
  { "extended properties beside", "F a1 v2", "E1 E2", "a1 v2" },
  { "declared in extended properties only", "F a1 v2", "E1 A5 V6", "a1 v2 a5 v6" },
  { "encrypted", "F x a1", "", "a1 encrypted" },
  { "encrypted otherwise", "F y a1", "", "a1 encrypted" },
  { "encrypted for devices", "F a1", "z", "a1 encrypted" },
  { "one of its streams is encrypted", "F a1 e8", "", "a1 a8 encrypted" },
  { "signed", "F s a1", "", "a1" },
};

static void
test_row (gconstpointer data)
{
  const typeof (rows[0]) *row = data;
  g_autoptr (GBytes) bytes = header_new (row->words, row->inside);
  g_autofree char *read = NULL;
  LecAsfHeader header;

  g_assert_true (read_header (bytes, &header));
  read = describe (&header);
  g_assert_cmpstr (read, ==, row->read);
  g_assert_cmpuint (header.size, ==, g_bytes_get_size (bytes) - LEC_ASF_DATA_START);
  g_assert_cmpint (header.has_video, ==, strstr (row->words, "v") != NULL);
  g_assert_cmpuint (header.packet_size, ==, row->words[0] == 'F' ? 1444 : 0);
  g_assert_cmpuint (header.preroll_ms, ==, row->words[0] == 'F' ? 5000 : 0);
}

static guint64
number_at (GBytes *bytes, gsize offset, guint size)
{
  guint64 number = 0;

  g_assert_cmpuint (offset + size, <=, g_bytes_get_size (bytes));
  memcpy (&number, (const guint8 *) g_bytes_get_data (bytes, NULL) + offset, size);
  return GUINT64_FROM_LE (number);
}

static void
test_normalise (void)
{
  g_autoptr (GBytes) bytes = header_new ("s F a1 v2", "E1 s A5");
  g_autoptr (GBytes) other = header_new ("p F a1 v2", "E1 p A5");
  g_autoptr (GBytes) normal = lec_asf_header_normalise (bytes);
  g_autoptr (GBytes) same = lec_asf_header_normalise (other);
  const gsize size = g_bytes_get_size (bytes) - LEC_ASF_DATA_START, file = 30 + 24;

  g_assert_cmpuint (g_bytes_get_size (normal), ==, g_bytes_get_size (bytes));
  g_assert_cmpuint (number_at (normal, file + 40, 8), ==, 0); /* bytes of the file */
  g_assert_cmpuint (number_at (normal, file + 48, 8), ==, 0x01c000000000);
  g_assert_cmpuint (number_at (normal, file + 56, 8), ==, 0); /* packets */
  g_assert_cmpuint (number_at (normal, file + 64, 8), ==, 0); /* durations */
  g_assert_cmpuint (number_at (normal, file + 72, 8), ==, 0);
  g_assert_cmpuint (number_at (normal, file + 80, 8), ==, 5000);
  g_assert_cmpuint (number_at (normal, file + 88, 4), ==, 1);
  g_assert_cmpuint (number_at (normal, file + 92, 4), ==, 1444);
  g_assert_cmpuint (number_at (normal, file + 96, 4), ==, 1444);
  g_assert_cmpuint (number_at (normal, file + 100, 4), ==, 398224);
  g_assert_cmpuint (number_at (normal, size + 16, 8), ==, 50);
  g_assert_cmpuint (number_at (normal, size + 40, 8), ==, 0);
  /* a signature became padding, nothing else changed */
  g_assert_true (g_bytes_equal (normal, same));
  g_bytes_unref (same);
  same = lec_asf_header_normalise (normal);
  g_assert_true (g_bytes_equal (normal, same));
}

/* Nothing but the sizes of packets changes; what says none stays as it is. */
static void
test_grow (void)
{
  g_autoptr (GBytes) bytes = header_new ("s F a1 v2", ""), grown = NULL, back = NULL;
  g_autoptr (GBytes) without = header_new ("a1", ""), same = NULL;
  const gsize file = 30 + 24;
  const guint64 least = number_at (bytes, file + 92, 4);

  grown = lec_asf_header_grow_packets (bytes, 3);
  g_assert_cmpuint (number_at (grown, file + 92, 4), ==, least + 3);
  g_assert_cmpuint (number_at (grown, file + 96, 4), ==, 1444 + 3);
  back = lec_asf_header_grow_packets (grown, (guint) -3);
  g_assert_true (g_bytes_equal (back, bytes));
  same = lec_asf_header_grow_packets (without, 3);
  g_assert_true (g_bytes_equal (same, without));
}

static void
test_leave_out (void)
{
  static const struct
  {
    guint left[3];
    const char *read;
  } stories[] = {
    { { 0 }, "a1 v2 c3 a5" }, { { 2 }, "a1 c3 a5" },     { { 5 }, "a1 v2 c3" },
    { { 1, 5 }, "v2 c3" },    { { 3, 77 }, "a1 v2 a5" }, { { 1, 2, 5 }, "c3" },
  };
  g_autoptr (GBytes) bytes = header_new ("F a1 v2 c3", "E1 E2 A5");

  for (guint i = 0; i < G_N_ELEMENTS (stories); i++) {
    gboolean streams[LEC_ASF_STREAMS] = { FALSE };
    g_autoptr (GBytes) rest = NULL;
    g_autofree char *read = NULL;
    LecAsfHeader header;

    for (guint j = 0; j < G_N_ELEMENTS (stories[i].left); j++)
      streams[stories[i].left[j]] = stories[i].left[j] > 0;
    rest = lec_asf_header_leave_out (bytes, streams);
    g_assert_true (read_header (rest, &header));
    read = describe (&header);
    g_assert_cmpstr (read, ==, stories[i].read);
    g_assert_cmpuint (header.size, ==, g_bytes_get_size (bytes) - LEC_ASF_DATA_START);
    g_assert_cmpuint (header.packet_size, ==, 1444);
  }
}

/* However much of it there is, and whatever its sizes say. */
static void
test_broken (void)
{
  g_autoptr (GBytes) bytes = header_new ("s F a1 v2", "E1 A5 V6");
  const gsize length = g_bytes_get_size (bytes), size = length - LEC_ASF_DATA_START;
  gboolean all[LEC_ASF_STREAMS];
  LecAsfHeader header;

  for (guint i = 0; i < LEC_ASF_STREAMS; i++)
    all[i] = TRUE;
  for (gsize part = 0; part <= length; part++) {
    g_autoptr (GBytes) cut = g_bytes_new (g_bytes_get_data (bytes, NULL), part);
    g_autoptr (GBytes) normal = lec_asf_header_normalise (cut);
    g_autoptr (GBytes) rest = lec_asf_header_leave_out (cut, all);

    g_assert_cmpint (read_header (cut, &header), ==, part >= size);
    g_assert_cmpuint (g_bytes_get_size (normal), ==, part);
    g_assert_cmpint (g_bytes_equal (cut, rest), ==, part < size);
  }
  for (gsize i = 24; i < size; i++) {
    g_autofree guint8 *data = g_memdup2 (g_bytes_get_data (bytes, NULL), length);
    g_autoptr (GBytes) wrong = NULL;
    g_autoptr (GBytes) normal = NULL;

    data[i] ^= 0xff;
    wrong = g_bytes_new (data, length);
    normal = lec_asf_header_normalise (wrong);
    g_assert_true (read_header (wrong, &header));
    g_assert_cmpuint (g_bytes_get_size (normal), ==, length);
  }
}

/* ---- choosing ---- */

/* @numbers: of the streams, digits */
static void
append_exclusion (GByteArray *bytes, const char *guid, const char *numbers)
{
  const guint start = begin_object (bytes, guid);

  append_zeros (bytes, GUID);
  append_number (bytes, strlen (numbers), 2);
  for (; *numbers != '\0'; numbers++)
    append_number (bytes, (guint64) g_ascii_digit_value (*numbers), 2);
  end_object (bytes, start);
}

/* Streams 1 to 4 have 100, 200, 300 and 300 bit/s; of the others nothing is said. */
static void
append_rates (GByteArray *bytes)
{
  const guint start = begin_object (bytes, BIT_RATES);

  append_number (bytes, 4, 2);
  for (guint i = 1; i <= 4; i++) {
    append_number (bytes, i, 2);
    append_number (bytes, MIN (i, 3) * 100, 4);
  }
  end_object (bytes, start);
}

/* The rest of a header is read wherever it is cut. */
static void
test_spare (void)
{
  static const struct
  {
    const char *exclusions[2];
    const char *spare;
  } choices[] = {
    { { NULL }, "" },         { { "12" }, "1" },       { { "21" }, "1" }, { { "1234" }, "124" },
    { { "34" }, "4" },        { { "567" }, "67" }, /* nothing is known of them but their order */
    { { "12", "56" }, "16" }, { { "12", "15" }, "1" }, { { "1" }, "" },   { { "11" }, "" },
    { { "0012" }, "1" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (choices); i++) {
    g_autoptr (GByteArray) bytes = g_byte_array_new ();
    g_autoptr (GString) found = g_string_new (NULL);
    const guint start = begin_object (bytes, HEADER);
    gboolean spare[LEC_ASF_STREAMS];
    guint extension;

    append_zeros (bytes, 6);
    if (choices[i].exclusions[0] != NULL)
      append_exclusion (bytes, EXCLUSION, choices[i].exclusions[0]);
    append_rates (bytes);
    extension = begin_object (bytes, HEADER_EXTENSION);
    append_zeros (bytes, GUID + 6);
    if (choices[i].exclusions[1] != NULL)
      append_exclusion (bytes, ADVANCED_EXCLUSION, choices[i].exclusions[1]);
    end_object (bytes, extension);
    end_object (bytes, start);
    lec_asf_header_find_spare (bytes->data, bytes->len, spare);
    for (guint j = 0; j < LEC_ASF_STREAMS; j++) {
      if (spare[j])
        g_string_append_printf (found, "%u", j);
    }
    g_assert_cmpstr (found->str, ==, choices[i].spare);
    for (gsize length = 0; length < bytes->len; length++)
      lec_asf_header_find_spare (bytes->data, length, spare);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *path = g_strdup_printf ("/asf-header/%s", rows[i].story);

    g_test_add_data_func (path, &rows[i], test_row);
  }
  g_test_add_func ("/asf-header/normalise", test_normalise);
  g_test_add_func ("/asf-header/grow", test_grow);
  g_test_add_func ("/asf-header/leave-out", test_leave_out);
  g_test_add_func ("/asf-header/broken", test_broken);
  g_test_add_func ("/asf-header/spare", test_spare);
  return g_test_run ();
}
