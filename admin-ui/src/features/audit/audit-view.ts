import { maybeText, pageSize } from "../../lib/url-state";

/** What the URL holds: whose entries, the entry that is open, and the page. */
export const AUDIT_URL = { organization: maybeText(), open: maybeText(), after: maybeText(), size: pageSize() };
