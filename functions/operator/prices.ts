/** The operator's file of prices as `npm run prices` sends it: judged here, before anything is written. */
import * as z from 'zod/mini';
import { readPromoCode } from '../../shared/licenses/promo-code.ts';
import { mostPromoCodes, type Prices } from '../../shared/licenses/set-prices.ts';
import { day } from '../../shared/platform/clock.ts';

const mostFee = 100_000;
const hundredths = (amount: number): number => Math.round(amount * 100);
/** Of what a file's decimals become as binary ones. */
const roundingError = 1e-6;

const fee = z.number().check(
  z.gte(0),
  z.lte(mostFee),
  z.refine((amount) => Math.abs(hundredths(amount) - amount * 100) < roundingError, 'must have at most two decimals'),
);

const url = z.string().check(
  z.maxLength(300),
  z.refine((text) => /^https:\/\/[\x21-\x7e]+$/.test(text) && URL.canParse(text), 'must be an https address'),
);

const date = z.string().check(
  z.refine((text) => /^20\d\d-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text), 'must be a day, such as 2030-12-31'),
);

const promoCode = z.strictObject({
  code: z.string().check(z.regex(/^[A-Za-z0-9][A-Za-z0-9-]{2,31}$/, 'must be 3 to 32 letters, digits and hyphens')),
  percentOff: z.int().check(z.gte(1), z.lte(100)),
  until: z.exactOptional(date),
  mostUses: z.exactOptional(z.int().check(z.gte(1), z.lte(1_000_000))),
});

export const pricesFile = z.strictObject({
  currency: z.string().check(z.regex(/^[A-Z]{3}$/, 'must be a currency code, such as USD')),
  monthlyFees: z.strictObject({ phone: fee, token: fee }),
  agreement: z.strictObject({ version: z.string().check(z.regex(/^[\x21-\x7e]{1,40}$/, 'must be 1 to 40 visible characters')), url: z.exactOptional(url) }),
  promoCodes: z._default(
    z.array(promoCode).check(
      z.maxLength(mostPromoCodes),
      z.refine((codes) => new Set(codes.map(({ code }) => readPromoCode(code))).size === codes.length, 'must not name a code twice'),
    ),
    [],
  ),
});

/** Amounts in hundredths, days as the moment at which they are over. */
export function toPrices({ currency, monthlyFees, agreement, promoCodes }: z.infer<typeof pricesFile>): Prices {
  return {
    currency,
    fees: { phone: hundredths(monthlyFees.phone), token: hundredths(monthlyFees.token) },
    agreement,
    promoCodes: promoCodes.map(({ code, until, ...promo }) => ({
      code: readPromoCode(code),
      ...promo,
      ...(until === undefined ? {} : { until: Date.parse(until) + day }),
    })),
  };
}
