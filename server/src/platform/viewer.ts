import type { Permission } from "../kernel/permission.ts";

/** The authenticated asker. */
export type Viewer = {
  readonly kind: "user" | "apiKey" | "serviceKey";
  readonly id: string;
  /** Null for staff and for service keys. */
  readonly organizationId: string | null;
  readonly permissions: ReadonlySet<Permission>;
  /** What the audit log calls the asker: an e-mail, or a key's name and prefix. */
  readonly label: string;
  readonly staff: boolean;
  /** The log-in session of a user. */
  readonly sessionId: string | null;
  /** The role of a user; null for keys. */
  readonly role: string | null;
  /** The visible start of a key. */
  readonly keyPrefix: string | null;
};
