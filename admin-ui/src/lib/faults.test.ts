import { CombinedGraphQLErrors } from "@apollo/client/errors";
import { expect, test } from "vitest";
import { faultOf } from "./faults";

const refused = (code: string, message: string, rest: object = {}) =>
  new CombinedGraphQLErrors({ errors: [{ message, extensions: { code, ...rest } }] });

test("a bug is told in plain words, with the id that support can look up", () => {
  expect(faultOf(refused("INTERNAL", "x is undefined", { requestId: "r-1" }))).toMatchObject({
    code: "INTERNAL",
    message: "Something went wrong on our side.",
    requestId: "r-1",
  });
});

test("what the server says about wrong input is shown", () => {
  expect(faultOf(refused("BAD_USER_INPUT", "expiresAt must lie in the future.")).message).toBe(
    "expiresAt must lie in the future.",
  );
});

test("a limit says when to try again", () => {
  expect(faultOf(refused("RATE_LIMITED", "Slow down.", { retryAfterSeconds: 12 })).retryAfterSeconds).toBe(12);
});

test("no network is not a bug of the server", () => {
  expect(faultOf(new TypeError("Failed to fetch")).code).toBe("NETWORK");
});

test("a code that is not on the list counts as a bug", () => {
  expect(faultOf(refused("SOMETHING_NEW", "?")).code).toBe("INTERNAL");
});
