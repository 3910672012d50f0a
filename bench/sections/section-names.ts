/** The sections, in the order in which they are measured, and what is said between their processes and the bench. */
import type { Section } from '../report/report.ts';
import type { BenchOptions } from './options.ts';

export const sectionNames = ['size', 'counts', 'warm', 'load', 'local'] as const;
export type SectionName = (typeof sectionNames)[number];

export interface SectionRequest {
  readonly name: SectionName;
  readonly options: BenchOptions;
}

export type SectionAnswer = { readonly section: Section } | { readonly failure: string };
