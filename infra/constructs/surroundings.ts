/** What the functions of a stage have around them: the values of their environment and the objects of their grants. */
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Stack } from 'aws-cdk-lib/core';

import type { EnvironmentName } from '../../shared/contract/functions.ts';
import { hearsBack, nameIn, type Stage } from '../stages.ts';
import type { TableHandle } from './encrypted-table.ts';

/** Made by the telephony stack. */
export interface PhoneLine {
  readonly instanceArn: string;
  readonly instanceId: string;
  readonly callerNumber: string;
}

export interface Surroundings {
  readonly stage: Stage;
  readonly table: TableHandle;
  readonly rootKey: IKey;
  /** Identity and configuration set: a message is sent from the one, through the other. */
  readonly mailArns: readonly string[];
  readonly issuer: string;
  /** The address of the hosted pages. */
  readonly pagesUrl: string;
  /** These three only where the stage has telephony, and only once they are made. */
  readonly line?: PhoneLine;
  readonly callFlows?: { readonly key: string; readonly entry: string };
  readonly phoneCallMachineArn?: string;
  /** Once it is made. */
  readonly enrollmentMachineArn?: string;
  /** Only where the stage hears back of its texts, and only once it is made. */
  readonly repliesTopicArn?: string;
}

const values: Record<EnvironmentName, (around: Surroundings, stack: Stack) => string | undefined> = {
  COUNTERSIGN_STAGE: ({ stage }) => stage.name,
  COUNTERSIGN_TABLE: ({ table }) => table.name,
  COUNTERSIGN_ROOT_KEY: ({ rootKey }) => rootKey.keyArn,
  COUNTERSIGN_ISSUER: ({ issuer }) => issuer,
  COUNTERSIGN_PAGES: ({ pagesUrl }) => pagesUrl,
  COUNTERSIGN_PASSKEY_SITE: ({ stage }) => JSON.stringify(stage.passkeys ?? {}),
  COUNTERSIGN_MAIL_FROM: ({ stage }) => stage.mail.from,
  COUNTERSIGN_PUSH: ({ stage }) => JSON.stringify(stage.push ?? {}),
  COUNTERSIGN_PHONE_CALL_MACHINE: ({ phoneCallMachineArn }) => phoneCallMachineArn,
  COUNTERSIGN_ENROLLMENT_MACHINE: ({ enrollmentMachineArn }) => enrollmentMachineArn,
  COUNTERSIGN_CONNECT_INSTANCE: ({ line }) => line?.instanceArn,
  COUNTERSIGN_CONNECT_FLOWS: ({ callFlows }, stack) => callFlows && stack.toJsonString(callFlows),
  COUNTERSIGN_CALLER_NUMBER: ({ line }) => line?.callerNumber,
  COUNTERSIGN_TEXTING: ({ stage }, stack) =>
    stage.texting &&
    stack.toJsonString({ ...stage.texting, ...(hearsBack(stage) ? { configurationSet: nameIn(stage, 'texts') } : {}) }),
  COUNTERSIGN_REPLIES_TOPIC: ({ repliesTopicArn }) => repliesTopicArn,
};

/** Without these no function that asks for them is made, whatever else the stage lacks. */
const isMadeAlways: readonly EnvironmentName[] = ['COUNTERSIGN_REPLIES_TOPIC', 'COUNTERSIGN_ENROLLMENT_MACHINE'];

/** What a stage may be without for good, by what it is told about. */
const isLeftOut = (name: EnvironmentName, stage: Stage): boolean =>
  name === 'COUNTERSIGN_TEXTING' ? !stage.texting : !isMadeAlways.includes(name) && !stage.telephony;

/** The variables of one function. One that only telephony or texting has is absent in a stage without it. */
export function environmentOf(
  names: readonly EnvironmentName[],
  around: Surroundings,
  stack: Stack,
): Record<string, string> {
  const environment: Record<string, string> = {};
  for (const name of names) {
    const value = values[name](around, stack);
    if (value !== undefined) environment[name] = value;
    else if (!isLeftOut(name, around.stage)) throw new Error(`${name} is asked for before it is made`);
  }
  return environment;
}
