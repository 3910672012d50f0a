/** InvokeLambdaFunction: the event of a contact flow, the retries, and the answer that a flow can read. */
import type { ContactRecord } from '../contact.ts';
import type { ClockDependencies } from '../line-time.ts';

/** Retries after the first attempt, all of them inside the flow's one time limit. */
const maximumRetries = 3;
const maximumAnswerBytes = 32 * 1024;

export interface FunctionDependencies extends ClockDependencies {
  invoke(functionArn: string, event: unknown): Promise<unknown>;
  instanceArn: string;
}

/** The event that Amazon Connect sends to a function. */
export function contactFlowEvent(
  contact: ContactRecord,
  instanceArn: string,
  parameters: Record<string, string>,
): object {
  return {
    Name: 'ContactFlowEvent',
    Details: {
      ContactData: {
        Attributes: { ...contact.attributes },
        Channel: 'VOICE',
        ContactId: contact.contactId,
        CustomerEndpoint: { Address: contact.to, Type: 'TELEPHONE_NUMBER' },
        CustomerId: null,
        Description: null,
        InitialContactId: contact.contactId,
        InitiationMethod: 'API',
        InstanceARN: instanceArn,
        LanguageCode: contact.language,
        MediaStreams: { Customer: { Audio: null } },
        Name: null,
        PreviousContactId: contact.contactId,
        Queue: null,
        References: {},
        SystemEndpoint: { Address: contact.from, Type: 'TELEPHONE_NUMBER' },
      },
      Parameters: parameters,
    },
  };
}

/** A STRING_MAP is a flat object of strings; anything else sends the flow down its error branch. */
export function readStringMap(answer: unknown): Record<string, string> | undefined {
  if (typeof answer !== 'object' || answer === null || Array.isArray(answer)) return undefined;
  const entries = Object.entries(answer);
  if (!entries.every((entry): entry is [string, string] => typeof entry[1] === 'string')) return undefined;
  if (Buffer.byteLength(JSON.stringify(answer)) > maximumAnswerBytes) return undefined;
  return Object.fromEntries(entries);
}

const tooLate = Symbol('too late');

/** Invokes until it answers, four attempts failed, or the time is over. `undefined` is the error branch. */
export async function invokeFunction(
  deps: FunctionDependencies,
  call: { functionArn: string; event: object; limitSeconds: number },
): Promise<Record<string, string> | undefined> {
  let cancel = () => {};
  const limit = new Promise<typeof tooLate>((resolve) => {
    cancel = deps.setTimer(call.limitSeconds * 1000, () => resolve(tooLate));
  });
  try {
    for (let attempt = 0; attempt <= maximumRetries; attempt += 1) {
      try {
        // Each attempt gets its own copy, as it would over the network.
        const answer = await Promise.race([deps.invoke(call.functionArn, structuredClone(call.event)), limit]);
        return answer === tooLate ? undefined : readStringMap(answer);
      } catch {
        // An error or a throttle: Connect tries again at once and tells nobody.
      }
    }
    return undefined;
  } finally {
    cancel();
  }
}
