/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/asf-script.h"

#include <string.h>

#include "wire/asf-text.h"
#include "wire/cue.h"
#include "wire/serial.h"
#include "wire/units.h"

#define OBJECTS 4  /* that are in the middle of arriving; encoders send one after the other */
#define WAITING 16 /* commands that nobody has taken */
#define TYPES 8    /* of which the newest command is remembered */
#define INTERVAL_NS (SECOND / LEC_ASF_SCRIPT_RATE)

/* One that has begun to arrive. */
typedef struct
{
  guint stream; /* 0: none */
  guint number;
  guint32 size; /* [bytes] when it is whole */
  guint32 presentation;
  GByteArray *bytes; /* its beginning */
} Object;

struct _LecAsfScript
{
  gboolean is_ours[LEC_ASF_STREAMS];

  Object objects[OBJECTS];
  guint next_object; /* the one that was begun longest ago */

  LecAsfCommand waiting[WAITING]; /* the oldest first */
  guint n_waiting;
  LecAsfCommand taken; /* the last one */

  LecAsfCommand newest[TYPES]; /* one of a type; that which is the longest ago first */
  guint n_newest;

  gboolean has_begun; /* something has been taken */
  gint64 earned_ns;   /* when what has been taken was paid for, up to LEC_ASF_SCRIPT_RATE ahead */
};

static void
clear_command (LecAsfCommand *command)
{
  g_free (command->type);
  g_free (command->parameter);
  *command = (LecAsfCommand){ 0 };
}

static LecAsfCommand
copy_command (const LecAsfCommand *command)
{
  return (LecAsfCommand){ command->presentation, g_strdup (command->type),
                          g_strdup (command->parameter) };
}

static gboolean
is_of_type (const LecAsfCommand *command, const char *type)
{
  return g_ascii_strcasecmp (command->type, type) == 0;
}

/* Returns: (transfer full): the one at @index, taken out of an array of @n */
static LecAsfCommand
steal_command (LecAsfCommand *commands, guint *n, guint index)
{
  const LecAsfCommand command = commands[index];

  memmove (commands + index, commands + index + 1, (*n - index - 1) * sizeof *commands);
  (*n)--;
  return command;
}

static void
remove_command (LecAsfCommand *commands, guint *n, guint index)
{
  LecAsfCommand command = steal_command (commands, n, index);

  clear_command (&command);
}

/* ---- what is said ---- */

/* Whether the last command of its type was the same and is not long ago. Remembers it. */
static gboolean
is_repeated (LecAsfScript *self, const LecAsfCommand *command)
{
  gboolean repeated = FALSE;

  for (guint i = 0; i < self->n_newest; i++) {
    const LecAsfCommand *last = &self->newest[i];
    gint32 later;

    if (!is_of_type (last, command->type))
      continue;
    later = lec_serial_diff (last->presentation, command->presentation, 32);
    repeated = ABS ((gint64) later) < LEC_ASF_SCRIPT_REPEAT_MS
               && strcmp (last->parameter, command->parameter) == 0;
    remove_command (self->newest, &self->n_newest, i);
    break;
  }
  if (self->n_newest == TYPES)
    remove_command (self->newest, &self->n_newest, 0);
  self->newest[self->n_newest++] = copy_command (command);
  return repeated;
}

/* One more would be too many: that of the same type is out of date, or else the oldest. */
static void
make_room (LecAsfScript *self, const char *type)
{
  guint index = 0;

  for (guint i = 0; i < self->n_waiting; i++) {
    if (is_of_type (&self->waiting[i], type)) {
      index = i;
      break;
    }
  }
  remove_command (self->waiting, &self->n_waiting, index);
}

static void
say (LecAsfScript *self, const guint8 *bytes, gsize size, guint32 presentation)
{
  LecAsfCommand command = { .presentation = presentation };
  gsize used;

  command.type = lec_asf_text_dup (bytes, size, LEC_CUE_TYPE_MAX, &used);
  command.parameter = lec_asf_text_dup (bytes + used, size - used, LEC_CUE_PARAMETER_MAX, NULL);
  if (*command.type == '\0' || is_repeated (self, &command)) {
    clear_command (&command);
    return;
  }
  if (self->n_waiting == WAITING)
    make_room (self, command.type);
  self->waiting[self->n_waiting++] = command;
}

