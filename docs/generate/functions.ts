/** The functions of shared/contract/functions.ts, as a picture and as a table. */
import { functions, type FunctionDescription, type FunctionName, type Grant } from '../../shared/contract/functions.ts';
import { routes } from '../../shared/contract/routes.ts';

const all = Object.entries(functions) as [FunctionName, FunctionDescription][];

/** What invokes each function, by the folder of its door; the words are the picture's. */
const callers: Readonly<Record<string, readonly [id: string, label: string]>> = {
  'functions/api': ['gateway', 'API Gateway<br>HTTP API'],
  'functions/events/connect-flow': ['flow', 'Amazon Connect<br>contact flow'],
  'functions/events/connect-contact-events': ['queue', 'EventBridge and SQS<br>contact events'],
  'functions/events/mail-events': ['bounces', 'SNS and SQS<br>mail events'],
  'functions/events/inbound-text': ['replies', 'SNS and SQS<br>what comes back of texts'],
  'functions/events/table-stream': ['stream', 'DynamoDB<br>stream'],
  'functions/workflows/enrollment': ['enrollments', 'Step Functions<br>enrollment'],
  'functions/workflows/phone-call': ['machine', 'Step Functions<br>phone-call'],
  'functions/operator': ['hand', 'an operator<br>npm run bootstrap'],
};

function callerOf({ entry }: FunctionDescription): readonly [id: string, label: string] {
  const folder = entry.slice(0, entry.lastIndexOf('/'));
  const caller = callers[folder];
  if (!caller) throw new Error(`docs/generate/functions.ts has no word for what calls ${folder}`);
  return caller;
}

/** What only some functions may do; the table and the root key are drawn once, for nearly all may use them. */
const grants: Partial<Readonly<Record<Grant, readonly [from: string, label: string, to: string]>>> = {
  'phone-call-machine:start': ['machine', 'starts', 'Step Functions<br>phone-call'],
  'phone-call-machine:wake': ['machine', 'wakes', 'Step Functions<br>phone-call'],
  'enrollment-machine:start': ['enrollments', 'starts', 'Step Functions<br>enrollment'],
  'enrollment-machine:wake': ['enrollments', 'wakes', 'Step Functions<br>enrollment'],
  'connect:call': ['line', 'calls', 'Amazon Connect<br>telephone line'],
  'connect:describe': ['line', 'asks', 'Amazon Connect<br>telephone line'],
  'mail:send': ['mail', 'mails', 'Amazon SES'],
  'push:send': ['push', 'wakes apps by', 'Amazon SNS<br>mobile push'],
  'text:send': ['texts', 'texts', 'AWS End User Messaging<br>or Amazon SNS'],
  'text:report': ['texts', 'reports', 'AWS End User Messaging<br>or Amazon SNS'],
};

const node = (id: string): string => id.replaceAll('-', '_');

export function functionsDiagram(): string {
  const lines = ['```mermaid', 'flowchart LR'];
  const outside = new Map(all.map(([, description]) => callerOf(description)));
  for (const [id, label] of outside) lines.push(`  ${id}["${label}"]`);
  lines.push('  subgraph functions["Lambda functions, one role each"]');
  for (const [name] of all) lines.push(`    ${node(name)}["${name}"]`);
  lines.push('  end', '  table[("DynamoDB<br>one table")]', '  key["KMS<br>root key"]');
  const targets = new Map(Object.values(grants).map(([id, , label]) => [id, label]));
  for (const [id, label] of targets) if (!outside.has(id)) lines.push(`  ${id}["${label}"]`);
  for (const [name, description] of all) lines.push(`  ${callerOf(description)[0]} --> ${node(name)}`);
  for (const [name, { may }] of all) {
    for (const grant of may) {
      const target = grants[grant];
      if (target) lines.push(`  ${node(name)} -- ${target[1]} --> ${target[0]}`);
    }
  }
  lines.push('  functions -- "one read, one transaction" --> table', '  functions -- "once per process" --> key', '  table --> stream', '  line --> flow', '  line --> queue', '  texts --> replies', '  mail --> bounces', '```');
  return lines.join('\n');
}

const code = (words: readonly string[]): string => words.map((word) => `\`${word}\``).join(', ');

export function functionsTable(): string {
  const rows = all.map(([name, { entry, may, errorImpact }]) => {
    const own = routes.filter((route) => route.function === name).length;
    return `| \`${name}\` | [${entry.replace('functions/', '')}](../${entry})${own > 0 ? `, ${own} routes` : ''} | ${code(may)} | ${errorImpact} |`;
  });
  return ['| function | door | may | when it fails |', '|---|---|---|---|', ...rows].join('\n');
}
