import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/**
 * Makes sure that nobody listens where we want to, before any work is done.
 *
 * @param patienceMs how long to wait for whoever is there to leave
 * @throws Error naming PORT
 */
export async function requireFreePort(host: string, port: number, patienceMs: number): Promise<void> {
  const end = Date.now() + patienceMs;
  for (let fault = await whyNot(host, port); fault !== null; fault = await whyNot(host, port)) {
    if (fault === "EADDRINUSE" && Date.now() < end) await sleep(200);
    else throw new Error(explain(fault, host, port));
  }
}

function whyNot(host: string, port: number): Promise<string | null> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    probe.listen(port, host, () => probe.close(() => resolve(null)));
  });
}

function explain(fault: string, host: string, port: number): string {
  switch (fault) {
    case "EADDRINUSE":
      return (
        `PORT: ${port} on ${host} is taken by another program. Choose another one:\n` +
        `  PORT=${port + 1} npx -y pnpm@12.21.0 start`
      );
    case "EACCES":
      return `PORT: ${port} is not allowed for this user. Choose one above 1023.`;
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return `HOST: ${host} is not an address of this machine.`;
    default:
      return `PORT: cannot listen on ${host}, port ${port} (${fault}).`;
  }
}
