/** The AWS query protocol, of SNS and of the first version of SES: a form in, XML out. */
import { randomUUID } from 'node:crypto';
import { unknownOperation } from './json-protocol.ts';
import type { AwsReply, AwsServices, Operation } from './endpoint.ts';
import type { ServiceError } from './service-error.ts';

/** Finds the operation that the form's Action names; its Version says of which service. */
export function readQueryCall(
  services: AwsServices['query'],
  body: Buffer,
): { operation: Operation<URLSearchParams>; input: URLSearchParams; name: string } {
  const input = new URLSearchParams(body.toString());
  const name = input.get('Action') ?? '';
  const operation = services[input.get('Version') ?? '']?.[name];
  if (operation === undefined) throw unknownOperation(`${name} (${input.get('Version') ?? 'no version'})`);
  return { operation, input, name };
}

/** An answer of one level of fields, which is all that these operations have. */
export function writeQuery(name: string, output: unknown): AwsReply {
  const fields = Object.entries((output ?? {}) as Record<string, string>);
  const result = fields.map(([field, value]) => `<${field}>${escape(value)}</${field}>`).join('');
  return xml(200, `<${name}Response><${name}Result>${result}</${name}Result>${metadata()}</${name}Response>`);
}

export function writeQueryError(error: ServiceError): AwsReply {
  const type = error.status < 500 ? 'Sender' : 'Receiver';
  const fields = `<Type>${type}</Type><Code>${escape(error.name)}</Code><Message>${escape(error.message)}</Message>`;
  const requestId = `<RequestId>${randomUUID()}</RequestId>`;
  return xml(error.status, `<ErrorResponse><Error>${fields}</Error>${requestId}</ErrorResponse>`);
}

/** `Destination.ToAddresses.member.1`, `.2` and so on. */
export function readMembers(form: URLSearchParams, name: string): string[] {
  const members: string[] = [];
  for (let index = 1; ; index += 1) {
    const member = form.get(`${name}.member.${String(index)}`);
    if (member === null) return members;
    members.push(member);
  }
}

function metadata(): string {
  return `<ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata>`;
}

function xml(status: number, body: string): AwsReply {
  return { status, headers: { 'content-type': 'text/xml' }, body: `<?xml version="1.0"?>${body}` };
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