/* ---- objects ---- */

static void
drop_object (Object *object)
{
  object->stream = 0;
  g_byte_array_set_size (object->bytes, 0);
}

static Object *
find_object (LecAsfScript *self, const LecAsfPayload *payload)
{
  for (guint i = 0; i < OBJECTS; i++) {
    Object *object = &self->objects[i];

    if (object->stream == payload->stream && object->number == payload->object)
      return object;
  }
  return NULL;
}

/* In place of the one that has waited longest for its end. */
static Object *
begin_object (LecAsfScript *self, const LecAsfPayload *payload)
{
  Object *object = &self->objects[self->next_object];

  self->next_object = (self->next_object + 1) % OBJECTS;
  if (object->bytes == NULL)
    object->bytes = g_byte_array_new ();
  drop_object (object);
  object->stream = payload->stream;
  object->number = payload->object;
  object->size = payload->object_size;
  object->presentation = payload->presentation;
  return object;
}

static void
add_piece (LecAsfScript *self, const LecAsfPayload *payload)
{
  Object *object = find_object (self, payload);

  if (payload->offset == 0) {
    if (object != NULL)
      drop_object (object); /* what had its number never came to its end */
    object = begin_object (self, payload);
  }
  if (object == NULL)
    return;
  if (payload->offset != object->bytes->len || payload->object_size != object->size
      || payload->size > object->size - object->bytes->len) {
    drop_object (object);
    return;
  }
  g_byte_array_append (object->bytes, payload->data, (guint) payload->size);
  if (object->bytes->len < object->size)
    return;
  say (self, object->bytes->data, object->bytes->len, object->presentation);
  drop_object (object);
}

static void
add_payload (LecAsfScript *self, const LecAsfPayload *payload)
{
  /* where no size is said, there are no pieces */
  const gboolean is_whole = payload->offset == 0
                            && (payload->object_size == 0 || payload->object_size == payload->size);

  if (payload->size > LEC_ASF_SCRIPT_OBJECT_MAX || payload->object_size > LEC_ASF_SCRIPT_OBJECT_MAX)
    return;
  if (is_whole)
    say (self, payload->data, payload->size, payload->presentation);
  else if (payload->size > 0 && payload->object_size > 0)
    add_piece (self, payload);
}

/* ---- in and out ---- */

LecAsfScript *
lec_asf_script_new (const guint8 *streams, gsize n_streams)
{
  LecAsfScript *self = g_new0 (LecAsfScript, 1);

  for (gsize i = 0; i < n_streams; i++)
    self->is_ours[streams[i] % LEC_ASF_STREAMS] = TRUE;
  return self;
}

void
lec_asf_script_free (LecAsfScript *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < OBJECTS; i++)
    g_clear_pointer (&self->objects[i].bytes, g_byte_array_unref);
  for (guint i = 0; i < self->n_waiting; i++)
    clear_command (&self->waiting[i]);
  for (guint i = 0; i < self->n_newest; i++)
    clear_command (&self->newest[i]);
  clear_command (&self->taken);
  g_free (self);
}

void
lec_asf_script_feed (LecAsfScript *self, const LecAsfPacket *packet)
{
  LecAsfPacket reading = *packet;
  LecAsfPayload payload;

  while (lec_asf_packet_next (&reading, &payload)) {
    if (self->is_ours[payload.stream % LEC_ASF_STREAMS])
      add_payload (self, &payload);
  }
}

/* Each takes its share of a second; what was not used is kept for up to a second. */
static gboolean
may_take (LecAsfScript *self, gint64 now_ns)
{
  if (!self->has_begun || self->earned_ns < now_ns - SECOND)
    self->earned_ns = now_ns - SECOND;
  self->has_begun = TRUE;
  if (self->earned_ns > now_ns - INTERVAL_NS)
    return FALSE;
  self->earned_ns += INTERVAL_NS;
  return TRUE;
}

gboolean
lec_asf_script_take (LecAsfScript *self, gint64 now_ns, LecAsfCommand *command)
{
  if (self->n_waiting == 0 || !may_take (self, now_ns))
    return FALSE;
  clear_command (&self->taken);
  self->taken = steal_command (self->waiting, &self->n_waiting, 0);
  *command = self->taken;
  return TRUE;
}
