/** What the service says of a registration (functions/api/pages/registration.ts), and the frame that its views stand in. */
import type { SetUpOptions } from '../../ask/answers.ts';
import type { Frame } from '../../frame/frame.ts';
import type { RegistrationWords } from '../../words/en/registration.ts';

export type RegistrationFrame = Frame<RegistrationWords>;

/** How far it is, and what the next step needs. */
export interface Registration extends SetUpOptions {
  readonly kind: 'phone' | 'any';
  readonly firstFactor: 'password' | 'sso';
  readonly signInUrl?: string;
  readonly isValidated: boolean;
  readonly isCompleted: boolean;
  readonly number?: { readonly hint: string };
  readonly method?: string;
}
