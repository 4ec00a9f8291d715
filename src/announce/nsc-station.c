/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "announce/nsc-station.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "announce/cursor.h"
#include "announce/nsc-value.h"
#include "announce/reference.h"
#include "wire/asf-header.h"

#define MAX_FORMAT_ID 2047
#define MAX_KEY 64 /* [bytes] of the name of a property */
#define MAX_DETAILS 64
#define MAX_ECC 15
#define SHOWN 64 /* [bytes] of a refused piece that a message quotes */

/* What is assumed where a file does not say it. */
#define DEFAULT_ECC 10
#define DEFAULT_EXPIRES_S 86400

void
lec_nsc_station_init (LecNscStation *self, LecWarnings *warnings)
{
  memset (self, 0, sizeof *self);
  self->warnings = warnings;
  self->info = lec_channel_info_new ();
  self->alternative = lec_channel_info_add_alternative (self->info, LEC_KIND_MSB);
  self->said.fec_span = DEFAULT_ECC;
  self->said.buffer_ms = LEC_NSC_BUFFER_MS;
  self->said.may_split = TRUE;
  self->said.may_record = TRUE;
  self->said.expires_s = DEFAULT_EXPIRES_S;
  self->seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->descriptions = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->numbers = g_array_new (FALSE, FALSE, sizeof (guint));
}

void
lec_nsc_station_clear (LecNscStation *self)
{
  lec_channel_info_free (self->info);
  g_free (self->group);
  g_free (self->port);
  g_free (self->ttl);
  g_free (self->adapter);
  g_free (self->unicast_url);
  g_free (self->said.log_url);
  g_free (self->refused_format);
  g_hash_table_unref (self->seen);
  g_hash_table_unref (self->descriptions);
  g_array_unref (self->numbers);
}

static char *
read_text (LecNscStation *self, const char *key, const char *value)
{
  gboolean intact;
  char *text = lec_nsc_text_decode (value, &intact);

  if (!intact)
    lec_warnings_add (self->warnings, _ ("the check sum of “%.*s” is wrong"), SHOWN, key);
  return text;
}

gboolean
lec_nsc_parse_number (const char *text, guint32 *number)
{
  guint64 parsed = 0;
  LecCursor cursor;

  if (g_ascii_strncasecmp (text, "0x", 2) != 0) {
    lec_cursor_init (&cursor, text);
    *number = (guint32) lec_cursor_number (&cursor, G_MAXUINT32);
    return lec_cursor_done (&cursor);
  }
  if (text[2] == '\0')
    return FALSE;
  for (const char *p = text + 2; *p != '\0'; p++) {
    if (!g_ascii_isxdigit (*p) || parsed > G_MAXUINT32 >> 4)
      return FALSE;
    parsed = parsed << 4 | (guint) g_ascii_xdigit_value (*p);
  }
  *number = (guint32) parsed;
  return TRUE;
}

/* Leaves @number alone where there is none between @min and @max. */
static void
read_number (LecNscStation *self,
             const char *key,
             const char *value,
             guint min,
             guint max,
             guint *number)
{
  g_autofree char *text = read_text (self, key, value);
  guint32 parsed;

  if (text == NULL)
    return;
  if (lec_nsc_parse_number (text, &parsed) && parsed >= min && parsed <= max)
    *number = parsed;
  else
    lec_warnings_add (self->warnings, _ ("“%s=%.*s” was ignored: it must be %u to %u"), key, SHOWN,
                      text, min, max);
}

static void
read_switch (LecNscStation *self, const char *key, const char *value, gboolean *on)
{
  guint number = *on ? 1 : 0;

  read_number (self, key, value, 0, 1, &number);
  *on = number == 1;
}

static void
read_name (LecNscStation *self, const char *key, const char *value)
{
  self->info->title = read_text (self, key, value);
}

static void
read_version (LecNscStation *self, const char *key, const char *value)
{
  g_autofree char *version = read_text (self, key, value);

  if (version != NULL && strcmp (version, "3.0") != 0)
    lec_warnings_add (self->warnings, _ ("the station file has version “%.*s”; only 3.0 is known"),
                      SHOWN, version);
}

static void
read_adapter (LecNscStation *self, const char *key, const char *value)
{
  self->adapter = read_text (self, key, value);
}

static void
read_group (LecNscStation *self, const char *key, const char *value)
{
  self->group = read_text (self, key, value);
}

static void
read_port (LecNscStation *self, const char *key, const char *value)
{
  self->port = read_text (self, key, value);
}

static void
read_ttl (LecNscStation *self, const char *key, const char *value)
{
  self->ttl = read_text (self, key, value);
}

static void
read_ecc (LecNscStation *self, const char *key, const char *value)
{
  read_number (self, key, value, 1, MAX_ECC, &self->said.fec_span);
}

static void
read_log_url (LecNscStation *self, const char *key, const char *value)
{
  g_autofree char *url = read_text (self, key, value);

  if (url == NULL)
    return;
  if (lec_reference_has_scheme (url, "http") || lec_reference_has_scheme (url, "https"))
    self->said.log_url = lec_reference_resolve (url, NULL, NULL);
  else
    lec_warnings_add (self->warnings, _ ("the log address was ignored: it is not a web address"));
}

static void
read_unicast_url (LecNscStation *self, const char *key, const char *value)
{
  self->unicast_url = read_text (self, key, value);
}

static void
read_splitting (LecNscStation *self, const char *key, const char *value)
{
  read_switch (self, key, value, &self->said.may_split);
}

static void
read_caching (LecNscStation *self, const char *key, const char *value)
{
  read_switch (self, key, value, &self->said.may_record);
}

static void
read_expiration (LecNscStation *self, const char *key, const char *value)
{
  read_number (self, key, value, 0, G_MAXUINT32, &self->said.expires_s);
}

