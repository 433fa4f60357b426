import { type Agent, request } from "node:http";

type Answered = { data?: Record<string, Record<string, unknown> | undefined>; errors?: { message: string }[] };

/** One GraphQL request on a kept connection: less of the machine for the asker than `fetch` takes. */
export function post(url: string, agent: Agent, token: string, body: object): Promise<Answered> {
  const payload = JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const asked = request(
      `${url}/graphql`,
      {
        method: "POST",
        agent,
        headers: {
          "content-type": "application/json",
          "content-length": Buffer.byteLength(payload),
          authorization: `Bearer ${token}`,
        },
      },
      (response) => {
        const parts: Buffer[] = [];
        response.on("data", (part: Buffer) => parts.push(part));
        response.on("end", () => resolve(JSON.parse(Buffer.concat(parts).toString("utf8")) as Answered));
        response.on("error", reject);
      },
    );
    asked.on("error", reject);
    asked.end(payload);
  });
}
