import { DecryptCommand, EncryptCommand, GenerateDataKeyCommand, KMSClient, SignCommand } from '@aws-sdk/client-kms';
import { describe, expect, it } from 'vitest';
import { arn, options, restartedKms, useAws } from './aws-world.ts';

useAws();

describe('KMS', () => {
  const context = { stage: 'local', purpose: 'countersign-root' };
  const kms = () => new KMSClient(options);

  it('makes data keys that it can open again, also after a restart', async () => {
    const made = await kms().send(new GenerateDataKeyCommand({ KeyId: arn('root'), KeySpec: 'AES_256', EncryptionContext: context }));
    const restarted = restartedKms();
    const opened = (await restarted['Decrypt']?.({
      CiphertextBlob: Buffer.from(made.CiphertextBlob ?? []).toString('base64'),
      EncryptionContext: { purpose: 'countersign-root', stage: 'local' },
    })) as { Plaintext: string; KeyId: string };

    expect(made.Plaintext).toHaveLength(32);
    expect(opened.Plaintext).toBe(Buffer.from(made.Plaintext ?? []).toString('base64'));
    expect(opened.KeyId).toBe(arn('root'));
  });

  it('opens only with the same context', async () => {
    const Plaintext = Buffer.from('secret');
    const { CiphertextBlob } = await kms().send(new EncryptCommand({ KeyId: 'alias/countersign-local-root', Plaintext, EncryptionContext: context }));

    const opened = await kms().send(new DecryptCommand({ CiphertextBlob, EncryptionContext: context }));
    expect(Buffer.from(opened.Plaintext ?? []).toString()).toBe('secret');
    await expect(kms().send(new DecryptCommand({ CiphertextBlob, EncryptionContext: { ...context, stage: 'other' } }))).rejects.toMatchObject({
      name: 'InvalidCiphertextException',
    });
    await expect(kms().send(new DecryptCommand({ CiphertextBlob }))).rejects.toMatchObject({ name: 'InvalidCiphertextException' });
  });

  it('refuses the wrong key, an unknown key and what it did not seal', async () => {
    const { CiphertextBlob } = await kms().send(new EncryptCommand({ KeyId: 'root', Plaintext: Buffer.from('x') }));

    await expect(kms().send(new DecryptCommand({ CiphertextBlob, KeyId: 'data' }))).rejects.toMatchObject({ name: 'IncorrectKeyException' });
    await expect(kms().send(new EncryptCommand({ KeyId: 'nobody', Plaintext: Buffer.from('x') }))).rejects.toMatchObject({ name: 'NotFoundException' });
    await expect(kms().send(new DecryptCommand({ CiphertextBlob: Buffer.from('nonsense') }))).rejects.toMatchObject({ name: 'InvalidCiphertextException' });
  });

  it('says plainly what it does not do', async () => {
    const sign = new SignCommand({ KeyId: 'root', Message: Buffer.from('x'), SigningAlgorithm: 'ECDSA_SHA_256' });

    await expect(kms().send(sign)).rejects.toMatchObject({ name: 'UnknownOperationException', message: expect.stringContaining('TrentService.Sign') });
  });
});
