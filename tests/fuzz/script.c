/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Script commands: a header, or packets with a length in front of each. */
#include "wire/asf-commands.h"
#include "wire/asf-script.h"

#include <string.h>

#include "wire/cue.h"
#include "wire/reader.h"
#include "wire/units.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
check_text (const char *text, gsize most)
{
  g_assert_cmpuint (strlen (text), <=, most);
  g_assert_true (g_utf8_validate (text, -1, NULL));
}

static void
check_command (const LecAsfCommand *command)
{
  check_text (command->type, LEC_CUE_TYPE_MAX);
  check_text (command->parameter, LEC_CUE_PARAMETER_MAX);
  g_assert_cmpuint (strlen (command->type), >, 0);
}

static void
read_header (const guint8 *data, gsize size)
{
  g_autoptr (GArray) commands = lec_asf_commands_read (data, size);
  g_autoptr (GArray) markers = lec_asf_markers_read (data, size);

  g_assert_cmpuint (commands->len, <=, LEC_ASF_COMMANDS_MAX);
  g_assert_cmpuint (markers->len, <=, LEC_ASF_COMMANDS_MAX);
  for (guint i = 0; i < commands->len; i++)
    check_command (&g_array_index (commands, LecAsfCommand, i));
  for (guint i = 0; i < markers->len; i++)
    g_assert_cmpint (g_array_index (markers, LecAsfMarker, i).time_ms, >=, 0);
}

static void
read_packets (LecReader input)
{
  g_autoptr (LecAsfScript) script = lec_asf_script_new ((const guint8[]){ 1, 2, 3 }, 3);
  gint64 now_ns = 0;

  while (input.left > 0) {
    const gsize length = lec_reader_u8 (&input);
    const gsize taken = MIN (length, input.left);
    g_autofree guint8 *bytes = g_memdup2 (lec_reader_bytes (&input, taken), taken);
    LecAsfPacket packet;
    LecAsfCommand command;
    guint at_once = 0;

    if (lec_asf_packet_read (bytes, taken, &packet))
      lec_asf_script_feed (script, &packet);
    now_ns += SECOND / 10;
    for (; lec_asf_script_take (script, now_ns, &command); at_once++)
      check_command (&command);
    g_assert_cmpuint (at_once, <=, LEC_ASF_SCRIPT_RATE);
  }
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  read_header (data, size);
  read_packets (lec_reader_init (data, size));
  return 0;
}
