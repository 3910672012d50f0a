/** An error of an AWS service, which its own SDK client throws again under the same name. */
export class ServiceError extends Error {
  readonly status: number;
  /** Members beside the message that some services' errors have. */
  readonly members: Readonly<Record<string, string>>;

  constructor(name: string, message: string, status = 400, members: Readonly<Record<string, string>> = {}) {
    super(message);
    this.name = name;
    this.status = status;
    this.members = members;
  }
}
