/** What the stand-in answers with when Amazon Connect would refuse; `name` and `status` are Connect's own. */
const statuses = {
  InvalidParameterException: 400,
  InvalidRequestException: 400,
  DestinationNotAllowedException: 403,
  OutboundContactNotPermittedException: 403,
  ResourceNotFoundException: 404,
  ContactNotFoundException: 410,
  LimitExceededException: 429,
  InternalServiceException: 500,
} as const satisfies Record<string, number>;

export type ConnectErrorName = keyof typeof statuses;

/** A refusal by the service, in the words and with the status of its API. */
export class ConnectError extends Error {
  override readonly name: ConnectErrorName;
  readonly status: number;

  constructor(name: ConnectErrorName, message: string) {
    super(message);
    this.name = name;
    this.status = statuses[name];
  }
}

export type CallErrorName = 'call-not-found' | 'call-not-ready' | 'keys-not-valid';

/** A person asked something of a telephone that it cannot do just now. */
export class CallError extends Error {
  override readonly name: CallErrorName;

  constructor(name: CallErrorName, message: string) {
    super(message);
    this.name = name;
  }
}
