import classes from "./Meter.module.css";

type Props = {
  /** What is measured: "Generations". */
  readonly label: string;
  /** What it says: "812 of 1,000 generations used". */
  readonly text: string;
  /** Between 0 and 1; more when the limit is passed. */
  readonly share: number;
  /** At the limit work stops, so the bar warns louder. */
  readonly hard?: boolean;
  readonly estimated?: boolean;
};

const TICKS = [50, 80, 100];

const levelOf = (share: number, hard: boolean) => (share >= 1 && hard ? "full" : share >= 0.8 ? "near" : "fine");

/** How much of a limit is used, with ticks at 50, 80 and 100 percent. */
export function Meter({ label, text, share, hard = false, estimated = false }: Props) {
  const percent = Math.round(Math.min(share, 1) * 1000) / 10;
  return (
    <div
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- the native element takes no ticks and no text
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      aria-valuetext={text}
      className={classes.track}
      data-level={levelOf(share, hard)}
      data-estimated={estimated || undefined}
    >
      <div className={classes.bar} style={{ width: `${percent}%` }} />
      {TICKS.map((tick) => (
        <span key={tick} className={classes.tick} style={{ insetInlineStart: `${tick}%` }} aria-hidden />
      ))}
    </div>
  );
}
