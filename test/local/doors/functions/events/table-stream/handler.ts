/** Mails notices, and wakes the machine whose call item has an outcome. A notice "poison" always fails. */
import { SESClient, SendEmailCommand } from '@aws-sdk/client-ses';
import { SFNClient, SendTaskSuccessCommand } from '@aws-sdk/client-sfn';

const workflows = new SFNClient({});
const mail = new SESClient({});

type Image = Record<string, { S?: string } | undefined>;
interface StreamEvent {
  Records: { dynamodb: { SequenceNumber: string; NewImage?: Image; OldImage?: Image } }[];
}

export async function handler({ Records }: StreamEvent): Promise<unknown> {
  for (const { dynamodb } of Records) {
    try {
      await handle(dynamodb.NewImage ?? {}, dynamodb.OldImage ?? {});
    } catch {
      return { batchItemFailures: [{ itemIdentifier: dynamodb.SequenceNumber }] };
    }
  }
  return { batchItemFailures: [] };
}

async function handle(item: Image, before: Image): Promise<void> {
  const notice = item['notice']?.S;
  if (notice === 'poison') throw new Error('poison');
  if (notice !== undefined) {
    const Message = { Subject: { Data: notice }, Body: { Text: { Data: `About ${notice}` } } };
    const Destination = { ToAddresses: ['demo@acme.example'] };
    await mail.send(new SendEmailCommand({ Source: process.env['COUNTERSIGN_MAIL_FROM'], Destination, Message }));
    return;
  }
  const token = item['taskToken']?.S;
  if (item['legOutcome'] === undefined || before['legOutcome'] !== undefined || token === undefined) return;
  await workflows.send(new SendTaskSuccessCommand({ taskToken: token, output: '{}' })).catch((error: unknown) => {
    if ((error as Error).name !== 'TaskTimedOut') throw error;
  });
}
