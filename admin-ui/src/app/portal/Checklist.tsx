import { Anchor, List, Text } from "@mantine/core";
import { IconCircleCheckFilled, IconCircleDashed } from "@tabler/icons-react";
import { Link } from "react-router";
import { planUrl } from "../../features/billing/urls";
import { membersUrl } from "../../features/members/urls";
import { quickstartUrl } from "../../features/quickstart/urls";
import { Card } from "../../ui/Card";
import classes from "./Checklist.module.css";

type Props = {
  /** Whether each is done; undefined where it is not the viewer's to know. */
  readonly steps: {
    readonly key: boolean | undefined;
    readonly event: boolean | undefined;
    readonly colleague: boolean | undefined;
    readonly payment: boolean | undefined;
  };
};

/** The first steps of a new organization, until all are done. */
export function Checklist({ steps }: Props) {
  const items = [
    { label: "Create an API key", to: quickstartUrl(), done: steps.key },
    { label: "Send the first event", to: quickstartUrl(), done: steps.event },
    { label: "Invite a colleague", to: membersUrl(), done: steps.colleague },
    { label: "Choose a plan and add a payment method", to: planUrl(), done: steps.payment },
  ].filter(({ done }) => done !== undefined);
  const done = items.filter((item) => item.done).length;
  if (done === items.length) return null;

  return (
    <Card title="First steps" description={`${done} of ${items.length} done`}>
      <List spacing="xs" center>
        {items.map(({ label, to, done: isDone }) => (
          <List.Item
            key={label}
            icon={
              isDone ? (
                <IconCircleCheckFilled size={20} className={classes.done} aria-label="Done" />
              ) : (
                <IconCircleDashed size={20} className={classes.open} aria-label="To do" />
              )
            }
          >
            {isDone ? (
              <Text span c="dimmed">
                {label}
              </Text>
            ) : (
              <Anchor component={Link} to={to}>
                {label}
              </Anchor>
            )}
          </List.Item>
        ))}
      </List>
    </Card>
  );
}
