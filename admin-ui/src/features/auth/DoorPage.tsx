import { Paper } from "@mantine/core";
import type { ReactNode } from "react";
import { Page } from "../../ui/Page";
import classes from "./DoorPage.module.css";

type Props = {
  readonly title: string;
  readonly state?: ReactNode;
  readonly below?: ReactNode;
  readonly children: ReactNode;
};

/** The frame of the pages that let people in: one narrow card. */
export function DoorPage({ title, state, below, children }: Props) {
  return (
    <div className={classes.door}>
      <Page title={title} state={state}>
        <Paper className={classes.card}>{children}</Paper>
        {below}
      </Page>
    </div>
  );
}
