import type { Tone } from "../../ui/Status";

type Mail = { readonly sentAt: string | null; readonly error: string | null };

/** How a mail stands: it is sent, it failed, or it waits, as all do where no mail server is set up. */
export function mailState({ sentAt, error }: Mail): { readonly label: string; readonly tone: Tone } {
  if (sentAt !== null) return { label: "Sent", tone: "good" };
  return error === null ? { label: "Waiting", tone: "info" } : { label: "Not taken", tone: "bad" };
}

const LINK = /https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)]/g;

/** The links of a mail, each once. Those that were cut short lead nowhere and are left out. */
export const linksOf = (text: string): readonly string[] => [
  ...new Set((text.match(LINK) ?? []).filter((link) => !link.includes("…"))),
];
