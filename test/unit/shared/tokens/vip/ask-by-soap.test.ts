import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { askBySoap, vipPlace } from '../../../../../shared/tokens/vip/ask-by-soap.ts';
import { readAnswer, writeQuestion } from '../../../../../shared/tokens/vip/vip-messages.ts';
import type { VipAccount } from '../../../../../shared/tokens/vip/vip-credentials.ts';
import { seededRandom } from '../../../../support/seeded-random.ts';
import { answerXml, makeAuthority, startVipStandIn, type Authority, type VipStandIn } from '../../../../support/vip-stand-in.ts';

let authority: Authority;
let standIn: VipStandIn;
let account: VipAccount;
beforeAll(async () => {
  authority = makeAuthority();
  account = authority.issue('acme');
  standIn = await startVipStandIn(authority, ['acme']);
});
beforeEach(() => {
  standIn.trouble = undefined;
});
afterAll(() => standIn.stop());

const ask = (code: string, credentialId = 'VSHM12345678', by = account, place = { address: standIn.address, authority: authority.certificate }) =>
  askBySoap(seededRandom(), place).isRight(by, credentialId, code);
const unavailable = { problem: 'unavailable' };

describe('VIP, asked by SOAP over mutual TLS (against a stand-in, not the vendor)', () => {
  it('says whether a code is right, and takes it once', async () => {
    const code = standIn.code('VSHM12345678');

    expect([await ask(code), await ask(code), await ask('000000')]).toEqual([true, false, false]);
    expect(standIn.asked).toContain('acme VSHM12345678');
  });

  it('is asked at the address that the vendor publishes, unless a test says otherwise', () => {
    expect(vipPlace).toEqual({ address: new URL('https://userservices-auth.vip.symantec.com/vipuserservices/AuthenticationService_1_8') });
  });

  it.each<[string, () => Promise<boolean>]>([
    ['somebody else answers at its address', () => ask('123456', 'VSHM12345678', account, { address: standIn.address, authority: makeAuthority().certificate })],
    ['it is not vouched for by those whom everybody trusts', () => ask('123456', 'VSHM12345678', account, { address: standIn.address } as never)],
    ['the client certificate is of another authority', () => ask('123456', 'VSHM12345678', makeAuthority().issue('acme'))],
    ['the client certificate is one that it does not know', () => ask('123456', 'VSHM12345678', authority.issue('stranger'))],
    ['nobody is there', () => ask('123456', 'VSHM12345678', account, { address: new URL('https://127.0.0.1:1/'), authority: authority.certificate })],
  ])('lets nobody in when %s', async (_what, work) => {
    await expect(work()).rejects.toMatchObject(unavailable);
  });

  it.each<[string, NonNullable<VipStandIn['trouble']>]>([
    ['an error', (response) => void response.writeHead(500).end(answerXml('x', 'VSHM12345678', '0000'))],
    ['a redirection', (response) => void response.writeHead(302, { location: 'https://example.com/' }).end()],
    ['a page', (response) => void response.writeHead(200).end('<html><body>0000</body></html>')],
    ['nothing', (response) => void response.writeHead(200).end()],
    ['half an answer', (response, { requestId, credentialId }) => void response.end(answerXml(requestId, credentialId, '0000').slice(0, -30))],
    ['the answer to another question', (response, { credentialId }) => void response.end(answerXml('0123456789abcdef', credentialId, '0000'))],
    ['an answer about another credential', (response, { requestId }) => void response.end(answerXml(requestId, 'VSHM87654321', '0000'))],
    ['an answer with a document type', (response, { requestId, credentialId }) => void response.end(answerXml(requestId, credentialId, '0000').replace('?>', '?><!DOCTYPE x>'))],
    ['two answers', (response, { requestId, credentialId }) => {
      const xml = answerXml(requestId, credentialId, '0000');
      const body = /<S:Body>.*<\/S:Body>/.exec(xml)?.[0] ?? '';
      response.end(xml.replace(body, body + body));
    }],
    ['an answer without end', (response) => void response.end('x'.repeat(100_000))],
    ['a hang-up', (response) => void response.destroy()],
  ])('lets nobody in when it gives %s', async (_what, trouble) => {
    standIn.trouble = trouble;

    await expect(ask(standIn.code('VSHM12345678', 3))).rejects.toMatchObject(unavailable);
  });

  it('is not waited for longer than a sign-in can wait', async () => {
    standIn.trouble = () => undefined;
    const before = performance.now();

    await expect(ask('123456')).rejects.toMatchObject(unavailable);
    expect(performance.now() - before).toBeLessThan(6000);
  }, 10_000);

  it.each(['6001', '6009', '600B', '1000'])('calls status %s no success', async (status) => {
    standIn.trouble = (response, { requestId, credentialId }) => void response.end(answerXml(requestId, credentialId, status));

    expect(await ask(standIn.code('VSHM12345678', 4))).toBe(false);
  });

  it('is asked nothing that could be more than a question', () => {
    expect(() => writeQuestion({ requestId: 'ab', credentialId: 'A</vip:credentialId>', code: '1' })).toThrow('not a question');
    expect(readAnswer(answerXml('ab', 'VSHM12345678', '00<0'), { requestId: 'ab', credentialId: 'VSHM12345678', code: '1' })).toBeUndefined();
  });
});
