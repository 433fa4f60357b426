import { expect, test } from "vitest";
import { openApp } from "../../../test/render";
import { newWorld } from "../../../test/world";
import { localPath } from "./urls";

const outside = () => {
  const world = newWorld();
  world.state.viewer = null;
  return world;
};

test.each([
  { next: "/app/usage?by=day", path: "/app/usage?by=day", why: "a path of ours" },
  { next: "//evil.example/app", path: null, why: "another host in disguise" },
  { next: "/\\evil.example", path: null, why: "a backslash reads as a slash" },
  { next: "https://evil.example", path: null, why: "another site" },
  { next: "javascript:alert(1)", path: null, why: "code" },
  { next: null, path: null, why: "nothing" },
])("after the log-in $next leads to $path: $why", ({ next, path }) => {
  expect(localPath(next)).toBe(path);
});

test("an invitation says who invites to what, and lets in", async () => {
  const world = outside();
  const { user, findByText, findByLabelText, findByRole, address } = openApp("/invitations/abc", world);
  await findByText(/owner@acme\.example invites you to/);
  await user.type(await findByLabelText("Password"), "right-horse-battery");
  world.state.viewer = newWorld().state.viewer;
  await user.click(await findByRole("button", { name: "Join Acme" }));
  await findByRole("heading", { level: 1, name: "Overview" });
  expect(address()).toBe("/app");
});

test("a used invitation says what to do", async () => {
  const { findByText } = openApp("/invitations/used", outside());
  expect(await findByText("This link does not work any more")).toBeDefined();
});

test("who is logged in as somebody else can log out first", async () => {
  const { user, findByText, findByRole, findByLabelText } = openApp("/invitations/abc");
  await findByText(/You are logged in as owner@acme\.example/);
  await user.click(await findByRole("button", { name: "Log out" }));
  expect(await findByLabelText("Password")).toBeDefined();
});

test("an expired reset link leads to a new one", async () => {
  const world = outside();
  world.root.resetPassword = () => ({ __typename: "LinkExpired", message: "The link has expired." });
  const { user, findByLabelText, findByRole, findByText } = openApp("/reset-password?token=t", world);
  await user.type(await findByLabelText("New password"), "right-horse-battery");
  await user.click(await findByRole("button", { name: "Set the password" }));
  await findByText("The link has expired.");
  expect((await findByRole("link", { name: "Ask for a new link" })).getAttribute("href")).toBe("/forgot-password");
});

test("a session that ended is opened again over the page, and what was asked is asked again", async () => {
  const world = newWorld();
  const { user, findByRole, findByLabelText, router } = openApp("/app/profile", world);
  await findByRole("table", { name: "Your sessions" });

  const { apiKeys } = world.organization;
  world.organization.apiKeys = () => {
    throw Object.assign(new Error("Log in."), { extensions: { code: "UNAUTHENTICATED" } });
  };
  void router.navigate("/app/developers/keys");
  await findByRole("dialog", { name: "Your session has ended" });
  world.organization.apiKeys = apiKeys;
  await user.type(await findByLabelText("Password"), "right-horse-battery");
  await user.click(await findByRole("button", { name: "Log in" }));
  expect(await findByRole("table", { name: "API keys" })).toBeDefined();
});
