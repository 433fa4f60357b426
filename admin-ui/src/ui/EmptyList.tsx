import { Button } from "@mantine/core";
import type { ComponentProps, ReactNode } from "react";
import { EmptyState } from "./EmptyState";

type NoMatchProps = Pick<ComponentProps<typeof EmptyState>, "title" | "icon"> & {
  /** What was asked for, in words. */
  readonly children?: ReactNode;
  readonly onClear: () => void;
};

/** A list whose filters leave nothing. */
export function NoMatch({ onClear, ...rest }: NoMatchProps) {
  return (
    <EmptyState
      {...rest}
      action={
        <Button variant="default" mt="xs" onClick={onClear}>
          Clear the filters
        </Button>
      }
    />
  );
}

/** A later page of a list that has no such page any more. */
export function NothingFurther({ onFirst }: { readonly onFirst: () => void }) {
  return (
    <EmptyState
      title="Nothing further"
      action={
        <Button variant="default" mt="xs" onClick={onFirst}>
          First page
        </Button>
      }
    >
      The list has become shorter meanwhile.
    </EmptyState>
  );
}
