/** The `$.` references of the Flow language that our flows use, found and filled in. */
export interface ReferenceValues {
  readonly attributes: Readonly<Record<string, string>>;
  readonly external: Readonly<Record<string, string>>;
  readonly storedCustomerInput: string;
}

const reference = /\$\.(?:Attributes\.([A-Za-z0-9_-]+)|External\.([A-Za-z0-9_-]+)|(StoredCustomerInput))/g;
const wholeReference = new RegExp(`^${reference.source}$`);

/** True when the text is one reference and nothing else. */
export function isReference(text: string): boolean {
  return wholeReference.test(text);
}

/** True when no reference is left that the stand-in would read out as it stands. */
export function hasOnlyKnownReferences(text: string): boolean {
  return !text.replace(reference, '').includes('$.');
}

/** Fills in every reference; one without a value becomes nothing, as in a real flow. */
export function fillReferences(text: string, values: ReferenceValues): string {
  return text.replace(reference, (_whole, attribute?: string, external?: string) => {
    if (attribute !== undefined) return values.attributes[attribute] ?? '';
    if (external !== undefined) return values.external[external] ?? '';
    return values.storedCustomerInput;
  });
}
