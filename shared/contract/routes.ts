/**
 * Every HTTP route of the service: data only. infra makes gateway routes of it, the doors dispatch by `operation`,
 * the OpenAPI document and the tests walk it. Adding a route starts with a row here.
 */

/** What a client key may be allowed to do (docs/api/README.md, Manners). */
export const scopes = ['sign-in', 'users', 'organizations', 'orders', 'audit', 'clients'] as const;
export type Scope = (typeof scopes)[number];

/** What a signed-in person may do, weakest first. An administrator of a reseller is one in each of its companies. */
export const roles = ['member', 'auditor', 'helpdesk', 'administrator'] as const;
export type Role = (typeof roles)[number];

/** Pages whose sessions are about a person, not about one challenge. */
export type LongPage = 'security' | 'console';

export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** API Gateway's form: `{name}` is one segment. */
  readonly path: string;
  readonly operation: string;
  /** The function (shared/contract/functions.ts) that answers. */
  readonly function: string;
  /** The client's scope; `none` for what anyone may read. */
  readonly scope: Scope | 'none';
  /** The least role of an actor, when one is named; `self` also lets any role act on its own user. */
  readonly role?: Role;
  readonly self?: true;
  /** Asked by the authenticator app: no client key, but a signature by the key of its device. */
  readonly signedBy?: 'device';
  /** Hosted pages that ask it too, as the person of their session: at `/page` and this path (page-routes.ts). */
  readonly pages?: readonly LongPage[];
  /** Shows somebody's personal data: which person looked at whom is recorded (lists count themselves). */
  readonly looks?: true;
  /** From the console only by who has just confirmed that it is them (D23); `others`: unless it is about themselves. */
  readonly proof?: true | 'others';
}

