/** AWS JSON 1.0 and 1.1: the operation is named in a header, input and output are bodies. */
import { ServiceError } from './service-error.ts';
import type { AwsReply, AwsServices, Operation } from './endpoint.ts';

/** Finds the operation that `X-Amz-Target: TrentService.Decrypt` names. */
export function readJsonCall(
  services: AwsServices['json'],
  target: string,
  body: Buffer,
): { operation: Operation<Record<string, unknown>>; input: Record<string, unknown> } {
  const [service = '', name = ''] = target.split('.');
  const operation = services[service]?.[name];
  if (operation === undefined) throw unknownOperation(target);
  return { operation, input: JSON.parse(body.length === 0 ? '{}' : body.toString()) as Record<string, unknown> };
}

export function writeJson(output: unknown): AwsReply {
  return { status: 200, headers: { 'content-type': 'application/x-amz-json-1.1' }, body: JSON.stringify(output ?? {}) };
}

/** Also for REST: the clients read the error's name from the header. */
export function writeJsonError(error: ServiceError): AwsReply {
  return {
    status: error.status,
    headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-errortype': error.name },
    body: JSON.stringify({ __type: error.name, message: error.message, Message: error.message, ...error.members }),
  };
}

/** What the product never calls is not here; whoever adds a call sees at once what is missing. */
export function unknownOperation(name: string): ServiceError {
  return new ServiceError('UnknownOperationException', `The local AWS endpoint does not know ${name}.`);
}
