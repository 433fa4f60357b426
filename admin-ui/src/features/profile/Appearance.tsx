import { SegmentedControl, Stack, Text, useMantineColorScheme } from "@mantine/core";
import { usePreferences } from "../../lib/preferences";

const asScheme = (value: string) => (value === "light" || value === "dark" ? value : "auto");

/** What is chosen for this device. */
export function Appearance() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const { zone, setZone } = usePreferences();
  return (
    <Stack gap="md">
      <div>
        <Text fw={500} size="sm" mb={4} id="theme-label">
          Colors
        </Text>
        <SegmentedControl
          aria-labelledby="theme-label"
          value={colorScheme}
          onChange={(value) => setColorScheme(asScheme(value))}
          data={[
            { value: "auto", label: "As the system" },
            { value: "light", label: "Light" },
            { value: "dark", label: "Dark" },
          ]}
        />
      </div>
      <div>
        <Text fw={500} size="sm" mb={4} id="zone-label">
          Times of activity
        </Text>
        <SegmentedControl
          aria-labelledby="zone-label"
          value={zone}
          onChange={(value) => setZone(value === "UTC" ? "UTC" : "local")}
          data={[
            { value: "local", label: "Local time" },
            { value: "UTC", label: "UTC" },
          ]}
        />
        <Text size="sm" c="dimmed" mt={4}>
          Billing periods, quotas and invoices are always in UTC.
        </Text>
      </div>
    </Stack>
  );
}
