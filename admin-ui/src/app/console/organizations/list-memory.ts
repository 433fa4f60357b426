import { organizationsUrl } from "../../../features/organizations/urls";

let lastSearch = "";

/** Keeps how the list was filtered, for the way back from one organization. In memory only: a log-out forgets it. */
export function rememberList(search: string): void {
  lastSearch = search;
}

/** The list as it was left. */
export const listUrl = (): string => `${organizationsUrl()}${lastSearch}`;
