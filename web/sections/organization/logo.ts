/** A logo as it is sent: a data address of one of the kinds that pages show, within the size that they may load. */
export const mostLogoBytes = 32 * 1024;

const kinds: readonly (readonly [type: string, begins: (bytes: Uint8Array) => boolean])[] = [
  ['image/png', (bytes) => [0x89, 0x50, 0x4e, 0x47].every((byte, at) => bytes[at] === byte)],
  ['image/webp', (bytes) => new TextDecoder().decode(bytes.slice(0, 4)) === 'RIFF' && new TextDecoder().decode(bytes.slice(8, 12)) === 'WEBP'],
  ['image/svg+xml', (bytes) => /^\uFEFF?\s*<(\?xml|svg|!--|!DOCTYPE svg)/i.test(new TextDecoder().decode(bytes.slice(0, 200)))],
];

export type ReadLogo = { readonly is: 'logo'; readonly logo: string } | { readonly is: 'too-large' | 'wrong' };

/** By its content: what a file is called says nothing. */
export function readLogo(bytes: Uint8Array): ReadLogo {
  if (bytes.length > mostLogoBytes) return { is: 'too-large' };
  const type = kinds.find(([, begins]) => begins(bytes))?.[0];
  if (type === undefined) return { is: 'wrong' };
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return { is: 'logo', logo: `data:${type};base64,${btoa(text)}` };
}
