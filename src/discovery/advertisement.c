/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "discovery/advertisement.h"

#include <string.h>

GType
lec_channel_origin_get_type (void)
{
  static const GFlagsValue values[] = {
    { LEC_CHANNEL_ORIGIN_SAP, "LEC_CHANNEL_ORIGIN_SAP", "sap" },
    { LEC_CHANNEL_ORIGIN_DNS_SD, "LEC_CHANNEL_ORIGIN_DNS_SD", "dns-sd" },
    { LEC_CHANNEL_ORIGIN_FILE, "LEC_CHANNEL_ORIGIN_FILE", "file" },
    { LEC_CHANNEL_ORIGIN_KEPT, "LEC_CHANNEL_ORIGIN_KEPT", "kept" },
    { 0 },
  };
  static gsize type;

  if (g_once_init_enter (&type))
    g_once_init_leave (&type, g_flags_register_static ("LecChannelOrigin", values));
  return type;
}

LecAdvertisement *
lec_advertisement_new (LecChannelOrigin origin,
                       const char *key,
                       LecChannel *channel,
                       const char *announcer,
                       LecAdvertisementFlags flags)
{
  LecAdvertisement *self;

  g_return_val_if_fail (key != NULL, NULL);

  self = g_atomic_rc_box_alloc0 (sizeof (LecAdvertisement) + strlen (key) + 1);
  self->origin = origin;
  self->key = (char *) (self + 1);
  strcpy (self->key, key);
  self->channel = channel != NULL ? lec_channel_ref (channel) : NULL;
  self->announcer = announcer != NULL ? g_ref_string_new_intern (announcer) : NULL;
  self->flags = flags;
  return self;
}

LecAdvertisement *
lec_advertisement_ref (LecAdvertisement *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  LecAdvertisement *self = data;

  g_clear_pointer (&self->announcer, g_ref_string_release);
  lec_channel_unref (self->channel);
}

void
lec_advertisement_unref (LecAdvertisement *self)
{
  if (self != NULL)
    g_atomic_rc_box_release_full (self, clear);
}

gboolean
lec_advertisement_is_announced (const LecAdvertisement *self)
{
  return (self->origin & (LEC_CHANNEL_ORIGIN_SAP | LEC_CHANNEL_ORIGIN_DNS_SD)) != 0;
}

guint
lec_advertisement_hash (gconstpointer advertisement)
{
  const LecAdvertisement *self = advertisement;

  return g_str_hash (self->key) ^ self->origin;
}

gboolean
lec_advertisement_is_same (gconstpointer a, gconstpointer b)
{
  const LecAdvertisement *x = a;
  const LecAdvertisement *y = b;

  return x->origin == y->origin && g_str_equal (x->key, y->key);
}
