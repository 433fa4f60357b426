import type { FragmentType } from "@apollo/client";
import { useFragment } from "@apollo/client/react";
import { Text, VisuallyHidden } from "@mantine/core";
import type { ReactNode } from "react";
import { PlanComparison_PlanFragmentDoc, type PlanComparison_PlanFragment, type PlanCode } from "../../gql/documents";
import { comparisonOf, NONE } from "./plan-comparison";
import classes from "./PlanComparison.module.css";

type Props = {
  readonly plans: readonly FragmentType<PlanComparison_PlanFragment>[];
  /** The plan that the others are compared with. */
  readonly current: PlanCode;
  /** What can be done with a plan, at the head of its column. */
  readonly renderAct: (plan: PlanCode) => ReactNode;
};

/** The plans side by side; what differs from the present one stands out. */
export function PlanComparison({ plans: from, current, renderAct }: Props) {
  const { data: plans, complete } = useFragment({ fragment: PlanComparison_PlanFragmentDoc, from: [...from] });
  if (!complete) return null;
  const own = plans.findIndex(({ code }) => code === current);
  return (
    <>
      <Text size="sm" c="dimmed" px="lg">
        Bold with a dot: different from your plan.
      </Text>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to be reachable by keys */}
      <section className={classes.frame} aria-label="Comparison" tabIndex={0}>
        <table className={classes.table}>
          <caption className={classes.caption}>Plans side by side</caption>
          <thead>
            <tr>
              <th scope="col">
                <VisuallyHidden>What</VisuallyHidden>
              </th>
              {plans.map(({ code, name }) => (
                <th key={code} scope="col" data-own={code === current || undefined}>
                  <span className={classes.name}>{name}</span>
                  <span className={classes.act}>{renderAct(code)}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {comparisonOf(plans).map(({ label, values }) => (
              <tr key={label}>
                <th scope="row">{label}</th>
                {plans.map(({ code }, index) => (
                  <Value
                    key={code}
                    value={values[index] ?? ""}
                    isOwn={index === own}
                    differs={own >= 0 && values[index] !== NONE && values[index] !== values[own]}
                  />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
}

function Value({ value, isOwn, differs }: { value: string; isOwn: boolean; differs: boolean }) {
  return (
    <td data-own={isOwn || undefined} data-differs={differs || undefined}>
      {value}
      {differs && <VisuallyHidden> (different from your plan)</VisuallyHidden>}
    </td>
  );
}
