import { describe, expect, test } from "vitest";
import { isRaise, mayGive, type MemberRole, permissionsOf, type UserRole } from "./role.ts";

describe("what each role may do", () => {
  test.each<{ role: UserRole; may: string[] }>([
    {
      role: "OWNER",
      may: [
        "usage:read",
        "tickets:write",
        "billing:read",
        "billing:write",
        "members:read",
        "members:write",
        "keys:read",
        "keys:write",
        "audit:read",
        "organization:write",
      ],
    },
    {
      role: "ADMIN",
      may: [
        "usage:read",
        "tickets:write",
        "billing:read",
        "members:read",
        "members:write",
        "keys:read",
        "keys:write",
        "audit:read",
      ],
    },
    { role: "BILLING", may: ["usage:read", "tickets:write", "billing:read", "billing:write"] },
    { role: "MEMBER", may: ["usage:read", "tickets:write"] },
    {
      role: "PLATFORM_ADMIN",
      may: [
        "staff:read",
        "staff:money",
        "staff:platform",
        "usage:read",
        "billing:read",
        "members:read",
        "keys:read",
        "audit:read",
      ],
    },
    { role: "FINANCE", may: ["staff:read", "staff:money"] },
    { role: "SUPPORT", may: ["staff:read", "tickets:write"] },
  ])("$role", ({ role, may }) => {
    expect([...permissionsOf(role)].toSorted()).toEqual(may.toSorted());
  });

  test("nobody records usage: that is for keys", () => {
    for (const role of ["OWNER", "ADMIN", "BILLING", "MEMBER", "PLATFORM_ADMIN", "FINANCE", "SUPPORT"] as const) {
      expect(permissionsOf(role).has("usage:write")).toBe(false);
    }
  });
});

describe("which roles an asker gives and takes", () => {
  test.each<{ own: MemberRole | null; gives: UserRole[] }>([
    { own: "OWNER", gives: ["OWNER", "ADMIN", "BILLING", "MEMBER"] },
    { own: "ADMIN", gives: ["ADMIN", "BILLING", "MEMBER"] },
    { own: "BILLING", gives: ["BILLING", "MEMBER"] },
    { own: null, gives: ["BILLING", "MEMBER"] },
  ])("$own: $gives", ({ own, gives }) => {
    const all: UserRole[] = ["OWNER", "ADMIN", "BILLING", "MEMBER", "PLATFORM_ADMIN", "FINANCE", "SUPPORT"];
    expect(all.filter((role) => mayGive(own, role))).toEqual(gives);
  });
});

test.each<{ from: MemberRole; to: MemberRole; raise: boolean; why: string }>([
  { from: "OWNER", to: "MEMBER", raise: false, why: "an owner may step back" },
  { from: "ADMIN", to: "OWNER", raise: true, why: "it is above" },
  { from: "ADMIN", to: "BILLING", raise: true, why: "it ranks lower but may spend money" },
  { from: "ADMIN", to: "MEMBER", raise: false, why: "nothing new is allowed" },
  { from: "BILLING", to: "BILLING", raise: false, why: "nothing changes" },
])("from $from to $to is a raise: $raise, because $why", ({ from, to, raise }) => {
  expect(isRaise(from, to)).toBe(raise);
});
