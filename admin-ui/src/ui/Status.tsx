import { IconAlertTriangle, IconCircleCheck, IconCircleMinus, IconCircleX, IconInfoCircle } from "@tabler/icons-react";
import type { ReactNode } from "react";
import classes from "./Status.module.css";

export type Tone = "good" | "warn" | "bad" | "info" | "plain";

const ICONS = {
  good: IconCircleCheck,
  warn: IconAlertTriangle,
  bad: IconCircleX,
  info: IconInfoCircle,
  plain: IconCircleMinus,
};

/** A state: icon and word, so that color is never the only sign. */
export function Status({
  tone,
  children,
  title,
}: {
  readonly tone: Tone;
  readonly children: ReactNode;
  readonly title?: string;
}) {
  const Icon = ICONS[tone];
  return (
    <span className={classes.status} data-tone={tone} title={title}>
      <Icon size={15} aria-hidden />
      {children}
    </span>
  );
}
