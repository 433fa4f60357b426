import type { Call } from "../http/call.ts";
import { page, type PageParams } from "../http/paging.ts";
import type { Route } from "../http/route.ts";
import type { SubscriptionSchedule } from "../objects/subscription-schedule.ts";
import type { ScheduleParams } from "./schedule-params.ts";
import { cancelScheduleNow, createSchedule, readSchedule, releaseSchedule, updateSchedule } from "./schedules.ts";

export const scheduleRoutes: readonly Route[] = [
  {
    method: "POST",
    path: "/v1/subscription_schedules",
    handle: (call: Call, params: ScheduleParams) => createSchedule(call, params),
  },
  {
    method: "GET",
    path: "/v1/subscription_schedules",
    handle: ({ store }: Call, params: PageParams & { customer?: string }) =>
      page<SubscriptionSchedule>(store, params, {
        kind: "subscription_schedule",
        url: "/v1/subscription_schedules",
        ...(params.customer === undefined ? {} : { filter: { customer: params.customer } }),
      }),
  },
  {
    method: "GET",
    path: "/v1/subscription_schedules/:id",
    handle: (call, _params, { id = "" }) => readSchedule(call, id),
  },
  {
    method: "POST",
    path: "/v1/subscription_schedules/:id",
    handle: (call: Call, params: ScheduleParams, { id = "" }) => updateSchedule(call, id, params),
  },
  {
    method: "POST",
    path: "/v1/subscription_schedules/:id/release",
    handle: (call, _params, { id = "" }) => releaseSchedule(call, id),
  },
  {
    method: "POST",
    path: "/v1/subscription_schedules/:id/cancel",
    handle: (call: Call, params: { invoice_now?: boolean; prorate?: boolean }, { id = "" }) =>
      cancelScheduleNow(call, id, params),
  },
];
