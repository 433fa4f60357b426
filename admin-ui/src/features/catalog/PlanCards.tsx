import type { FragmentType } from "@apollo/client";
import { useFragment } from "@apollo/client/react";
import { Button, List, SimpleGrid, Stack, Text, Title } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import { Link } from "react-router";
import {
  PlanCard_PlanFragmentDoc,
  type PlanCard_PlanFragment,
  PlanCardsDocument,
  type PlanCode,
} from "../../gql/documents";
import { useRegionQuery } from "../../lib/query";
import { Money } from "../../ui/Figures";
import { allowancesOf, featuresOf, pastAllowance, priceLine } from "./plan-words";
import classes from "./PlanCards.module.css";

type Action = { readonly to: string; readonly label: string };

/** The plans as they are sold now. @param actionOf where to start with a plan; null where there is nothing to start */
export function PlanCards({ actionOf }: { readonly actionOf: (plan: PlanCode, name: string) => Action | null }) {
  const { data } = useRegionQuery(PlanCardsDocument, {});
  return (
    <SimpleGrid cols={{ base: 1, xs: 2, lg: 4 }} spacing="md">
      {data.plans.map((plan) => (
        <PlanCard key={plan.code} plan={plan} actionOf={actionOf} />
      ))}
    </SimpleGrid>
  );
}

type Props = {
  readonly plan: FragmentType<PlanCard_PlanFragment>;
  readonly actionOf: (plan: PlanCode, name: string) => Action | null;
};

function PlanCard({ plan: from, actionOf }: Props) {
  const { data: plan, complete } = useFragment({ fragment: PlanCard_PlanFragmentDoc, from });
  if (!complete) return null;
  const action = actionOf(plan.code, plan.name);
  return (
    <article className={classes.card} aria-label={plan.name}>
      <Stack gap="sm" h="100%">
        <div>
          <Title order={3} fz="lg">
            {plan.name}
          </Title>
          <Text component="p" className={classes.price}>
            {plan.monthlyPriceIsMinimum && <span className={classes.from}>from </span>}
            <Money value={plan.monthlyPrice} />
            <span className={classes.from}> a month</span>
          </Text>
        </div>
        <Points points={allowancesOf(plan)} />
        <Points points={featuresOf(plan)} />
        <Text size="sm" c="dimmed">
          {pastAllowance(plan.limitKind)}
          {plan.limitKind === "OVERAGE" && ` ${sentence(priceLine(plan))}.`}
        </Text>
        {action && (
          <Button component={Link} to={action.to} mt="auto" variant={plan.code === "FREE" ? "filled" : "default"}>
            {action.label}
          </Button>
        )}
      </Stack>
    </article>
  );
}

const sentence = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);

function Points({ points }: { points: readonly string[] }) {
  return (
    <List
      spacing={4}
      size="sm"
      className={classes.points}
      icon={<IconCheck size={15} className={classes.check} aria-hidden />}
      center
    >
      {points.map((point) => (
        <List.Item key={point}>{point}</List.Item>
      ))}
    </List>
  );
}
