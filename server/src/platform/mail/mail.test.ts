import { createServer, type Server } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { newWorld } from "../../../test/world.ts";
import { platformEntities, platformScope } from "../scope.ts";
import { Mail } from "./mail.entity.ts";
import { postMail } from "./post-mail.ts";
import { sendMail } from "./send-mail.ts";

/** A mail server that says yes to everything, but for one recipient. */
let server: Server;
const received: string[] = [];
let smtpUrl = "";

beforeAll(async () => {
  server = createServer((socket) => {
    let data: string[] | null = null;
    socket.write("220 test\r\n");
    socket.on("error", () => socket.destroy());
    socket.on("data", (chunk) => {
      for (const line of chunk.toString().split("\r\n").slice(0, -1)) {
        if (data !== null && line !== ".") {
          data.push(line);
        } else if (data !== null) {
          received.push(data.join("\n"));
          data = null;
          socket.write("250 taken\r\n");
        } else if (line.startsWith("DATA")) {
          data = [];
          socket.write("354 go on\r\n");
        } else {
          socket.write(line.includes("refused@example.com") ? "550 no such mailbox\r\n" : "250 ok\r\n");
        }
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  smtpUrl = `smtp://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`;
});

afterAll(() => {
  server.close();
});

async function outboxWith(to: string) {
  const world = await newWorld();
  const { em } = platformScope(world.platform, "test");
  await em.transactional((tx) => postMail(tx, { to, subject: "Grüße", text: "Hello\n.\n" }, new Date()));
  const read = () => platformEntities(world.platform).findOneOrFail(Mail, { to }, { orderBy: { id: "desc" } });
  const { id } = await read();
  const withServer = { ...world.platform, config: { ...world.platform.config, smtpUrl } };
  return { world, id, read, send: () => sendMail(withServer, id) };
}

test("without a mail server, mails wait in the outbox", async () => {
  const { world, id, read } = await outboxWith("waiting@example.com");
  await sendMail(world.platform, id);
  expect(await read()).toMatchObject({ sentAt: null, error: null });
});

test("a mail is sent once, however often its job runs", async () => {
  const { id, read, send } = await outboxWith("once@example.com");
  await send();
  await send();
  const mine = received.filter((mail) => mail.includes(id));
  expect(mine).toHaveLength(1);
  expect(mine[0]).toMatch(/^To: once@example.com$/m);
  expect((await read()).sentAt).not.toBeNull();
});

test("what the mail server said is kept, and the queue tries again", async () => {
  const { read, send } = await outboxWith("refused@example.com");
  await expect(send()).rejects.toThrow("550");
  expect(await read()).toMatchObject({ sentAt: null, error: expect.stringContaining("550") as string });
});

test("a mail whose cause was rolled back is never written", async () => {
  const { platform } = await newWorld();
  const { em } = platformScope(platform, "test");
  const failing = em.transactional(async (tx) => {
    await postMail(tx, { to: "ghost@example.com", subject: "x", text: "x" }, new Date());
    throw new Error("rolled back");
  });
  await expect(failing).rejects.toThrow("rolled back");
  expect(await platformEntities(platform).count(Mail, { to: "ghost@example.com" })).toBe(0);
});

test("staff read the outbox; links that let people in are whole for platform administrators only", async () => {
  const world = await newWorld();
  const { owner } = await world.organization();
  const { inviteMember } = await owner.get(
    `mutation { inviteMember(input: { email: "linked@example.com", role: MEMBER }) { ... on Invitation { link } } }`,
  );
  const outbox = "{ mails(first: 100) { nodes { to text } pageInfo { hasNextPage } } }";
  const textFor = async (role: "PLATFORM_ADMIN" | "SUPPORT") =>
    (await (await world.staff(role)).get(outbox)).mails.nodes.find(
      ({ to }: { to: string }) => to === "linked@example.com",
    ).text as string;
  expect(await textFor("PLATFORM_ADMIN")).toContain(inviteMember.link);
  expect(await textFor("SUPPORT")).toContain("/invitations/…");
  expect(await textFor("SUPPORT")).not.toContain(inviteMember.link);
  expect((await owner.ask(outbox)).errors).toMatchObject([{ extensions: { code: "FORBIDDEN" } }]);
});
