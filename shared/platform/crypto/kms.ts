/** The root key service on AWS KMS. The encryption context binds a wrapped key to its stage. */
import { DecryptCommand, GenerateDataKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import type { RootKeyService } from './stage-keys.ts';

export function kmsRootKeys(stage: string, keyId: string): RootKeyService {
  const client = new KMSClient({ maxAttempts: 3, requestHandler: { connectionTimeout: 1000, requestTimeout: 3000 } });
  const EncryptionContext = { stage, purpose: 'countersign-root' };
  return {
    create: async () => {
      const answer = await client.send(new GenerateDataKeyCommand({ KeyId: keyId, KeySpec: 'AES_256', EncryptionContext }));
      if (!answer.Plaintext || !answer.CiphertextBlob) throw new Error('KMS answered without a key');
      return { plain: answer.Plaintext, wrapped: answer.CiphertextBlob };
    },
    unwrap: async (wrapped) => {
      const answer = await client.send(new DecryptCommand({ KeyId: keyId, CiphertextBlob: wrapped, EncryptionContext }));
      if (!answer.Plaintext) throw new Error('KMS answered without a key');
      return answer.Plaintext;
    },
  };
}
