/** What the demo portal shows to somebody who is not signed in yet, and to somebody who is. */
import { html, type Markup } from './portal-html.ts';
import type { Audience, Session } from './portal-session.ts';

export const alertView = (text: string): Markup => (text === '' ? html`` : html`<p role="alert" class="alert">${text}</p>`);

const nameAndPassword = html`<label for="userId">Name</label>
      <input id="userId" name="userId" required autocomplete="username" autocapitalize="none" spellcheck="false">
      <label for="password">Password</label>
      <input id="password" name="password" type="password" required autocomplete="current-password">`;

/** Addresses are relative: the same views serve the portal at "/" and the VPN at "/vpn/". */
export const signInView = (notice: string): Markup => html`<h1>Sign in</h1>
    ${alertView(notice)}
    <form method="post" action="sign-in">
      ${nameAndPassword}
      <button>Sign in</button>
      <button name="hosted" value="yes" class="quiet">Sign in with the hosted page</button>
    </form>
    <ul class="links"><li><a href="/sso">Sign in with SSO</a></li><li><a href="/vpn/">Connect to the VPN</a></li></ul>`;

/** In a real portal this is somebody else's page. */
export const ssoView = (notice: string): Markup => html`<h1>Sign in with SSO</h1>
    ${alertView(notice)}
    <p>This page stands in for your company’s identity provider.</p>
    <form method="post" action="sso">
      ${nameAndPassword}
      <button>Continue</button>
    </form>
    <ul class="links"><li><a href="/">Back to the portal</a></li></ul>`;

export const vpnSignInView = (notice: string): Markup => html`<h1>Connect to the VPN</h1>
    ${alertView(notice)}
    <p>The VPN asks for itself: being signed in to the portal does not count here.</p>
    <form method="post" action="sign-in">
      ${nameAndPassword}
      <button>Connect</button>
      <button name="hosted" value="yes" class="quiet">Connect with the hosted page</button>
    </form>
    <ul class="links"><li><a href="/">Back to the portal</a></li></ul>`;

function accountsView({ accounts, account }: Session): Markup {
  const others = accounts.filter(({ organizationId }) => organizationId !== account.organizationId);
  if (others.length === 0) return html``;
  const rows = others.map(({ organizationId, name }) => html`<button class="quiet" name="organizationId" value="${organizationId}">Switch to ${name}</button>`);
  return html`<h2>Your other accounts</h2>
    <p class="soft">Every switch asks you again.</p>
    <form method="post" action="switch" class="stack">${rows}</form>`;
}

/** What became of the protected action, said once it is decided. */
function actionLine({ asked }: Session): Markup {
  if (asked.protects === undefined) return html``;
  const words = asked.isDone === true ? 'The server was restarted: you confirmed it.' : 'The server was not restarted: you did not confirm it.';
  return html`<p role="status" class="note">${words}</p>`;
}

function portalHome(session: Session, notice: string): Markup {
  const { userId, account } = session;
  const mayAdminister = account.role !== 'member';
  return html`<h1>Signed in</h1>
      ${alertView(notice)}${actionLine(session)}
      <p>You are signed in as <strong>${userId}</strong> to <strong>${account.name}</strong>.</p>
      <h2>Something protected</h2>
      <p class="soft">This asks you once more, and for this alone.</p>
      <form method="post" action="protect"><button>Restart the server</button></form>
      ${accountsView(session)}
      <h2>Your protection</h2>
      <form method="post" action="open" class="stack">
        <button class="quiet" name="page" value="security">Security settings</button>
        ${mayAdminister ? html`<button class="quiet" name="page" value="console">Administration console</button>` : ''}
      </form>
      <form method="post" action="sign-out"><button class="quiet">Sign out</button></form>
      <ul class="links"><li><a href="/vpn/">Connect to the VPN</a></li></ul>`;
}

const vpnHome = ({ userId, account }: Session, notice: string): Markup => html`<h1>Connected to the VPN</h1>
      ${alertView(notice)}
      <p>You are connected as <strong>${userId}</strong> of <strong>${account.name}</strong>.</p>
      <form method="post" action="sign-out"><button class="quiet">Disconnect</button></form>
      <ul class="links"><li><a href="/">The portal</a></li></ul>`;

export const homeView = (audience: Audience, session: Session, notice: string): Markup =>
  audience === 'vpn' ? vpnHome(session, notice) : portalHome(session, notice);
