/**
 * A logo as somebody uploads it: what its bytes say, not what its name says. Pages show it as an image alone, where nothing in
 * it runs or loads; all the same nothing is kept that would, for nobody knows where it is copied to.
 */
import { Problem } from '../../platform/problems/problem.ts';
import { isPlainDrawing } from './plain-drawing.ts';

export const mostLogoBytes = 32 * 1024;
/** A few kilobytes can unfold to gigabytes of pixels. */
const mostPixels = 2048;

export type LogoType = 'image/png' | 'image/webp' | 'image/svg+xml';

export interface Logo {
  readonly type: LogoType;
  readonly bytes: Uint8Array;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

const startsWith = (bytes: Buffer, text: string, at = 0): boolean => bytes.toString('latin1', at, at + text.length) === text;

function pngSize(bytes: Buffer): Size | undefined {
  if (!startsWith(bytes, '\x89PNG\r\n\x1a\n') || !startsWith(bytes, 'IHDR', 12) || bytes.length < 33) return undefined;
  return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
}

/** Of the three forms that a WebP file may begin with. */
function webpSize(bytes: Buffer): Size | undefined {
  if (!startsWith(bytes, 'RIFF') || !startsWith(bytes, 'WEBP', 8) || bytes.length < 30) return undefined;
  if (startsWith(bytes, 'VP8X', 12)) return { width: bytes.readUIntLE(24, 3) + 1, height: bytes.readUIntLE(27, 3) + 1 };
  if (startsWith(bytes, 'VP8L', 12)) {
    const bits = bytes.readUInt32LE(21);
    return { width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1 };
  }
  return startsWith(bytes, 'VP8 ', 12) ? { width: bytes.readUInt16LE(26) & 0x3fff, height: bytes.readUInt16LE(28) & 0x3fff } : undefined;
}

const sizeOf: Readonly<Record<'image/png' | 'image/webp', (bytes: Buffer) => Size | undefined>> = { 'image/png': pngSize, 'image/webp': webpSize };

const refuse = (detail: string): Problem => new Problem('request-invalid', { errors: [{ pointer: '#/logo', detail }] });

export function readLogo(dataUri: string): Logo {
  const [, type, content = ''] = /^data:(image\/png|image\/webp|image\/svg\+xml);base64,([A-Za-z0-9+/]+={0,2})$/.exec(dataUri) ?? [];
  if (type === undefined) throw refuse('must be a data URI of a PNG, WebP or SVG image, in base64');
  const bytes = Buffer.from(content, 'base64');
  if (bytes.length > mostLogoBytes) throw refuse(`must have at most ${String(mostLogoBytes / 1024)} KiB`);
  if (type === 'image/svg+xml') {
    if (!isPlainDrawing(bytes)) throw refuse('must be an SVG drawing that runs, embeds and loads nothing');
    return { type, bytes: new Uint8Array(bytes) };
  }
  const raster = type as 'image/png' | 'image/webp';
  const size = sizeOf[raster](bytes);
  if (!size) throw refuse('is not what its type says');
  if (size.width < 1 || size.height < 1 || size.width > mostPixels || size.height > mostPixels) {
    throw refuse(`must have at most ${String(mostPixels)} pixels in each direction`);
  }
  return { type: raster, bytes: new Uint8Array(bytes) };
}

export const writeLogo = ({ type, bytes }: Logo): string => `data:${type};base64,${Buffer.from(bytes).toString('base64')}`;
