/** One row of a file of tokens, as it stands there, and the checks that every format shares: a token, or what is wrong with it. */
import { readCredentialId } from '../credential-id.ts';

export const algorithms = ['sha1', 'sha256', 'sha512'] as const;
export type Algorithm = (typeof algorithms)[number];

/** A token as a file describes it. */
export interface FileToken {
  readonly credentialId: string;
  readonly type: 'totp' | 'hotp';
  readonly algorithm: Algorithm;
  readonly digits: number;
  /** Of a TOTP token, in seconds. */
  readonly period: number;
  /** Of a HOTP token: the counter of its next code. */
  readonly counter: number;
  /** Of a TOTP token: by how many steps its clock is ahead of ours. */
  readonly drift: number;
  readonly seed: Uint8Array;
}

/** What a format found in its row. Text is as it stands in the file; what is absent takes its default. */
export interface RawRow {
  readonly credentialId: string;
  readonly type: string;
  readonly algorithm?: string | undefined;
  readonly digits?: string | undefined;
  readonly period?: string | undefined;
  readonly counter?: string | undefined;
  readonly drift?: string | undefined;
  readonly seed: Uint8Array;
}

/** Names of what may be wrong with a row: stable, for programs; docs/tokens.md says each in words. */
export type RowProblem =
  | 'row-invalid'
  | 'formula'
  | 'credential-id-invalid'
  | 'credential-duplicate'
  | 'credential-taken'
  | 'type-unknown'
  | 'algorithm-unknown'
  | 'digits-invalid'
  | 'period-invalid'
  | 'counter-invalid'
  | 'drift-invalid'
  | 'seed-invalid'
  | 'seed-short'
  | 'seed-long'
  | 'encryption-unknown'
  | 'mac-missing'
  | 'mac-wrong'
  | 'key-missing'
  | 'key-wrong';

export interface CheckedRow {
  /** From 1; of CSV the header is not counted. */
  readonly row: number;
  readonly token?: FileToken;
  readonly problem?: RowProblem;
  readonly credentialId?: string;
}

/** Thrown by a format for one row; the rows after it are still read. */
export class RowError extends Error {
  readonly problem: RowProblem;
  constructor(problem: RowProblem) {
    super(problem);
    this.problem = problem;
  }
}

/** 128 bits (RFC 4226 §4 R6); the longest is the block of SHA-512. */
const leastSeedBytes = 16;
const mostSeedBytes = 128;
/** How far a clock may have gone wrong before we get it: ten minutes, as in a resynchronization (D10). */
const mostDrift = 20;
const mostCounter = 2 ** 40;
const periods = [30, 60];

function readWhole(text: string | undefined, otherwise: number, problem: RowProblem, isGood: (value: number) => boolean): number {
  if (text === undefined || text === '') return otherwise;
  const value = /^-?\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
  if (!isGood(value)) throw new RowError(problem);
  return value;
}

function readAlgorithm(text: string | undefined): Algorithm {
  if (text === undefined || text === '') return 'sha1';
  const name = text.toLowerCase().replace(/^hmac-?/, '').replace('-', '');
  const algorithm = algorithms.find((each) => each === name);
  if (!algorithm) throw new RowError('algorithm-unknown');
  return algorithm;
}

function readType(text: string): FileToken['type'] {
  const type = text.toLowerCase();
  if (type !== 'totp' && type !== 'hotp') throw new RowError('type-unknown');
  return type;
}

function checkSeed(seed: Uint8Array): Uint8Array {
  if (seed.length < leastSeedBytes) throw new RowError('seed-short');
  if (seed.length > mostSeedBytes) throw new RowError('seed-long');
  return seed;
}

/** The token that a row describes; throws a RowError for the first thing that is wrong with it. */
export function checkToken(raw: RawRow): FileToken {
  const credentialId = readCredentialId(raw.credentialId);
  if (credentialId === undefined) throw new RowError('credential-id-invalid');
  return {
    credentialId,
    type: readType(raw.type),
    algorithm: readAlgorithm(raw.algorithm),
    digits: readWhole(raw.digits, 6, 'digits-invalid', (value) => value >= 6 && value <= 8),
    period: readWhole(raw.period, 30, 'period-invalid', (value) => periods.includes(value)),
    counter: readWhole(raw.counter, 0, 'counter-invalid', (value) => value >= 0 && value <= mostCounter),
    drift: readWhole(raw.drift, 0, 'drift-invalid', (value) => Math.abs(value) <= mostDrift),
    seed: checkSeed(raw.seed),
  };
}
