import { type Logger, pino } from "pino";

export type { Logger } from "pino";

/** Structured logs, one JSON object a line. Fields that may hold a secret are cut out wherever they turn up. */
export const createLog = (level: string): Logger =>
  pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: {
      paths: [
        "*.password",
        "*.secret",
        "*.token",
        "*.authorization",
        "*.cookie",
        "headers.authorization",
        "headers.cookie",
        "err.config",
        "err.parameters",
      ],
      censor: "[cut]",
    },
  });
