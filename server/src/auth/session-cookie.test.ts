import { expect, test } from "vitest";
import { sessionCookie } from "./session-cookie.ts";

test("the cookie stays off plain HTTP when the product is served over HTTPS", () => {
  expect(sessionCookie({ publicUrl: "https://qlp.example" }, "token", 60)).toBe(
    "qlp_session=token; Max-Age=60; Path=/; HttpOnly; SameSite=Lax; Secure",
  );
  expect(sessionCookie({ publicUrl: "http://127.0.0.1:4000" }, "token", 60)).not.toContain("Secure");
});

test("without a token the cookie is taken back", () => {
  expect(sessionCookie({ publicUrl: "https://qlp.example" }, null, 60)).toMatch(/^qlp_session=; Max-Age=0;/);
});
