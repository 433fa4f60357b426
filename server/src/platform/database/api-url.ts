import { createHmac } from "node:crypto";

/** The login role of the API. */
export const API_ROLE = "qlp_api";

/**
 * The API's own URL at the same server: the login role `qlp_api` with a password derived from the
 * administrator's, so that every instance knows it and nothing has to be stored.
 */
export function apiUrl(adminUrl: string): string {
  const url = new URL(adminUrl);
  const password = createHmac("sha256", decodeURIComponent(url.password))
    .update(`${API_ROLE}@${url.host}`)
    .digest("hex");
  url.username = API_ROLE;
  url.password = password;
  return url.href;
}
