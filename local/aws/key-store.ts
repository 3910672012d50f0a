/** The material of KMS keys, kept with the data, and what is sealed with it. */
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { readJson, writeJson } from '../json-file.ts';
import { ServiceError } from './service-error.ts';

export interface KeyName {
  readonly id: string;
  readonly arn: string;
  readonly aliases: readonly string[];
}

export interface KeyStore {
  /** By id, ARN or alias. */
  find(name: unknown): KeyName;
  seal(key: KeyName, plaintext: Buffer, context: unknown): Buffer;
  /** Finds the key in what it sealed. */
  open(sealed: Buffer, context: unknown): { key: KeyName; plaintext: Buffer };
}

const FORMAT = Buffer.from([1]);
const HASH_BYTES = 16;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const HEADER_BYTES = FORMAT.length + HASH_BYTES + IV_BYTES + TAG_BYTES;

/** The file holds every key's material, readable by this user alone. A key gets its material when it is first used. */
export function createKeyStore(keys: readonly KeyName[], file: string): KeyStore {
  const material = new Map(Object.entries(readJson<Record<string, string>>(file) ?? {}));

  function materialOf(key: KeyName): Buffer {
    const kept = material.get(key.arn) ?? randomBytes(32).toString('base64');
    if (!material.has(key.arn)) {
      material.set(key.arn, kept);
      writeJson(file, Object.fromEntries(material));
    }
    return Buffer.from(kept, 'base64');
  }

  return {
    find(name) {
      const wanted = String(name);
      const isAlias = (alias: string): boolean => wanted === alias || wanted.endsWith(`:${alias}`);
      const found = keys.find(({ id, arn, aliases }) => id === wanted || arn === wanted || aliases.some(isAlias));
      if (found === undefined) throw new ServiceError('NotFoundException', `Key '${wanted}' does not exist`);
      return found;
    },
    seal(key, plaintext, context) {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv('aes-256-gcm', materialOf(key), iv).setAAD(boundTo(context));
      const body = Buffer.concat([cipher.update(plaintext), cipher.final()]);
      return Buffer.concat([FORMAT, hashOf(key.arn), iv, cipher.getAuthTag(), body]);
    },
    open(sealed, context) {
      const start = sealed.subarray(0, FORMAT.length + HASH_BYTES);
      const key = keys.find(({ arn }) => start.equals(Buffer.concat([FORMAT, hashOf(arn)])));
      if (key === undefined || sealed.length < HEADER_BYTES) throw cannotOpen();
      return { key, plaintext: decrypt(materialOf(key), sealed.subarray(FORMAT.length + HASH_BYTES), context) };
    },
  };
}

function decrypt(material: Buffer, sealed: Buffer, context: unknown): Buffer {
  try {
    const decipher = createDecipheriv('aes-256-gcm', material, sealed.subarray(0, IV_BYTES)).setAAD(boundTo(context));
    decipher.setAuthTag(sealed.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
    return Buffer.concat([decipher.update(sealed.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]);
  } catch {
    throw cannotOpen();
  }
}

function cannotOpen(): ServiceError {
  return new ServiceError('InvalidCiphertextException', 'The ciphertext cannot be opened with this key and context.');
}

/** The encryption context as additional data, in an order of its own: KMS does not care about the caller's. */
function boundTo(context: unknown): Buffer {
  const entries = Object.entries((context ?? {}) as Record<string, string>);
  return Buffer.from(JSON.stringify(entries.sort(([one], [other]) => (one < other ? -1 : 1))));
}

function hashOf(arn: string): Buffer {
  return createHash('sha256').update(arn).digest().subarray(0, HASH_BYTES);
}
