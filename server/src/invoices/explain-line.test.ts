import fc from "fast-check";
import { expect, test } from "vitest";
import { planTerms, reportedWork } from "../../test/arbitraries.ts";
import { APRIL, freeze, MARCH, mirror, renewalDraft } from "../../test/billed-customer.ts";
import { after, generation, newCustomer, publishPlan } from "../../test/customer.ts";
import { expectExplained, LINES } from "../../test/explained.ts";
import { newWorld } from "../../test/world.ts";

const history = fc.array(
  fc.record({
    hours: fc.integer({ min: 1, max: 31 * 24 }),
    work: reportedWork,
    many: fc.integer({ min: 1, max: 12 }),
    voided: fc.boolean(),
  }),
  { minLength: 1, maxLength: 8 },
);

test("whatever the prices and the usage, voided or not: parts explain each line to the last digit", async () => {
  const world = await newWorld();
  const admin = await world.staff();
  await fc.assert(
    fc.asyncProperty(planTerms, history, async (terms, steps) => {
      world.setClock(MARCH);
      await publishPlan(admin, "starter", terms);
      const customer = await newCustomer(world, MARCH, "starter");
      for (const { hours, work, many, voided } of steps.toSorted((a, b) => a.hours - b.hours)) {
        world.setClock(after(MARCH, hours * 3_600_000 - 1));
        const events = Array.from({ length: many }, () => ({ ...generation(), complexity: null, ...work }));
        await customer.record(events);
        if (voided) await customer.voidEvent(events[0]!.idempotencyKey);
      }
      world.setClock(after(APRIL, -1));
      const { upcomingInvoice } = (await customer.owner.get(`{ organization { upcomingInvoice { ${LINES} } } }`))
        .organization;
      expectExplained(upcomingInvoice.lines);
      world.setClock(APRIL);
      await freeze(customer);
      const id = await mirror(customer, await renewalDraft(customer));
      const { invoice } = await customer.owner.get(`query($id: ID!) { invoice(id: $id) { ${LINES} } }`, { id });
      expectExplained(invoice.lines);
      const explanations = (lines: any[]) => lines.flatMap(({ explanation }) => explanation ?? []);
      expect(explanations(invoice.lines)).toEqual(explanations(upcomingInvoice.lines));
    }),
    { numRuns: 12 },
  );
});
