import { Textarea } from "@mantine/core";
import type { Ref } from "react";

const LONGEST = 500;

type Props = {
  readonly value: string;
  readonly error: string | null;
  readonly onChange: (value: string) => void;
  readonly ref?: Ref<HTMLTextAreaElement>;
};

/** Why staff act; the audit log keeps it. */
export function ReasonField({ value, error, onChange, ref }: Props) {
  return (
    <Textarea
      ref={ref}
      label="Reason"
      description="Kept in the audit log"
      rows={2}
      maxLength={LONGEST}
      value={value}
      error={error}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  );
}
