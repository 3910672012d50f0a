/** What the demo portal shows. Nothing is decided here. */
import { html, textOf, type Markup } from './portal-html.ts';
import { alertView, homeView, signInView, ssoView, vpnSignInView } from './portal-home.ts';
import type { Audience, Challenge, Factor, Progress, Session } from './portal-session.ts';

export interface Shown {
  readonly audience: Audience;
  readonly isSso: boolean;
  readonly notice: string;
}

const states: Readonly<Record<string, string>> = {
  queued: 'The call is being placed.',
  ringing: 'Your telephone is ringing.',
  answered: 'Follow the voice on the telephone.',
  'no-answer': 'Nobody answered.',
  busy: 'The line was busy.',
  failed: 'The call did not go through.',
  sent: 'The message is on its way.',
  undeliverable: 'The message could not be delivered.',
};

/** What the person reads while the telephone rings. */
export function progressLine({ attempt, of, state }: Progress): string {
  const count = attempt === undefined ? '' : `: attempt ${attempt} of ${of ?? 5}`;
  return `Authentication is being attempted${count}. ${states[state] ?? ''}`.trim();
}

function progressView(progress?: Progress): Markup {
  if (!progress) return html``;
  const { show, attempt } = progress;
  return html`<div class="progress" id="progress">
    <p role="status" id="line">${progressLine(progress)}</p>
    <p id="show" ${show === undefined ? html`hidden` : ''}>${attempt === undefined ? 'The number to match' : 'Key this number, then #'}: <strong>${show}</strong></p>
  </div>`;
}

const typedAtOnce = new Set(['totp', 'token', 'recovery-key']);
const typedWhenSent = new Set(['email', 'sms-code']);
const codeNames: Readonly<Record<string, string>> = {
  totp: 'Code from your authenticator app',
  token: 'Code from your token',
  'recovery-key': 'Recovery key',
  email: 'Code from the mail',
};
const verbs: Readonly<Record<string, string>> = { phone: 'Call', email: 'Mail', app: 'Ask' };

function factorView({ factorId, kind, method = '', hint }: Factor): Markup {
  const isTyped = typedAtOnce.has(kind) || typedWhenSent.has(kind) || typedWhenSent.has(method);
  const verb = method.startsWith('sms') ? 'Text' : (verbs[kind] ?? 'Use');
  const chosen = html`<input type="hidden" name="factorId" value="${factorId}">`;
  const send = html`<form method="post" action="send">${chosen}<button>${verb} ${hint ?? kind}</button></form>`;
  const keyboard = kind === 'recovery-key' ? '' : html`inputmode="numeric"`;
  const type = html`<form method="post" action="answer">${chosen}
      <label for="${factorId}">${codeNames[kind] ?? 'Code from the text'}</label>
      <input id="${factorId}" name="answer" required maxlength="64" autocomplete="one-time-code" ${keyboard}>
      <button>Confirm</button>
    </form>`;
  return html`<li>${typedAtOnce.has(kind) ? '' : send}${isTyped ? type : ''}</li>`;
}

function confirmView({ asked, account }: Session, notice: string): Markup {
  const { challenge, protects } = asked;
  const wrong = challenge.reason === 'wrong-answer' ? 'That was not right. Please try again.' : '';
  const why = protects === undefined ? html`<p>To sign in to <strong>${account.name}</strong>.</p>` : html`<p>To restart the server.</p>`;
  return html`<h1>Confirm that it is you</h1>
    ${alertView(notice || wrong)}${why}${progressView(challenge.progress)}
    <ul class="factors">${challenge.factors?.map(factorView)}</ul>
    <form method="post" action="cancel"><button class="quiet">Cancel</button></form>`;
}

/** For every refusal the same words: the reason is for the audit trail. A lock is told, because it passes. */
function refusalView({ status, lockedUntil, setupUrl }: Challenge): Markup {
  const time = lockedUntil === undefined ? '' : ` until ${new Date(lockedUntil).toUTCString()}`;
  const ask = 'Please ask your administrator.';
  const link = setupUrl === undefined ? ask : html`<a href="${setupUrl}">Set it up now.</a>`;
  const words: Readonly<Record<string, Markup>> = {
    'enrollment-required': html`A second factor must be set up before you can sign in. ${link}`,
    locked: html`Signing in is locked${time}. Your administrator can unlock it.`,
    canceled: html`You canceled signing in.`,
  };
  return html`<h1>Not signed in</h1>
    <p role="alert" class="alert">${words[status] ?? 'You could not be signed in.'}</p>
    <form method="post" action="sign-out"><button>Start again</button></form>`;
}

/** The browser goes there by itself. Not by a redirect: a form that leads to another address is stopped by our own rules. */
const leaveView = (address: string): Markup => html`<h1>One moment</h1><p>You are taken to a page of Countersign. <a href="${address}">Go there now.</a></p>`;

function viewOf({ audience, isSso, notice }: Shown, session?: Session): Markup {
  if (isSso) return ssoView(notice);
  if (!session) return audience === 'vpn' ? vpnSignInView(notice) : signInView(notice);
  if (session.leaveFor !== '') return leaveView(session.leaveFor);
  if (session.asked.challenge.status === 'pending') return confirmView(session, notice);
  return session.isSignedIn ? homeView(audience, session, notice) : refusalView(session.asked.challenge);
}

/** The whole page. Without script, a page that waits for the telephone loads itself again every five seconds. */
export function pageOf(shown: Shown, session?: Session): string {
  const isWaiting = session?.asked.challenge.status === 'pending' && session.asked.challenge.progress !== undefined;
  const leave = session?.leaveFor ? html`<meta http-equiv="refresh" content="0; url=${session.leaveFor}">` : '';
  return textOf(html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${shown.audience === 'vpn' ? 'Demo VPN' : 'Demo portal'}</title>
    <link rel="stylesheet" href="/portal.css">
    <script type="module" src="/portal.js"></script>
    ${leave}${isWaiting ? html`<noscript><meta http-equiv="refresh" content="5"></noscript>` : ''}
  </head>
  <body>
    <header class="brand">${shown.audience === 'vpn' ? 'Demo VPN' : 'Demo portal'}</header>
    <main>${viewOf(shown, session)}</main>
  </body>
</html>`);
}
