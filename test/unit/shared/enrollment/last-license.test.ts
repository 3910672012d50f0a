import { beforeEach, describe, expect, it } from 'vitest';
import { toAttributes } from '../../../../shared/platform/dynamo/attributes.ts';
import { licenseItemKey } from '../../../../shared/user-state/license-count.ts';
import { codeIn, mobile, textMethods, withTexts, type TextWorld } from '../../../support/text-world.ts';
import { phoneInput, prove, withSetUp, type SetUpWorld } from '../../../support/set-up-world.ts';
import { makeSignInWorld, problemOf } from '../../../support/sign-in-world.ts';

let world: TextWorld;
let setUp: SetUpWorld;
beforeEach(async () => {
  const signIn = await makeSignInWorld();
  await signIn.setPolicy({ methods: ['totp', 'phone:call', 'phone:call-pin', ...textMethods] });
  world = withTexts(signIn, new Uint8Array(8));
  setUp = withSetUp(world, { text: world.sender });
});

/** Somebody else is given what there was. */
const takeTheLast = () => world.stage.put(toAttributes({ ...licenseItemKey(world.user.home.organizationKey, 'phone'), limit: 3, used: 3 }));
const text = { kind: 'phone', numbers: { primary: mobile }, method: 'sms-code' } as const;
const add = async (input: typeof text | typeof phoneInput | (Omit<typeof text, 'method'> & { method: 'sms-reply' })) => setUp.add(input, { proofs: [await setUp.proof()] });
const failures = async () => (await world.state()).failures ?? 0;

describe('when the last license is gone (row 0.3)', () => {
  it('a telephone is refused before anybody is called or texted', async () => {
    await takeTheLast();

    expect(await problemOf(add(text))).toBe('no-license');
    expect(world.texts).toEqual([]);
    expect((await world.state()).factors.map(({ kind }) => kind)).toEqual(['totp']);
  });

  it('in the meantime, the right code is refused by its name, and counts as no failure', async () => {
    const added = await add(text);
    await takeTheLast();

    expect(await problemOf(setUp.confirm(added['factorId'], codeIn(world.texts)))).toBe('no-license');
    expect(await setUp.read(added['factorId'])).toMatchObject({ status: 'proving' });
    expect(await failures()).toBe(0);
  });

  it('in the meantime, the right reply comes to nothing, and is not tried again', async () => {
    const added = await add({ ...text, method: 'sms-reply' });
    await takeTheLast();

    expect(await world.reply(codeIn(world.texts))).toBe('refused');
    expect(await setUp.read(added['factorId'])).toMatchObject({ status: 'proving' });
    expect(await failures()).toBe(0);
  });

  it('in the meantime, the right PIN is denied on the line; no attempt is spent, and nobody is called again', async () => {
    const added = await add(phoneInput);
    const [telephone, challengeId] = [setUp.telephone(added['factorId']), await setUp.provingId(added['factorId'])];
    await takeTheLast();

    expect(await prove(setUp, added['factorId'])).toBe('denied');
    expect(await telephone.end(challengeId, 1)).toBe('done');
    expect(await failures()).toBe(0);
  });
});
