/** An organization's own color, as far as people can still read what stands on it and beside it: contrast is never given away. */
export interface Brand {
  readonly name: string;
  /** `#rrggbb` */
  readonly color?: string;
}

/** WCAG 2.2, 1.4.3: ordinary text. */
const leastContrast = 4.5;
/** Of the page and its card the one that is harder to read on (tokens.css). */
const papers = { light: '#f4f6f9', dark: '#18212b' } as const;
const inks = { light: '#0d1621', dark: '#ffffff' } as const;

type Channels = readonly [number, number, number];

function channelsOf(color: string): Channels {
  const value = Number.parseInt(color.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

const toColor = (channels: Channels): string => `#${channels.map((each) => Math.round(each).toString(16).padStart(2, '0')).join('')}`;

function luminance(color: string): number {
  const [red, green, blue] = channelsOf(color).map((each) => (each / 255 <= 0.04045 ? each / 255 / 12.92 : ((each / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0);
}

export function contrast(one: string, other: string): number {
  const [lighter = 0, darker = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (lighter + 0.05) / (darker + 0.05);
}

function mix(color: string, towards: string, part: number): string {
  const [from, to] = [channelsOf(color), channelsOf(towards)];
  return toColor([0, 1, 2].map((index) => (from[index] ?? 0) * (1 - part) + (to[index] ?? 0) * part) as unknown as Channels);
}

export interface BrandColors {
  readonly brand: string;
  readonly ink: string;
}

/** The nearest color to the one that was asked for that reads on the paper; and what reads on it. */
export function readableBrand(color: string, scheme: 'light' | 'dark'): BrandColors {
  const paper = papers[scheme];
  const away = scheme === 'light' ? '#000000' : '#ffffff';
  let brand = color.toLowerCase();
  for (let part = 0.05; contrast(brand, paper) < leastContrast; part += 0.05) brand = mix(color, away, Math.min(1, part));
  const ink = contrast(brand, inks.dark) >= contrast(brand, inks.light) ? inks.dark : inks.light;
  return { brand, ink };
}

/** Leaves the page as it is for an organization that has no color, or none that is one. */
export function applyBrand({ color }: Brand): void {
  if (color === undefined || !/^#[0-9a-f]{6}$/i.test(color)) return;
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const apply = (): void => {
    const { brand, ink } = readableBrand(color, dark.matches ? 'dark' : 'light');
    document.documentElement.style.setProperty('--brand', brand);
    document.documentElement.style.setProperty('--brand-ink', ink);
  };
  dark.addEventListener('change', apply);
  apply();
}

/** An image of the kinds that are shown as images alone: whatever else it says, an organization could be made to hold it. */
export const shownLogo = (logo: string | undefined): string | undefined =>
  logo !== undefined && /^data:image\/(png|webp|svg\+xml);base64,[A-Za-z0-9+/]+={0,2}$/.test(logo) ? logo : undefined;
