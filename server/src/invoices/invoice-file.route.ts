import type { FastifyRequest } from "fastify";
import { recordStaffRead } from "../audit/record-staff-read.ts";
import { authenticate } from "../auth/authenticate.ts";
import { SESSION_COOKIE } from "../auth/session-cookie.ts";
import { entitiesFor } from "../auth/user-viewer.ts";
import type { Route } from "../platform/feature.ts";
import { EdgeFault, notFound } from "../platform/graphql/errors.ts";
import { limitRequests } from "../platform/http/api-limits.ts";
import { cookieOf } from "../platform/http/cookies.ts";
import type { Platform, Scope } from "../platform/scope.ts";
import { invoicesById } from "./read-invoices.ts";
import { sqlIn } from "../platform/database/sql.ts";
import { type InvoiceFile, invoiceFile } from "./invoice-file.ts";
import type { StoredInvoice } from "./stored-invoice.ts";

/**
 * `GET /invoices/<id>.pdf`: the document of an invoice, for those who may read bills of its
 * organization and for staff, whose look is written down. Anything else is 404, as if it were not there.
 */
export const invoiceFileRoute: Route = (server, platform) => {
  server.get<{ Params: { file: string } }>("/invoices/:file(^[0-9a-f-]{36}\\.pdf$)", async (request, reply) => {
    const scope = await scopeOf(platform, request);
    await limitRequests(platform, { viewer: scope.viewer, address: request.ip, reply });
    mayReadBills(scope);
    const { invoice, file } = await readFile(scope, request.params.file.slice(0, -".pdf".length));
    await recordStaffRead(scope, invoice.organizationId, `invoice ${invoice.number ?? invoice.id}`);
    const etag = `"${file.contentHash}"`;
    void reply.header("etag", etag).header("cache-control", "private, no-cache");
    if (request.headers["if-none-match"] === etag) return reply.code(304).send();
    return reply
      .type("application/pdf")
      .header("content-disposition", `inline; filename="${fileName(invoice)}"`)
      .send(file.bytes);
  });
};

async function scopeOf(platform: Platform, request: FastifyRequest): Promise<Scope> {
  const origin = { id: request.id, address: request.ip, userAgent: request.headers["user-agent"] ?? null };
  const viewer = await authenticate(platform, {
    authorization: request.headers.authorization,
    cookie: cookieOf(request.headers.cookie, SESSION_COOKIE),
    origin,
  });
  const em = entitiesFor(platform, viewer);
  return { platform, em, clock: platform.clock, viewer, organizationId: viewer?.organizationId ?? null, origin };
}

function mayReadBills({ viewer }: Scope): void {
  if (!viewer) throw new EdgeFault("UNAUTHENTICATED", "Log in, or send an API key in the Authorization header.");
  if (!viewer.permissions.has("billing:read") && !viewer.permissions.has("staff:read"))
    throw new EdgeFault("FORBIDDEN", "This needs the permission billing:read or staff:read.");
}

/** One transaction around all reads, so that what the document says fits together. */
async function readFile(scope: Scope, id: string): Promise<{ invoice: StoredInvoice; file: InvoiceFile }> {
  await scope.em.begin();
  try {
    const invoice = (await invoicesById(sqlIn(scope.em), [id])).get(id);
    if (!invoice) throw notFound("The invoice");
    return { invoice, file: await invoiceFile(scope, invoice) };
  } finally {
    await scope.em.rollback();
  }
}

/** What a browser saves it as: letters, digits and dashes alone. */
const fileName = ({ number, id }: StoredInvoice): string => `invoice-${(number ?? id).replace(/[^\w-]+/g, "-")}.pdf`;
