/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "asf-format.h"

#include "wire/asf-header.h"

/* Of WAVEFORMATEX: what Windows Media has been sent with. */
static const struct
{
  guint tag;
  const char *name;
} sounds[] = {
  { 0x000a, "WMA-Voice" }, { 0x0050, "MP2" },          { 0x0055, "MP3" },
  { 0x0130, "ACELP.net" }, { 0x0160, "WMA 1" },        { 0x0161, "WMA 2" },
  { 0x0162, "WMA-Pro" },   { 0x0163, "WMA-Lossless" }, { 0x00ff, "AAC" },
};

static char *
name_sound (guint32 tag)
{
  for (gsize i = 0; i < G_N_ELEMENTS (sounds); i++)
    if (sounds[i].tag == tag)
      return g_strdup (sounds[i].name);
  return g_strdup_printf ("0x%04X", tag);
}

static char *
name_picture (guint32 characters)
{
  char name[5] = { 0 };

  for (guint i = 0; i < 4; i++) {
    name[i] = (char) (characters >> 8 * i);
    if (!g_ascii_isgraph (name[i]))
      return g_strdup_printf ("0x%08X", characters);
  }
  return g_strdup (name);
}

GStrv
lec_asf_format_dup_codecs (GBytes *header, guint *packet_size, guint64 *preroll_ms)
{
  g_autoptr (GStrvBuilder) codecs = g_strv_builder_new ();
  LecAsfHeader facts = { 0 };

  lec_asf_header_read (g_bytes_get_data (header, NULL), g_bytes_get_size (header), &facts);
  *packet_size = facts.packet_size;
  *preroll_ms = facts.preroll_ms;
  for (guint i = 0; i < LEC_ASF_STREAMS; i++) {
    g_autofree char *name = NULL;

    if (facts.kinds[i] == LEC_ASF_AUDIO)
      name = name_sound (facts.codecs[i]);
    else if (facts.kinds[i] == LEC_ASF_VIDEO)
      name = name_picture (facts.codecs[i]);
    if (name != NULL)
      g_strv_builder_add (codecs, name);
  }
  return g_strv_builder_end (codecs);
}
