/** Every operation's shapes in one place: what the OpenAPI document is made of, and what tests hold answers against. */
import type * as z from 'zod/mini';
import type { Operation } from '../../../shared/contract/routes.ts';
import { appSchemas } from './app.ts';
import { challengeSchemas } from './challenge-answers.ts';
import { clientSchemas } from './clients.ts';
import { emailVerificationSchemas } from './email-verification.ts';
import { enrollmentSchemas } from './enrollments.ts';
import { factorSchemas } from './factors.ts';
import { organizationSchemas } from './organizations.ts';
import { orderSchemas } from './orders.ts';
import { pageSchemas } from './pages.ts';
import { brandSchemas } from './brand.ts';
import { rehearsalSchemas } from './rehearsal.ts';
import { serviceSchemas } from './service.ts';
import { tokenSchemas } from './tokens.ts';
import { userSchemas } from './users.ts';

export interface OperationShapes {
  readonly request?: z.ZodMiniType;
  readonly query?: z.ZodMiniType;
  /** Absent when the answer has no body. */
  readonly response?: z.ZodMiniType;
  /** The same also as comma-separated values, for whoever accepts `text/csv`. */
  readonly csv?: true;
  readonly status: number;
  /** When the same operation may also create. */
  readonly createdStatus?: number;
}

export const operationSchemas: Readonly<Record<Operation, OperationShapes>> = {
  ...challengeSchemas,
  ...factorSchemas,
  ...enrollmentSchemas,
  ...emailVerificationSchemas,
  ...organizationSchemas,
  ...orderSchemas,
  ...rehearsalSchemas,
  ...brandSchemas,
  ...clientSchemas,
  ...userSchemas,
  ...appSchemas,
  ...tokenSchemas,
  ...pageSchemas,
  ...serviceSchemas,
};
