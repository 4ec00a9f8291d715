/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/asf-script.h"

#include <string.h>

#include "wire/cue.h"
#include "wire/units.h"

#define STREAM 3

/* ---- packets of one payload, and what they carry ---- */

static void
add_le16 (GByteArray *bytes, guint number)
{
  g_byte_array_append (bytes, (const guint8[]){ (guint8) number, (guint8) (number >> 8) }, 2);
}

static void
add_le32 (GByteArray *bytes, guint32 number)
{
  add_le16 (bytes, number & 0xffff);
  add_le16 (bytes, number >> 16);
}

/* ASCII only, with its NUL. */
static void
add_text (GByteArray *bytes, const char *text)
{
  for (gsize i = 0; i <= strlen (text); i++)
    add_le16 (bytes, (guint8) text[i]);
}

static GByteArray *
new_command (const char *type, const char *parameter)
{
  GByteArray *bytes = g_byte_array_new ();

  add_text (bytes, type);
  add_text (bytes, parameter);
  return bytes;
}

typedef struct
{
  guint stream;
  guint number;
  guint32 size;
  guint32 offset;
  guint32 presentation;
} Front;

/* Object numbers of one byte, offsets of four, replicated data with a length of one byte. */
static GByteArray *
begin_packet (guint stream, guint number, guint32 offset)
{
  GByteArray *packet = g_byte_array_new ();

  g_byte_array_append (packet, (const guint8[]){ 0x82, 0, 0, 0x00, 0x5d }, 5);
  add_le32 (packet, 1000); /* sent */
  add_le16 (packet, 0);
  g_byte_array_append (packet, (const guint8[]){ (guint8) stream, (guint8) number }, 2);
  add_le32 (packet, offset);
  return packet;
}

static void
feed_packet (LecAsfScript *script, GByteArray *packet)
{
  LecAsfPacket read;

  g_assert_true (lec_asf_packet_read (packet->data, packet->len, &read));
  lec_asf_script_feed (script, &read);
  g_byte_array_unref (packet);
}

static void
feed_piece (LecAsfScript *script, const Front *front, const guint8 *bytes, gsize size)
{
  GByteArray *packet = begin_packet (front->stream, front->number, front->offset);

  g_byte_array_append (packet, (const guint8[]){ 8 }, 1);
  add_le32 (packet, front->size);
  add_le32 (packet, front->presentation);
  g_byte_array_append (packet, bytes, (guint) size);
  feed_packet (script, packet);
}

/* In pieces of at most @most bytes, of which that with the number @without is lost. */
static void
feed_pieces (LecAsfScript *script, Front front, const GByteArray *object, gsize most, int without)
{
  front.size = object->len;
  for (int i = 0; front.offset < object->len; i++) {
    const gsize size = MIN (most, object->len - front.offset);

    if (i != without)
      feed_piece (script, &front, object->data + front.offset, size);
    front.offset += (guint32) size;
  }
}

static void
feed_whole (LecAsfScript *script, guint number, guint32 at, const char *type, const char *parameter)
{
  g_autoptr (GByteArray) object = new_command (type, parameter);

  feed_pieces (script, (Front){ STREAM, number, 0, 0, at }, object, object->len, -1);
}

static LecAsfScript *
new_script (void)
{
  return lec_asf_script_new ((const guint8[]){ STREAM, STREAM + 1 }, 2);
}

static void
check_next (LecAsfScript *script, guint32 at, const char *type, const char *parameter)
{
  LecAsfCommand command;

  g_assert_true (lec_asf_script_take (script, 0, &command));
  g_assert_cmpuint (command.presentation, ==, at);
  g_assert_cmpstr (command.type, ==, type);
  g_assert_cmpstr (command.parameter, ==, parameter);
}

static void
check_no_more (LecAsfScript *script)
{
  LecAsfCommand command;

  g_assert_false (lec_asf_script_take (script, 100 * SECOND, &command));
}

/* ---- objects ---- */

