import { organizationsUrl } from "../../../features/organizations/urls";

const KEY = "qlp-organizations-list";

/** Keeps how the list was filtered, for the way back from one organization. Lasts as long as the browser's tab. */
export function rememberList(search: string): void {
  try {
    sessionStorage.setItem(KEY, search);
  } catch {
    // Without storage the way back leads to the whole list.
  }
}

/** The list as it was left. */
export function listUrl(): string {
  try {
    return `${organizationsUrl()}${sessionStorage.getItem(KEY) ?? ""}`;
  } catch {
    return organizationsUrl();
  }
}
