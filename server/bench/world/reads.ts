import type pg from "pg";
import { ask, makeCustomers, PASSWORD } from "./customers.ts";
import { copyOrganization } from "./copied-organizations.ts";
import type { BenchServer } from "./server.ts";
import { graphqlBatch } from "./usage-batches.ts";

const ORGANIZATIONS = 50;
const INVOICES = 10;

/** One organization with subscription, usage and ten invoices, as a customer's first page shows it. */
export const ONE = `query($id: ID!) { organization(id: $id) { id name createdAt
  subscription { id status currentPeriodStart currentPeriodEnd monthlyPrice { amount currency } plan { code name version } }
  usage { periodStart periodEnd total { amount currency }
    meters { meter unit quantity included billable overLimit amount { amount currency } } }
  invoices(first: ${INVOICES}) { pageInfo { hasNextPage endCursor }
    nodes { id number status periodStart periodEnd total { amount currency } amountDue { amount currency } createdAt dueAt paidAt } } } }`;

/** Fifty organizations with what each is subscribed to. */
export const FIFTY = `query { organizations(first: ${ORGANIZATIONS}) { totalCount pageInfo { hasNextPage endCursor }
  nodes { id name createdAt subscription { id status currentPeriodEnd monthlyPrice { amount currency } plan { code name version } } } } }`;

/** Who may read what: an owner their organization, staff all of them. */
export type Readers = { readonly organizationId: string; readonly owner: string; readonly staff: string };

/** Makes fifty organizations on Professional, each with a period's usage and ten invoices. */
export async function makeReadable(server: BenchServer, admin: pg.Client): Promise<Readers> {
  const { organizationIds, serviceKey } = await makeCustomers(server, 1);
  const organizationId = organizationIds[0] ?? "";
  for (let batch = 0; batch < 4; batch += 1) {
    await ask(
      server.url,
      "mutation($input: RecordUsageInput!) { recordUsage(input: $input) { accepted } }",
      { input: { organizationId, events: graphqlBatch(500) } },
      serviceKey,
    );
  }
  await copyOrganization(admin, organizationId, ORGANIZATIONS - 1);
  await admin.query(
    `insert into usage_totals (organization_id, period_id, meter, complexity, units, included, billable, over_limit, amount, credit)
     select s.organization_id, s.current_period_id, t.meter, t.complexity, t.units, t.included, t.billable, t.over_limit, t.amount, t.credit
     from usage_totals t join subscriptions s on s.organization_id <> t.organization_id where t.organization_id = $1`,
    [organizationId],
  );
  await addInvoices(admin);
  await admin.query("analyze");
  return {
    organizationId,
    owner: await logIn(server.url, "bench-0@example.com"),
    staff: await logIn(server.url, "bench-staff@example.com"),
  };
}

/** Months that were paid, newest last. */
const addInvoices = (admin: pg.Client): Promise<unknown> =>
  admin.query(
    `insert into invoices (organization_id, id, stripe_id, number, status, reason, collection, currency, period_start, period_end,
       subtotal_minor, tax_minor, total_minor, amount_due_minor, amount_paid_minor, amount_remaining_minor, credited_minor, refunded_minor,
       hosted_url, attempt_count, created_at, issued_at, due_at, paid_at, disputed, synced_at)
     select o.id, gen_random_uuid(), 'in_' || o.id || '_' || month, 'INV-' || left(o.id::text, 8) || '-' || lpad(month::text, 4, '0'), 'PAID',
       'subscription_cycle', 'CARD', 'USD', at - interval '1 month', at, 49900 + month, 0, 49900 + month, 49900 + month, 49900 + month, 0, 0, 0,
       'https://pay.example/' || month, 1, at, at, at, at + interval '1 hour', false, at
     from organizations o cross join generate_series(1, ${INVOICES}) month
       cross join lateral (select timestamptz '2026-01-01T00:00:00Z' + month * interval '1 month' as at) dated`,
  );

async function logIn(url: string, email: string): Promise<string> {
  const answer = await ask(url, `mutation($input: LogInInput!) { logIn(input: $input) { ... on Session { token } } }`, {
    input: { email, password: PASSWORD },
  });
  return String(answer["logIn"]?.["token"]);
}
