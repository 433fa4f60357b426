import type { SqlEntityManager } from "@mikro-orm/postgresql";
import { type Sql, sqlIn } from "../platform/database/sql.ts";
import { newId } from "../platform/id.ts";
import type { Scope } from "../platform/scope.ts";
import type { Viewer } from "../platform/viewer.ts";
import { type AuditActorKind, NO_ORGANIZATION } from "./audit-entry.entity.ts";

/** What the audit log needs to know of a scope. */
export type AuditScope = Pick<Scope, "viewer" | "clock" | "organizationId" | "origin">;

/** Who acts, where it is not the viewer: somebody who is logging in, say. */
export type AuditActor = {
  readonly kind: AuditActorKind;
  readonly id: string | null;
  readonly label: string;
  readonly staff: boolean;
};

export type AuditNote = {
  /** Noun and past participle: `member.removed`. */
  readonly action: string;
  /** What it was done to, as people know it: an e-mail, a key's prefix, a plan's code. */
  readonly target?: string;
  readonly detail?: Readonly<Record<string, unknown>>;
  /** Whose data it is; the scope's organization when left out, null for the platform's own. */
  readonly organizationId?: string | null;
  readonly actor?: AuditActor;
};

/** Writes who did what, in the transaction that does it: the change and its entry commit together, or neither does. */
export async function recordAudit(within: Sql | SqlEntityManager, scope: AuditScope, note: AuditNote): Promise<void> {
  const sql = typeof within === "function" ? within : sqlIn(within);
  const actor = note.actor ?? actorOf(scope.viewer);
  const organizationId = note.organizationId === undefined ? scope.organizationId : note.organizationId;
  await sql(
    `insert into audit_entries (organization_id, id, at, action, actor_kind, actor_id, actor, staff, target, detail, request_id)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      organizationId ?? NO_ORGANIZATION,
      newId(),
      scope.clock(),
      note.action,
      actor.kind,
      actor.id,
      actor.label,
      actor.staff,
      note.target ?? null,
      note.detail === undefined ? null : JSON.stringify(note.detail),
      scope.origin.id,
    ],
  );
}

/** The audit log's name for a viewer; without one, the platform itself is at work. */
const actorOf = (viewer: Viewer | null): AuditActor =>
  viewer === null
    ? { kind: "system", id: null, label: "QLP", staff: false }
    : { kind: viewer.kind, id: viewer.id, label: viewer.label, staff: viewer.staff };
