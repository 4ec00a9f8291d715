/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/participants.h"

#include <string.h>

#define BITS_MAX 31
#define ROOMY (LEC_PARTICIPANTS_MAX / 4) /* so few that a sample of twice as many fits easily */

void
lec_participants_init (LecParticipants *self, guint32 secret)
{
  memset (self, 0, sizeof *self);
  self->secret = secret | 1;
}

/* Who knows no secret cannot choose numbers that all get into the sample. */
static gboolean
is_sampled (const LecParticipants *self, guint32 ssrc, guint bits)
{
  guint32 mixed = (ssrc ^ self->secret >> 7) * self->secret;

  mixed = (mixed ^ mixed >> 15) * 0x85ebca6bu;
  mixed ^= mixed >> 13;
  return (mixed & ((1u << bits) - 1)) == 0;
}

/* Index of the first item that is not below @ssrc. */
static guint
find (const LecParticipants *self, guint32 ssrc)
{
  guint low = 0, high = self->count;

  while (low < high) {
    guint middle = (low + high) / 2;

    if (self->items[middle].ssrc < ssrc)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

static gboolean
is_at (const LecParticipants *self, guint index, guint32 ssrc)
{
  return index < self->count && self->items[index].ssrc == ssrc;
}

static void
count (LecParticipants *self)
{
  self->members = self->senders = 0;
  for (guint i = 0; i < self->count; i++) {
    guint64 weight = G_GUINT64_CONSTANT (1) << self->items[i].bits;

    self->members += weight;
    self->senders += self->items[i].sent_ns != G_MININT64 ? weight : 0;
  }
}

static void
remove_at (LecParticipants *self, guint index)
{
  self->count--;
  memmove (&self->items[index], &self->items[index + 1],
           (self->count - index) * sizeof self->items[0]);
}

/* Half of them go, and the others stand for them too. */
static void
thin_out (LecParticipants *self)
{
  guint kept = 0;

  self->bits++;
  for (guint i = 0; i < self->count; i++) {
    if (!is_sampled (self, self->items[i].ssrc, self->bits))
      continue;
    self->items[kept] = self->items[i];
    self->items[kept].bits = (guint8) MAX (self->items[kept].bits, self->bits);
    kept++;
  }
  self->count = kept;
  count (self);
}

static void
insert (LecParticipants *self, guint index, guint32 ssrc)
{
  memmove (&self->items[index + 1], &self->items[index],
           (self->count - index) * sizeof self->items[0]);
  memset (&self->items[index], 0, sizeof self->items[index]);
  self->count++;
  self->items[index].ssrc = ssrc;
  self->items[index].bits = (guint8) self->bits;
  self->items[index].sent_ns = G_MININT64;
  self->members += G_GUINT64_CONSTANT (1) << self->bits;
}

/* One that stood for more while the crowd was larger: those come by themselves now. */
static void
lighten (LecParticipants *self, guint index)
{
  guint64 less = (G_GUINT64_CONSTANT (1) << self->items[index].bits)
                 - (G_GUINT64_CONSTANT (1) << self->bits);

  self->items[index].bits = (guint8) self->bits;
  self->members -= less;
  if (self->items[index].sent_ns != G_MININT64)
    self->senders -= less;
}

void
lec_participants_note (LecParticipants *self,
                       guint32 ssrc,
                       guint64 host,
                       gboolean sends,
                       gint64 now_ns)
{
  guint index;

  while (self->count == LEC_PARTICIPANTS_MAX && self->bits < BITS_MAX)
    thin_out (self);
  if (!is_sampled (self, ssrc, self->bits))
    return;
  index = find (self, ssrc);
  if (!is_at (self, index, ssrc)) {
    if (self->count == LEC_PARTICIPANTS_MAX)
      return;
    insert (self, index, ssrc);
    self->items[index].host = host;
  }
  if (self->items[index].bits > self->bits)
    lighten (self, index);
  self->items[index].heard_ns = now_ns;
  if (!sends)
    return;
  if (self->items[index].sent_ns == G_MININT64)
    self->senders += G_GUINT64_CONSTANT (1) << self->items[index].bits;
  self->items[index].sent_ns = now_ns;
}

void
lec_participants_remove (LecParticipants *self, guint32 ssrc, guint64 host)
{
  guint index = find (self, ssrc);

  if (!is_at (self, index, ssrc)
      || (host != 0 && self->items[index].host != 0 && self->items[index].host != host))
    return;
  self->members -= G_GUINT64_CONSTANT (1) << self->items[index].bits;
  if (self->items[index].sent_ns != G_MININT64)
    self->senders -= G_GUINT64_CONSTANT (1) << self->items[index].bits;
  remove_at (self, index);
}

void
lec_participants_expire (LecParticipants *self, gint64 members_ns, gint64 senders_ns)
{
  guint kept = 0;

  for (guint i = 0; i < self->count; i++) {
    if (self->items[i].heard_ns < members_ns)
      continue;
    if (self->items[i].sent_ns < senders_ns)
      self->items[i].sent_ns = G_MININT64;
    self->items[kept++] = self->items[i];
  }
  self->count = kept;
  if (self->count < ROOMY && self->bits > 0)
    self->bits--;
  count (self);
}

guint
lec_participants_get_members (const LecParticipants *self)
{
  return (guint) MIN (self->members, G_MAXUINT);
}

guint
lec_participants_get_senders (const LecParticipants *self)
{
  return (guint) MIN (self->senders, G_MAXUINT);
}
