/** The budgets, in one place: the bench prints them, and test/bench asserts those that are counts. */
import type { FunctionName } from '../shared/contract/functions.ts';
import type { OperationName } from './counts/operations.ts';

const kilobyte = 1024;

interface CallBudget {
  /** Calls to AWS, the workflow's included. */
  readonly calls: number;
  readonly reads: number;
  readonly writes: number;
}

export const budgets = {
  /** The sign-in function's is the promise; the others only keep what they are from growing unseen. */
  bundleGzipBytes: {
    'api-sign-in': 120 * kilobyte,
    'api-send': 140 * kilobyte,
    // Reading what a browser made of a passkey takes a library of a hundred kilobytes: here, and not where people sign in.
    'api-factors': 320 * kilobyte,
    'api-users': 120 * kilobyte,
    // A rehearsal takes the decisions of a sign-in, so their code is here too.
    'api-organizations': 150 * kilobyte,
    'api-tokens': 150 * kilobyte,
    'api-pages': 320 * kilobyte,
    'api-app': 150 * kilobyte,
    'api-service': 120 * kilobyte,
    'connect-flow': 110 * kilobyte,
    'connect-contact-events': 145 * kilobyte,
    'inbound-text': 120 * kilobyte,
    'table-stream': 120 * kilobyte,
    'phone-call-place': 150 * kilobyte,
    'phone-call-end-leg': 110 * kilobyte,
    'enrollment-advance': 120 * kilobyte,
    'mail-events': 110 * kilobyte,
    operator: 120 * kilobyte,
  } satisfies Record<FunctionName, number>,
  coldToHandSigned: 2.2,
  coldToDefaults: 0.65,
  calls: {
    start: { calls: 2, reads: 3, writes: 5 },
    answer: { calls: 2, reads: 3, writes: 5 },
    'direct sign-in': { calls: 2, reads: 3, writes: 5 },
    redeem: { calls: 2, reads: 3, writes: 5 },
    poll: { calls: 1, reads: 4, writes: 0 },
    // Two of our own and the one that starts the workflow. The profile, for the language of what is written, is in the
    // read; the call item and five counters of money are in the transaction.
    send: { calls: 3, reads: 5, writes: 17 },
    keypad: { calls: 2, reads: 3, writes: 7 },
  } satisfies Record<OperationName, CallBudget>,
  ordinaryStateBytes: 1024,
  largestStateBytes: 2048,
  /** Above it the event costs three more write units. */
  eventBytes: 1024,
  dollarsPerMillionSignIns: 5.25,
  warmToUsualWay: 1 / 3,
  /** CPU per sign-in among many users, to that among ten. */
  manyUsersToTen: 1.1,
} as const;
