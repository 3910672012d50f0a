/** KMS of one machine: symmetric keys and data keys, bound to their encryption context. */
import { randomBytes } from 'node:crypto';
import { ServiceError } from './service-error.ts';
import type { Operation } from './endpoint.ts';
import type { KeyName, KeyStore } from './key-store.ts';
import type { Resolver } from '../template/resolver.ts';

type Input = Readonly<Record<string, unknown>>;

/** The template's keys and their aliases. */
export function readKeys(resolver: Resolver): KeyName[] {
  const aliases = resolver.resources('AWS::KMS::Alias');
  return resolver.resources('AWS::KMS::Key').map(({ ref, arn }) => {
    const own = aliases.filter(({ properties }) => [ref, arn].includes(String(properties['TargetKeyId'])));
    return { id: ref, arn, aliases: own.map((alias) => alias.ref) };
  });
}

const dataKeyBytes: Readonly<Record<string, number>> = { AES_256: 32, AES_128: 16 };
const algorithm = { EncryptionAlgorithm: 'SYMMETRIC_DEFAULT' };

interface DataKey {
  readonly KeyId: string;
  readonly Plaintext: string;
  readonly CiphertextBlob: string;
}

function generateDataKey(store: KeyStore, { KeyId, KeySpec, NumberOfBytes, EncryptionContext }: Input): DataKey {
  const length = NumberOfBytes ?? dataKeyBytes[String(KeySpec)];
  if (typeof length !== 'number') {
    throw new ServiceError('ValidationException', 'Please specify either number of bytes or key spec.');
  }
  const key = store.find(KeyId);
  const plaintext = randomBytes(length);
  const sealed = store.seal(key, plaintext, EncryptionContext);
  return { KeyId: key.arn, Plaintext: plaintext.toString('base64'), CiphertextBlob: sealed.toString('base64') };
}

/** The operations. Who may use them is IAM's matter, which does not run on one machine. */
export function createKms(store: KeyStore): Readonly<Record<string, Operation<Input>>> {
  return {
    GenerateDataKey: (input) => generateDataKey(store, input),
    GenerateDataKeyWithoutPlaintext: (input) => ({ ...generateDataKey(store, input), Plaintext: undefined }),
    Encrypt({ KeyId, Plaintext, EncryptionContext }) {
      const key = store.find(KeyId);
      const sealed = store.seal(key, bytes(Plaintext), EncryptionContext);
      return { KeyId: key.arn, CiphertextBlob: sealed.toString('base64'), ...algorithm };
    },
    Decrypt({ KeyId, CiphertextBlob, EncryptionContext }) {
      const { key, plaintext } = store.open(bytes(CiphertextBlob), EncryptionContext);
      if (KeyId !== undefined && store.find(KeyId).arn !== key.arn) {
        throw new ServiceError('IncorrectKeyException', 'The key of the request is not the key of the ciphertext.');
      }
      return { KeyId: key.arn, Plaintext: plaintext.toString('base64'), ...algorithm };
    },
  };
}

function bytes(value: unknown): Buffer {
  return Buffer.from(String(value), 'base64');
}
