/** What waits for this device, over all its accounts, and what the person decides. */
import { Refusal } from '../../ask/ask.ts';
import type { Account } from './keeping.ts';
import { askSigned } from './signed-ask.ts';

export interface Request {
  readonly challengeId: string;
  readonly send: number;
  readonly organization: string;
  readonly audience: string;
  readonly purpose: string;
  readonly protects?: readonly string[];
  readonly ipAddress?: string;
  readonly browser?: string;
  readonly system?: string;
  readonly numbers?: readonly string[];
  readonly expiresAt: string;
}

export interface Waiting {
  readonly account: Account;
  /** As it is now: an administrator may have changed it since the device was paired. */
  readonly method: string;
  readonly request: Request;
}

export interface Looked {
  readonly waiting?: Waiting;
  /** Accounts that the service knows no more. */
  readonly gone: readonly Account[];
}

interface Requests {
  readonly method: string;
  readonly requests: readonly Request[];
}

async function lookAt(account: Account): Promise<Waiting | 'gone' | undefined> {
  try {
    const { method, requests } = await askSigned<Requests>(account, 'requests');
    const [request] = requests;
    return request && { account, method, request };
  } catch (error) {
    return error instanceof Refusal && error.problem === 'device-invalid' ? 'gone' : undefined;
  }
}

export async function look(accounts: readonly Account[]): Promise<Looked> {
  const found = await Promise.all(accounts.map(lookAt));
  const waiting = found.find((each) => each !== undefined && each !== 'gone');
  return { ...(waiting ? { waiting } : {}), gone: accounts.filter((_, position) => found[position] === 'gone') };
}

export type Decision = 'approve' | 'decline' | 'fraud';

export interface Decided {
  readonly outcome: 'approved' | 'declined' | 'fraud-reported' | 'wrong-answer' | 'denied' | 'locked' | 'over';
  readonly answersLeft?: number;
}

export const decide = ({ account, request }: Waiting, decision: Decision, typed: { pin?: string; number?: string } = {}): Promise<Decided> =>
  askSigned(account, 'answer', { challengeId: request.challengeId, send: request.send, decision, ...typed });
