/** Every AWS service but the database, each over the part of the stack that does its work. */
import type { RequestListener } from 'node:http';
import { createSns } from '../aws/carriers.ts';
import { createAwsEndpoint } from '../aws/endpoint.ts';
import { createEndUserMessaging } from '../aws/end-user-messaging.ts';
import { createEventBridge } from '../aws/event-bridge.ts';
import { createKeyStore } from '../aws/key-store.ts';
import { createKms } from '../aws/kms.ts';
import { createMailEvents } from '../aws/mail-events.ts';
import { createSes } from '../aws/ses.ts';
import { connectRoutes, lambdaRoutes } from '../aws/rest-services.ts';
import { createStepFunctions } from '../aws/step-functions.ts';
import type { OpenTemplate } from './open-template.ts';
import type { RunningTemplate, Surroundings } from './run-template.ts';

type Parts = Pick<RunningTemplate, 'functions' | 'workflows' | 'connect' | 'bus' | 'outbox' | 'topics' | 'numbers'>;

export function createAwsListener(template: OpenTemplate, { data, clock, log }: Surroundings, parts: Parts): RequestListener {
  const { functions, workflows, connect, bus, outbox, topics, numbers } = parts;
  const say = (line: string): void => log.say(line);
  const mailEvents = createMailEvents({ destinations: template.mailDestinations, outbox, topics, now: clock.now, setTimer: clock.setTimer });
  return createAwsEndpoint(
    {
      json: {
        TrentService: createKms(createKeyStore(template.keys, data.keys)),
        AWSStepFunctions: createStepFunctions(workflows),
        AWSEvents: createEventBridge(bus),
        PinpointSMSVoiceV2: createEndUserMessaging(numbers),
      },
      query: { '2010-03-31': createSns(outbox, topics, say), '2010-12-01': createSes(outbox, mailEvents) },
      rest: [...connectRoutes(connect), ...lambdaRoutes(functions)],
    },
    say,
  );
}
