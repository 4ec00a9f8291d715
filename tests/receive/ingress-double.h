/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* An ingress without a socket: it is joined on what the test says, and writes down what it is told
 * to do. */
#pragma once

#include "receive/endpoints.h"

G_BEGIN_DECLS

typedef struct
{
  LecIngress parent;
  guint number;
  GString *steps;     /* (unowned) written to: "leave 0, join 0", "pin 1 to 7" */
  GArray *joined;     /* of LecInterface */
  guint buffer_limit; /* [bytes] most that is granted */
  guint32 dropped;    /* as the kernel counts */
  gboolean knows_sender;
  gboolean unreportable; /* whoever sends */
} IngressDouble;

/* @steps: (unowned): shared, as order is what matters between several */
IngressDouble *ingress_double_new (guint number, GString *steps) G_GNUC_WARN_UNUSED_RESULT;

/* It is joined on this one too. */
void ingress_double_join (IngressDouble *self, const char *name, guint index);

/**
 * ingress_double_add:
 * @self: (transfer full): freed with @endpoints
 * @membership: the last one, or one more
 *
 * Returns: the endpoint that it has become
 */
LecEndpoint *ingress_double_add (IngressDouble *self,
                                 LecEndpoints *endpoints,
                                 const char *group,
                                 LecEndpointRole role,
                                 guint membership);

G_END_DECLS
