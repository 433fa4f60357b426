const HOUR_MS = 3_600_000;

/** A thousand answers, three in a hundred of them no. @param organizations those that were refused */
export function decisions(now: number, organizations: readonly object[]) {
  const outcomes = [
    { outcome: "ALLOWED", count: "970" },
    { outcome: "RATE_LIMITED", count: "20" },
    { outcome: "QUOTA_EXCEEDED", count: "10" },
  ];
  const hour = Math.floor(now / HOUR_MS) * HOUR_MS;
  const at = (back: number) => new Date(hour - back * HOUR_MS).toISOString();
  return {
    from: at(2),
    step: "HOUR",
    outcomes,
    steps: [
      { at: at(2), outcomes },
      { at: at(1), outcomes: [] },
      { at: at(0), outcomes: [] },
    ],
    mostRefused: organizations.map((organization) => ({ allowed: "970", refused: "30", organization })),
  };
}
