import { Code } from "@mantine/core";

/** What an endpoint has chosen. */
export function EventNames({ events }: { readonly events: readonly string[] }) {
  return (
    <span>
      {events.map((event) => (
        <Code key={event} mr={4} style={{ display: "inline-block" }}>
          {event}
        </Code>
      ))}
    </span>
  );
}
