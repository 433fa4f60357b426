import { Button, Group, TextInput } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useCopy } from "./use-copy";

type Props = { readonly label: string; readonly value: string; readonly onCopied?: () => void };

/** A long text to take away whole. */
export function CopyField({ label, value, onCopied }: Props) {
  const { isCopied, copy } = useCopy();
  return (
    <Group gap="xs" align="flex-end" wrap="nowrap">
      <TextInput
        label={label}
        value={value}
        readOnly
        flex={1}
        styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)" } }}
        onFocus={({ currentTarget }) => currentTarget.select()}
      />
      <Button
        variant="default"
        leftSection={isCopied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}
        onClick={() => copy(value, onCopied)}
      >
        {isCopied ? "Copied" : "Copy"}
      </Button>
    </Group>
  );
}