static void
test_whole (void)
{
  g_autoptr (LecAsfScript) script = new_script ();

  feed_whole (script, 7, 4000, "URL", "http://example.com/1.png");
  check_next (script, 4000, "URL", "http://example.com/1.png");
  check_no_more (script);
}

/* However it is cut, and whatever comes between. */
static void
test_pieces (void)
{
  g_autoptr (GByteArray) object = new_command ("TEXT", "A longer sentence that is cut anywhere");

  for (gsize most = 1; most <= object->len; most++) {
    g_autoptr (LecAsfScript) script = new_script ();

    feed_pieces (script, (Front){ STREAM, 255, 0, 0, 5 }, object, most, -1);
    check_next (script, 5, "TEXT", "A longer sentence that is cut anywhere");
    check_no_more (script);
  }
}

static void
test_two_streams_at_once (void)
{
  g_autoptr (LecAsfScript) script = new_script ();
  g_autoptr (GByteArray) one = new_command ("TEXT", "one");
  g_autoptr (GByteArray) two = new_command ("TEXT", "two");
  Front first = { STREAM, 1, one->len, 0, 10 };
  Front second = { STREAM + 1, 1, two->len, 0, 20 };

  for (; first.offset < one->len; first.offset++, second.offset++) {
    feed_piece (script, &first, one->data + first.offset, 1);
    feed_piece (script, &second, two->data + second.offset, 1);
  }
  check_next (script, 10, "TEXT", "one");
  check_next (script, 20, "TEXT", "two");
  check_no_more (script);
}

/* Any piece that is missing takes its own command with it, and no other. */
static void
test_lost_piece (void)
{
  g_autoptr (GByteArray) object = new_command ("URL", "http://example.com/lost.png");

  for (int without = 0; without < 4; without++) {
    g_autoptr (LecAsfScript) script = new_script ();

    feed_pieces (script, (Front){ STREAM, 1, 0, 0, 5 }, object, object->len / 4 + 1, without);
    feed_whole (script, 2, 6, "URL", "next");
    feed_pieces (script, (Front){ STREAM, 1, 0, 0, 7 }, object, object->len / 4 + 1, -1);
    check_next (script, 6, "URL", "next");
    check_next (script, 7, "URL", "http://example.com/lost.png");
    check_no_more (script);
  }
}

/* Replicated data of one byte: objects of less than 256 bytes, one behind the other. */
static void
test_compressed (void)
{
  g_autoptr (LecAsfScript) script = new_script ();
  g_autoptr (GByteArray) one = new_command ("TEXT", "one");
  g_autoptr (GByteArray) two = new_command ("CAPTION", "two");
  GByteArray *packet = begin_packet (STREAM, 0, 3000); /* the time of the first */

  g_byte_array_append (packet, (const guint8[]){ 1, 40, (guint8) one->len }, 3);
  g_byte_array_append (packet, one->data, one->len);
  g_byte_array_append (packet, (const guint8[]){ (guint8) two->len }, 1);
  g_byte_array_append (packet, two->data, two->len);
  feed_packet (script, packet);
  check_next (script, 3000, "TEXT", "one");
  check_next (script, 3040, "CAPTION", "two");
  check_no_more (script);
}

static void
test_no_replicated_data (void)
{
  g_autoptr (LecAsfScript) script = new_script ();
  g_autoptr (GByteArray) object = new_command ("EVENT", "advertisement");
  GByteArray *packet = begin_packet (STREAM, 0, 0);

  g_byte_array_append (packet, (const guint8[]){ 0 }, 1);
  g_byte_array_append (packet, object->data, object->len);
  feed_packet (script, packet);
  check_next (script, 1000, "EVENT", "advertisement");
  check_no_more (script);
}

static void
test_other_streams (void)
{
  g_autoptr (LecAsfScript) script = new_script ();
  g_autoptr (GByteArray) object = new_command ("TEXT", "no text");

  for (guint stream = 1; stream < LEC_ASF_STREAMS; stream++) {
    if (stream != STREAM && stream != STREAM + 1)
      feed_pieces (script, (Front){ stream, 1, 0, 0, 5 }, object, object->len, -1);
  }
  check_no_more (script);
}

/* ---- what is said ---- */

