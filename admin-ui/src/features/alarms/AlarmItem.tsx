import { Anchor, Group, Text } from "@mantine/core";
import { Link } from "react-router";
import type { AlarmItem_AlarmFragment } from "../../gql/documents";
import { Instant } from "../../ui/Instant";
import { MayButton } from "../../ui/MayButton";
import { Status } from "../../ui/Status";
import { kindWords, wayOf } from "./alarm-words";
import classes from "./Alarms.module.css";

export type Alarm = Omit<AlarmItem_AlarmFragment, " $fragmentName">;

type Props = { readonly alarm: Alarm; readonly onClear: (alarm: Alarm) => void };

/** One matter: what it is, whose, since when, and the way to it. */
export function AlarmItem({ alarm, onClear }: Props) {
  const { kind, message, raisedAt, clearedAt, organization } = alarm;
  const way = wayOf(alarm);
  return (
    <li className={classes.alarm}>
      <div className={classes.words}>
        <Group gap="sm">
          <Status tone={clearedAt === null ? "bad" : "good"}>{kindWords(kind)}</Status>
          <Text span size="sm" c="dimmed">
            {organization ? `${organization.name}, ` : ""}
            <Instant at={raisedAt} as="relative" />
            {clearedAt !== null && (
              <>
                {", cleared "}
                <Instant at={clearedAt} as="relative" />
              </>
            )}
          </Text>
        </Group>
        <Text size="sm" mt={4}>
          {message}
        </Text>
      </div>
      <Group gap="sm">
        {way && (
          <Anchor component={Link} to={way.to} size="sm">
            {way.label}
          </Anchor>
        )}
        {clearedAt === null && (
          <MayButton
            permission="staff:money"
            size="compact-sm"
            variant="default"
            aria-label={`Clear: ${message}`}
            onClick={() => onClear(alarm)}
          >
            Clear
          </MayButton>
        )}
      </Group>
    </li>
  );
}
