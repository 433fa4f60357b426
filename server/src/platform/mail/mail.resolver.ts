import { Arg, Ctx, FieldResolver, Int, Query, Resolver, Root } from "type-graphql";
import type { Context } from "../graphql/context.ts";
import { listMails, readableText } from "./list-mails.ts";
import type { Mail } from "./mail.entity.ts";
import { MailConnectionType, MailType } from "./mail.type.ts";

@Resolver(() => MailType)
export class MailResolver {
  @Query(() => MailConnectionType, {
    description: "Staff: mails sent, or waiting in the outbox when there is no SMTP.",
  })
  mails(
    @Arg("first", () => Int, { nullable: true }) first: number | null,
    @Arg("after", () => String, { nullable: true }) after: string | null,
    @Ctx() context: Context,
  ) {
    return listMails(context, first, after);
  }

  @FieldResolver(() => String, {
    description: "Links that let people in are cut short, but for platform administrators while the mail waits.",
  })
  text(@Root() mail: Mail, @Ctx() context: Context): string {
    return readableText(mail, context);
  }
}
