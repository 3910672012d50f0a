import { beforeEach, describe, expect, it } from 'vitest';
import { validateRegistration, type ValidateDependencies } from '../../../../shared/enrollment/invitations/validate-registration.ts';
import { newEnrollmentWrite } from '../../../../shared/user-state/enrollment-item.ts';
import { registrationLife, type Enrollment } from '../../../../shared/user-state/enrollment.ts';
import { makeSignInWorld, portal, problemOf, type SignInWorld } from '../../../support/sign-in-world.ts';

const id = new Uint8Array(Buffer.alloc(16, 3));
const password = 'a-canary-of-a-password';

let world: SignInWorld;
let asked: string[];
let heard: (password: string) => Promise<boolean>;

async function begin(more: Partial<Enrollment> = {}): Promise<void> {
  const until = world.stage.clock.now() + registrationLife;
  await world.setState((state) => ({ ...state, version: state.version + 1, factors: [], enrollment: { id, generation: 1, status: 'registering', kind: 'any', until, ...more } }));
}

beforeEach(async () => {
  world = await makeSignInWorld();
  asked = [];
  heard = (given) => Promise.resolve(given === password);
  const now = world.stage.clock.now();
  const record = { enrollmentId: 'enr_1', organizationKey: '', userKey: '', kind: 'any', clientId: portal, state: 'registering', generation: 1, until: now, createdAt: now, changedAt: now } as const;
  await world.stage.table.transact([newEnrollmentWrite(world.stage.table.name, id, record)]);
  await begin();
});

async function validate(given: string, more: object = {}): Promise<string> {
  const { home, state, context } = await world.about({}, 'validate');
  const deps: ValidateDependencies = {
    ...world.stage.deps,
    askPortal: async (question) => {
      asked.push(question.password);
      return { isRight: await heard(question.password), because: 'refused' };
    },
  };
  return validateRegistration(deps, { home, state, context: { ...context, door: 'page' }, enrollmentId: id, password: given, ...more });
}

const kinds = async () => (await world.events()).map(({ kind }) => kind);

describe('the password of a registration', () => {
  it('is what the portal says it is; from then on a factor can be set up', async () => {
    expect(await validate(password)).toBe('validated');

    expect((await world.state()).enrollment).toMatchObject({ status: 'registering', validated: true });
    expect(await kinds()).toEqual(expect.arrayContaining(['registration-tried', 'registration-validated']));
  });

  it('is asked for again after a wrong one, until the fifth ends the invitation', async () => {
    const outcomes: string[] = [];
    for (let count = 0; count < 5; count += 1) outcomes.push(await validate(`wrong-${String(count)}`));

    expect(outcomes).toEqual(['refused', 'refused', 'refused', 'refused', 'over']);
    expect((await world.state()).enrollment).toBeUndefined();
    expect(await problemOf(validate(password))).toBe('invitation-over');
    expect(asked).toHaveLength(5);
    expect(await kinds()).toEqual(expect.arrayContaining(['registration-refused', 'enrollment-canceled']));
  });

  it('is put to the portal five times, however many guess at once', async () => {
    const guesses = Array.from({ length: 24 }, (_, count) => validate(`guess-${String(count)}`).catch((error: unknown) => error));

    await Promise.all(guesses);

    expect(asked.length).toBeLessThanOrEqual(5);
    expect((await world.state()).enrollment).toBeUndefined();
  });

  it('counts a try whose answer was never heard, as the portal may have judged it', async () => {
    heard = () => Promise.reject(new Error('the function ended'));
    for (let count = 0; count < 5; count += 1) await validate('x').catch(() => undefined);
    heard = () => Promise.resolve(true);

    expect(await validate(password)).toBe('over');
    expect(asked).toHaveLength(5);
    expect((await world.state()).enrollment).toBeUndefined();
  });

  it('begins to be counted anew with a right one, and is not asked for any more', async () => {
    await validate('wrong');
    await validate(password);

    expect((await world.state()).enrollment?.tries).toBeUndefined();
    expect(await validate('wrong')).toBe('validated');
    expect(asked).toEqual(['wrong', password]);
  });

  it.each<[string, () => Promise<void>]>([
    ['that ran out', () => Promise.resolve(void world.stage.clock.advance(registrationLife))],
    ['that was replaced', () => begin({ id: new Uint8Array(Buffer.alloc(16, 4)) })],
    ['that nobody has opened', () => begin({ status: 'invited' })],
  ])('is asked for by no registration %s', async (_what, end) => {
    await end();

    expect(await problemOf(validate(password))).toBe('invitation-over');
    expect(asked).toEqual([]);
  });

  it('opens nothing when the invitation ended while the portal was asked', async () => {
    heard = async () => {
      await begin({ status: 'invited', generation: 2 });
      return true;
    };

    expect(await problemOf(validate(password))).toBe('invitation-over');
    expect((await world.state()).enrollment?.validated).toBeUndefined();
  });

  it('is in no event and in no item', async () => {
    await validate(`${password}-wrong`);
    await validate(password);

    expect(JSON.stringify(await world.stage.scan())).not.toContain(password);
    expect(JSON.stringify(await world.events())).not.toContain(password);
  });
});
