/** What `authorizeUsage` answered lately, over all organizations. */
export const decisionsUrl = (): string => "/console/decisions";
