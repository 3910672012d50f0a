/** Licenses, what can be ordered, and orders, as the service answers them. */
export type LicenseItem = 'phone' | 'token';

export const licenseItems: readonly LicenseItem[] = ['phone', 'token'];

export interface LicenseCount {
  readonly bought: number;
  readonly used: number;
  readonly free: number;
  /** Of those that are bought: canceled, and gone with the month. */
  readonly ending: number;
  /** False while nothing was ever ordered. */
  readonly metered: boolean;
}

export type Licenses = Readonly<Record<LicenseItem, LicenseCount>>;

export interface OrderOptions {
  readonly items: readonly { readonly item: LicenseItem; readonly monthlyFee: number; readonly currency: string }[];
  readonly agreement: { readonly version: string; readonly url?: string };
}

export interface Order {
  readonly orderId: string;
  readonly status: 'active' | 'canceled' | 'ended';
  readonly item: LicenseItem;
  readonly quantity: number;
  readonly userId?: string;
  readonly credentialId?: string;
  readonly monthlyTotal: number;
  readonly currency: string;
  readonly promo?: { readonly code: string; readonly percentOff: number };
  readonly orderedBy: string;
  readonly orderedAt: string;
  readonly endsAt?: string;
}

export interface OrderPage {
  readonly orders: readonly Order[];
  readonly cursor?: string;
}
