import "reflect-metadata";
import type { Socket } from "node:net";
import Fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import { authenticate } from "../auth/authenticate.ts";
import { SESSION_COOKIE } from "../auth/session-cookie.ts";
import { entitiesFor } from "../auth/user-viewer.ts";
import type { Context } from "../platform/graphql/context.ts";
import { EdgeFault, requestFault, statusOf } from "../platform/graphql/errors.ts";
import { cookieOf } from "../platform/http/cookies.ts";
import { limitRequests } from "../platform/http/api-limits.ts";
import { serveHealth } from "../platform/http/health.ts";
import { MAX_BODY_BYTES, readJsonBodies } from "../platform/http/json-body.ts";
import { metricsRegistry } from "../platform/http/metrics.ts";
import { protectiveHeaders } from "../platform/http/protective-headers.ts";
import { newId } from "../platform/id.ts";
import type { Logger } from "../platform/log.ts";
import { withRequestId } from "../platform/request-context.ts";
import type { Platform } from "../platform/scope.ts";
import { buildGuardedSchema } from "./build-schema.ts";
import { features } from "./features.ts";
import { serveGraphqlPosts } from "./graphql-route.ts";
import { createGraphqlServer } from "./graphql-server.ts";
import { serveApp } from "./serve-app.ts";
import { serveExplorer } from "./serve-explorer.ts";

/** Slow senders are cut off after this long, so that they hold no place others need. */
const REQUEST_TIMEOUT_MS = 15_000;

/** Node looks for them this often; and it takes the larger of two time-outs, so that of the headers is no larger. */
const slowSenders = { connectionsCheckingInterval: 2_000, headersTimeout: REQUEST_TIMEOUT_MS };

/** The product's HTTP server: `/graphql`, health, metrics, and the app. Listens when told to. */
export async function createHttpServer(platform: Platform, log: Logger): Promise<FastifyInstance> {
  const { config } = platform;
  let stopping = false;
  const server = Fastify({
    logger: false,
    genReqId: () => newId(),
    bodyLimit: MAX_BODY_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    http: slowSenders,
    forceCloseConnections: "idle",
    routerOptions: { maxParamLength: 300 },
  });
  server.addHook("preClose", async () => {
    stopping = true;
  });
  letSilentOnesGo(server);
  server.addHook("onSend", (_request, reply, _payload, next) => {
    // A connection that is kept would hold the stop until it is given up.
    if (stopping) void reply.header("connection", "close");
    next();
  });
  server.addHook("onRequest", (request, reply, next) => {
    void reply.header("x-request-id", request.id);
    withRequestId(request.id, next);
  });
  const protection = protectiveHeaders(config.publicUrl);
  server.addHook("onRequest", (_request, reply, next) => {
    void reply.headers(protection);
    next();
  });
  server.setErrorHandler((error: FastifyError, request, reply) => answerFault(error, request, reply, log));

  readJsonBodies(server);
  const needs = { databaseUrl: config.databaseUrl, tables: ["subscriptions", "usage_events"] };
  serveHealth(server, { ...needs, degraded: () => platform.rateLimits.degraded }, () => stopping);
  serveMetrics(server, config.metricsToken);
  await serveGraphql(server, platform, log);
  for (const route of features.flatMap(({ routes }) => routes ?? []))
    await server.register(async (scope) => route(scope, platform));
  await serveApp(server);
  return server;
}

/** Whoever has connected and said nothing holds no stop up; for Node, which closes idle connections, they are not idle. */
function letSilentOnesGo(server: FastifyInstance): void {
  const connected = new Set<Socket>();
  server.server.on("connection", (socket: Socket) => {
    connected.add(socket);
    socket.once("close", () => connected.delete(socket));
  });
  server.addHook("preClose", async () => {
    for (const socket of connected) if (socket.bytesRead === 0) socket.destroy();
  });
}

async function serveGraphql(server: FastifyInstance, platform: Platform, log: Logger): Promise<void> {
  const graphql = createGraphqlServer(buildGuardedSchema(), platform.config, log);
  await graphql.apollo.start();
  const contextOf = async (request: FastifyRequest, reply: FastifyReply): Promise<Context> => {
    const askedAt = performance.now();
    const origin = { id: request.id, address: request.ip, userAgent: request.headers["user-agent"] ?? null };
    const viewer = await authenticate(platform, {
      authorization: request.headers.authorization,
      cookie: cookieOf(request.headers.cookie, SESSION_COOKIE),
      origin,
    });
    await limitRequests(platform, { viewer, address: origin.address, reply });
    const organizationId = viewer?.organizationId ?? null;
    return lazily({ platform, clock: platform.clock, viewer, organizationId, origin, reply, askedAt });
  };
  serveGraphqlPosts(server, graphql, (request, reply) =>
    contextOf(request, reply).catch((error: unknown) => {
      throw requestFault(error);
    }),
  );
  if (!platform.config.production) await serveExplorer(server);
  server.addHook("onClose", () => graphql.apollo.stop());
}

/** With an entity manager that is made when it is first asked for: the hot paths have no use for one. */
function lazily(given: Omit<Context, "em">): Context {
  let made: Context["em"] | null = null;
  return {
    ...given,
    get em() {
      return (made ??= entitiesFor(given.platform, given.viewer));
    },
    set em(em) {
      made = em;
    },
  };
}

function serveMetrics(server: FastifyInstance, token: string | null): void {
  server.get("/metrics", async (request, reply) => {
    const allowed =
      token === null
        ? ["127.0.0.1", "::1", "::ffff:127.0.0.1"].includes(request.ip)
        : request.headers.authorization === `Bearer ${token}`;
    if (!allowed)
      return reply.code(403).send({ message: "Metrics are for this machine, or for those who hold METRICS_TOKEN." });
    return reply.type(metricsRegistry.contentType).send(await metricsRegistry.metrics());
  });
}

/** A fault outside of GraphQL, in the shape of a GraphQL error, so that callers have one shape to read. */
function answerFault(error: FastifyError, request: FastifyRequest, reply: FastifyReply, log: Logger): FastifyReply {
  const status = error.statusCode ?? 500;
  if (error instanceof EdgeFault)
    return reply
      .code(statusOf(error.extensions["code"]))
      .send({ errors: [{ message: error.message, extensions: { ...error.extensions, requestId: request.id } }] });
  if (status >= 500) log.error({ requestId: request.id, err: error }, "unexpected error");
  const code = status >= 500 ? "INTERNAL" : "BAD_USER_INPUT";
  const message =
    status === 413
      ? `The body may have ${MAX_BODY_BYTES} bytes.`
      : status >= 500
        ? `Something went wrong on our side. Quote request ${request.id}.`
        : error.message;
  return reply.code(status).send({ errors: [{ message, extensions: { code, requestId: request.id } }] });
}
