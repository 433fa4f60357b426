import { decisions } from "./decisions";
import { usd } from "./catalog";
import { connection } from "./connection";
import { DAY_MS } from "./usage";
import { ID, type Input, type PageArgs, type Span } from "./world-parts";

type HoldArgs = PageArgs & { state?: string | null };

/** What limits an organization: its cap, holds, alerts and rights. `state` can be changed before and after. */
export function limitsWorld({ now, start, end }: Span) {
  const state = { cap: null as string | null, spent: "12.35", held: "0", refusal: null as Error | null };
  const spending = () => ({
    __typename: "Spending",
    cap: state.cap === null ? null : usd(state.cap),
    spent: usd(state.spent),
    held: usd(state.held),
    reached: state.cap !== null && Number(state.cap) <= Number(state.spent) + Number(state.held),
    resetAt: end.toISOString(),
  });
  const hold = (number: number, name: string) => ({
    __typename: "Hold",
    id: ID(800 + number),
    state: name,
    action: "GENERATION",
    complexity: "T1",
    model: null,
    quantity: "1",
    computeMinutes: "0",
    estimatedAmount: usd("0.25"),
    placedAt: now.toISOString(),
    expiresAt: end.toISOString(),
    endedAt: name === "PLACED" ? null : now.toISOString(),
    keyPrefix: "qlp_4f2a20",
  });
  const right = (key: string, enabled: boolean, rest: object = {}) => ({
    __typename: "EntitlementUse",
    key,
    enabled,
    limit: null,
    value: null,
    used: null,
    remaining: null,
    ...rest,
  });

  const alertSettings = {
    __typename: "AlertSettings",
    id: ID(5),
    mailIsSent: true,
    settings: ["QUOTA", "SPENDING_CAP"].flatMap((kind) =>
      [50, 80, 100].map((percent) => ({
        __typename: "AlertSetting",
        id: `${kind}:${percent}`,
        kind,
        percent,
        mail: true,
        webhook: true,
        lastRaisedAt: kind === "SPENDING_CAP" && percent === 50 ? start.toISOString() : null,
      })),
    ),
  };

  const fields = {
    spending: (): unknown => spending(),
    usageAlerts: (): readonly unknown[] => [
      {
        id: ID(850),
        subject: "spending_cap",
        percent: 50,
        at: start.toISOString(),
        used: "12",
        limit: "20",
        current: true,
      },
    ],
    alertSettings: (): unknown => alertSettings,
    usageDecisions: (): unknown => decisions(now.getTime(), []),
    holds: ({ state: only, ...page }: HoldArgs): unknown =>
      connection(
        [hold(1, "PLACED"), hold(2, "SETTLED")].filter((each) => !only || each.state === only),
        page,
      ),
    usageForecast: (): readonly unknown[] => [
      forecast("generations", "generation", "72", "100", "225"),
      forecast("api_calls", "call", "2140", "10000", "3057"),
      forecast("storage", "GB-month", "4.2", "10", "4.2"),
      forecast("compute", "minute", "0", "100", null),
    ],
    entitlements: (): readonly unknown[] => [
      right("active_projects", true, { limit: "5", used: "3", remaining: "2" }),
      right("integrations", true, { value: "basic" }),
      right("custom_templates", true),
      right("sso", false),
    ],
  };
  const forecast = (meter: string, unit: string, used: string, allowance: string, expected: string | null) => ({
    __typename: "MeterForecast",
    meter,
    unit,
    used,
    held: "0",
    allowance,
    limitKind: "OVERAGE",
    expected,
    reachedAt: meter === "generations" ? new Date(now.getTime() + 3 * DAY_MS).toISOString() : null,
    expectedAmount: expected === null ? null : usd(meter === "generations" ? "31.25" : "0"),
    reason: expected === null ? "TOO_EARLY" : null,
    days: expected === null || meter === "storage" ? null : 7,
    periodEnd: end.toISOString(),
  });
  const answers = {
    setSpendingCap: ({ input }: Input<{ cap: string | null }>): unknown => {
      if (state.refusal) throw state.refusal;
      state.cap = input.cap;
      return spending();
    },
    setAlertSetting: ({
      input,
    }: Input<{ kind: string; percent: number; mail: boolean; webhook: boolean }>): unknown => {
      const setting = alertSettings.settings.find(
        ({ kind, percent }) => kind === input.kind && percent === input.percent,
      );
      if (setting) Object.assign(setting, { mail: input.mail, webhook: input.webhook });
      return alertSettings;
    },
    sendTestAlert: (): unknown => ({ recipients: ["ada@acme.example"] }),
  };
  return { fields, answers, state };
}
