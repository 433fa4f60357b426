import { Code, Group, ScrollArea, Title } from "@mantine/core";
import { CopyIcon } from "./CopyText";

type Props = {
  readonly title: string;
  readonly value: unknown;
  /** What is copied where each byte counts, such as under a signature. */
  readonly exact?: string;
};

/** A document as it came or went, to read and to copy. */
export function JsonBlock({ title, value, exact }: Props) {
  const text = JSON.stringify(value, null, 2);
  return (
    <section aria-label={title}>
      <Group justify="space-between" mb="xs">
        <Title order={3}>{title}</Title>
        <CopyIcon value={exact ?? text} label={`Copy: ${title}`} />
      </Group>
      <ScrollArea.Autosize mah={420} type="auto" viewportProps={{ tabIndex: 0, "aria-label": title, role: "region" }}>
        <Code block>{text}</Code>
      </ScrollArea.Autosize>
    </section>
  );
}
