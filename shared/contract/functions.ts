/**
 * Every Lambda function: where its door is, what it reads from its environment and what it may touch.
 * infra grants exactly `may`, sets exactly `environment`, and alarms with `errorImpact`.
 */

/** Environment variables, by what they hold. shared/platform/config reads them; nothing else does. */
export const environmentNames = [
  'COUNTERSIGN_STAGE',
  'COUNTERSIGN_TABLE',
  'COUNTERSIGN_ROOT_KEY',
  'COUNTERSIGN_ISSUER',
  'COUNTERSIGN_PAGES',
  'COUNTERSIGN_PASSKEY_SITE',
  'COUNTERSIGN_PHONE_CALL_MACHINE',
  'COUNTERSIGN_ENROLLMENT_MACHINE',
  'COUNTERSIGN_CONNECT_INSTANCE',
  'COUNTERSIGN_CONNECT_FLOWS',
  'COUNTERSIGN_CALLER_NUMBER',
  'COUNTERSIGN_MAIL_FROM',
  'COUNTERSIGN_TEXTING',
  'COUNTERSIGN_REPLIES_TOPIC',
  'COUNTERSIGN_PUSH',
] as const;
export type EnvironmentName = (typeof environmentNames)[number];

/** A grant. infra turns each into the narrowest IAM statement it knows. */
export type Grant =
  | 'table:read'
  | 'table:write'
  | 'root-key:decrypt'
  | 'root-key:create'
  | 'phone-call-machine:start'
  | 'phone-call-machine:wake'
  | 'enrollment-machine:start'
  | 'enrollment-machine:wake'
  | 'connect:call'
  | 'connect:describe'
  | 'mail:send'
  | 'text:send'
  | 'text:report'
  | 'push:send';

export interface FunctionDescription {
  readonly entry: string;
  readonly environment: readonly EnvironmentName[];
  readonly may: readonly Grant[];
  readonly memoryMegabytes: number;
  readonly timeoutSeconds: number;
  /** Left out of a stage without telephony. */
  readonly telephony?: true;
  /** Left out of a stage that hears nothing back of its texts. */
  readonly hearsBack?: true;
  /** Who is hurt, and how, when it fails: the text of its alarm. */
  readonly errorImpact: string;
}

const store = ['COUNTERSIGN_STAGE', 'COUNTERSIGN_TABLE', 'COUNTERSIGN_ROOT_KEY'] as const;
/** Where the hosted pages are, and where passkeys are used. */
const pages = ['COUNTERSIGN_PAGES', 'COUNTERSIGN_PASSKEY_SITE'] as const;
/** What the functions that call people, or write to them, need for that. */
const carriers = ['COUNTERSIGN_PHONE_CALL_MACHINE', 'COUNTERSIGN_TEXTING', 'COUNTERSIGN_MAIL_FROM', 'COUNTERSIGN_PUSH'] as const;
const carries = ['phone-call-machine:start', 'text:send', 'mail:send', 'push:send'] as const;
const readsAndWrites = ['table:read', 'table:write', 'root-key:decrypt'] as const;

