import { useState } from "react";
import { useLast } from "../../ui/use-last";
import { type Alarm, AlarmItem } from "./AlarmItem";
import classes from "./Alarms.module.css";
import { ClearAlarmDialog } from "./ClearAlarmDialog";

/** Alarms one below the other; each can be marked as seen to. */
export function AlarmList({ alarms }: { readonly alarms: readonly Alarm[] }) {
  const [open, setOpen] = useState<Alarm | null>(null);
  const shown = useLast(open);
  return (
    <>
      <ul className={classes.list} aria-label="Alarms">
        {alarms.map((alarm) => (
          <AlarmItem key={alarm.key} alarm={alarm} onClear={setOpen} />
        ))}
      </ul>
      {shown && <ClearAlarmDialog key={shown.key} alarm={shown} opened={open !== null} onClose={() => setOpen(null)} />}
    </>
  );
}
