/** Setting up: the operations on a user's factors, with the proofs they take, beside signing in and telephoning. */
import { createSecretKey } from 'node:crypto';
import { addFactor } from '../../shared/enrollment/add-factor.ts';
import { changeFactor, type ChangeInput } from '../../shared/enrollment/change-factor.ts';
import { confirmFactor } from '../../shared/enrollment/confirm-factor.ts';
import type { ChangeRequest, EnrollmentDependencies, Prover } from '../../shared/enrollment/enrollment-dependencies.ts';
import { getFactor } from '../../shared/enrollment/get-factor.ts';
import type { SetUpRequest } from '../../shared/enrollment/kinds/set-up-kinds.ts';
import { byCall } from '../../shared/sign-in/sending/by-call.ts';
import type { Senders } from '../../shared/sign-in/sending/sender.ts';
import { removeFactor } from '../../shared/enrollment/remove-factor.ts';
import { sendFactor } from '../../shared/enrollment/send-factor.ts';
import { factorRandom } from '../../shared/factors/factor-id.ts';
import { codeAt, stepAt } from '../../shared/factors/kinds/totp.ts';
import { challengeIdOf } from '../../shared/sign-in/challenge-view.ts';
import { withCalls, type PhoneCallWorld } from './phone-call-world.ts';
import { portal, type Sent, type SignInWorld } from './sign-in-world.ts';

export interface Right extends Sent {
  readonly proofs?: readonly string[];
  readonly challengeId?: string;
  readonly prover?: Prover;
}

export interface SetUpWorld {
  readonly world: SignInWorld;
  readonly executions: string[];
  /** A fresh result of the app, good for one change. */
  proof(): Promise<string>;
  add(input: SetUpRequest, right?: Right): Promise<Record<string, unknown>>;
  confirm(factorId: unknown, answer: string, sent?: Sent): Promise<Record<string, unknown>>;
  change(factorId: unknown, input: ChangeInput, right?: Right): Promise<Record<string, unknown>>;
  remove(factorId: unknown, right?: Right): Promise<void>;
  callAgain(factorId: unknown, sent?: Sent): Promise<Record<string, unknown>>;
  read(factorId: unknown): Promise<Record<string, unknown>>;
  /** The telephone of a factor, to answer on. */
  telephone(factorId: unknown): PhoneCallWorld;
  /** The id of the challenge that proves this factor now. */
  provingId(factorId: unknown): Promise<string>;
}

export const phoneInput = { kind: 'phone', method: 'call-pin', pin: '482913', numbers: { primary: '+12025550142' } } as const;

export const codeOfKey = (secretText: unknown, at: number): string => {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...String(secretText)].map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const bytes = (bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2));
  return codeAt(createSecretKey(Buffer.from(bytes)), stepAt(at));
};

export function withSetUp(world: SignInWorld, senders: Senders = {}): SetUpWorld {
  const { stage, user } = world;
  const executions: string[] = [];
  const deps: EnrollmentDependencies = { ...world.deps, senders: { call: byCall({ start: (name) => Promise.resolve(void executions.push(name)) }), ...senders } };
  const request = async (content: readonly unknown[], { proofs = [], challengeId, prover, ...sent }: Right = {}): Promise<ChangeRequest> => ({
    ...(await world.about(sent, JSON.stringify(content))),
    clientId: sent.clientId ?? portal,
    proofs,
    challengeId,
    ...(prover ? { prover } : {}),
  });
  const randomOf = (factorId: unknown): Uint8Array => factorRandom(stage.keys, user.home, String(factorId)) ?? new Uint8Array();
  return {
    world,
    executions,
    proof: async () => {
      stage.clock.advance(30_000);
      return (await world.start({ answer: world.code(), purpose: 'change-factors', factorId: world.factorId })).result ?? '';
    },
    add: async (input, right = {}) => addFactor(deps, await request(['add', input], right), input),
    confirm: async (factorId, answer, sent = {}) => confirmFactor(deps, await request(['confirm', factorId, answer], sent), String(factorId), { answer }),
    change: async (factorId, input, right = {}) => changeFactor(deps, await request(['change', factorId, input], right), String(factorId), input),
    remove: async (factorId, right = {}) => removeFactor(deps, await request(['remove', factorId], right), String(factorId)),
    callAgain: async (factorId, sent = {}) => sendFactor(deps, await request(['send', factorId], sent), String(factorId)),
    read: async (factorId) => getFactor(deps, await request(['read']), String(factorId)),
    telephone: (factorId) => withCalls(world, randomOf(factorId)),
    provingId: async (factorId) => {
      const proves = Buffer.from(randomOf(factorId));
      const { challenges } = await world.state();
      const challenge = challenges.find((each) => each.status === 'pending' && each.proves !== undefined && proves.equals(each.proves.factorId));
      return challenge ? challengeIdOf(stage.keys, user.home, challenge.id) : '';
    },
  };
}

/** Whoever answers the call that proves this factor confirms it. */
export async function prove(setUp: SetUpWorld, factorId: unknown, keys = '482913'): Promise<string> {
  const [telephone, challengeId] = [setUp.telephone(factorId), await setUp.provingId(factorId)];
  await telephone.place(challengeId);
  return telephone.press(challengeId, keys);
}
