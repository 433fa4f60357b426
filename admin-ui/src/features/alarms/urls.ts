/** What staff must look at, and what was seen to. */
export const alarmsUrl = (view: { cleared?: "1" } = {}): string =>
  view.cleared === undefined ? "/console/alarms" : "/console/alarms?cleared=1";
