/** Browser and system by one of our own words: what a stranger's browser says of itself is never shown, it could say anything. */
export interface BrowserName {
  readonly browser?: string;
  readonly system?: string;
}

/** In this order: most of them also claim to be one of the others. */
const browsers = [['Edg', 'Edge'], ['OPR/', 'Opera'], ['SamsungBrowser', 'Samsung Internet'], ['Firefox', 'Firefox'], ['FxiOS', 'Firefox'], ['CriOS', 'Chrome'], ['Chrome', 'Chrome'], ['Safari', 'Safari']] as const;
const systems = [['Android', 'Android'], ['iPhone', 'iOS'], ['iPad', 'iPadOS'], ['Windows', 'Windows'], ['Mac OS X', 'macOS'], ['CrOS', 'ChromeOS'], ['Linux', 'Linux']] as const;

const nameIn = (text: string, names: readonly (readonly [string, string])[]): string | undefined => names.find(([mark]) => text.includes(mark))?.[1];

export function browserName(userAgent = ''): BrowserName {
  const [browser, system] = [nameIn(userAgent, browsers), nameIn(userAgent, systems)];
  return { ...(browser === undefined ? {} : { browser }), ...(system === undefined ? {} : { system }) };
}
