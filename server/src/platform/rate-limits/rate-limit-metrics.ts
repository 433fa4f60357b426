import { Counter, Gauge } from "prom-client";

/** Whether limits on the rate are counted here although they should be shared. */
export const fallenBack = new Gauge({
  name: "qlp_rate_limits_fallen_back",
  help: "1 while REDIS_URL is set but this process counts rate limits by itself; else 0.",
});

/** Answers given by this process alone although they should be shared. */
export const localAnswers = new Counter({
  name: "qlp_rate_limit_local_answers_total",
  help: "Rate limit answers this process gave by itself although REDIS_URL is set.",
});

/** Answers from counters that several names shared since there were too many. */
export const crowdedAnswers = new Counter({
  name: "qlp_rate_limit_crowded_answers_total",
  help: "Rate limit answers from memory that were counted under a shared counter, as there were too many names.",
});

/** Answers that were bounded by this process since Redis had lost the counter. */
export const lostCounters = new Counter({
  name: "qlp_rate_limit_lost_counter_answers_total",
  help: "Rate limit answers that this process bounded by what it knew, as Redis had lost the counter before its span was over.",
});
