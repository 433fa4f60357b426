/** The job that sends one mail; its payload is `{ mailId }`. */
export const SEND_MAIL = "mail.send";
