import { Card } from "../../ui/Card";
import { Status } from "../../ui/Status";
import type { ReactNode } from "react";

type Props = {
  readonly number: number;
  readonly title: string;
  readonly isDone: boolean;
  readonly children: ReactNode;
};

/** One step, which says by itself when it is done. */
export function Step({ number, title, isDone, children }: Props) {
  return (
    <li>
      <Card title={`${number}. ${title}`} actions={isDone && <Status tone="good">Done</Status>}>
        {children}
      </Card>
    </li>
  );
}
