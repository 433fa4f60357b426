import { allow } from "graphql-shield";
import { Arg, Ctx, Field, InputType, Mutation, ObjectType, Query, Resolver } from "type-graphql";
import { DemoSeedSchema, SandboxClockSchema } from "./app.entity.ts";
import type { Feature } from "../platform/feature.ts";
import type { Context } from "../platform/graphql/context.ts";
import { may } from "../platform/graphql/may.ts";
import { DateTimeScalar } from "../platform/graphql/scalars.ts";
import { advanceSandboxClock } from "./sandbox-clock.ts";

@ObjectType("SandboxClock", { description: "The time that the product runs on while it is not connected to Stripe." })
class SandboxClockType {
  @Field(() => DateTimeScalar) readonly now!: Date;
}

@InputType("AdvanceSandboxClockInput", { description: "The instant to move to." })
class AdvanceSandboxClockInput {
  @Field(() => DateTimeScalar, { description: "After the present sandbox time, at most two years ahead of it." })
  readonly to!: Date;
}

@Resolver()
class SandboxClockResolver {
  @Query(() => SandboxClockType, {
    nullable: true,
    description: "The sandbox's time; null with a Stripe key. Staff move it; everyone may read it.",
  })
  sandboxClock(@Ctx() { platform, clock }: Context): SandboxClockType | null {
    return platform.config.sandbox ? { now: clock() } : null;
  }

  @Mutation(() => SandboxClockType, {
    description:
      "Staff, without a Stripe key only: moves time forward for all. Periods that end on the way roll over in time order.",
  })
  async advanceSandboxClock(
    @Arg("input", () => AdvanceSandboxClockInput) { to }: AdvanceSandboxClockInput,
    @Ctx() context: Context,
  ): Promise<SandboxClockType> {
    return { now: await advanceSandboxClock(context, to) };
  }
}

/** Time that can be moved, for demonstrations and tests of months. */
export const feature: Feature = {
  entities: [SandboxClockSchema, DemoSeedSchema],
  resolvers: [SandboxClockResolver],
  permissions: {
    Query: { sandboxClock: allow },
    Mutation: { advanceSandboxClock: may("staff:read") },
    SandboxClock: allow,
  },
};
