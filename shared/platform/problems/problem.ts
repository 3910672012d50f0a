/** Something nameable that a caller did or met. Outcomes (a wrong answer, a lock) are returned, never thrown. */
import { problemCatalogue, problemType, type ProblemName } from './problem-catalogue.ts';

export interface ProblemMembers {
  /** Helps the caller; never a code, number, address or stack. */
  readonly detail?: string;
  /** Which fields, as JSON pointers. */
  readonly errors?: readonly { readonly pointer: string; readonly detail: string }[];
  readonly retryAfterSeconds?: number;
  /** For the trail, never shown: something beside the target lies outside the caller's reach, or nowhere. */
  readonly foreign?: true;
  /** For the trail, never shown: what exactly was wrong, in a word of ours. */
  readonly because?: string;
}

export class Problem extends Error {
  override readonly name = 'Problem';
  readonly problem: ProblemName;
  readonly members: ProblemMembers;
  /** Whoever recorded it in the trail says so, that nobody does it twice. */
  isRecorded = false;

  constructor(problem: ProblemName, members: ProblemMembers = {}, cause?: unknown) {
    super(problem, cause === undefined ? undefined : { cause });
    this.problem = problem;
    this.members = members;
  }

  get status(): number {
    return problemCatalogue[this.problem].status;
  }

  /** The body of an `application/problem+json` answer. */
  toBody(requestId: string): Record<string, unknown> {
    const { detail, errors } = this.members;
    return {
      type: problemType(this.problem),
      title: problemCatalogue[this.problem].title,
      status: this.status,
      ...(detail === undefined ? {} : { detail }),
      instance: `urn:countersign:request:${requestId}`,
      ...(errors === undefined ? {} : { errors }),
    };
  }
}
