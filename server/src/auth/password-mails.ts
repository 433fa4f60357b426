import type { NewMail } from "../platform/mail/post-mail.ts";

export const passwordChangedMail = (to: string): NewMail => ({
  to,
  subject: "Your QLP password was changed",
  text: `The password of ${to} was changed just now, and all other sessions were ended.

If that was not you, reset it at once: open the log-in page and choose "Forgot password".
`,
});

export const passwordResetMail = (to: string, link: string, expiresAt: Date): NewMail => ({
  to,
  subject: "Choose a new QLP password",
  text: `Somebody, hopefully you, asked for a new password for ${to}.

Choose it here:
${link}

The link works once, until ${expiresAt.toUTCString()}. If you did not ask, ignore this mail: nothing has changed.
`,
});
