import { createTransport, type Transporter } from "nodemailer";
import { platformEntities, type Platform } from "../scope.ts";
import { Mail } from "./mail.entity.ts";

/**
 * Sends one mail of the outbox, unless it was sent already. Without an SMTP server it stays there
 * for staff to read.
 *
 * A mail whose sending was interrupted is sent again under the same Message-ID, by which mail
 * servers and readers recognize it.
 *
 * @throws Error when the server did not take it; the queue tries again later
 */
export async function sendMail(platform: Platform, mailId: string): Promise<void> {
  const { config } = platform;
  if (config.smtpUrl === null) return;
  const em = platformEntities(platform);
  const mail = await em.findOne(Mail, { id: mailId, sentAt: null });
  if (!mail) return;

  const { hostname } = new URL(config.publicUrl);
  try {
    await transport(config.smtpUrl).sendMail({
      from: `QLP <no-reply@${hostname}>`,
      to: mail.to,
      subject: mail.subject,
      text: mail.text,
      messageId: `<${mail.id}@${hostname}>`,
    });
  } catch (error) {
    mail.error = error instanceof Error ? error.message.slice(0, 500) : "unknown";
    await em.flush();
    throw error;
  }
  mail.sentAt = platform.clock();
  mail.error = null;
  await em.flush();
}

let made: { readonly url: string; readonly transporter: Transporter } | null = null;

/** Connections to the one SMTP server are kept between mails. */
function transport(url: string): Transporter {
  if (made?.url !== url) {
    made = { url, transporter: createTransport({ url, pool: true, connectionTimeout: 10_000, socketTimeout: 20_000 }) };
  }
  return made.transporter;
}
