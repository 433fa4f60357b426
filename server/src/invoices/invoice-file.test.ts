import { expect, test } from "vitest";
import { APRIL, billedCustomer, inCustomer, mirror } from "../../test/billed-customer.ts";
import type { Customer } from "../../test/customer.ts";
import { paid } from "../../test/mirrored.ts";
import { newWorld, type Asker, type World } from "../../test/world.ts";
import { newId } from "../platform/id.ts";

const download = (world: World, id: string, headers: Record<string, string> = {}) =>
  world.server.inject({ method: "GET", url: `/invoices/${id}.pdf`, headers });

const bearer = (asker: Asker): Record<string, string> => ({ authorization: `Bearer ${asker.token ?? ""}` });

const storedFiles = (customer: Customer): Promise<any[]> =>
  inCustomer(customer, (sql) => sql("select content_hash, length(bytes) as size, created_at from invoice_files"));

test("the PDF is made once, and again when what it says has changed", async () => {
  const world = await newWorld();
  const { customer, draft, id } = await billedCustomer(world);

  const first = await download(world, id, bearer(customer.owner));
  expect([first.statusCode, first.headers["content-type"], first.headers["cache-control"]]).toEqual([
    200,
    "application/pdf",
    "private, no-cache",
  ]);
  expect(first.headers["content-disposition"]).toBe(`inline; filename="invoice-${id}.pdf"`);
  expect(first.rawPayload.subarray(0, 5).toString()).toBe("%PDF-");
  const [stored] = await storedFiles(customer);
  expect(stored.size).toBe(first.rawPayload.length);

  const again = await download(world, id, bearer(customer.owner));
  expect(again.rawPayload.equals(first.rawPayload)).toBe(true);
  expect(await storedFiles(customer)).toEqual([stored]);
  const unchanged = await download(world, id, {
    ...bearer(customer.owner),
    "if-none-match": first.headers["etag"] as string,
  });
  expect([unchanged.statusCode, unchanged.body]).toEqual([304, ""]);

  await mirror(customer, paid(draft));
  const later = await download(world, id, bearer(customer.owner));
  expect(later.headers["content-disposition"]).toBe(`inline; filename="invoice-QLP-${draft.stripeId}.pdf"`);
  expect(later.headers["etag"]).not.toBe(first.headers["etag"]);
  const files = await storedFiles(customer);
  expect(files).toHaveLength(1);
  expect(files[0].content_hash).not.toBe(stored.content_hash);
});

test("a browser is known by its cookie", async () => {
  const world = await newWorld();
  const { customer, id } = await billedCustomer(world);
  const { statusCode } = await download(world, id, { cookie: `qlp_session=${customer.owner.token ?? ""}` });
  expect(statusCode).toBe(200);
});

test("only those who read its bills get it, and for others it is not there", async () => {
  const world = await newWorld();
  const { customer, id } = await billedCustomer(world);
  const stranger = await world.organization();
  const codeOf = async (wanted: string, headers?: Record<string, string>) => {
    const response = await download(world, wanted, headers);
    return [response.statusCode, response.json().errors[0].extensions.code];
  };
  expect(await codeOf(id)).toEqual([401, "UNAUTHENTICATED"]);
  expect(await codeOf(id, { authorization: "Bearer nonsense" })).toEqual([401, "UNAUTHENTICATED"]);
  expect(await codeOf(id, bearer(customer.key))).toEqual([403, "FORBIDDEN"]);
  expect(await codeOf(id, bearer(await world.serviceKey()))).toEqual([403, "FORBIDDEN"]);
  expect(await codeOf(id, bearer(stranger.owner))).toEqual([404, "NOT_FOUND"]);
  expect(await codeOf(newId(), bearer(customer.owner))).toEqual([404, "NOT_FOUND"]);
  expect(await storedFiles(customer)).toEqual([]);
  const billing = await world.apiKey(customer.owner, ["billing:read"]);
  expect((await download(world, id, bearer(billing))).statusCode).toBe(200);
});

test("staff get it, and leave a trace", async () => {
  const world = await newWorld();
  const { customer, draft, id } = await billedCustomer(world);
  await mirror(customer, paid(draft, { dueAt: new Date(APRIL) }));
  const staff = await world.staff("SUPPORT");
  expect((await download(world, id, bearer(staff))).statusCode).toBe(200);
  const { auditLog } = (await customer.owner.get(`{ organization { auditLog(first: 1) { nodes { action target } } } }`))
    .organization;
  expect(auditLog.nodes).toEqual([{ action: "organization.read", target: `invoice QLP-${draft.stripeId}` }]);
});