#define BYTES(text) (const guint8 *) text, sizeof text - 1

static void
test_tolerance (void)
{
  static const struct
  {
    const guint8 *bytes;
    gsize size;
    const char *type, *parameter; /* NULL: no command */
  } rows[] = {
    { BYTES ("U\0R\0L\0\0\0a\0"), "URL", "a" },       /* no NUL at the end */
    { BYTES ("U\0R\0L\0"), "URL", "" },               /* one string */
    { BYTES ("U\0R\0L\0\0\0"), "URL", "" },           /* and its NUL */
    { BYTES ("U\0R\0L\0\0\0a\0\0"), "URL", "a" },     /* half of a NUL */
    { BYTES ("U\0\0\0a\0\0\0x\0y\0"), "U", "a" },     /* more behind it */
    { BYTES ("\0\0a\0\0\0"), NULL, NULL },            /* no type */
    { BYTES ("U"), NULL, NULL },                      /* nothing */
    { BYTES ("T\0\0\0\x3d\xd8\0\0"), "T", "\uFFFD" }, /* half of a letter */
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (LecAsfScript) script = new_script ();

    feed_piece (script, &(Front){ STREAM, 1, (guint32) rows[i].size, 0, 5 }, rows[i].bytes,
                rows[i].size);
    if (rows[i].type != NULL)
      check_next (script, 5, rows[i].type, rows[i].parameter);
    check_no_more (script);
  }
}

/* Encoders say all again; what was said in between makes it news. */
static void
test_repeats (void)
{
  g_autoptr (LecAsfScript) script = new_script ();

  feed_whole (script, 1, 5000, "URL", "a");
  feed_whole (script, 2, 5000, "TEXT", "b");
  feed_whole (script, 3, 5200, "url", "a");
  feed_whole (script, 4, 5200, "TEXT", "b");
  feed_whole (script, 5, 5300, "TEXT", "c");
  feed_whole (script, 6, 5400, "TEXT", "b");
  feed_whole (script, 7, 6400, "URL", "a");
  check_next (script, 5000, "URL", "a");
  check_next (script, 5000, "TEXT", "b");
  check_next (script, 5300, "TEXT", "c");
  check_next (script, 5400, "TEXT", "b");
  check_next (script, 6400, "URL", "a");
  check_no_more (script);
}

/* Times wrap after 49 days. */
static void
test_repeat_at_wrap (void)
{
  g_autoptr (LecAsfScript) script = new_script ();

  feed_whole (script, 1, G_MAXUINT32 - 100, "URL", "a");
  feed_whole (script, 2, 100, "URL", "a");
  check_next (script, G_MAXUINT32 - 100, "URL", "a");
  check_no_more (script);
}

/* ---- too much ---- */

static void
test_too_long (void)
{
  g_autoptr (LecAsfScript) script = new_script ();
  g_autofree char *most = g_strnfill (LEC_ASF_SCRIPT_OBJECT_MAX / 2 - 3, 'x');
  g_autofree char *more = g_strnfill (LEC_ASF_SCRIPT_OBJECT_MAX / 2 - 2, 'x');
  g_autoptr (GByteArray) good = new_command ("T", most);
  g_autoptr (GByteArray) bad = new_command ("T", more);
  LecAsfCommand command;

  g_assert_cmpuint (good->len, ==, LEC_ASF_SCRIPT_OBJECT_MAX);
  feed_pieces (script, (Front){ STREAM, 1, 0, 0, 1 }, bad, 1000, -1);
  check_no_more (script);
  feed_pieces (script, (Front){ STREAM, 2, 0, 0, 1 }, good, 1000, -1);
  g_assert_true (lec_asf_script_take (script, 101 * SECOND, &command));
  g_assert_cmpuint (strlen (command.parameter), ==, LEC_CUE_PARAMETER_MAX);
}

