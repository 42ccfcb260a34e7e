import { createTransport } from 'nodemailer';
import type { Config } from '../config.js';

const PATIENCE_MILLISECONDS = 10_000; // a mail server that needs longer is asked again by the job's next attempt

/** A letter of plain text. */
export interface Letter {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** Hands a letter to the mail server; resolves when it has taken it. */
export async function sendMail({ SMTP_URL, MAIL_FROM }: Config, letter: Letter): Promise<void> {
  const transport = createTransport({
    url: SMTP_URL,
    connectionTimeout: PATIENCE_MILLISECONDS,
    greetingTimeout: PATIENCE_MILLISECONDS,
    socketTimeout: PATIENCE_MILLISECONDS,
  });
  try {
    // An address object, so that nothing in an address is read as a second one.
    await transport.sendMail({
      from: MAIL_FROM,
      to: { name: '', address: letter.to },
      subject: letter.subject,
      text: letter.text,
    });
  } finally {
    transport.close();
  }
}