export const routes = [
  { method: 'POST', path: '/v1/challenges', operation: 'startChallenge', function: 'api-sign-in', scope: 'sign-in', role: 'helpdesk', self: true },
  { method: 'GET', path: '/v1/challenges/{challengeId}', operation: 'getChallenge', function: 'api-sign-in', scope: 'sign-in', role: 'helpdesk', self: true },
  { method: 'POST', path: '/v1/challenges/{challengeId}/answer', operation: 'answerChallenge', function: 'api-sign-in', scope: 'sign-in', role: 'helpdesk', self: true },
  { method: 'POST', path: '/v1/challenges/{challengeId}/cancel', operation: 'cancelChallenge', function: 'api-sign-in', scope: 'sign-in', role: 'helpdesk', self: true },
  { method: 'POST', path: '/v1/results/redeem', operation: 'redeemResult', function: 'api-sign-in', scope: 'sign-in', role: 'helpdesk', self: true },
  { method: 'POST', path: '/v1/challenges/{challengeId}/send', operation: 'sendChallenge', function: 'api-send', scope: 'sign-in', role: 'helpdesk', self: true },

  { method: 'GET', path: '/v1/organizations', operation: 'listOrganizations', function: 'api-organizations', scope: 'organizations', role: 'auditor', pages: ['console'] },
  { method: 'PUT', path: '/v1/organizations/{organizationId}', operation: 'putOrganization', function: 'api-organizations', scope: 'organizations', role: 'administrator', pages: ['console'], proof: true },
  { method: 'GET', path: '/v1/organizations/{organizationId}', operation: 'getOrganization', function: 'api-organizations', scope: 'organizations', role: 'auditor', pages: ['console'] },
  { method: 'GET', path: '/v1/organizations/{organizationId}/policy', operation: 'getPolicy', function: 'api-organizations', scope: 'organizations', role: 'auditor', pages: ['console'] },
  { method: 'PATCH', path: '/v1/organizations/{organizationId}/policy', operation: 'changePolicy', function: 'api-organizations', scope: 'organizations', role: 'administrator', pages: ['console'], proof: true },
  { method: 'POST', path: '/v1/organizations/{organizationId}/policy/rehearsal', operation: 'rehearsePolicy', function: 'api-organizations', scope: 'organizations', role: 'administrator', pages: ['console'] },
  { method: 'GET', path: '/v1/organizations/{organizationId}/brand', operation: 'getBrand', function: 'api-organizations', scope: 'organizations', role: 'auditor', pages: ['console'] },
  { method: 'PUT', path: '/v1/organizations/{organizationId}/brand', operation: 'putBrand', function: 'api-organizations', scope: 'organizations', role: 'administrator', pages: ['console'], proof: true },
  { method: 'GET', path: '/v1/audit', operation: 'listInstallationAudit', function: 'api-organizations', scope: 'audit', role: 'auditor' },
  { method: 'GET', path: '/v1/organizations/{organizationId}/costs', operation: 'getCosts', function: 'api-organizations', scope: 'organizations', role: 'auditor', pages: ['console'] },
  { method: 'GET', path: '/v1/organizations/{organizationId}/audit', operation: 'listAudit', function: 'api-organizations', scope: 'audit', role: 'auditor', pages: ['console'] },

  { method: 'GET', path: '/v1/organizations/{organizationId}/licenses', operation: 'getLicenses', function: 'api-organizations', scope: 'orders', role: 'auditor', pages: ['console'] },
  { method: 'GET', path: '/v1/organizations/{organizationId}/order-options', operation: 'getOrderOptions', function: 'api-organizations', scope: 'orders', role: 'auditor', pages: ['console'] },
  { method: 'POST', path: '/v1/organizations/{organizationId}/orders', operation: 'placeOrder', function: 'api-organizations', scope: 'orders', role: 'administrator', pages: ['console'], proof: true },
  { method: 'GET', path: '/v1/organizations/{organizationId}/orders', operation: 'listOrders', function: 'api-organizations', scope: 'orders', role: 'auditor', pages: ['console'] },
  { method: 'POST', path: '/v1/orders/{orderId}/cancel', operation: 'cancelOrder', function: 'api-organizations', scope: 'orders', role: 'administrator', pages: ['console'], proof: true },
  { method: 'GET', path: '/v1/organizations/{organizationId}/billing', operation: 'getBill', function: 'api-organizations', scope: 'orders', role: 'auditor', pages: ['console'] },

  { method: 'GET', path: '/v1/clients', operation: 'listClients', function: 'api-organizations', scope: 'clients', role: 'auditor', pages: ['console'] },
  { method: 'GET', path: '/v1/clients/{clientId}', operation: 'getClient', function: 'api-organizations', scope: 'clients', role: 'auditor', pages: ['console'] },
  { method: 'POST', path: '/v1/clients', operation: 'createClient', function: 'api-organizations', scope: 'clients', role: 'administrator', pages: ['console'], proof: true },
  { method: 'PATCH', path: '/v1/clients/{clientId}', operation: 'changeClient', function: 'api-organizations', scope: 'clients', role: 'administrator', pages: ['console'], proof: true },
  { method: 'POST', path: '/v1/clients/{clientId}/keys', operation: 'createClientKey', function: 'api-organizations', scope: 'clients', role: 'administrator', pages: ['console'], proof: true },
  { method: 'DELETE', path: '/v1/clients/{clientId}/keys/{keyId}', operation: 'removeClientKey', function: 'api-organizations', scope: 'clients', role: 'administrator', pages: ['console'], proof: true },

  { method: 'GET', path: '/v1/organizations/{organizationId}/users', operation: 'listUsers', function: 'api-users', scope: 'users', role: 'auditor', pages: ['console'] },
  { method: 'PUT', path: '/v1/organizations/{organizationId}/users/{userId}', operation: 'putUser', function: 'api-users', scope: 'users', role: 'administrator', pages: ['console'], proof: true },
  { method: 'GET', path: '/v1/organizations/{organizationId}/users/{userId}', operation: 'getUser', function: 'api-users', scope: 'users', role: 'auditor', self: true, pages: ['security', 'console'], looks: true },
  { method: 'DELETE', path: '/v1/organizations/{organizationId}/users/{userId}', operation: 'eraseUser', function: 'api-users', scope: 'users', role: 'administrator', pages: ['console'], proof: true },
  { method: 'POST', path: '/v1/organizations/{organizationId}/users/{userId}/unlock', operation: 'unlockUser', function: 'api-users', scope: 'users', role: 'helpdesk', pages: ['console'], proof: true },
  { method: 'POST', path: '/v1/organizations/{organizationId}/users/{userId}/suspend', operation: 'suspendUser', function: 'api-users', scope: 'users', role: 'administrator', self: true, pages: ['security', 'console'], proof: 'others' },
  { method: 'POST', path: '/v1/organizations/{organizationId}/users/{userId}/resume', operation: 'resumeUser', function: 'api-users', scope: 'users', role: 'administrator', pages: ['console'], proof: true },
  { method: 'GET', path: '/v1/organizations/{organizationId}/users/{userId}/activity', operation: 'listActivity', function: 'api-users', scope: 'users', role: 'auditor', self: true, pages: ['security', 'console'], looks: true },

  { method: 'POST', path: '/v1/organizations/{organizationId}/users/{userId}/enrollments', operation: 'createEnrollment', function: 'api-factors', scope: 'users', role: 'administrator', pages: ['console'], proof: true },
  { method: 'GET', path: '/v1/organizations/{organizationId}/users/{userId}/enrollments/{enrollmentId}', operation: 'getEnrollment', function: 'api-factors', scope: 'users', role: 'auditor', pages: ['console'] },
  { method: 'POST', path: '/v1/organizations/{organizationId}/users/{userId}/enrollments/{enrollmentId}/resend', operation: 'resendEnrollment', function: 'api-factors', scope: 'users', role: 'helpdesk', pages: ['console'] },
  { method: 'POST', path: '/v1/organizations/{organizationId}/users/{userId}/enrollments/{enrollmentId}/cancel', operation: 'cancelEnrollment', function: 'api-factors', scope: 'users', role: 'administrator', pages: ['console'], proof: true },
  { method: 'POST', path: '/v1/organizations/{organizationId}/users/{userId}/reset', operation: 'resetUser', function: 'api-users', scope: 'users', role: 'administrator', pages: ['console'], proof: true },
  { method: 'POST', path: '/v1/organizations/{organizationId}/users/{userId}/disable', operation: 'disableUser', function: 'api-users', scope: 'users', role: 'administrator', pages: ['console'], proof: true },

  { method: 'POST', path: '/v1/organizations/{organizationId}/users/{userId}/factors', operation: 'addFactor', function: 'api-factors', scope: 'users', role: 'administrator', self: true, pages: ['security'] },
  { method: 'GET', path: '/v1/organizations/{organizationId}/users/{userId}/factors/{factorId}', operation: 'getFactor', function: 'api-factors', scope: 'users', role: 'auditor', self: true, pages: ['security', 'console'] },
  { method: 'POST', path: '/v1/organizations/{organizationId}/users/{userId}/factors/{factorId}/send', operation: 'sendFactor', function: 'api-factors', scope: 'users', role: 'administrator', self: true, pages: ['security'] },
  { method: 'POST', path: '/v1/organizations/{organizationId}/users/{userId}/factors/{factorId}/confirm', operation: 'confirmFactor', function: 'api-factors', scope: 'users', role: 'administrator', self: true, pages: ['security'] },
  { method: 'POST', path: '/v1/organizations/{organizationId}/users/{userId}/factors/{factorId}/resync', operation: 'resyncFactor', function: 'api-factors', scope: 'users', role: 'administrator', self: true, pages: ['security'] },
  { method: 'PATCH', path: '/v1/organizations/{organizationId}/users/{userId}/factors/{factorId}', operation: 'changeFactor', function: 'api-factors', scope: 'users', role: 'administrator', self: true, pages: ['security'] },
  { method: 'POST', path: '/v1/organizations/{organizationId}/users/{userId}/factors/{factorId}/remove', operation: 'removeFactor', function: 'api-factors', scope: 'users', role: 'administrator', self: true, pages: ['security'] },
  { method: 'POST', path: '/v1/organizations/{organizationId}/users/{userId}/recovery-key', operation: 'renewRecoveryKey', function: 'api-factors', scope: 'users', role: 'administrator', self: true, pages: ['security'] },

  { method: 'POST', path: '/v1/organizations/{organizationId}/token-imports', operation: 'startTokenImport', function: 'api-tokens', scope: 'organizations', role: 'administrator', pages: ['console'], proof: true },
  { method: 'POST', path: '/v1/organizations/{organizationId}/token-imports/{importId}/parts', operation: 'addTokenImportPart', function: 'api-tokens', scope: 'organizations', role: 'administrator', pages: ['console'] },
  { method: 'GET', path: '/v1/organizations/{organizationId}/token-imports/{importId}', operation: 'getTokenImport', function: 'api-tokens', scope: 'organizations', role: 'auditor', pages: ['console'] },
  { method: 'GET', path: '/v1/organizations/{organizationId}/tokens', operation: 'listTokens', function: 'api-tokens', scope: 'organizations', role: 'auditor', pages: ['console'] },
  { method: 'PUT', path: '/v1/organizations/{organizationId}/vip-account', operation: 'putVipAccount', function: 'api-tokens', scope: 'organizations', role: 'administrator', pages: ['console'], proof: true },
  { method: 'GET', path: '/v1/organizations/{organizationId}/vip-account', operation: 'getVipAccount', function: 'api-tokens', scope: 'organizations', role: 'auditor', pages: ['console'] },
  { method: 'DELETE', path: '/v1/organizations/{organizationId}/vip-account', operation: 'removeVipAccount', function: 'api-tokens', scope: 'organizations', role: 'administrator', pages: ['console'], proof: true },
  { method: 'DELETE', path: '/v1/organizations/{organizationId}/tokens/{credentialId}', operation: 'removeToken', function: 'api-tokens', scope: 'organizations', role: 'administrator', pages: ['console'], proof: true },

  { method: 'POST', path: '/v1/organizations/{organizationId}/users/{userId}/email-verification', operation: 'sendEmailVerification', function: 'api-factors', scope: 'users', role: 'administrator', self: true, pages: ['security'] },
  { method: 'POST', path: '/v1/organizations/{organizationId}/users/{userId}/email-verification/answer', operation: 'answerEmailVerification', function: 'api-factors', scope: 'users', role: 'administrator', self: true, pages: ['security'] },
  { method: 'POST', path: '/v1/page-sessions', operation: 'createPageSession', function: 'api-users', scope: 'users', role: 'administrator', self: true },

  { method: 'POST', path: '/app/pair', operation: 'pairApp', function: 'api-app', scope: 'none', signedBy: 'device' },
  { method: 'POST', path: '/app/requests', operation: 'listAppRequests', function: 'api-app', scope: 'none', signedBy: 'device' },
  { method: 'POST', path: '/app/answer', operation: 'answerAppRequest', function: 'api-app', scope: 'none', signedBy: 'device' },
  { method: 'POST', path: '/app/subscription', operation: 'subscribeApp', function: 'api-app', scope: 'none', signedBy: 'device' },
  { method: 'POST', path: '/app/unpair', operation: 'unpairApp', function: 'api-app', scope: 'none', signedBy: 'device' },

  { method: 'GET', path: '/v1/health', operation: 'getHealth', function: 'api-service', scope: 'none' },
  { method: 'GET', path: '/v1/openapi.json', operation: 'getOpenApi', function: 'api-service', scope: 'none' },
  { method: 'GET', path: '/.well-known/jwks.json', operation: 'getJwks', function: 'api-service', scope: 'none' },
] as const satisfies readonly Route[];

export type Operation = (typeof routes)[number]['operation'];
