/** The methods that a policy may list, strongest first, and how strong each is: what the page knows to group them by. */
export const strengths = ['low', 'pstn', 'otp', 'app', 'phishing-resistant'] as const;
export type Strength = (typeof strengths)[number];

export const strengthOfMethod = {
  passkey: 'phishing-resistant',
  'app:match': 'app',
  'app:approve-pin': 'app',
  'app:approve': 'app',
  totp: 'otp',
  token: 'otp',
  'phone:call-pin': 'pstn',
  'phone:call-match': 'pstn',
  'phone:call': 'pstn',
  'phone:sms-reply-pin': 'pstn',
  'phone:sms-reply-match': 'pstn',
  'phone:sms-reply': 'pstn',
  'phone:sms-code': 'pstn',
  email: 'low',
  'recovery-key': 'low',
} as const satisfies Readonly<Record<string, Strength>>;

export type MethodName = keyof typeof strengthOfMethod;

export const methodNames = Object.keys(strengthOfMethod) as readonly MethodName[];

export const isStrongEnough = (strength: Strength, least: Strength): boolean => strengths.indexOf(strength) >= strengths.indexOf(least);

const isKnown = (name: string): name is MethodName => Object.hasOwn(strengthOfMethod, name);

/** Those that confirm by themselves: a recovery key only leads to another. */
const confirming = (names: readonly string[]): readonly MethodName[] => names.filter(isKnown).filter((name) => name !== 'recovery-key');

/** Somebody has to answer for that by name. */
export function isTelephoneOnly(names: readonly string[]): boolean {
  const all = confirming(names);
  return all.length > 0 && all.every((name) => strengthOfMethod[name] === 'pstn');
}

/** Whether anybody could confirm anything. */
export function letsSomebodyIn({ methods, minimumAcr, countries }: { readonly methods: readonly string[]; readonly minimumAcr: Strength; readonly countries: readonly string[] }): boolean {
  return confirming(methods).some((name) => isStrongEnough(strengthOfMethod[name], minimumAcr) && (countries.length > 0 || !name.startsWith('phone:')));
}