/* What is begun and never ended is forgotten, and holds up nobody. */
static void
test_many_begun (void)
{
  g_autoptr (LecAsfScript) script = new_script ();
  g_autoptr (GByteArray) object = new_command ("TEXT", "never ends");

  for (guint number = 0; number < 10000; number++)
    feed_piece (script, &(Front){ STREAM, number & 0xff, LEC_ASF_SCRIPT_OBJECT_MAX, 0, number },
                object->data, object->len);
  feed_whole (script, 1, 5, "TEXT", "ends");
  check_next (script, 5, "TEXT", "ends");
  check_no_more (script);
}

/* 10 000 commands a second: as many as somebody can look at, and the last one of each type at the
 * end. */
static void
test_flood (void)
{
  g_autoptr (LecAsfScript) script = new_script ();
  LecAsfCommand command;
  guint taken = 0;

  feed_whole (script, 0, 0, "URL", "early");
  for (guint i = 0; i < 30000; i++) {
    g_autofree char *text = g_strdup_printf ("%u", i);

    feed_whole (script, i & 0xff, i / 10, "TEXT", text);
    while (lec_asf_script_take (script, (gint64) i * SECOND / 10000, &command))
      taken++;
  }
  g_assert_cmpuint (taken, >=, 3 * LEC_ASF_SCRIPT_RATE);
  g_assert_cmpuint (taken, <=, 4 * LEC_ASF_SCRIPT_RATE);
  feed_whole (script, 1, 3000, "URL", "late");
  for (guint i = 0; lec_asf_script_take (script, 4 * SECOND, &command); i++) {
    g_assert_cmpuint (i, <, LEC_ASF_SCRIPT_RATE);
    if (strcmp (command.type, "URL") == 0)
      break;
  }
  g_assert_cmpstr (command.parameter, ==, "late");
  check_no_more (script);
}

/* The newest of a type outlives older ones of others' that flood. */
static void
test_flood_keeps_others (void)
{
  g_autoptr (LecAsfScript) script = new_script ();
  gboolean has_url = FALSE;
  LecAsfCommand command;

  feed_whole (script, 0, 0, "URL", "slide");
  for (guint i = 0; i < 1000; i++) {
    g_autofree char *text = g_strdup_printf ("%u", i);

    feed_whole (script, i & 0xff, 1, "TEXT", text);
  }
  while (lec_asf_script_take (script, 0, &command)) {
    if (strcmp (command.type, "URL") == 0)
      has_url = TRUE;
  }
  g_assert_true (has_url);
  g_assert_cmpstr (command.parameter, ==, "999");
}

/* The rate is by the clock that is told, whatever the station says its time is. */
static void
test_rate (void)
{
  g_autoptr (LecAsfScript) script = new_script ();
  LecAsfCommand command;
  guint taken = 0;

  for (guint i = 0; i < 1000; i++) {
    g_autofree char *text = g_strdup_printf ("%u", i);

    feed_whole (script, i & 0xff, i * 1000000, "TEXT", text);
    while (lec_asf_script_take (script, 5 * SECOND, &command))
      taken++;
  }
  g_assert_cmpuint (taken, ==, LEC_ASF_SCRIPT_RATE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/asf-script/whole", test_whole);
  g_test_add_func ("/asf-script/pieces", test_pieces);
  g_test_add_func ("/asf-script/two-streams-at-once", test_two_streams_at_once);
  g_test_add_func ("/asf-script/lost-piece", test_lost_piece);
  g_test_add_func ("/asf-script/compressed", test_compressed);
  g_test_add_func ("/asf-script/no-replicated-data", test_no_replicated_data);
  g_test_add_func ("/asf-script/other-streams", test_other_streams);
  g_test_add_func ("/asf-script/tolerance", test_tolerance);
  g_test_add_func ("/asf-script/repeats", test_repeats);
  g_test_add_func ("/asf-script/repeat-at-wrap", test_repeat_at_wrap);
  g_test_add_func ("/asf-script/too-long", test_too_long);
  g_test_add_func ("/asf-script/many-begun", test_many_begun);
  g_test_add_func ("/asf-script/flood", test_flood);
  g_test_add_func ("/asf-script/flood-keeps-others", test_flood_keeps_others);
  g_test_add_func ("/asf-script/rate", test_rate);
  return g_test_run ();
}