static void
read_buffer (LecNscStation *self, const char *key, const char *value)
{
  read_number (self, key, value, 0, G_MAXUINT32, &self->said.buffer_ms);
}

static const struct
{
  const char *name;
  void (*read) (LecNscStation *self, const char *key, const char *value);
} keys[] = {
  { "Name", read_name },
  { "NSC Format Version", read_version },
  { "Multicast Adapter", read_adapter },
  { "IP Address", read_group },
  { "IP Port", read_port },
  { "Time To Live", read_ttl },
  { "Default Ecc", read_ecc },
  { "Log URL", read_log_url },
  { "Unicast URL", read_unicast_url },
  { "Allow Splitting", read_splitting },
  { "Allow Caching", read_caching },
  { "Cache Expiration Time", read_expiration },
  { "Network Buffer Time", read_buffer },
};

static gboolean
has_format (const LecNscStation *self, guint id)
{
  const LecMsb *msb = self->alternative->msb;

  for (guint i = 0; msb != NULL && i < msb->formats->len; i++) {
    if (((const LecMsbFormat *) g_ptr_array_index (msb->formats, i))->id == id)
      return TRUE;
  }
  return FALSE;
}

/* Why a block cannot be the header of a format; NULL where it can. */
static const char *
find_fault (const LecNscStation *self, const LecNscBlock *block, LecAsfHeader *header)
{
  gsize length;
  const guint8 *bytes = g_bytes_get_data (block->payload, &length);

  if (block->key > MAX_FORMAT_ID)
    return _ ("its number is greater than 2047");
  if (has_format (self, block->key))
    return _ ("another one has the same number");
  if (!lec_asf_header_read (bytes, length, header))
    return _ ("its ASF header is incomplete");
  return length < header->size + LEC_ASF_DATA_START ? _ ("the start of its data object is missing")
                                                    : NULL;
}

static void
note_format (LecNscStation *self,
             const char *key,
             const LecNscBlock *block,
             const LecAsfHeader *header)
{
  if (!block->intact)
    lec_warnings_add (self->warnings, _ ("the check sum of “%s” is wrong"), key);
  if (g_bytes_get_size (block->payload) > header->size + LEC_ASF_DATA_START)
    lec_warnings_add (self->warnings, _ ("bytes behind the header in “%s” were ignored"), key);
  if (header->is_encrypted)
    lec_warnings_add (
        self->warnings,
        _ ("“%s” is encrypted by Windows Media rights management, which only Windows can undo"),
        key);
}

/* The number of a format that packets name is the key in its block, not that of its line. */
static void
read_format (LecNscStation *self, const char *key, guint number, const char *value)
{
  g_auto (LecNscBlock) block = { 0 };
  LecAsfHeader header;
  const char *fault = _ ("it is not a valid format, or it is truncated");

  if (lec_nsc_block_decode (value, &block))
    fault = find_fault (self, &block, &header);
  if (fault != NULL) {
    lec_warnings_add (self->warnings, _ ("“%1$s” was ignored: %2$s"), key, fault);
    if (self->refused_format == NULL) {
      self->refused_format = g_strdup (key);
      self->refusal = fault;
    }
    return;
  }
  note_format (self, key, &block, &header);
  lec_alternative_add_format (
      self->alternative, block.key,
      g_bytes_new_from_bytes (block.payload, 0, header.size + LEC_ASF_DATA_START));
  g_array_append_val (self->numbers, number);
  self->has_video |= header.has_video;
}

/* Keys are words; what only looks like one is a piece of something broken. */
static gboolean
is_key (const char *key)
{
  gsize length = strlen (key);

  return length > 0 && length <= MAX_KEY
         && strspn (key, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 ._-")
                == length;
}

static void
read_detail (LecNscStation *self, const char *key, const char *value)
{
  g_autofree char *text = read_text (self, key, value);

  if (!is_key (key))
    lec_warnings_add (self->warnings, _ ("“%.40s” is not a valid property name"), key);
  if (text == NULL || !is_key (key))
    return;
  if (self->n_details++ < MAX_DETAILS)
    lec_channel_info_add_detail (self->info, key, text);
}

/* `Format1`: a word and a number, from 0 on. */
static gboolean
is_numbered (const char *key, const char *word, guint *number)
{
  LecCursor cursor;

  if (g_ascii_strncasecmp (key, word, strlen (word)) != 0)
    return FALSE;
  lec_cursor_init (&cursor, key + strlen (word));
  *number = (guint) lec_cursor_number (&cursor, G_MAXUINT32);
  return lec_cursor_done (&cursor);
}

void
lec_nsc_station_read (LecNscStation *self, const char *key, const char *value)
{
  guint number;

  if (!g_hash_table_add (self->seen, g_ascii_strdown (key, -1))) {
    lec_warnings_add (self->warnings, _ ("“%.*s” occurs more than once; the first is used"), SHOWN,
                      key);
    return;
  }
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++) {
    if (g_ascii_strcasecmp (keys[i].name, key) == 0) {
      keys[i].read (self, keys[i].name, value);
      return;
    }
  }
  if (is_numbered (key, "Format", &number))
    read_format (self, key, number, value);
  else if (is_numbered (key, "Description", &number))
    g_hash_table_insert (self->descriptions, GUINT_TO_POINTER (number),
                         read_text (self, key, value));
  else
    read_detail (self, key, value);
}

gboolean
lec_nsc_is_known_key (const char *key)
{
  guint number;

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++) {
    if (g_ascii_strcasecmp (keys[i].name, key) == 0)
      return TRUE;
  }
  return is_numbered (key, "Format", &number) || is_numbered (key, "Description", &number);
}
