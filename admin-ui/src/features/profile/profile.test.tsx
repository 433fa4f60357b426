import { expect, test } from "vitest";
import { openApp } from "../../../test/render";
import { newWorld } from "../../../test/world";
import { deviceName } from "./user-agent";

test("a wrong current password is said at its field", async () => {
  const world = newWorld();
  world.root.changePassword = () => ({ __typename: "WrongCredentials", message: "This is not your password." });
  const { user, findByLabelText, findByRole, findByText } = openApp("/app/profile", world);
  await user.type(await findByLabelText("Current password"), "guess");
  await user.type(await findByLabelText("New password"), "right-horse-battery");
  await user.click(await findByRole("button", { name: "Change the password" }));
  await findByText("This is not your password.");
  expect(document.activeElement).toBe(await findByLabelText("Current password"));
});

test("another device's session can be ended, one's own not here", async () => {
  const { user, findByRole, queryByRole } = openApp("/app/profile");
  await user.click(await findByRole("button", { name: "End the session of Safari on iOS" }));
  await expect.poll(() => queryByRole("row", { name: /Safari on iOS/ })).toBeNull();
  expect(queryByRole("button", { name: "End the session of Chrome on Linux" })).toBeNull();
});

test.each([
  { agent: "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/150.0 Safari/537.36", name: "Chrome on Linux" },
  { agent: "Mozilla/5.0 (Windows NT 10.0) Chrome/150.0 Safari/537.36 Edg/150.0", name: "Edge on Windows" },
  { agent: "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Safari/605.1", name: "Safari on iOS" },
  { agent: "curl/8.5.0", name: "curl" },
  { agent: null, name: "Unknown device" },
])("$agent is $name", ({ agent, name }) => {
  expect(deviceName(agent)).toBe(name);
});
