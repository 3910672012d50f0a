/** Turns each grant of shared/contract/functions.ts into the narrowest IAM statement that lets it work. */
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';

import type { Grant } from '../../shared/contract/functions.ts';
import { nameIn, type Stage } from '../stages.ts';
import type { PhoneLine, Surroundings } from './surroundings.ts';

/** The root key answers only to this context, which every call to KMS in the product passes. */
function underRootContext({ stage }: Surroundings): Record<string, Record<string, string>> {
  return {
    StringEquals: {
      'kms:EncryptionContext:stage': stage.name,
      'kms:EncryptionContext:purpose': 'countersign-root',
    },
  };
}

const allow = (actions: string[], resources: string[], conditions = {}): PolicyStatement[] => [
  new PolicyStatement({ actions, resources, conditions }),
];

const onLine = (line: PhoneLine | undefined, grant: (line: PhoneLine) => PolicyStatement[]): PolicyStatement[] =>
  line ? grant(line) : [];

const onMachine = (machineArn: string | undefined, action: string): PolicyStatement[] => (machineArn ? allow([action], [machineArn]) : []);

/** Another resource of the same service, in the account and Region of our number. */
const besideNumber = (origination: string, resource: string): string => [...origination.split(':').slice(0, 5), resource].join(':');

/** Whom texts come from decides what may be asked for. A number that is texted has no ARN: all but topics is what is left. */
function sendingTexts({ stage }: Surroundings): PolicyStatement[] {
  const { texting } = stage;
  if (!texting) return [];
  if (texting.carrier === 'end-user-messaging') {
    const within = besideNumber(texting.origination, `configuration-set/${nameIn(stage, 'texts')}`);
    return allow(['sms-voice:SendTextMessage'], [texting.origination, within]);
  }
  return [new PolicyStatement({ actions: ['sns:Publish'], notResources: ['arn:*:sns:*:*:*'] })];
}

/** Every message of our own: they get their names when they are sent. Undefined where nothing can be reported. */
export function messagesOf({ texting }: Stage): string | undefined {
  if (texting?.carrier !== 'end-user-messaging') return undefined;
  return besideNumber(texting.origination, 'message/*');
}

function reportingTexts({ stage }: Surroundings): PolicyStatement[] {
  const messages = messagesOf(stage);
  return messages === undefined ? [] : allow(['sms-voice:PutMessageFeedback'], [messages]);
}

/**
 * Transactions are authorized by the actions inside them. There is no Scan, and no key of the table's own: its key
 * policy lets DynamoDB use it for whoever may use the table.
 */
const statements: Record<Grant, (around: Surroundings) => PolicyStatement[]> = {
  'table:read': ({ table }) => [
    ...allow(['dynamodb:BatchGetItem', 'dynamodb:GetItem'], [table.arn]),
    ...allow(['dynamodb:Query'], [table.arn, `${table.arn}/index/audit`]),
  ],
  'table:write': ({ table }) =>
    allow(
      ['dynamodb:ConditionCheckItem', 'dynamodb:DeleteItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
      [table.arn],
    ),
  'root-key:decrypt': (around) => allow(['kms:Decrypt'], [around.rootKey.keyArn], underRootContext(around)),
  'root-key:create': (around) => allow(['kms:GenerateDataKey'], [around.rootKey.keyArn], underRootContext(around)),
  'phone-call-machine:start': ({ phoneCallMachineArn }) => onMachine(phoneCallMachineArn, 'states:StartExecution'),
  'phone-call-machine:wake': ({ phoneCallMachineArn }) => onMachine(phoneCallMachineArn, 'states:SendTaskSuccess'),
  'enrollment-machine:start': ({ enrollmentMachineArn }) => onMachine(enrollmentMachineArn, 'states:StartExecution'),
  'enrollment-machine:wake': ({ enrollmentMachineArn }) => onMachine(enrollmentMachineArn, 'states:SendTaskSuccess'),
  // The form AWS's own sample uses; the action exists for contacts only, whatever else the instance has.
  'connect:call': ({ line }) =>
    onLine(line, ({ instanceArn }) => allow(['connect:StartOutboundVoiceContact'], [`${instanceArn}/*`])),
  'connect:describe': ({ line }) =>
    onLine(line, ({ instanceArn }) => allow(['connect:DescribeContact'], [`${instanceArn}/contact/*`])),
  'push:send': (around) => onPush(around),
  'mail:send': ({ stage, mailArns }) =>
    allow(['ses:SendEmail'], [...mailArns], { StringEquals: { 'ses:FromAddress': stage.mail.from } }),
  'text:send': sendingTexts,
  'text:report': reportingTexts,
};

/** A device's endpoint has the name of its application in its own, and a random part. */
export const endpointsOf = (applicationArn: string): string => `${applicationArn.replace(':app/', ':endpoint/')}/*`;

const onPush = ({ stage }: Surroundings): PolicyStatement[] => {
  const applications = Object.values(stage.push ?? {});
  if (applications.length === 0) return [];
  return [...allow(['sns:CreatePlatformEndpoint'], applications), ...allow(['sns:Publish'], applications.map(endpointsOf))];
};

/** The statements of one grant; none where the stage lacks what the grant is about. */
export function statementsOf(grant: Grant, around: Surroundings): PolicyStatement[] {
  return statements[grant](around);
}
