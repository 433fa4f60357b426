import { ActionIcon, Code, Tooltip } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useCopy } from "./use-copy";
import classes from "./CopyText.module.css";

type Props = {
  readonly value: string;
  /** What the button does: "Copy the key". */
  readonly label: string;
  /** What is shown instead of the whole value. */
  readonly children?: string;
};

/** An id or another short text that can be copied whole. */
export function CopyText({ value, label, children }: Props) {
  return (
    <span className={classes.copy}>
      <Code className={classes.code} title={children === undefined ? undefined : value}>
        {children ?? value}
      </Code>
      <CopyIcon value={value} label={label} />
    </span>
  );
}

/** The button alone. */
export function CopyIcon({ value, label }: { readonly value: string; readonly label: string }) {
  const { isCopied, copy } = useCopy();
  return (
    <Tooltip label={isCopied ? "Copied" : label}>
      <ActionIcon
        className="qlp-inline"
        variant="subtle"
        color="gray"
        size={24}
        aria-label={label}
        onClick={() => copy(value)}
      >
        {isCopied ? <IconCheck size={15} aria-hidden /> : <IconCopy size={15} aria-hidden />}
      </ActionIcon>
    </Tooltip>
  );
}
