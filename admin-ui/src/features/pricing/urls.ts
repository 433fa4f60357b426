export const catalogUrl = (): string => "/console/catalog";

/** The versions of a plan; `version` shows one of them. */
export const planUrl = (code: string, version?: number): string =>
  `${catalogUrl()}/${code.toLowerCase()}${version === undefined ? "" : `?version=${version}`}`;

/** The form for a plan's next version. */
export const publishUrl = (code: string): string => `${planUrl(code)}/publish`;
