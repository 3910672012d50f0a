/**
 * The right to a change. A proof is good for one, so each asks for its own; but what was refused for another reason has spent nothing,
 * and the person who mends a slip is not asked again.
 */
import { Refusal } from '../ask/ask.ts';

/** What goes with the request of a change: proofs, or the challenge that lets a first way be set up. */
export interface Rights {
  readonly proofs?: readonly string[];
  readonly challengeId?: string;
}

export interface Askers {
  /** Undefined when the person turned away. */
  proof(): Promise<Rights | undefined>;
  mailedProof(): Promise<string | undefined>;
  now(): number;
}

export interface Needs {
  /** A code by mail as well (row 4.3). */
  readonly mailed?: boolean;
  /** It sets up a way, for which the challenge of a first one may be good still. */
  readonly setUp?: boolean;
}

export interface Prover {
  /** Undefined when the person turned away; a refusal is thrown. */
  change<T>(work: (rights: Rights) => Promise<T>, needs?: Needs): Promise<T | undefined>;
}

/** A little less than the five minutes for which a proof is good (D23). */
const life = 4 * 60_000;

const isOfProof = (error: unknown): boolean => error instanceof Refusal && ['proof-required', 'proof-invalid'].includes(error.problem);

interface Held {
  readonly rights: Rights;
  readonly mailed: boolean;
  readonly at: number;
}

export function makeProver({ proof, mailedProof, now }: Askers): Prover {
  let held: Held | undefined;

  async function ask(mailed: boolean): Promise<Held | undefined> {
    const rights = await proof();
    if (!rights || !mailed || rights.challengeId !== undefined) return rights && { rights, mailed, at: now() };
    const code = await mailedProof();
    return code === undefined ? undefined : { rights: { proofs: [...(rights.proofs ?? []), code] }, mailed, at: now() };
  }

  function isGood({ mailed = false, setUp = false }: Needs): boolean {
    if (!held || now() >= held.at + life) return false;
    return held.rights.challengeId === undefined ? held.mailed || !mailed : setUp;
  }

  return {
    change: async (work, needs = {}) => {
      for (let isFirst = true; ; isFirst = false) {
        const isOld = isGood(needs);
        if (!isOld) held = await ask(needs.mailed ?? false);
        if (!held) return undefined;
        try {
          const done = await work(held.rights);
          // The challenge of a first set-up is good until something is set up by it.
          if (held.rights.challengeId === undefined) held = undefined;
          return done;
        } catch (error) {
          if (!isOfProof(error)) throw error;
          held = undefined;
          if (!isFirst || !isOld) throw error;
        }
      }
    },
  };
}
