import { SegmentedControl, Stack } from "@mantine/core";
import type { ReactNode } from "react";
import { oneOf, useUrlState } from "../../lib/url-state";
import { IgnoredParameters } from "../../ui/IgnoredParameters";
import { Region } from "../../ui/Region";

const SPANS = ["6", "24", "168", "720"] as const;
const SPAN_URL = { hours: oneOf(SPANS, "24") };

const LABELS: Readonly<Record<(typeof SPANS)[number], string>> = {
  "6": "6 hours",
  "24": "24 hours",
  "168": "7 days",
  "720": "30 days",
};

/** The span that is looked at, which the address keeps, above what is shown of it. */
export function DecisionsSpan({ children }: { readonly children: (hours: number) => ReactNode }) {
  const { view, setView, ignored } = useUrlState(SPAN_URL);
  return (
    <Stack gap="lg">
      <IgnoredParameters names={ignored} />
      <SegmentedControl
        aria-label="Span"
        value={view.hours}
        onChange={(value) => setView({ hours: SPANS.find((span) => span === value) ?? "24" })}
        data={SPANS.map((value) => ({ value, label: LABELS[value] }))}
        style={{ alignSelf: "flex-start" }}
      />
      <Region name="The decisions">{children(Number(view.hours))}</Region>
    </Stack>
  );
}
