import { describe, expect, it } from 'vitest';

import { actionsOf, resourcesIn, statementsByFunction } from './statements.ts';
import { resourcesOf, stageNamed, synthesize } from './synthesize.ts';

const fcm = 'arn:aws:sns:eu-west-2:111122223333:app/GCM/acme';
const { service } = synthesize({ ...stageNamed('small'), push: { fcm } });
const allowed = statementsByFunction(service, 'small');

const snsOf = (name: string) =>
  (allowed.get(name) ?? []).flatMap((statement) => (actionsOf(statement).some((action) => action.startsWith('sns:')) ? [[actionsOf(statement), resourcesIn(statement)]] : []));

describe('a stage with a platform application', () => {
  it('lets those who ask people register its devices and publish to them, and to no others', () => {
    const expected = [
      [['sns:CreatePlatformEndpoint'], [fcm]],
      [['sns:Publish'], ['arn:aws:sns:eu-west-2:111122223333:endpoint/GCM/acme/*']],
    ];

    for (const name of ['api-send', 'api-app', 'api-pages']) expect([name, snsOf(name)]).toEqual([name, expected]);
    expect(snsOf('api-sign-in')).toEqual([]);
  });

  it('names it to them, and holds no key of Google or Apple', () => {
    const environments = [...resourcesOf(service, 'AWS::Lambda::Function').values()].map(({ Properties }) => JSON.stringify(Properties['Environment'] ?? {}));

    expect(environments.filter((text) => text.includes('COUNTERSIGN_PUSH')).every((text) => text.includes(fcm))).toBe(true);
    expect(environments.join()).not.toMatch(/PRIVATE KEY|VAPID/i);
  });
});
