/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ingress-double.h"

#include "net/receive-buffer.h"

static IngressDouble *
double_of (const LecIngress *self)
{
  return (IngressDouble *) self;
}

static void note (IngressDouble *self, const char *format, ...) G_GNUC_PRINTF (2, 3);

static void
note (IngressDouble *self, const char *format, ...)
{
  va_list arguments;

  if (self->steps->len > 0)
    g_string_append (self->steps, ", ");
  va_start (arguments, format);
  g_string_append_vprintf (self->steps, format, arguments);
  va_end (arguments);
}

static void
free_double (LecIngress *ingress)
{
  IngressDouble *self = double_of (ingress);

  g_array_unref (self->joined);
  g_free (self);
}

static gboolean
get_dropped (const LecIngress *ingress, guint32 *dropped)
{
  *dropped = double_of (ingress)->dropped;
  return TRUE;
}

static guint
reserve (LecIngress *ingress, guint size)
{
  return MIN (size, double_of (ingress)->buffer_limit);
}

static const GArray *
get_joined (const LecIngress *ingress)
{
  return double_of (ingress)->joined;
}

static const char *
get_interfaces (const LecIngress *ingress)
{
  const GArray *joined = double_of (ingress)->joined;

  return joined->len > 0 ? g_array_index (joined, LecInterface, 0).name : "";
}

static void
note_sender (LecIngress *ingress, const struct sockaddr_storage *from)
{
  double_of (ingress)->knows_sender = TRUE;
}

static gboolean
is_reportable (const LecIngress *ingress)
{
  return double_of (ingress)->knows_sender && !double_of (ingress)->unreportable;
}

static void
pin (LecIngress *ingress, guint interface)
{
  IngressDouble *self = double_of (ingress);

  note (self, "pin %u to %u", self->number, interface);
  g_array_set_size (self->joined, 1);
}

static void
renew (LecIngress *ingress, LecRenewal step, const LecIngress *hearing)
{
  static const char *const names[] = { "leave", "join", "widen", "report", "settle" };
  IngressDouble *self = double_of (ingress);

  if (hearing != NULL)
    note (self, "%s %u by %u", names[step], self->number, double_of (hearing)->number);
  else
    note (self, "%s %u", names[step], self->number);
}

static const LecIngressClass double_class = {
  .free = free_double,
  .get_dropped = get_dropped,
  .reserve = reserve,
  .get_joined = get_joined,
  .get_interfaces = get_interfaces,
  .note_sender = note_sender,
  .is_reportable = is_reportable,
  .pin = pin,
  .renew = renew,
};

IngressDouble *
ingress_double_new (guint number, GString *steps)
{
  IngressDouble *self = g_new0 (IngressDouble, 1);

  self->parent.klass = &double_class;
  self->parent.fd = -1;
  self->parent.is_member = TRUE;
  self->number = number;
  self->steps = steps;
  self->joined = g_array_new (FALSE, TRUE, sizeof (LecInterface));
  self->buffer_limit = LEC_RECEIVE_BUFFER_MAX;
  return self;
}

void
ingress_double_join (IngressDouble *self, const char *name, guint index)
{
  LecInterface interface = { .index = index };

  g_strlcpy (interface.name, name, sizeof interface.name);
  g_array_append_val (self->joined, interface);
}

LecEndpoint *
ingress_double_add (IngressDouble *self,
                    LecEndpoints *endpoints,
                    const char *group,
                    LecEndpointRole role,
                    guint membership)
{
  LecEndpoint *endpoint = &endpoints->items[endpoints->count];

  *endpoint = (LecEndpoint){ .ingress = &self->parent,
                             .role = role,
                             .group = g_strdup (group),
                             .membership = membership,
                             .n_users = 1 };
  endpoints->count++;
  endpoints->n_memberships = MAX (endpoints->n_memberships, membership + 1);
  return endpoint;
}