export const functions = {
  'api-sign-in': {
    entry: 'functions/api/challenges.ts',
    environment: [...store, 'COUNTERSIGN_ISSUER', ...pages],
    may: readsAndWrites,
    memoryMegabytes: 512,
    timeoutSeconds: 28,
    errorImpact: 'People cannot sign in with any factor.',
  },
  'api-send': {
    entry: 'functions/api/send.ts',
    environment: [...store, 'COUNTERSIGN_ISSUER', ...pages, ...carriers],
    may: [...readsAndWrites, ...carries],
    memoryMegabytes: 512,
    timeoutSeconds: 15,
    errorImpact: 'People who confirm by phone or mail get no call, no text and no code, and no app is asked.',
  },
  'api-factors': {
    entry: 'functions/api/factors.ts',
    environment: [...store, 'COUNTERSIGN_ISSUER', ...pages, ...carriers],
    may: [...readsAndWrites, ...carries],
    memoryMegabytes: 512,
    timeoutSeconds: 15,
    errorImpact: 'Nobody can set up, change or remove a factor, and nobody can be invited to.',
  },
  'api-users': {
    entry: 'functions/api/users.ts',
    environment: [...store, 'COUNTERSIGN_PAGES', 'COUNTERSIGN_MAIL_FROM'],
    may: readsAndWrites,
    memoryMegabytes: 512,
    timeoutSeconds: 15,
    errorImpact: 'Administrators cannot list, add, unlock, suspend or reset users.',
  },
  'api-organizations': {
    entry: 'functions/api/organizations.ts',
    environment: [...store, 'COUNTERSIGN_PAGES'],
    may: readsAndWrites,
    memoryMegabytes: 512,
    timeoutSeconds: 28,
    errorImpact: 'Administrators cannot change organizations, policies or client keys, or read the audit list.',
  },
  'api-app': {
    entry: 'functions/api/app.ts',
    environment: [...store, 'COUNTERSIGN_PUSH'],
    may: [...readsAndWrites, 'push:send'],
    memoryMegabytes: 512,
    timeoutSeconds: 10,
    errorImpact: 'The authenticator app neither pairs nor learns that somebody signs in; nobody can approve there.',
  },
  'api-tokens': {
    entry: 'functions/api/tokens.ts',
    environment: [...store, 'COUNTERSIGN_PAGES'],
    may: readsAndWrites,
    memoryMegabytes: 1024,
    timeoutSeconds: 28,
    errorImpact: 'Administrators cannot import, list or remove hardware tokens; those in use go on working.',
  },
  'api-pages': {
    entry: 'functions/api/pages.ts',
    environment: [...store, 'COUNTERSIGN_ISSUER', ...pages, ...carriers],
    may: [...readsAndWrites, ...carries],
    memoryMegabytes: 512,
    timeoutSeconds: 15,
    errorImpact: 'The hosted pages do nothing: people can neither confirm a sign-in nor set up a factor there.',
  },
  'api-service': {
    entry: 'functions/api/service.ts',
    environment: [...store, 'COUNTERSIGN_ISSUER'],
    may: ['table:read', 'root-key:decrypt'],
    memoryMegabytes: 512,
    timeoutSeconds: 10,
    errorImpact: 'Portals cannot fetch the keys that verify results offline.',
  },
  'connect-flow': {
    entry: 'functions/events/connect-flow/handler.ts',
    environment: [...store],
    may: readsAndWrites,
    memoryMegabytes: 512,
    timeoutSeconds: 8,
    telephony: true,
    errorImpact: 'People who confirm by phone hear that it failed, whatever they key.',
  },
  'connect-contact-events': {
    entry: 'functions/events/connect-contact-events/handler.ts',
    environment: ['COUNTERSIGN_STAGE', 'COUNTERSIGN_TABLE', 'COUNTERSIGN_CONNECT_INSTANCE'],
    may: ['table:read', 'table:write', 'connect:describe'],
    memoryMegabytes: 256,
    timeoutSeconds: 15,
    telephony: true,
    errorImpact: 'Busy and unanswered calls are noticed only by time-out; sign-ins by phone are slower.',
  },
  'inbound-text': {
    entry: 'functions/events/inbound-text/handler.ts',
    environment: [...store, 'COUNTERSIGN_REPLIES_TOPIC'],
    may: readsAndWrites,
    memoryMegabytes: 512,
    timeoutSeconds: 15,
    hearsBack: true,
    errorImpact: 'People who confirm by replying to a text wait in vain.',
  },
  'table-stream': {
    entry: 'functions/events/table-stream/handler.ts',
    environment: [...store, 'COUNTERSIGN_PHONE_CALL_MACHINE', 'COUNTERSIGN_ENROLLMENT_MACHINE', 'COUNTERSIGN_MAIL_FROM', 'COUNTERSIGN_TEXTING'],
    may: [...readsAndWrites, 'phone-call-machine:wake', 'enrollment-machine:start', 'enrollment-machine:wake', 'mail:send', 'text:report'],
    memoryMegabytes: 256,
    timeoutSeconds: 30,
    errorImpact: 'Notices about locks and changed factors are late, and so are invitations; calls move on only by time-out.',
  },
  'phone-call-place': {
    entry: 'functions/workflows/phone-call/place-call.ts',
    environment: [...store, 'COUNTERSIGN_CONNECT_INSTANCE', 'COUNTERSIGN_CONNECT_FLOWS', 'COUNTERSIGN_CALLER_NUMBER'],
    may: [...readsAndWrites, 'connect:call'],
    memoryMegabytes: 512,
    timeoutSeconds: 15,
    telephony: true,
    errorImpact: 'No telephone rings.',
  },
  'phone-call-end-leg': {
    entry: 'functions/workflows/phone-call/end-leg.ts',
    environment: [...store],
    may: readsAndWrites,
    memoryMegabytes: 256,
    timeoutSeconds: 15,
    telephony: true,
    errorImpact: 'A call that was not answered is not tried again, and is not counted.',
  },
  'enrollment-advance': {
    entry: 'functions/workflows/enrollment/advance.ts',
    environment: [...store, 'COUNTERSIGN_PAGES', 'COUNTERSIGN_MAIL_FROM'],
    may: [...readsAndWrites, 'mail:send'],
    memoryMegabytes: 256,
    timeoutSeconds: 30,
    errorImpact: 'Invitations and reminders are not mailed; those that ran out keep their licenses.',
  },
  'mail-events': {
    entry: 'functions/events/mail-events/handler.ts',
    environment: [...store],
    may: readsAndWrites,
    memoryMegabytes: 256,
    timeoutSeconds: 15,
    errorImpact: 'Mail goes on to addresses that it comes back from; nobody is shown why a person gets none.',
  },
  operator: {
    entry: 'functions/operator/bootstrap.ts',
    environment: [...store],
    may: [...readsAndWrites, 'root-key:create'],
    memoryMegabytes: 256,
    timeoutSeconds: 30,
    errorImpact: 'An operator cannot make the first client key or rotate the signing key.',
  },
} as const satisfies Record<string, FunctionDescription>;

export type FunctionName = keyof typeof functions;
