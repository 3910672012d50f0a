/**
 * Every method by which a person can be asked, a row each: how strong it is, how the person is reached, and by which
 * door the answer comes. Policies, the item's letters, the API and the carriers all read it here.
 */
/** How strong a method is, weakest first: the `acr` of a result. */
export const strengths = ['low', 'pstn', 'otp', 'app', 'phishing-resistant'] as const;
export type Strength = (typeof strengths)[number];

/** Where an answer may come in (I7): each method is answered through its own channel only. */
export type Channel = 'api' | 'call' | 'text' | 'app';

/** What brings the question to the person. */
export type Carrier = 'call' | 'text' | 'mail' | 'push';

export interface Method {
  /** In the item, for ever: a letter that was given to one method is never given to another. */
  readonly letter: string;
  readonly strength: Strength;
  readonly answeredBy: Channel;
  /** Absent: nobody has to be reached, the person reads the answer from something they hold. */
  readonly reachedBy?: Carrier;
  /** What is made for each send: a code that is sent, or two digits that the screen shows. */
  readonly makes?: 'code' | 'digits';
  readonly takesPin?: true;
  /** An answer must name the factor: what is typed for it is not a code of six digits. */
  readonly named?: true;
  /** It approves nothing by itself, and covers nobody: the person sets up another factor first (row 4.2). */
  readonly leadsTo?: 'set-up';
}

export const methods = {
  totp: { letter: 't', strength: 'otp', answeredBy: 'api' },
  token: { letter: 'h', strength: 'otp', answeredBy: 'api' },
  'phone:call': { letter: 'c', strength: 'pstn', answeredBy: 'call', reachedBy: 'call' },
  'phone:call-pin': { letter: 'p', strength: 'pstn', answeredBy: 'call', reachedBy: 'call', takesPin: true },
  'phone:call-match': { letter: 'm', strength: 'pstn', answeredBy: 'call', reachedBy: 'call', makes: 'digits' },
  'app:approve': { letter: 'a', strength: 'app', answeredBy: 'app', reachedBy: 'push' },
  'app:approve-pin': { letter: 'b', strength: 'app', answeredBy: 'app', reachedBy: 'push', takesPin: true },
  'app:match': { letter: 'd', strength: 'app', answeredBy: 'app', reachedBy: 'push', makes: 'digits' },
  passkey: { letter: 'w', strength: 'phishing-resistant', answeredBy: 'api', named: true },
  'phone:sms-code': { letter: 'x', strength: 'pstn', answeredBy: 'api', reachedBy: 'text', makes: 'code' },
  'phone:sms-reply': { letter: 'r', strength: 'pstn', answeredBy: 'text', reachedBy: 'text', makes: 'code' },
  'phone:sms-reply-pin': { letter: 'q', strength: 'pstn', answeredBy: 'text', reachedBy: 'text', makes: 'code', takesPin: true },
  'phone:sms-reply-match': { letter: 'y', strength: 'pstn', answeredBy: 'text', reachedBy: 'text', makes: 'digits' },
  email: { letter: 'e', strength: 'low', answeredBy: 'api', reachedBy: 'mail', makes: 'code' },
  'recovery-key': { letter: 'k', strength: 'low', answeredBy: 'api', named: true, leadsTo: 'set-up' },
} as const satisfies Readonly<Record<string, Method>>;

export type MethodName = keyof typeof methods;

export const methodNames = Object.keys(methods) as [MethodName, ...MethodName[]];

type MethodsOf<Kind extends string, Name = MethodName> = Name extends `${Kind}:${infer Method}` ? Method : never;

/** The methods that a telephone can be asked by. */
export type PhoneMethod = MethodsOf<'phone'>;

/** The methods that a paired app can be asked by. */
export type AppMethod = MethodsOf<'app'>;

const methodsOf = (kind: string): string[] =>
  methodNames.filter((name) => name.startsWith(`${kind}:`)).map((name) => name.slice(kind.length + 1));

export const phoneMethods = methodsOf('phone') as [PhoneMethod, ...PhoneMethod[]];
export const appMethods = methodsOf('app') as [AppMethod, ...AppMethod[]];

/** A factor, as far as its method goes: several kinds have more than one. */
export interface Asked {
  readonly kind: string;
  readonly method?: string;
}

export const isPhoneMethod = (method: string): method is PhoneMethod => (phoneMethods as readonly string[]).includes(method);
export const isAppMethod = (method: string): method is AppMethod => (appMethods as readonly string[]).includes(method);

/** As policies and lists name it: `totp`, `phone:call-pin`. */
export const methodOf = (factor: Asked): string =>
  factor.method === undefined ? factor.kind : `${factor.kind}:${factor.method}`;

/** Undefined for a method that this version does not know: it confirms nothing. */
export const methodNamed = (name: string): Method | undefined =>
  Object.hasOwn(methods, name) ? methods[name as MethodName] : undefined;

export const rowOf = (factor: Asked): Method | undefined => methodNamed(methodOf(factor));

/** What only helps somebody to set up again: nobody is asked because of it, and it is worth nothing beside others. */
export const isBackup = (factor: Asked): boolean => rowOf(factor)?.leadsTo !== undefined;

/** A method that this version does not know counts for the least. */
export const strengthOf = (name: string): Strength => methodNamed(name)?.strength ?? 'low';

/** Letters for the item, of whole names. */
export const methodLetters: Readonly<Record<string, string>> = Object.fromEntries(methodNames.map((name) => [name, methods[name].letter]));

/** Letters that stand for a method within its kind. */
export const ownMethodLetters: Readonly<Record<string, string>> = Object.fromEntries(
  methodNames.filter((name) => name.includes(':')).map((name) => [name.slice(name.indexOf(':') + 1), methods[name].letter]),
);
