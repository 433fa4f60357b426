import { useQuery } from "@apollo/client/react";
import { Button, Loader, VisuallyHidden } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconClock } from "@tabler/icons-react";
import { SandboxClockDocument } from "../../../gql/documents";
import { useRealTick, useTick } from "../../../lib/clock";
import { formatInstant } from "../../../lib/instant";
import { plural } from "../../../lib/quantity";
import { useMay } from "../../../lib/viewer";
import { MayButton } from "../../../ui/MayButton";
import { FaultNotice } from "../../../ui/Notice";
import { type Advance, useAdvance } from "./advance";
import { AdvanceClockDialog } from "./AdvanceClockDialog";
import classes from "./ClockBar.module.css";
import { type Step, stepsFrom } from "./clock-steps";
import { usePeriodAhead } from "./period-ahead";

const DAY_MS = 86_400_000;
const EVERY_MS = 10_000;

/** What time the sandbox has, and the way to move it. Connected to Stripe there is no such clock, and no bar. */
export function ClockBar() {
  const { data } = useQuery(SandboxClockDocument, { errorPolicy: "ignore" });
  const now = useTick(EVERY_MS);
  const realNow = useRealTick(EVERY_MS);
  return data?.sandboxClock ? <Bar now={now} realNow={realNow} /> : null;
}

type BarProps = {
  /** The product's time, and the real one, in milliseconds. */
  readonly now: number;
  readonly realNow: number;
};

function Bar({ now, realNow }: BarProps) {
  const [isOpen, { open, close }] = useDisclosure(false);
  const aheadDays = Math.round((now - realNow) / DAY_MS);
  const mayMove = useMay("staff:read");
  const steps = stepsFrom(now, usePeriodAhead(now, mayMove));
  const advance = useAdvance();
  return (
    <aside className={`${classes.bar} qlp-no-print`} aria-label="Sandbox clock">
      <div className={classes.line}>
        <span className={classes.time}>
          <IconClock size={16} aria-hidden />
          <span>
            Sandbox time: <strong>{formatInstant(new Date(now).toISOString())}</strong>
            <span className={classes.ahead}>{aheadDays > 0 && `, ${plural(aheadDays, "day")} ahead of real time`}</span>
          </span>
        </span>
        <span className={classes.steps}>
          {mayMove && <QuickSteps steps={steps} advance={advance} />}
          <MayButton
            permission="staff:read"
            size="compact-sm"
            variant="default"
            onClick={open}
            disabled={advance.target !== null}
          >
            Advance the clock
          </MayButton>
        </span>
      </div>
      <output className={classes.work}>
        {advance.target !== null && (
          <>
            <Loader size={14} aria-hidden />
            Moving to {formatInstant(advance.target)}. What is due on the way is done one after another.
          </>
        )}
      </output>
      {!isOpen && <FaultNotice fault={advance.fault} />}
      <AdvanceClockDialog opened={isOpen} onClose={close} steps={steps} now={now} advance={advance} />
    </aside>
  );
}

const SHORT: Readonly<Record<string, string>> = { day: "+1 day", month: "+1 month", period: "Period end" };

/** One click each. Where it leads stands in the title, and is read out. */
function QuickSteps({ steps, advance }: { steps: readonly Step[]; advance: Advance }) {
  return steps.map(({ value, label, to }) => {
    const short = SHORT[value];
    if (short === undefined) return null;
    const goal = `${value === "period" ? `${label}, ` : ""}${formatInstant(to)}`;
    return (
      <Button
        key={value}
        size="compact-sm"
        variant="default"
        title={goal}
        disabled={advance.target !== null}
        onClick={() => void advance.run(to)}
      >
        {short}
        <VisuallyHidden>: {goal}</VisuallyHidden>
      </Button>
    );
  });
}
