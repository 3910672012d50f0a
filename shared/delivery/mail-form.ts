/**
 * What every mail looks like: the same paragraphs as plain text and as simple HTML. Nothing in it is loaded from
 * elsewhere, and nothing leads elsewhere but the one link that an invitation is about.
 */
import { cleanText } from '../platform/clean-text.ts';
import type { Mail } from './email-carrier.ts';

/** A mail without its envelope. */
export type WrittenMail = Omit<Mail, 'to' | 'about'>;

export type Paragraph = string | { readonly code: string } | { readonly label: string; readonly url: string };

export interface MailContent {
  /** The language's tag, so that it is read aloud and hyphenated rightly. */
  readonly tag: string;
  readonly organizationName: string;
  readonly supportName?: string | undefined;
  readonly subject: string;
  readonly paragraphs: readonly Paragraph[];
}

const longestName = 60;

/**
 * Names are other people's text: one line, cut, and nothing that a mail program would make a link of. A dot inside a
 * word becomes one that looks the same.
 */
export const plainName = (text: string): string =>
  Array.from(cleanText(text.replace(/\p{C}/gu, ' ').toWellFormed()))
    .slice(0, longestName)
    .join('')
    .replaceAll('://', ' ')
    .replace(/(?<=[^\s.])[.](?=[^\s.])/gu, '\u2024')
    .replaceAll('@', '\uff20')
    .trim();

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => escapes[character] ?? '');

function toText(paragraph: Paragraph): string {
  if (typeof paragraph === 'string') return paragraph;
  return 'code' in paragraph ? paragraph.code : `${paragraph.label}:\n${paragraph.url}`;
}

function toHtml(paragraph: Paragraph): string {
  if (typeof paragraph === 'string') return `<p>${escapeHtml(paragraph)}</p>`;
  if ('code' in paragraph) return `<p style="font-size:1.6em;letter-spacing:0.15em"><strong>${escapeHtml(paragraph.code)}</strong></p>`;
  return `<p><a href="${escapeHtml(paragraph.url)}">${escapeHtml(paragraph.label)}</a></p>`;
}

/** The sender's name is the organization's; support signs, where there is one. */
export function writeMail({ tag, organizationName, supportName, subject, paragraphs }: MailContent): WrittenMail {
  const fromName = plainName(organizationName);
  const title = `${fromName}: ${subject}`;
  const all = [...paragraphs, supportName === undefined ? fromName : plainName(supportName)];
  const body = all.map(toHtml).join('\n');
  const head = `<meta charset="utf-8"><title>${escapeHtml(title)}</title>`;
  return {
    fromName,
    subject: title,
    text: `${all.map(toText).join('\n\n')}\n`,
    html: `<!doctype html>\n<html lang="${tag}"><head>${head}</head>\n<body style="font-family:sans-serif">\n${body}\n</body></html>\n`,
  };
}
