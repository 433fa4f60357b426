import { Alert } from "@mantine/core";
import { IconAlertTriangle, IconCircleCheck, IconCircleX, IconInfoCircle } from "@tabler/icons-react";
import type { ReactNode } from "react";
import type { Fault } from "../lib/faults";
import { CopyText } from "./CopyText";
import classes from "./Notice.module.css";

type Tone = "good" | "warn" | "bad" | "info";

const ICONS = { good: IconCircleCheck, warn: IconAlertTriangle, bad: IconCircleX, info: IconInfoCircle };

type Props = {
  readonly tone: Tone;
  readonly title?: string;
  readonly children?: ReactNode;
  /** Said aloud at once, for what a click caused. */
  readonly live?: boolean;
};

/** A sentence that stands out in its place. */
export function Notice({ tone, title, children, live = false }: Props) {
  const Icon = ICONS[tone];
  return (
    <Alert
      className={classes.notice}
      data-tone={tone}
      icon={<Icon size={20} aria-hidden />}
      {...(title === undefined ? {} : { title })}
      role={live ? "alert" : "note"}
    >
      {children}
    </Alert>
  );
}

/** Why an act did not work, beside the act. */
export function FaultNotice({ fault }: { readonly fault: Fault | null }) {
  if (!fault) return null;
  return (
    <Notice tone="bad" live>
      {fault.message}
      {fault.retryAfterSeconds !== null && ` Try again in ${fault.retryAfterSeconds} s.`}
      {fault.requestId && (
        <>
          {" "}
          Request <CopyText value={fault.requestId} label="Copy the request id" />
        </>
      )}
    </Notice>
  );
}
