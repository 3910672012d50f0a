/** Seals and opens a key. */
import { DecryptCommand, GenerateDataKeyCommand, KMSClient } from '@aws-sdk/client-kms';

const keys = new KMSClient({});

export async function handler(): Promise<{ opened: boolean }> {
  const EncryptionContext = { stage: process.env['COUNTERSIGN_STAGE'] ?? '', purpose: 'countersign-root' };
  const KeyId = process.env['COUNTERSIGN_ROOT_KEY'] ?? '';
  const made = await keys.send(new GenerateDataKeyCommand({ KeyId, KeySpec: 'AES_256', EncryptionContext }));
  const opened = await keys.send(new DecryptCommand({ CiphertextBlob: made.CiphertextBlob, EncryptionContext }));
  return { opened: Buffer.from(made.Plaintext ?? []).equals(Buffer.from(opened.Plaintext ?? [])) };
}
