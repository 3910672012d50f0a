/** A page's session: traded in for the token of its address, read again after a reload, ended. */
import { callKey, callPartition } from '../../../shared/delivery/call-record.ts';
import { endSession } from '../../../shared/pages/end-session.ts';
import { openSession, welcome } from '../../../shared/pages/open-session.ts';
import { isLong } from '../../../shared/pages/page-session.ts';
import { noBody } from '../wire/names.ts';
import { openPageSessionRequest } from '../wire/pages.ts';
import { shownChallenge } from './challenge.ts';
import { cookieNameOf, cookieOf, writeCookie } from '../request/page-cookie.ts';
import { profileOf } from './written-to.ts';
import { openingHandler, pageHandler, type PageHandlers } from './page-door.ts';

export const sessionHandlers = {
  openPageSession: openingHandler({
    body: openPageSessionRequest,
    open: async (deps, { body, event: { requestContext } }) => {
      const { requestId, http } = requestContext;
      const context = { requestId, door: 'page', ipAddress: http.sourceIp, userAgent: http.userAgent } as const;
      const { cookie, ...opened } = await openSession(deps, body.token, context);
      const { session, organization, state } = opened;
      const home = { organizationKey: session.organizationKey, userKey: session.userKey };
      const challenge = session.challenge ? { challenge: await shownChallenge(deps, { page: { ...opened, home, also: [] }, about: { home, organization, state } }, session.challenge) } : {};
      const [profile] = isLong(session) ? await deps.table.read([profileOf(home)]) : [];
      const name = Buffer.from(deps.random.bytes(6)).toString('base64url');
      const lifeSeconds = (session.validUntil - session.createdAt) / 1000;
      return { status: 201, body: { session: name, ...(await welcome(deps, session, organization, profile)), ...challenge }, cookies: [writeCookie(name, cookie, lifeSeconds)] };
    },
  }),
  getPageSession: pageHandler({
    body: noBody,
    also: (place) => [place.challenge ? callKey(callPartition(place.challenge)) : profileOf(place)],
    handle: async (deps, call) => {
      const { session, organization, also } = call.page;
      const challenge = session.challenge ? { challenge: await shownChallenge(deps, call, session.challenge) } : {};
      return { status: 200, body: { ...(await welcome(deps, session, organization, also[0])), ...challenge } };
    },
  }),
  endPageSession: pageHandler({
    body: noBody,
    handle: async (deps, { event }) => {
      await endSession(deps, cookieOf(event) ?? '');
      return { status: 204, cookies: [writeCookie(cookieNameOf(event), '', 0)] };
    },
  }),
} satisfies PageHandlers;
