import { allow } from "graphql-shield";
import type { Feature } from "../platform/feature.ts";
import { loggedIn, may } from "../platform/graphql/may.ts";
import { ApiKeySchema, ServiceKeySchema } from "./api-key.entity.ts";
import { ApiKeyResolver, OrganizationApiKeysResolver } from "./api-key.resolver.ts";
import { forgetEndedJob, sendResetLinkJob } from "./auth.job.ts";
import { LoginSessionSchema } from "./login-session.entity.ts";
import { PasswordResetSchema, PasswordSchema } from "./password.entity.ts";
import { PasswordResolver } from "./password.resolver.ts";
import { MembershipResolver, SessionResolver } from "./session.resolver.ts";
import { ViewerResolver } from "./viewer.resolver.ts";

/** Who asks: passwords, sessions and keys. */
export const feature: Feature = {
  entities: [PasswordSchema, PasswordResetSchema, LoginSessionSchema, ApiKeySchema, ServiceKeySchema],
  resolvers: [
    ViewerResolver,
    SessionResolver,
    MembershipResolver,
    PasswordResolver,
    ApiKeyResolver,
    OrganizationApiKeysResolver,
  ],
  permissions: {
    Query: {
      viewer: allow,
      sessions: loggedIn,
      serviceKeys: may("staff:read"),
    },
    Mutation: {
      logIn: allow,
      logOut: allow,
      endSession: loggedIn,
      endOtherSessions: loggedIn,
      changePassword: loggedIn,
      requestPasswordReset: allow,
      resetPassword: allow,
      acceptInvitation: allow,
      removeMember: may("members:write"),
      createApiKey: may("keys:write"),
      createServiceKey: may("staff:platform"),
      // Of their own organization; of QLP's services, for those who make them.
      rotateApiKey: may("keys:write", "staff:platform"),
      revokeApiKey: may("keys:write", "staff:platform"),
    },
    Organization: { apiKeys: may("keys:read", "staff:read") },
    Session: allow,
    LoginSession: allow,
    RequestPasswordResetPayload: allow,
    ApiKey: allow,
    CreatedApiKey: allow,
    WrongCredentials: allow,
    WeakPassword: allow,
    LinkExpired: allow,
    UnknownScope: allow,
    KeyNotActive: allow,
  },
  jobs: [sendResetLinkJob, forgetEndedJob],
};
