import { describe, expect, it } from 'vitest';
import { createQueues, type Message } from '../../../local/queue/queues.ts';
import { queueEvent } from '../../../local/queue/read-queues.ts';
import { manualClock } from '../telephone/manual-clock.ts';

const main = 'arn:aws:sqs:us-east-1:111122223333:main';
const dead = 'arn:aws:sqs:us-east-1:111122223333:dead';

function setup() {
  const clock = manualClock();
  const lines: string[] = [];
  const settings = [
    { arn: main, name: 'main', visibilitySeconds: 30, deadLetters: { arn: dead, afterReceipts: 2 } },
    { arn: dead, name: 'dead', visibilitySeconds: 30 },
  ];
  const queues = createQueues(settings, { ...clock, log: (line) => lines.push(line) });
  return { clock, lines, queues };
}

const breathe = () => new Promise((resolve) => setTimeout(resolve, 5));

describe('the queues', () => {
  it('deliver what was sent, in batches of at most the asked size', async () => {
    const { queues } = setup();
    const batches: string[][] = [];
    for (const body of ['a', 'b', 'c']) queues.send(main, body);
    queues.consume(main, 2, async (messages) => {
      batches.push(messages.map((message) => message.body));
      return new Set();
    });
    await breathe();

    expect(batches).toEqual([['a', 'b'], ['c']]);
  });

  it('show a failed message again after the visibility time-out, and only that one', async () => {
    const { clock, queues } = setup();
    const seen: string[] = [];
    queues.consume(main, 10, async (messages) => {
      seen.push(messages.map(({ body, receipts }) => `${body}${receipts}`).join());
      return new Set(messages.filter(({ body, receipts }) => body === 'b' && receipts === 1).map(({ messageId }) => messageId));
    });
    queues.send(main, 'a');
    queues.send(main, 'b');
    await breathe();
    await clock.pass(29);
    await breathe();

    expect(seen).toEqual(['a1,b1']);
    await clock.pass(2);
    await breathe();

    expect(seen).toEqual(['a1,b1', 'b2']);
  });

  it('move a message to the dead letters after its last receipt', async () => {
    const { clock, lines, queues } = setup();
    queues.consume(main, 10, () => Promise.reject(new Error('no')));
    queues.send(main, 'poison');
    await breathe();
    await clock.pass(31);
    await breathe();
    await clock.pass(31);
    await breathe();

    expect(queues.waiting(dead).map(({ body }) => body)).toEqual(['poison']);
    expect(queues.waiting(main)).toEqual([]);
    expect(lines[0]).toContain('2 times');
  });

  it('refuse a queue that is not there', () => {
    expect(() => setup().queues.send('arn:other', '')).toThrow('no queue');
  });
});

describe('queueEvent', () => {
  it("has the form of Lambda's event", () => {
    const message: Message = { messageId: 'm', body: 'text', sentAt: 1000, firstReceivedAt: 2000, receipts: 1 };

    expect(queueEvent([message], main)).toMatchObject({
      Records: [
        {
          messageId: 'm',
          body: 'text',
          attributes: { ApproximateReceiveCount: '1', SentTimestamp: '1000', ApproximateFirstReceiveTimestamp: '2000' },
          messageAttributes: {},
          md5OfBody: '1cb251ec0d568de6a929b520c4aed8d1',
          eventSource: 'aws:sqs',
          eventSourceARN: main,
          awsRegion: 'us-east-1',
        },
      ],
    });
  });
});
