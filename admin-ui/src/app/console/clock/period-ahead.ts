import { useQuery } from "@apollo/client/react";
import { useMatch } from "react-router";
import { PeriodEndDocument, PeriodEndsDocument } from "../../../gql/documents";
import { nextEnd, type PeriodAhead } from "./clock-steps";

/**
 * The end of a period that is worth going to: of the organization whose pages are open, else the next one of all
 * organizations. null where it is not known, as with more organizations than one answer holds.
 *
 * @param now the product's time in milliseconds
 * @param wanted false where nobody could go there: then nothing is asked
 */
export function usePeriodAhead(now: number, wanted: boolean): PeriodAhead | null {
  const id = useMatch("/console/organizations/:id/*")?.params.id;
  const { data: one } = useQuery(PeriodEndDocument, { variables: { id: id ?? "" }, skip: !wanted || id === undefined });
  const { data: all } = useQuery(PeriodEndsDocument, { skip: !wanted || id !== undefined });
  if (id !== undefined) {
    if (!one || one.organization.id !== id) return null;
    const { name, subscription } = one.organization;
    return { label: `To the end of the period of ${name}`, end: subscription.currentPeriodEnd };
  }
  if (!all || all.organizations.totalCount > all.organizations.nodes.length) return null;
  const end = nextEnd(
    all.organizations.nodes.map(({ subscription }) => subscription.currentPeriodEnd),
    now,
  );
  return end === null ? null : { label: "To the next end of a period", end };
}
