import { Text } from "@mantine/core";
import { formatClock } from "../lib/instant";
import { usePreferences } from "../lib/preferences";

/** Says that live data has stopped coming, and since when. Silent while all is well. */
export function DataThrough({ silentSince }: { readonly silentSince: number | null }) {
  const { zone } = usePreferences();
  return (
    <Text component="output" size="sm" c="dimmed">
      {silentSince !== null && `Data through ${formatClock(new Date(silentSince).toISOString(), zone)}, reconnecting`}
    </Text>
  );
}
