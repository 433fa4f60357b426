import { useQuery } from "@apollo/client/react";
import { useDisclosure } from "@mantine/hooks";
import { IconClock } from "@tabler/icons-react";
import { SandboxClockDocument } from "../../../gql/documents";
import { useRealTick, useTick } from "../../../lib/clock";
import { formatInstant } from "../../../lib/instant";
import { plural } from "../../../lib/quantity";
import { MayButton } from "../../../ui/MayButton";
import { AdvanceClockDialog } from "./AdvanceClockDialog";
import classes from "./ClockBar.module.css";

const DAY_MS = 86_400_000;
const EVERY_MS = 10_000;

/** What time the sandbox has, and the way to move it. Connected to Stripe there is no such clock, and no bar. */
export function ClockBar() {
  const { data } = useQuery(SandboxClockDocument, { errorPolicy: "ignore" });
  const [isOpen, { open, close }] = useDisclosure(false);
  const now = useTick(EVERY_MS);
  const aheadDays = Math.round((now - useRealTick(EVERY_MS)) / DAY_MS);
  if (!data?.sandboxClock) return null;
  return (
    <aside className={`${classes.bar} qlp-no-print`} aria-label="Sandbox clock">
      <span className={classes.time}>
        <IconClock size={16} aria-hidden />
        <span>
          Sandbox time: <strong>{formatInstant(new Date(now).toISOString())}</strong>
          <span className={classes.ahead}>{aheadDays > 0 && `, ${plural(aheadDays, "day")} ahead of real time`}</span>
        </span>
      </span>
      <MayButton permission="staff:platform" size="compact-sm" variant="default" onClick={open}>
        Advance the clock
      </MayButton>
      <AdvanceClockDialog opened={isOpen} onClose={close} />
    </aside>
  );
}
